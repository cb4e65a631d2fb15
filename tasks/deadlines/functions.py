"""The FEEL functions of the procedure: dates that explain themselves, reviewers, settings.

Each reads a frozen `ReferenceData` and never a table, so that a case gets the same answer for as long as it lives.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from engine.errors import EngineError
from engine.feel import Noted, over_reference
from engine.message import say
from tasks.deadlines.counting import PeriodUnit, reckon
from tasks.deadlines.explanation import notes_of
from tasks.deadlines.reference import RuleUnknown
from tasks.deadlines.sections import LATER
from tasks.settings import BEIJING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from tasks.deadlines.reference import ReferenceData, ReviewNode, UnitEntry


class ArgumentRefused(EngineError):
    """A function of a diagram got something that it cannot reckon with."""


@over_reference
def deadline(reference: ReferenceData, parameter: str, start: object) -> Noted:
    """`deadline("P8", start)`: the end of the day on which this parameter's period, begun on `start`, is over."""
    rule = reference.rule(parameter)
    first = _day(start, "deadline")
    reckoning = reckon(
        reference.calendar,
        first,
        rule.amount,
        rule.unit,
        roll_forward=bool(reference.settings["roll_forward_on_rest_day"]),
        not_after=rule.not_after,
    )
    return Noted(day_end(reference, reckoning.last), notes_of(rule, first, reckoning, reference.version))


@over_reference
def add_working_days(reference: ReferenceData, start: object, amount: Decimal) -> Noted:
    """`add working days(date, n)`: the n-th working day after `date`."""
    first = _day(start, "add working days")
    reckoning = reckon(reference.calendar, first, int(amount), PeriodUnit.WORKING_DAYS)
    return Noted(reckoning.last, {"start": first.isoformat(), "last": reckoning.last.isoformat()})


@over_reference
def agreed_date(reference: ReferenceData, day: object, basis: str, start: object) -> Noted:
    """`agreed date(date, basis, start)`: the end of a day that people agreed on, with what it rests on.

    An extension or a date set by hand is no parameter, and must explain itself all the same.
    """
    last, first = _day(day, "agreed date"), _day(start, "agreed date")
    notes: dict[str, Any] = {
        "rule": basis, "name": "另定的期限", "amount": "", "unit": "", "counts_from": "", "source": basis,
        "start": first.isoformat(), "last": last.isoformat(), "skipped": [], "counted": [], "rolled_from": None,
        "fixed": False, "agreed": True, "provisional": False, "reference": reference.version,
    }  # fmt: skip
    return Noted(day_end(reference, last), notes)


@over_reference
def after_waiting(reference: ReferenceData, due: object, waits: Sequence[Mapping[str, Any]] | None) -> Any:
    """`after waiting(date, waits)`: the date, moved by the working days on which its clock stood still (暂停计时).

    Each wait is {from, to, days, why, rule}; without any, the date stays.
    """
    before = _day(due, "after waiting")
    if not waits:
        return due
    days = sum(int(wait["days"]) for wait in waits)
    last = reckon(reference.calendar, before, days, PeriodUnit.WORKING_DAYS).last if days else before
    return Noted(
        day_end(reference, last),
        {"waits": [{**wait, "days": int(wait["days"])} for wait in waits], "before": before.isoformat(),
         "last": last.isoformat()},
    )  # fmt: skip


@over_reference
def setting(reference: ReferenceData, name: str) -> Any:
    """`setting("max_rounds")`: a rule of the area that is no deadline."""
    known = {**LATER, **reference.settings}
    if name not in known:
        raise RuleUnknown(say("Expected the name of a setting, found “{name}”.", name=name))
    return known[name]


@over_reference
def session_cutoff(reference: ReferenceData, closed: object) -> Noted:
    """`session cutoff(session_closed)`: the hour of a session's last day until which items count as in session."""
    last = _day(closed, "session cutoff")
    moment = cutoff_of(reference, last)
    return Noted(moment, {"start": last.isoformat(), "last": moment.isoformat()})


def cutoff_of(reference: ReferenceData, closed: dt.date) -> dt.datetime:
    """Until when an item counts as submitted in the session that closes on this day (handbook §3.2, step 1)."""
    hour, minute = (int(part) for part in str(reference.settings.get("session_cutoff", "24:00")).split(":"))
    moment = dt.time(23, 59, 59) if hour == 24 else dt.time(hour, minute)
    return dt.datetime.combine(closed, moment, BEIJING)


@over_reference
def reference_version(reference: ReferenceData) -> str:
    """`reference version()`: the version of calendar, parameters and directory that the case has pinned."""
    return reference.version


@over_reference
def unit_name(reference: ReferenceData, code: str) -> str:
    """`unit name("zjj")`: the short name of a unit."""
    return reference.unit(code).short_name


@over_reference
def reviewers(
    reference: ReferenceData, chain: Sequence[str], lead: str, co: Sequence[str] | None, committee: str
) -> Noted:
    """`reviewers(chain, lead unit, co units, committee)`: the review nodes with the groups that sit on them.

    Each node of the chain becomes {code, name, unit, group}; `CO` becomes one for each co-handling unit. Where nobody
    holds a node's first role, the next one named takes its place; where nobody holds any, the node is left out, and
    the note says so. Two neighbours with the same group are one: the person signs once, at the later node.
    """
    if not chain:
        raise ArgumentRefused(say("reviewers() expected the codes of a review chain, found none."))
    nodes: list[dict[str, str]] = []
    missing: list[str] = []
    for code in chain:
        if code not in reference.review_nodes:
            raise RuleUnknown(
                say(
                    "Expected a review node ({known}), found “{code}”. Correct the table of review chains.",
                    known=", ".join(reference.review_nodes),
                    code=code,
                )
            )
        node = reference.review_nodes[code]
        for unit in _side(reference, node, lead, co or (), committee):
            role = next((role for role in node.roles if role in unit.roles), None)
            if role is None:
                missing.append(node.name.replace("{unit}", unit.short_name))
                continue
            group = f"{unit.code}:{role}"
            if nodes and nodes[-1]["group"] == group:
                nodes.pop()
            nodes.append(
                {"code": code, "name": node.name.replace("{unit}", unit.short_name), "unit": unit.code, "group": group}
            )
    return Noted(nodes, {"chain": list(chain), "left_out": missing})


def _side(reference: ReferenceData, node: ReviewNode, lead: str, co: Sequence[str], committee: str) -> list[UnitEntry]:
    if node.side == "lead":
        return [reference.unit(lead)]
    if node.side == "co":
        return [reference.unit(code) for code in co]
    if node.side == "committee":
        return [reference.unit(committee)]
    return [reference.unit_of_kind(node.side)]


def day_end(reference: ReferenceData, day: dt.date) -> dt.datetime:
    """The last moment of a day in Beijing time: midnight, or the close of business where the area says so."""
    hour, minute = (int(part) for part in str(reference.settings["day_end"]).split(":"))
    moment = dt.time(23, 59, 59) if hour == 24 else dt.time(hour, minute)  # 24:00 would already be the next day
    return dt.datetime.combine(day, moment, BEIJING)


def _day(value: object, function: str) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.astimezone(BEIJING).date() if value.tzinfo else value.date()
    if isinstance(value, dt.date):
        return value
    raise ArgumentRefused(
        say("{function}() expected a date to count from, found {value}.", function=function, value=repr(value))
    )


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "deadline": deadline,
    "add working days": add_working_days,
    "agreed date": agreed_date,
    "after waiting": after_waiting,
    "setting": setting,
    "session cutoff": session_cutoff,
    "reference version": reference_version,
    "unit name": unit_name,
    "reviewers": reviewers,
}
"""What `bootstrap` registers with the engine."""
