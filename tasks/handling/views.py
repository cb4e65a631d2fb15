"""The records of one case: consultations, opinions, replies, reviews, ratings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from engine.message import Message
    from tasks.forms.views import Option


@dataclass(frozen=True, slots=True)
class Measure:
    """One numbered thing that the proposer asks for, with the latest answer to it."""

    position: int
    text: str
    answer: str = ""
    adopted: str = ""
    """`adopted`, `partly`, `rejected` or empty while there is no answer."""
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ConsultationRecord:
    """One contact of the lead unit with the proposer."""

    round: int
    phase: str
    mode: str
    mode_name: str
    face_to_face: bool
    on: dt.date
    place: str
    participants: str
    proposer_opinion: str
    agreed: str
    by: str
    unit: str
    id: int = 0
    highest_rank: str = ""
    """In the words of the form: `主要负责人`."""
    confirmation: str = ""
    """`signed`, `asked`, `none` or empty."""
    confirmed_at: dt.datetime | None = None
    photos: Sequence[tuple[str, str]] = ()
    """Ids and names of the files that went in with it; none for a reader who may not open them."""


@dataclass(frozen=True, slots=True)
class OpinionRecord:
    """What a co-handling unit sent to the lead unit."""

    round: int
    unit_code: str
    unit: str
    facts: str
    measures: str
    suggestion: str
    handler: str
    phone: str
    at: dt.datetime | None
    """None while it is outstanding."""
    agrees: str = ""
    state: str = ""
    """`written`, `returned`, `approved`, `accepted` or `bounced`; empty while it is outstanding."""
    remark: str = ""
    commitments: Sequence[Mapping[str, str]] = ()
    """What the unit promises (`what`) and until when (`due`, ISO date)."""
    issuer: str = ""
    document_number: str = ""
    seal: str = ""
    """`paper`, `electronic` or empty."""


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """The reply's answer to one measure."""

    position: int
    measure: str
    text: str
    adopted: str
    due: dt.date | None
    unit: str = ""
    """Who carries the promise out, where it is not the unit that answers."""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """One node of the review chain and its verdict."""

    node: str
    node_name: str
    verdict: str
    """`pass`, `return` (退办) or `reclass` (改类别, to `new_class`)."""
    new_class: str
    reasons: Sequence[str]
    text: str
    by: str
    unit: str
    at: dt.datetime
    former_body: str = ""
    """The text before the reviewer changed it, and `body` after; both empty where nothing was changed."""
    body: str = ""
    on_behalf: Message | None = None
    """For whom it was given, where somebody stood in, or recorded what was signed on paper."""


@dataclass(frozen=True, slots=True)
class ReplyRecord:
    """One version of the reply with its reviews."""

    id: int
    round: int
    version: int
    stage: str
    """`first`, `second` (二次答复) or `merged`."""
    unit: str
    unit_full_name: str
    state: str
    """`in_review`, `returned`, `withdrawn` (taken back before anybody read it), `issued`."""
    result_class: str
    result_name: str
    body: str
    disclosure: str
    contact: str
    contact_phone: str
    answers: Sequence[AnswerRecord]
    reviews: Sequence[ReviewRecord]
    written_by: str
    written_at: dt.datetime
    document_number: str
    signer: str
    issued_on: dt.date | None
    class_reason: str = ""
    opinions_summary: str = ""
    disclosure_reason: str = ""
    leader: str = ""
    leader_phone: str = ""
    seal: str = ""
    delivery: Sequence[str] = ()
    delivered_on: dt.date | None = None
    cc: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class RatingRecord:
    """How the proposer rated one round. Only for those who may read ratings."""

    round: int
    by: str
    scores: Mapping[str, str]
    """Dimension to value, e.g. `attitude` → `satisfied`."""
    overall: str
    opinion: str
    at: dt.datetime
    keyed_by: str = ""
    """Who of the committee keyed it in from paper; empty where the proposer rated herself."""
    scans: Sequence[Option] = ()
    """The paper, by the ids of its files."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """The committee's order to handle an item again: the questions to answer, never the rating."""

    round: int
    decision: str
    questions: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class AssignmentRecord:
    """One unit's part in the case."""

    round: int
    unit_code: str
    unit: str
    role: str
    """`sole`, `lead`, `joint`, `separate` or `co`."""
    assigned_at: dt.datetime
    signed_at: dt.datetime | None
    signed_by_default: bool
    handler: str
    phone: str
    part: str = ""
    current: bool = True
    """Whether the part belongs to the newest round of its answer."""
    answer: int = 1
    given_up: str = ""
    """Why the lead unit went on without this unit's opinion."""
