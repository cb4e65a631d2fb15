"""Cases that are answered and closed, made of rows: what tracking begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tasks.accounts.actors import actor_named
from tasks.bootstrap import SHIPPED_PROCESSES
from tasks.directory.queries import unit_by_code
from tasks.handling.models import Assignment, Reply, ReplyAnswer
from tasks.register.intake import NewItem, add_item, case_variables
from tasks.register.models import Item
from tasks.settings import BEIJING
from tests_support.filing import SOLE
from tests_support.people import Play

if TYPE_CHECKING:
    import datetime as dt

    from tasks.bootstrap import Banli
    from tasks.demonstration.answers import Story

DIAGRAMS = ("tracking", "promise", "second-reply", "look-back")
FORMS = (
    "tracking-result", "promise-progress", "promise-fulfilment", "promise-signature", "look-back-visit",
    "look-back-confirmation",
)  # fmt: skip
HANDLERS = {"zjj": "zhaoqian", "cgj": "wufang"}
STAND_INS = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
<bpmn:process id="{process}" isExecutable="true"><bpmn:startEvent id="begun"><bpmn:outgoing>a</bpmn:outgoing>
</bpmn:startEvent>{task}<bpmn:endEvent id="over"><bpmn:incoming>b</bpmn:incoming></bpmn:endEvent>
<bpmn:sequenceFlow id="a" sourceRef="begun" targetRef="work"/>
<bpmn:sequenceFlow id="b" sourceRef="work" targetRef="over"/></bpmn:process></bpmn:definitions>"""
REPLYING = """<bpmn:scriptTask id="work"><bpmn:extensionElements>
<zeebe:script expression="=date(now())" resultVariable="issued_on"/></bpmn:extensionElements>
<bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing></bpmn:scriptTask>"""
FEEDBACK = """<bpmn:userTask id="work" name="评价"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements>
<bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing></bpmn:userTask>"""


def stand_in(banli: Banli) -> None:
    """Tracking as it is shipped, by itself: `replying`, `feedback` and `handling` are in their shortest form."""
    folder = SHIPPED_PROCESSES / "handling"
    shipped = [*(f"{name}.bpmn" for name in DIAGRAMS), *(f"forms/{name}.form" for name in FORMS)]
    files = {name: (folder / name).read_bytes() for name in shipped}
    shortest = {"replying": REPLYING, "feedback": FEEDBACK, "handling": REPLYING}
    stand_ins = {f"{name}.bpmn": STAND_INS.format(process=name, task=task).encode() for name, task in shortest.items()}
    banli.engine.deploy({**files, **stand_ins})


def answered(
    banli: Banli,
    clock: Any,
    dues: dict[str, list[dt.date | None]],
    *,
    result_class: str = "B",
    title: str = "关于改造老旧管网的建议",
    story: Story = SOLE,
) -> Play:
    """A closed item whose units (by code) have answered, each measure with the date given."""
    now = clock()
    measures = max(len(days) for days in dues.values())
    with banli.writing() as session:
        item = add_item(
            session,
            NewItem(
                kind="suggestion", timing="recess", title=title, category="城建交通", situation="管网老化。",
                analysis="", measures=[f"第{number}段更换" for number in range(1, measures + 1)],
                proposers=[actor_named(banli, "linguoqiang").person_id], suggested_units="", publish_consent=True,
                submitted_at=now, request_id=None, filed=True,
            ),
        )  # fmt: skip
        item_id, variables = item.id, case_variables(session, item)
    banli.engine.start("filing", variables, business_key=str(item_id))
    with banli.writing() as session:
        item = session.get_one(Item, item_id)
        item.round, item.state, item.closed_at, item.result_class = 1, "closed", now, result_class
        for place, (code, days) in enumerate(dues.items(), start=1):
            _replied(session, item, code, days, now, result_class, place)
    return Play(banli, clock, item_id, story)


def _replied(
    session: Any, item: Item, code: str, days: list[dt.date | None], now: dt.datetime, result_class: str, answer: int
) -> None:
    unit = unit_by_code(session, code).id
    session.add(
        Assignment(
            item_id=item.id, unit_id=unit, round=1, role="sole", assigned_at=now, due_notes=[], answer=answer,
            handler=HANDLERS[code],
        )
    )  # fmt: skip
    session.add(
        Reply(
            item_id=item.id, unit_id=unit, round=1, version=1, state="issued", result_class=result_class,
            answer=answer,
            class_reason="", body="答复", disclosure="public", disclosure_reason="", contact="经办人",
            contact_phone="0700-8000000", by=HANDLERS[code], at=now, issued_on=now.astimezone(BEIJING).date(),
            answers=[
                ReplyAnswer(position=place, measure=f"第{place + 1}段更换", text="列入计划", adopted="adopted", due=day)
                for place, day in enumerate(days)
            ],
        )
    )  # fmt: skip


def track(play: Play) -> str:
    """Begin the process `tracking` by itself; answers its instance."""
    stand_in(play.banli)
    with play.banli.reading() as session:
        item = session.get_one(Item, play.item_id)
        variables = {**case_variables(session, item), "round": 1, "signatures": []}
    return play.banli.engine.start("tracking", variables, business_key=str(play.item_id))
