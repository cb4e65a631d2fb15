"""Triage and assignment (分办、交办; handbook §3.2, steps 5 and 6)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from tasks.cases.views import ItemState
from tasks.filing.queries import upper_of
from tasks.handling.key_items import Designation, designate
from tasks.handling.models import Closing
from tasks.handling.rounds import Wanted, again, answer_of, open_answer
from tasks.settings import BEIJING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from engine.views import Job, Submission
    from tasks.deadlines.library import ReferenceLibrary
    from tasks.register.models import Item

ASSIGN_FIELDS = frozenset(
    {"handling_mode", "lead_unit", "co_units", "joint_units", "separate_units", "key", "key_note", "key_supervisor",
     "key_plan", "key_reason", "wide", "responsible_leader", "lead_due", "co_due", "reason"}
)  # fmt: skip

EXPRESS = "直通车"
"""The urgency of an item that goes straight to its unit and is answered sooner (P16)."""
MODES = {
    "sole": ("独办", "一个单位办理"),
    "lead": ("主办、会办", "一个主办单位对答复负责，会办单位写会办意见"),
    "joint": ("共同主办", "几个单位一起负责，由主办单位牵头拟一个答复，共同会签"),
    "separate": ("分别办理", "每个单位就自己的部分分别答复，各有期限、各受评价"),
    "coordinated": ("领导牵头", "分管领导牵头协调，主办单位答复，会办单位写会办意见"),
}
"""How an item is handled (step 5)."""


def record_assignment(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The hub has chosen who handles the item; the legal act itself is `open_assignments`."""
    values = submission.values
    item.assign_reason = values.get("reason") or ""
    item.responsible_leader = values.get("responsible_leader") or ""
    item.handling_mode = values["handling_mode"]
    item.state = ItemState.WAITING
    wanted = Designation(
        values["key"], *(values.get(f"key_{name}") or "" for name in ("note", "supervisor", "plan", "reason"))
    )
    designate(session, item, wanted, by=submission.actor or "", at=submission.at)
    return {
        "handling_mode": values["handling_mode"],
        "lead_unit": values.get("lead_unit"),
        "co_units": values.get("co_units") or [],
        "joint_units": values.get("joint_units") or [],
        "separate_units": values.get("separate_units") or [],
        "key": values["key"],
        "wide": bool(values.get("wide")),
        "lead_due": values.get("lead_due"),
        "co_due": values.get("co_due"),
    }


def open_assignments(library: ReferenceLibrary, session: Session, item: Item, job: Job) -> dict[str, Any]:
    """Assign the item to its units (交办): this moment starts the clock of its first round.

    Where many items are assigned together, the moment is that of the meeting: `assigned_at`, one instant for all.
    """
    facts = job.variables
    at = facts.get("assigned_at") or job.at
    reference = library(facts["reference_version"])
    item.assigned_at = item.assigned_at or at
    upper = upper_of(session, item.id)
    if upper is not None and not facts.get("lead_due"):
        due = upper.inner_due.astimezone(BEIJING).date()
        facts = {**facts, "lead_due": due, "basis": f"上级答复期限{upper.external_due}以前"}
    asked = wanted_answers({**facts, "urgency": item.urgency})
    answers = [open_answer(session, item, wanted, reference, at) for wanted in asked]
    return {**_first(answers), "answers": answers}


def wanted_answers(facts: Mapping[str, Any]) -> list[Wanted]:
    """The answers that a triage asks for."""
    mode = str(facts.get("handling_mode") or "lead")
    rules: dict[str, Any] = {
        "reply_rule": "P9" if facts.get("wide") else "P16" if facts.get("urgency") == EXPRESS else "P8",
        "co_rule": str(facts["co_rule"]),
        "lead_due": _day(facts.get("lead_due")),
        "co_due": _day(facts.get("co_due")),
        "basis": str(facts.get("basis") or "交办时另定"),
    }
    if mode == "separate":
        return [
            Wanted(position, mode, row["unit"], (), {row["unit"]: row["part"]}, **rules)
            for position, row in enumerate(facts["separate_units"], 1)
        ]
    joint = [(row["unit"], "joint") for row in facts.get("joint_units") or []] if mode == "joint" else []
    co = [(code, "co") for code in facts.get("co_units") or []] if mode != "sole" else []
    parts = {row["unit"]: row["part"] for row in facts.get("joint_units") or []}
    return [Wanted(1, mode, facts["lead_unit"], (*joint, *co), parts, **rules)]


def open_round(library: ReferenceLibrary, session: Session, item: Item, job: Job) -> dict[str, Any]:
    """The committee has ordered a re-handling of one answer (重新交办): its next round begins now."""
    facts = job.variables
    wanted = again(session, item, answer_of(facts), "P10", str(facts["co_rule"]))
    answer = open_answer(session, item, wanted, library(facts["reference_version"]), job.at)
    earlier = facts.get("chain_choice") or {}
    return {
        "mandate": answer,
        **_first([answer]),
        "previous_chain": earlier.get("nodes") or [],
        "chain_choice": None,
        "reviews": [],
        "signatures": [],
        "decision": None,
    }


def reopen(library: ReferenceLibrary, session: Session, item: Item, job: Job) -> dict[str, Any]:
    """Closing was refused (不予结案): the units named handle their answers once more."""
    facts = job.variables
    reference = library(facts["reference_version"])
    closing = session.query(Closing).filter_by(item_id=item.id).one()
    named = set(facts.get("redo_answers") or []) or {answer["position"] for answer in facts["answers"]}
    answers = []
    for position in sorted(named):
        wanted = again(session, item, int(position), "P10", str(facts["co_rule"]))
        answers.append(open_answer(session, item, wanted, reference, job.at))
    item.closed_at = None
    return {**_first(answers), "answers": answers, "refusal_reason": closing.check_reason or closing.reason}


def _first(answers: list[dict[str, Any]]) -> dict[str, Any]:
    """What the case as a whole knows of its units: those of its first answer."""
    first = answers[0]
    names = ("lead_unit", "co_units", "units", "round", "clock_start", "reply_rule", "reply_due", "reply_basis", "role")
    return {name: first[name] for name in names}


def _day(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else None
