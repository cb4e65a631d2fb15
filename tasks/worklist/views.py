"""What the worklist and the task page show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from engine.message import Message
    from tasks.cases.chains import ReviewChain
    from tasks.cases.views import Diagram, ItemHeader, TimelineEntry
    from tasks.comments.views import Remarks
    from tasks.countersigning.views import CountersignRow
    from tasks.deadlines.views import Due
    from tasks.forms.views import Form, Option
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
    from tasks.steps import SubjectHead


COUNTED, MANY = 10_000, 1_000
"""How far lines are counted: those of the tab of what is done; those of a tab while another one is shown."""


class WorklistView(StrEnum):
    """The tabs of the worklist."""

    MINE = "mine"
    CLAIMABLE = "claimable"
    WAITING = "waiting"
    """Cases in which I finished a step and that now wait for somebody else."""
    DONE = "done"
    ON_PAPER = "on_paper"
    """Verdicts of leaders whose secretary I am, to be recorded when they sign on paper."""
    DELEGATED = "delegated"
    """Of absent colleagues for whom I stand in today."""


@dataclass(frozen=True, slots=True)
class WorklistFilters:
    """Typed filters; empty means no restriction. Filters combine with AND."""

    text: str = ""
    """Part of the number or of the title."""
    step: str = ""
    """Element id of the step."""
    kind: str = ""
    light: str = ""
    unit: str = ""
    """Code of the lead unit."""
    key_only: bool = False
    sort: str = ""
    """A column's name (`tasks.worklist.sorting.SORTS`), a minus before it turns the order; empty: what hurts first."""

    @property
    def narrows(self) -> bool:
        """Whether anything is left out; an order alone leaves nothing out."""
        return bool(self.text or self.step or self.kind or self.light or self.unit or self.key_only)

    @property
    def concerns_items(self) -> bool:
        """Whether the tasks' items must be looked at to filter or to order."""
        by_item = self.sort.removeprefix("-") in {"number", "title", "returns"}
        return bool(self.text or self.kind or self.unit or self.key_only) or by_item


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One line of the worklist."""

    task_id: str
    item_id: int | None
    """None where the task concerns no item."""
    kind: str
    """`suggestion` or `proposal`; without an item what the task concerns, e.g. `evaluation`."""
    number: str
    title: str
    key: bool
    round: int
    why: Message
    """One grey line: who sent it and what is asked."""
    step: str
    step_name: str
    lead_unit: str
    """Short name of the lead unit; empty before the assignment."""
    returns: int
    arrived: dt.datetime
    due: Due | None
    assignee: str | None
    assignee_name: str
    finished: dt.datetime | None = None
    can_withdraw: bool = False
    """I submitted it, and nobody has acted on it yet."""
    subject_key: str = ""
    """Names what the task concerns where that is no item, e.g. `2026:zjj`."""
    reviews: bool = False
    """Whether it is a step of a reply's review: the table of review chains asked for who has it."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters of a tab offer, and how many lines it has without them."""

    steps: Sequence[Option]
    units: Sequence[Option]
    count: int


@dataclass(frozen=True, slots=True)
class WorklistPage:
    """A page of rows with the counts of all tabs and the choices that the filters offer."""

    view: WorklistView
    rows: Sequence[TaskRow]
    total: int
    page: int
    pages: int
    counts: Mapping[WorklistView, int]
    countersignatures: Sequence[CountersignRow]
    """What I am asked to countersign; with my own list, on its first page, unfiltered."""
    steps: Sequence[Option]
    units: Sequence[Option]

    @property
    def found(self) -> str:
        """How many there are, in words; of what is done no more than `COUNTED` are counted."""
        return f"{COUNTED}+" if self.view is WorklistView.DONE and self.total > COUNTED else str(self.total)


@dataclass(frozen=True, slots=True)
class Strip:
    """Why this is on my desk and what happens when I submit; “until when” is the `due` of the row."""

    why: Message
    why_detail: str
    """Chinese data: the instruction that the diagram gives for this step."""
    next: str
    """Chinese data computed from the diagram's own `next` header."""
    next_detail: str
    case_due: Due | None
    """The date of the whole reply, where it differs from the date of this step."""


@dataclass(frozen=True, slots=True)
class TaskContext:
    """What the reader of the form must see beside it; only what this task's reader may see."""

    measures: Sequence[Measure]
    opinions: Sequence[OpinionRecord]
    consultations: Sequence[ConsultationRecord]
    replies: Sequence[ReplyRecord]
    """All versions, newest first; the first one is the text under review."""
    instructions: Sequence[Instruction]
    """Questions that the committee put when it ordered the re-handling."""
    ratings: Sequence[RatingRecord] = ()
    """Only on the committee's own tasks."""
    file: Sequence[FileEntry] = ()
    """Documents of the case's file that this form is about: closing reports, a request for more time, the plan."""
    parts: Sequence[AssignmentRecord] = ()
    """Which unit has which part of the item, where the hub has divided it."""


@dataclass(frozen=True, slots=True)
class TaskPage:
    """Everything that the page of one task shows."""

    row: TaskRow
    item: ItemHeader | None
    """None where the task concerns no item; then `subject` stands above the form."""
    form: Form
    values: Mapping[str, Any]
    """Draft if there is one, else prefilled values."""
    options: Mapping[str, Sequence[Option]]
    """Choices by name of their source."""
    variables: Mapping[str, Any]
    """Only what the form's own FEEL conditions mention: never shown to a person."""
    takes_files: bool
    """Whether the form has a field for files."""
    strip: Strip
    context: TaskContext
    diagram: Diagram | None
    timeline: Sequence[TimelineEntry]
    can_claim: bool
    can_release: bool
    can_complete: bool
    colleagues: Sequence[Option]
    """To whom I may hand it over; empty where I may not."""
    can_withdraw: bool
    """I submitted it, and nobody has acted on it yet."""
    earlier_step: str | None
    """Name of the step to which I may send it back; None where I may not."""
    stands_in_for: str
    """Name of the absent colleague in whose place I would do it; empty where it is my own."""
    can_countersign: bool
    """Whether I may ask colleagues to countersign it."""
    countersignatures: Sequence[CountersignRow]
    """What was asked about it, and what came back."""
    leaders: Sequence[Option]
    """For whom I may record what was signed on paper; empty where I may not."""
    rates: bool
    """Whether that is a rating."""
    has_sheet: bool
    """Whether I may print the sheet on which its leader signs."""
    remarks: Remarks | None
    chains: Sequence[ReviewChain]
    """Who reviews the reply that this task is about; empty where it is about none."""
    """Comments and files; None for a reader who does the task without reading the case."""
    draft_saved: dt.datetime | None
    lost_draft: Mapping[str, Any] | None
    """What I typed when a colleague was first; shown read-only beside the winner's name."""
    finished_by: str
    finished_at: dt.datetime | None
    subject: SubjectHead | None = None
    beside: Any = None
    """What stands beside the form of a task without an item: made by the capability that `subject.kind` names."""

    @property
    def title(self) -> str:
        """The item's title."""
        return self.row.title

    @property
    def number(self) -> str:
        """The item's number."""
        return self.row.number

    @property
    def round(self) -> int:
        """In which round of its answers the item is."""
        return self.row.round

    @property
    def proposer(self) -> str:
        """The lead proposer's name, as the reader may know it."""
        return self.item.proposer if self.item is not None else ""

    @property
    def co_units(self) -> Sequence[str]:
        """Short names of the co-handling units."""
        return self.item.co_units if self.item is not None else ()

    @property
    def asked(self) -> Sequence[str]:
        """The measures that the item asks for."""
        return [measure.text for measure in self.context.measures]


@dataclass(frozen=True, slots=True)
class Completed:
    """The receipt of a completed task."""

    task_id: str
    item_id: int | None
    next_task_id: str | None
    """The first task of the same case that the same person can do now."""
    following_task_id: str | None
    """The next task in the person's own list, for “submit and open the next one”."""
