"""What stands on the pages of a task and of a case about pressing, filing and promises; for readers of these pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.cases.access import is_proposer, readable_item
from tasks.deadlines.explanation import describe
from tasks.filing.queries import filing_of, upper_of
from tasks.supervision.board import slips_of_item
from tasks.supervision.inspections import inspections
from tasks.supervision.reminders import reminders_of_item, reminders_of_task
from tasks.supervision.slips import may_supervise
from tasks.tracking.queries import commitments
from tasks.worklist.rows import Today
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.deadlines.views import Due
    from tasks.filing.queries import FilingRecord, UpperRecord
    from tasks.supervision.views import InspectionRecord, ReminderRecord, SlipRecord
    from tasks.tracking.views import CommitmentRecord


@dataclass(frozen=True, slots=True)
class BesideCase:
    """What the case page tells beside the course of events."""

    filing: FilingRecord | None
    upper: UpperRecord | None
    inner_due: Due | None
    """Of an item of an upper level: our own date."""
    commitments: Sequence[CommitmentRecord]
    reminders: Sequence[ReminderRecord]
    """Empty for proposers: how units are pressed is the offices' matter."""
    slips: Sequence[SlipRecord]
    inspections: Sequence[InspectionRecord]
    may_press: bool


def beside_case(item_id: int) -> BesideCase:
    """The records of one case that this reader may know."""
    reader = actor()
    with the_banli().reading() as session:
        item = readable_item(session, reader, item_id)
        own = is_proposer(reader, item)
        upper = upper_of(session, item_id)
        return BesideCase(
            filing=filing_of(session, item_id),
            upper=upper,
            inner_due=_inner(upper) if upper is not None else None,
            commitments=commitments(session, item_id),
            reminders=[] if own else reminders_of_item(session, reader, item),
            slips=[] if own else slips_of_item(session, reader, item_id),
            inspections=[] if own else inspections(the_banli(), reader, item_id),
            may_press=may_supervise(reader),
        )


def _inner(upper: UpperRecord) -> Due:
    today = Today.of(the_banli())
    return describe(today.reference, upper.inner_due, upper.inner_due_notes, "reply", today.now)


def pressed(task_id: str) -> list[ReminderRecord]:
    """How the holder of a task was pressed."""
    with the_banli().reading() as session:
        return reminders_of_task(session, task_id)
