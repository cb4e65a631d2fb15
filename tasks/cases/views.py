"""What the case page, the register, the workbench and the portal show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from engine.message import Message
    from tasks.cases.chains import ReviewChain
    from tasks.deadlines.views import Due
    from tasks.forms.views import Option
    from tasks.handling.file import FileEntry
    from tasks.handling.views import (
        AssignmentRecord,
        ConsultationRecord,
        Instruction,
        Measure,
        OpinionRecord,
        RatingRecord,
        ReplyRecord,
    )
    from tasks.pausing.views import PauseRecord
    from tasks.worklist.views import TaskRow, WorklistView


COUNTED = 10_000
"""Nobody reads further, and counting on would take longer than finding the page."""


class ItemState(StrEnum):
    """The state of a case as lists show it; derived from the steps that are open."""

    SUBMITTED = "submitted"
    FILING = "filing"
    """Co-signers confirm, or the committee reviews it (审查)."""
    RETURNED_FOR_EDIT = "returned"
    NOT_FILED = "not_filed"
    CONVERTED = "converted"
    MERGED = "merged"
    ASSIGNING = "assigning"
    WAITING = "waiting"
    """Triaged, before the common assignment (待统一交办)."""
    HANDLING = "handling"
    IN_REVIEW = "in_review"
    REPLIED = "replied"
    """The reply is issued; whether and how it was rated is not part of the state."""
    REHANDLING = "rehandling"
    TRACKING = "tracking"
    """Answered, promises are still open."""
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


NO_REPLY_DUE = frozenset(
    {
        ItemState.NOT_FILED,
        ItemState.CONVERTED,
        ItemState.REPLIED,
        ItemState.TRACKING,
        ItemState.CLOSED,
        ItemState.WITHDRAWN,
    }
)
"""States in which no unit owes a reply: it is out, or nobody asks for it any more."""
REPLY_DUE = tuple(state for state in ItemState if state not in NO_REPLY_DUE)


@dataclass(frozen=True, slots=True)
class ItemHeader:
    """The head of every page that concerns one item."""

    item_id: int
    kind: str
    number: str
    title: str
    category: str
    session_name: str
    proposer: str
    proposer_phone: str
    """Only for those who hold the item; empty for others."""
    cosigners: Sequence[str]
    key: bool
    key_note: str
    round: int
    returns: int
    state: ItemState
    lead_unit: str
    co_units: Sequence[str]
    result_class: str
    """Class of the newest issued reply; empty before."""
    submitted: dt.datetime
    assigned: dt.datetime | None
    closed: dt.datetime | None
    reply_due: Due | None
    situation: str
    analysis: str
    publish_consent: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """One line of “who has it”: a unit or body, what it does now, and until when."""

    unit: str
    role: str
    """`hub`, `sole`, `lead`, `co`, `proposer`, `committee`, `leader`."""
    person: str
    phone: str
    now: str
    """Name of the open step, or empty when there is nothing open for this unit."""
    due: Due | None
    done: bool
    part: str = ""
    """What of the item is this unit's, where several answer."""


@dataclass(frozen=True, slots=True)
class Why:
    """One line of “why it went this way”: a computed date or a decision with its source."""

    heading: str
    sentence: Message
    source: str
    """e.g. 参数 P10, or the name of a decision table with the number of its row."""
    inputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened, newest first on the page."""

    at: dt.datetime
    who: str
    unit: str
    what: Message
    text: str
    """Words of the person (reasons of a return, instruction), where there are any."""
    tone: str
    """`plain`, `now`, `return` or `system`."""
    element_id: str
    on_behalf: Message | None = None
    """For whom it was done, where somebody stood in."""


@dataclass(frozen=True, slots=True)
class DiagramLink:
    """One of the diagrams that a case runs on."""

    instance_id: str
    name: str
    unit: str
    """Whose work it shows, where several of the same kind run side by side."""
    running: bool


@dataclass(frozen=True, slots=True)
class ShapeDetail:
    """What a click on a shape of the diagram tells."""

    element_id: str
    name: str
    state: str
    """`done`, `active` or `ahead`."""
    visits: int
    who: str
    started: dt.datetime | None
    ended: dt.datetime | None
    due: Due | None
    sentences: Sequence[Message]
    opens: Sequence[DiagramLink] = ()
    """Diagrams that this shape has called."""


@dataclass(frozen=True, slots=True)
class Diagram:
    """The live diagram: the file as it was deployed, and where this case is in it."""

    xml: str
    version: int
    visited: Sequence[str]
    active: Sequence[str]
    flows: Sequence[str]
    """Ids of the sequence flows that were taken."""
    details: Mapping[str, ShapeDetail]
    instance_id: str
    name: str
    trail: Sequence[DiagramLink]
    """From the procedure as a whole down to this diagram."""


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that the page of one case shows to this reader."""

    item: ItemHeader
    holders: Sequence[Holder]
    why: Sequence[Why]
    chains: Sequence[ReviewChain]
    """Who reviews each reply; empty for proposers."""
    timeline: Sequence[TimelineEntry]
    measures: Sequence[Measure]
    assignments: Sequence[AssignmentRecord]
    consultations: Sequence[ConsultationRecord]
    opinions: Sequence[OpinionRecord]
    replies: Sequence[ReplyRecord]
    ratings: Sequence[RatingRecord] | None
    """None for readers who must not know whether there is a rating."""
    instructions: Sequence[Instruction]
    file: Sequence[FileEntry]
    """Plans, extensions, designations, publications, reports and verdicts, newest first."""
    acts: Sequence[str]
    """What this reader may do to the case beside her tasks: `extension`, `pause`, `resume`, `key`, `withdraw`."""
    paused: PauseRecord | None
    """Who let its clock stand still, and why; None while it runs, and for its proposers."""
    diagram: Diagram
    my_tasks: Sequence[TaskRow]
    paper_ratings: Sequence[str]
    """Open ratings that this reader may key in from paper."""


ONLY = ("assigned", "answered", "met", "overdue", "returned")
"""What a list of cases may be narrowed to: assigned to units, answered, talked over face to face, late, returned."""


@dataclass(frozen=True, slots=True)
class RegisterFilters:
    """Typed filters of the register; empty means no restriction."""

    text: str = ""
    kind: str = ""
    state: str = ""
    unit: str = ""
    category: str = ""
    """A main category, or one below it as `tasks.register.categories.joined` writes it."""
    key_only: bool = False
    year: int | None = None
    role: str = ""
    """`lead` or `co`: what the unit (or any unit) does in the case's current round."""
    result: str = ""
    """Class of the newest issued reply."""
    only: str = ""
    """One of `ONLY`."""
    ids: tuple[int, ...] = ()
    """These items only: what stands behind a figure."""
    rating: str = ""
    """Rating of the first round, `any` of them, or `none` for silence; several with commas.

    It finds nothing for readers who must not know ratings.
    """

    @property
    def narrows(self) -> bool:
        """Whether anything but a state is asked for."""
        return self != RegisterFilters(state=self.state)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register."""

    item_id: int
    kind: str
    number: str
    title: str
    category: str
    subcategory: str
    key: bool
    proposer: str
    state: ItemState
    now: str
    """Names of the steps that are open, as this reader may know them."""
    lead_unit: str
    co_units: Sequence[str]
    round: int
    returns: int
    result_class: str
    submitted: dt.datetime
    due: Due | None
    pause_over: bool = False
    """Whether its clock still stands though the expected end of the pause has come."""
    reviews: bool = False
    """Whether a reply is with a reviewer: the table of review chains asked for her."""


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of the register with the choices that its filters offer."""

    rows: Sequence[RegisterRow]
    total: int
    page: int
    pages: int
    units: Sequence[Option]
    categories: Sequence[Option]
    counts: Mapping[ItemState, int]
    searched: bool = False

    @property
    def found(self) -> str:
        """How many there are, in words; what a search finds is counted to `COUNTED` only."""
        return f"{COUNTED}+" if self.searched and self.total > COUNTED else str(self.total)


@dataclass(frozen=True, slots=True)
class HomePage:
    """The workbench: the counts on top, what hurts first, and what waits for others."""

    scope: WorklistView
    """Whose tasks `first`, `overdue` and `due_today` tell of: mine, or while I have none, those I may claim."""
    mine: int
    overdue: int
    due_today: int
    claimable: int
    waiting: int
    first: Sequence[TaskRow]
    waiting_rows: Sequence[TaskRow]
    year: Sequence[YearMark]
    notices: Sequence[Message]


@dataclass(frozen=True, slots=True)
class YearMark:
    """One mark of “where the year stands”."""

    on: dt.date | None
    """None for the mark of today."""
    what: Message
    past: bool


@dataclass(frozen=True, slots=True)
class RoadStep:
    """One station of a suggestion's road, as its proposer follows it."""

    name: Message
    on: dt.date | None
    note: str
    state: str
    """`done`, `now` or `ahead`."""


@dataclass(frozen=True, slots=True)
class PortalItem:
    """One of my suggestions."""

    item: ItemHeader
    road: Sequence[RoadStep]
    contact: str
    contact_phone: str
    task: TaskRow | None
    """What I must do now (rate the reply), if anything."""
    replies: Sequence[ReplyRecord]
    """Issued replies only."""
    ratings: Sequence[RatingRecord]
    may_withdraw: bool = False
    """Whether I can withdraw it, or agree to its withdrawal."""
    withdrawal_reason: str = ""
    """Why the lead proposer wants to withdraw it; empty when nobody asked."""
    consultations: Sequence[ConsultationRecord] = ()
    """What was written down of the talks with me."""
    to_confirm: frozenset[int] = frozenset()
    """Ids of the talks whose record I am asked to confirm."""


@dataclass(frozen=True, slots=True)
class PortalLine:
    """One of my suggestions as the list shows it."""

    item_id: int
    kind: str
    number: str
    title: str
    road: Sequence[RoadStep]
    lead_unit: str
    co_units: Sequence[str]


@dataclass(frozen=True, slots=True)
class PortalPage:
    """The deputy's home."""

    items: Sequence[PortalLine]
    to_do: Sequence[TaskRow]
    """The first of what waits for me."""
    to_do_total: int
    total: int
    page: int
    pages: int
