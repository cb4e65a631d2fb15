"""The dispatch sheet: many rows side by side, one approval."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from tasks.handling.models import Assignment
from tasks.register.models import Item
from tasks.worklist.models import Work


def triages(banli) -> list[str]:
    with banli.reading() as session:
        wanted = select(Work.task_id).where(Work.element_id == "assign", Work.state == "open").order_by(Work.item_id)
        return list(session.scalars(wanted))


@pytest.fixture
def in_session(banli):
    """The county's items as items of the session: their triage is followed by the common assignment."""
    with banli.writing() as session:
        roots = [item.instance_id for item in session.scalars(select(Item))]
    for root in roots:
        banli.engine.set_variables(root, {"timing": "in_session"}, "test", "test")
    return banli


def sent(rows: dict[str, tuple[str, str]], act: str, chosen=()) -> dict:
    fields = {f"{name}:{task}": value for task, pair in rows.items() for name, value in zip(("lead", "co"), pair)}  # noqa: B905
    return {**fields, "act": act, "chosen": list(chosen), "request_id": "sheet"}


def test_rows_are_typed_kept_confirmed_and_assigned_at_one_moment(visitor, in_session):
    one, two, three = triages(in_session)
    visitor.be("wangmin")
    rows = {one: ("住建局", "交警大队、城管局"), two: ("城管局", ""), three: ("卫生所", "")}
    answer = visitor.post("/dispatch", sent(rows, "keep"))
    assert answer.status_code == 422
    assert "卫生所" in answer.get_data(as_text=True)
    page = visitor.read("/dispatch")
    assert 'value="交警大队、城管局"' in page, "what was right is kept"
    rows[three] = ("民政局", "")
    assert visitor.post("/dispatch", sent(rows, "confirm", [one, two])).status_code == 303
    assert triages(in_session) == [three], "only the chosen rows"
    assert visitor.post("/dispatch/assign", {"item": ["1", "2"]}).status_code == 403, "an officer does not approve"
    page = visitor.be("zhoukai").read("/dispatch")
    assert len(re.findall(r'name="item" value="\d+"', page)) == 2
    assert visitor.post("/dispatch/assign", {"item": ["1", "2"], "request_id": "m"}).status_code == 303
    with in_session.reading() as session:
        parts = session.scalars(select(Assignment)).all()
    assert len(parts) == 4
    assert len({part.assigned_at for part in parts}) == 1


def test_a_row_is_taken_back_to_its_triage(visitor, in_session):
    one, *_ = triages(in_session)
    visitor.be("wangmin")
    visitor.post("/dispatch", sent({one: ("住建局", "")}, "confirm", [one]))
    assert one not in triages(in_session)
    assert visitor.post("/dispatch/1/again").status_code == 303
    assert len(triages(in_session)) == 3


@pytest.mark.parametrize("account", ["zhaoqian", "sunjie", "linguoqiang", "liuzheng"])
def test_the_sheet_is_the_hubs(visitor, account):
    assert visitor.be(account).get("/dispatch").status_code == 403
