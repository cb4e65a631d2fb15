"""Why a case went this way: every computed date and every decision, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.message import say
from tasks.cases.access import hidden_from, is_proposer
from tasks.cases.headers import reply_dues
from tasks.cases.secrecy import veil_over
from tasks.cases.views import Why
from tasks.handling.adjustment_records import adjustments
from tasks.handling.queries import instructions
from tasks.settings import BEIJING
from tasks.worklist.models import Work
from tasks.worklist.rows import Today, due_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.deadlines.views import Due
    from tasks.handling.views import Instruction
    from tasks.register.models import Item


PING_PONG = 2
"""Objections of one item from which on its assignment needs the hub's attention (handbook §3.2, step 8)."""


def reasons(banli: Banli, session: Session, actor: Actor, item: Item) -> list[Why]:
    """Newest first: decisions with their row, then the dates of what is open."""
    if item.instance_id is None:
        return []
    family = banli.engine.family(item.instance_id)
    veil = veil_over(banli, family, hidden_from(actor, item))
    process = {one.id: one.process_id for one in family}
    told = [
        _decision(found)
        for found in reversed(banli.engine.explanations(item.instance_id))
        if found["kind"] == "decision" and not veil.hides(process[found["instance_id"]], found["element_id"])
    ]
    today = Today.of(banli)
    works = session.scalars(select(Work).where(Work.item_id == item.id, Work.state == "open")).all()
    secret = hidden_from(actor, item)
    dates = [_date(today, work) for work in works if work.confidential not in secret and work.due is not None]
    reply = reply_dues(banli, session, [item]).get(item.id)
    whole = [_reply(reply)] if reply is not None else []
    asked = [] if is_proposer(actor, item) else _objections(session, item)
    return _once([*(_order(order) for order in instructions(session, item.id)), *asked, *whole, *told, *dates])


def _once(reasons: list[Why]) -> list[Why]:
    """A table that was asked again and answered the same is told once."""
    return list({(why.heading, str(why.sentence)): why for why in reversed(reasons)}.values())[::-1]


def _order(order: Instruction) -> Why:
    day = order.at.astimezone(BEIJING).date()
    return Why("重新办理", say("From {name}, {day}: {asked}", name=order.by, day=day, asked=order.questions), "", {})


def _objections(session: Session, item: Item) -> list[Why]:
    """Who was asked to be relieved of the item, and how often: twice is a matter for a meeting."""
    asked = [row for row in adjustments(session, item.id) if row.counts]
    if not asked:
        return []
    heading = f"申请调整 {len(asked)} 次" + ("，请会商确定" if len(asked) >= PING_PONG else "")
    return [Why(heading, say("{text}", text="；".join(row.summary for row in asked)), "", {})]


def _reply(due: Due) -> Why:
    return Why(f"答复期限 {due.at:%Y-%m-%d}", due.sentence, f"参数 {due.rule}" if due.rule else "", {})


def _decision(found: dict[str, Any]) -> Why:
    value = found.get("value")
    result: dict[str, Any] = value if isinstance(value, dict) else {}
    row = str(result.get("row", ""))
    source = f"{found.get('decision', '')} {row}".strip()
    basis = str(result.get("basis", ""))
    return Why(
        heading=basis.split("：", 1)[0] or str(found.get("decision", "")),
        sentence=say("{basis} ({source}).", basis=basis, source=source),
        source=source,
        inputs={name: str(entry) for name, entry in _inputs(found).items()},
    )


def _inputs(found: dict[str, Any]) -> dict[str, Any]:
    inputs = found.get("inputs") or []
    if isinstance(inputs, dict):
        return inputs
    return {str(entry.get("label") or entry.get("expression")): entry.get("value") for entry in inputs}


def _date(today: Today, work: Work) -> Why:
    due = due_of(today, work)
    if due is None:
        return Why(work.step_name, say("This step has no date."), "", {})
    return Why(
        heading=f"{work.step_name} {due.at:%Y-%m-%d}",
        sentence=due.sentence,
        source=f"参数 {due.rule}" if due.rule else "",
        inputs={},
    )
