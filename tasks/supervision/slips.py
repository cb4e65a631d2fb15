"""Slips (提醒函、督办单): issued, explained by the unit, accepted or escalated (handbook §3.2 step 19, §7.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Role
from tasks.cases.access import readable_item
from tasks.deadlines.functions import deadline
from tasks.directory.queries import unit_by_code, unit_of_kind
from tasks.forms.views import FieldError
from tasks.notices.service import notify, people_of
from tasks.notices.views import NoticeKind
from tasks.register.numbering import allot, written
from tasks.settings import BEIJING
from tasks.supervision.models import Slip
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Job, Submission
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.deadlines.library import ReferenceLibrary
    from tasks.register.models import Item

SIGNATURE_FIELDS = frozenset({"slip_text", "signature", "sign_note"})
EXPLANATION_FIELDS = frozenset({"slip_text", "remarked", "explanation", "promised_on"})
JUDGEMENT_FIELDS = frozenset({"slip_text", "explained", "judgement", "judgement_note"})

PROCESS = "slip"
LEVELS = {"letter": "提醒函", "orange": "督办单（橙色）", "red": "督办单（红色）"}
TYPES = {"letter": "提醒函", "orange": "督办单", "red": "督办单"}
"""What stands before the year in the number: colours share one sequence."""
NEXT = {"letter": "orange", "orange": "red", "red": "red"}
SUPERVISORS = frozenset({Role.HUB_OFFICER, Role.HUB_DEPUTY, Role.HUB_LEADER, Role.SUPERVISOR})
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class NewSlip:
    """What a slip asks of a unit."""

    item_id: int
    unit_code: str
    level: str
    problem: str
    requirement: str
    task_id: str | None = None
    """The open task for which the daily round issues it."""
    mark: str | None = None
    rule: str = ""


def may_supervise(actor: Actor) -> bool:
    """The hub's people press units and issue slips."""
    return bool(SUPERVISORS & actor.roles)


def issue(banli: Banli, actor: Actor, new: NewSlip) -> int:
    """A person of the hub issues a slip; a red one goes to the leader first. Answers its id.

    Raises:
        FormInvalid: a field must be corrected.
        NotAllowed: only the hub issues slips.
        NotFound: there is no such item.
    """
    if not may_supervise(actor):
        raise NotAllowed(say("Only the hub presses units and issues slips."))
    errors = [
        FieldError(name, label, say("Fill in “{label}”.", label=label))
        for name, label, text in (("problem", "督办事由", new.problem), ("requirement", "要求", new.requirement))
        if not text.strip() or len(text) > _LONGEST
    ]
    if new.level not in LEVELS:
        errors.append(FieldError("level", "种类", say("Choose the kind of slip.")))
    if errors:
        raise FormInvalid(tuple(errors))
    with banli.reading() as session:
        readable_item(session, actor, new.item_id)
    return begin(banli, new, actor.account)


def begin(banli: Banli, new: NewSlip, account: str | None) -> int:
    """Write the slip and start its process."""
    with banli.writing() as session:
        slip = _added(session, new, account or "", banli.now()).id
        hub = unit_of_kind(session, "hub").code
    variables = {"slip": slip, "level": new.level, "unit": new.unit_code, "hub": hub}
    banli.engine.start(PROCESS, variables, business_key=str(new.item_id), request_id=f"slip:{slip}", actor=account)
    return slip


def _added(session: Session, new: NewSlip, by: str, at: Any) -> Slip:
    unit = unit_by_code(session, new.unit_code).id
    previous = session.scalar(
        select(func.max(Slip.id)).where(Slip.item_id == new.item_id, Slip.unit_id == unit, Slip.number.is_not(None))
    )
    row = Slip(
        item_id=new.item_id, unit_id=unit, level=new.level, state="signing" if new.level == "red" else "issued",
        problem=new.problem.strip(), requirement=new.requirement.strip(), previous_id=previous, task_id=new.task_id,
        mark=new.mark, rule=new.rule, by=by, at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def record_signature(session: Session, item: Item, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """The hub's leader signs a red slip, or lets it drop."""
    row = slip_of(session, submission.variables)
    signed = submission.values["signature"] == "sign"
    row.signer = (submission.actor or "") if signed else ""
    row.sign_note = submission.values.get("sign_note") or ""
    if not signed:
        row.state = "refused"
    return {"signature": submission.values["signature"]}


def issue_slip(library: ReferenceLibrary, session: Session, item: Item, job: Job) -> dict[str, Any]:
    """The slip gets its number and leaves; the unit's time to explain begins."""
    reference = library(job.variables["reference_version"])
    row = slip_of(session, job.variables)
    today = job.at.astimezone(BEIJING).date()
    kind = TYPES[row.level]
    sequence = allot(session, item.area_id, f"slip:{kind}", today.year)
    pattern = str(reference.settings.get("number_pattern_slip", "{type}〔{year}〕{seq}号"))
    row.number = written(pattern, type=kind, year=today.year, seq=sequence)
    row.state, row.issued_on = "issued", today
    due: Any = deadline(reference, "PDE", today).value
    row.reply_by = due.astimezone(BEIJING).date()
    told = people_of(session, row.unit.code, Role.UNIT_OFFICE, Role.UNIT_HEAD)
    notify(session, told, NoticeKind.SLIP_ISSUED, job.at, item.id, number=row.number, text=row.problem)
    return {"overdue": False}


def record_explanation(session: Session, item: Item, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """The unit explains, and says by when it will be done."""
    row = slip_of(session, submission.variables)
    row.explanation, row.promised_on = submission.values["explanation"], submission.values["promised_on"]
    row.explained_by, row.explained_at = submission.actor or "", submission.at
    row.state = "explained"
    return {"overdue": False}


def slip_overdue(session: Session, item: Item, job: Job) -> dict[str, Any]:  # noqa: ARG001
    """The unit did not explain in time: the hub decides what follows."""
    slip_of(session, job.variables).state = "overdue"
    return {"overdue": True}


def record_judgement(session: Session, item: Item, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """The hub accepts the explanation, asks again, or escalates."""
    row = slip_of(session, submission.variables)
    judged = submission.values["judgement"]
    row.judgement = submission.values.get("judgement_note") or ""
    row.judged_by, row.judged_at = submission.actor or "", submission.at
    row.state = {"accept": "accepted", "insufficient": "issued", "escalate": "escalated"}[judged]
    return {"judgement": judged}


def escalate_slip(session: Session, item: Item, job: Job) -> dict[str, Any]:  # noqa: ARG001
    """A sharper slip follows one that was ignored or badly answered (handbook §4.3)."""
    former = slip_of(session, job.variables)
    new = NewSlip(
        former.item_id, former.unit.code, NEXT[former.level], former.problem, former.judgement or former.requirement
    )
    row = _added(session, new, former.judged_by, job.at)
    row.previous_id = former.id
    return {"slip": row.id, "level": row.level}


def slip_of(session: Session, variables: Any) -> Slip:
    """The slip that a task is about."""
    return session.get_one(Slip, int(variables["slip"]))
