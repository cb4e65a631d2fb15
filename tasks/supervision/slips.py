"""Slips (提醒函、督办单): issued, explained by the unit, accepted or escalated (handbook §3.2 step 19, §7.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Role
from tasks.cases.access import readable_item
from tasks.deadlines.functions import deadline
from tasks.directory.models import Unit
from tasks.directory.queries import unit_by_code, unit_of_kind
from tasks.forms.views import FieldError
from tasks.handling.models import Assignment
from tasks.notices.service import notify, people_of
from tasks.notices.views import NoticeKind
from tasks.register.numbering import allot, written
from tasks.settings import BEIJING
from tasks.supervision.models import Slip, SlipItem
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from engine.views import Job, Submission
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.deadlines.library import ReferenceLibrary

SIGNATURE_FIELDS = frozenset({"slip_text", "signature", "sign_note"})
EXPLANATION_FIELDS = frozenset({"slip_text", "remarked", "explanations", "explanation", "promised_on"})
JUDGEMENT_FIELDS = frozenset({"slip_text", "explained", "judgement", "judgement_note"})

SUBJECT = "slip"
"""Begins the business key of a slip about several items."""
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

    items: tuple[int, ...]
    """Ids of the items that it is about."""
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
        NotFound: there is no such item, or the unit has no part in it.
    """
    if not may_supervise(actor):
        raise NotAllowed(say("Only the hub presses units and issues slips."))
    errors = [
        FieldError(name, label, say("Fill in “{label}”.", label=label))
        for name, label, text in (("problem", "理由", new.problem), ("requirement", "要求", new.requirement))
        if not text.strip() or len(text) > _LONGEST
    ]
    if new.level not in LEVELS:
        errors.append(FieldError("level", "种类", say("Choose the kind of slip.")))
    if not new.items:
        errors.append(FieldError("items", "办件", say("Choose at least one item.")))
    if errors:
        raise FormInvalid(tuple(errors))
    with banli.reading() as session:
        held = parts_of(session, new.unit_code, new.items)
        for item_id in new.items:
            readable_item(session, actor, item_id)
            if item_id not in held:
                raise NotFound(say("The unit has no part in this item."))
    return begin(banli, new, actor.account)


def parts_of(session: Session, unit_code: str, items: Sequence[int]) -> set[int]:
    """Which of these items the unit has a part in."""
    held = (
        select(Assignment.item_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.item_id.in_(items), Unit.code == unit_code)
    )
    return set(session.scalars(held))


def begin(banli: Banli, new: NewSlip, account: str | None) -> int:
    """Write the slip and start its process: as a part of the item's record, or for several items as its own."""
    with banli.writing() as session:
        row = _added(session, new, account or "", banli.now())
        slip, unit, hub = row.id, unit_by_code(session, new.unit_code).short_name, unit_of_kind(session, "hub").code
    several = len(new.items) > 1
    variables = {"slip": slip, "level": new.level, "unit": new.unit_code, "hub": hub,
                 "subject": f"{unit}：{TYPES[new.level]}（{len(new.items)}件）"}  # fmt: skip
    banli.engine.start(
        PROCESS, variables, business_key=f"{SUBJECT}:{slip}" if several else str(new.items[0]),
        request_id=f"slip:{slip}", actor=account,
    )  # fmt: skip
    return slip


def _added(session: Session, new: NewSlip, by: str, at: Any) -> Slip:
    unit = unit_by_code(session, new.unit_code).id
    previous = session.scalar(
        select(func.max(Slip.id))
        .join(SlipItem, SlipItem.slip_id == Slip.id)
        .where(SlipItem.item_id.in_(new.items), Slip.unit_id == unit, Slip.number.is_not(None))
    )
    row = Slip(
        unit_id=unit, level=new.level, state="signing" if new.level == "red" else "issued",
        problem=new.problem.strip(), requirement=new.requirement.strip(), previous_id=previous, task_id=new.task_id,
        mark=new.mark, rule=new.rule, by=by, at=at, items=[SlipItem(item_id=item) for item in sorted(set(new.items))],
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def record_signature(session: Session, row: Slip, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """The hub's leader signs a red slip, or lets it drop."""
    signed = submission.values["signature"] == "sign"
    row.signer = (submission.actor or "") if signed else ""
    row.sign_note = submission.values.get("sign_note") or ""
    if not signed:
        row.state = "refused"
    return {"signature": submission.values["signature"]}


def issue_slip(library: ReferenceLibrary, session: Session, row: Slip, job: Job) -> dict[str, Any]:
    """The slip gets its number and leaves; the unit's time to explain begins."""
    reference = library(job.variables["reference_version"])
    today = job.at.astimezone(BEIJING).date()
    kind = TYPES[row.level]
    sequence = allot(session, row.items[0].item.area_id, f"slip:{kind}", today.year)
    pattern = str(reference.settings.get("number_pattern_slip", "{type}〔{year}〕{seq}号"))
    row.number = written(pattern, type=kind, year=today.year, seq=sequence)
    row.state, row.issued_on = "issued", today
    due: Any = deadline(reference, "PDE", today).value
    row.reply_by = due.astimezone(BEIJING).date()
    told = people_of(session, row.unit.code, Role.UNIT_OFFICE, Role.UNIT_HEAD)
    about = row.items[0].item_id if len(row.items) == 1 else None
    text = row.problem if about is not None else f"{row.problem}（{len(row.items)}件）"
    notify(session, told, NoticeKind.SLIP_ISSUED, job.at, about, number=row.number, text=text)
    return {"overdue": False}


def record_explanation(session: Session, row: Slip, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """The unit explains, item by item, and says by when each will be done.

    A slip that was issued on an older diagram has one item, and one explanation beside the list.
    """
    said: Sequence[Mapping[str, Any]] = submission.values.get("explanations") or [submission.values]
    for one, answer in zip(row.items, said, strict=True):
        one.explanation, one.promised_on = answer["explanation"], answer["promised_on"]
    row.explained_by, row.explained_at = submission.actor or "", submission.at
    row.state = "explained"
    return {"overdue": False}


def slip_overdue(session: Session, row: Slip, job: Job) -> dict[str, Any]:  # noqa: ARG001
    """The unit did not explain in time: the hub decides what follows."""
    row.state = "overdue"
    return {"overdue": True}


def record_judgement(session: Session, row: Slip, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """The hub accepts the explanation, asks again, or escalates."""
    judged = submission.values["judgement"]
    row.judgement = submission.values.get("judgement_note") or ""
    row.judged_by, row.judged_at = submission.actor or "", submission.at
    row.state = {"accept": "accepted", "insufficient": "issued", "escalate": "escalated"}[judged]
    return {"judgement": judged}


def escalate_slip(session: Session, former: Slip, job: Job) -> dict[str, Any]:
    """A sharper slip follows one that was ignored or badly answered (handbook §4.3)."""
    new = NewSlip(
        tuple(one.item_id for one in former.items), former.unit.code, NEXT[former.level], former.problem,
        former.judgement or former.requirement,
    )  # fmt: skip
    row = _added(session, new, former.judged_by, job.at)
    row.previous_id = former.id
    return {"slip": row.id, "level": row.level}


def slip_of(session: Session, variables: Any) -> Slip:
    """The slip that a task is about."""
    return session.get_one(Slip, int(variables["slip"]))
