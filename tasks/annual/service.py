"""Asking the units for their reports of a year: one act for all, which may be sent twice."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import extract, or_, select

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Role
from tasks.annual.models import AnnualReport
from tasks.cases.views import ItemState
from tasks.directory.models import Unit
from tasks.directory.queries import unit_of_kind
from tasks.forms.views import FieldError
from tasks.handling.models import Assignment
from tasks.register.models import Item
from tasks.tracking.models import Commitment
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

SUBJECT = "annual"
PROCESS = "annual_report"
RULES = {"work": "P15", "commitments": "P14"}
"""By kind of report: the parameter that says until when."""
NAMES = {"work": "年度办理报告", "commitments": "承诺事项落实情况说明"}
_ASKS = frozenset({Role.HUB_OFFICER, Role.NPC_REVIEWER, Role.CPPCC_REVIEWER})
_COMMITTEES = {Role.NPC_REVIEWER: "npc_office", Role.CPPCC_REVIEWER: "cppcc_office"}
_NOT_HANDLED = (ItemState.NOT_FILED, ItemState.CONVERTED, ItemState.WITHDRAWN)


def may_ask(actor: Actor) -> bool:
    """The hub and the committees ask units for their reports."""
    return bool(_ASKS & actor.roles)


def business_key(year: int, kind: str, unit: str) -> str:
    """What the case of one report is known by."""
    return f"{SUBJECT}:{year}:{kind}:{unit}"


def titled(year: int, kind: str) -> str:
    """What the report of a year is called."""
    return f"{year}年度办理报告" if kind == "work" else f"{year}年{NAMES[kind]}"


def report_of(session: Session, key: str) -> AnnualReport:
    """By `year:kind:unit`, with or without the subject before it."""
    year, kind, unit = key.removeprefix(f"{SUBJECT}:").split(":")
    return session.scalars(
        select(AnnualReport)
        .join(Unit, Unit.id == AnnualReport.unit_id)
        .where(AnnualReport.year == int(year), AnnualReport.kind == kind, Unit.code == unit)
    ).one()


def ask_for(banli: Banli, actor: Actor, year: int, kind: str) -> int:
    """Ask every unit that has something to report; answers how many there are. Sent again, it asks who is missing.

    Raises:
        NotAllowed: only the hub and the committees ask for reports.
        FormInvalid: no unit has anything to report, or the year has not begun.
    """
    if not may_ask(actor):
        raise NotAllowed(say("Only the hub and the committees ask for annual reports."))
    with banli.writing() as session:
        units = units_to_ask(session, year, kind) if kind in RULES else []
        if not units or year > banli.today().year:
            nothing = say("No unit has anything to report on {year}.", year=year)
            raise FormInvalid((FieldError("year", "年度", nothing),))
        wanted = select(AnnualReport.unit_id).where(AnnualReport.year == year, AnnualReport.kind == kind)
        there = set(session.scalars(wanted))
        for unit in units:
            if unit.id not in there:
                session.add(
                    AnnualReport(
                        year=year, kind=kind, unit_id=unit.id, state="writing", by=actor.account, at=banli.now()
                    )
                )
        receivers = _receivers(session, actor, kind, units)
        found = [(unit.code, unit.short_name) for unit in units]
    for code, name in found:
        key = business_key(year, kind, code)
        variables = {
            "unit": code,
            "report_name": NAMES[kind],
            "rule": RULES[kind],
            "year_begins": dt.date(year, 1, 1),
            "receiver": receivers[code],
            "subject": f"{name} {titled(year, kind)}",
        }
        started = banli.engine.start(PROCESS, variables, business_key=key, request_id=key, actor=actor.account)
        with banli.writing() as session:
            report_of(session, key).instance_id = started
    return len(found)


def _receivers(session: Session, actor: Actor, kind: str, units: Sequence[Unit]) -> dict[str, str]:
    """By unit the group that reads its report: the hub; of promises the committee that asked.

    Where the hub asked, the statement goes to the CPPCC's committee if all promises were made on proposals.
    """
    if kind != "commitments":
        return dict.fromkeys((unit.code for unit in units), f"{unit_of_kind(session, 'hub').code}:hub_officer")
    bodies = {role: f"{unit_of_kind(session, of).code}:{role}" for role, of in _COMMITTEES.items()}
    asking = next((role for role in bodies if role in actor.roles), None)
    if asking is not None:
        return dict.fromkeys((unit.code for unit in units), bodies[asking])
    congress = set(
        session.scalars(
            select(Commitment.unit_id).join(Item, Item.id == Commitment.item_id).where(Item.kind != "proposal")
        )
    )
    return {
        unit.code: bodies[Role.NPC_REVIEWER if unit.id in congress else Role.CPPCC_REVIEWER] for unit in units
    }


def units_to_ask(session: Session, year: int, kind: str) -> Sequence[Unit]:
    """Units with a part in an item of the year; or with promises of this year and the last, or still open."""
    if kind == "commitments":
        made = extract("year", Commitment.promised_on).in_([year, year - 1])
        ids = select(Commitment.unit_id).where(or_(made, Commitment.state == "open"))
    else:
        ids = (
            select(Assignment.unit_id)
            .join(Item, Item.id == Assignment.item_id)
            .where(Item.year == year, Item.state.not_in(_NOT_HANDLED), Assignment.ended_at.is_(None))
        )
    return session.scalars(select(Unit).where(Unit.id.in_(ids), Unit.kind == "handling").order_by(Unit.position)).all()
