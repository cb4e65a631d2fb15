"""What filing tells other pages of an item; who may read the item is decided by the caller."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.directory.queries import names_of
from tasks.filing.models import FilingReview, UpperItem
from tasks.filing.prefill import newest_review
from tasks.filing.reviews import RESULTS
from tasks.register.models import Item

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from typing import Any

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class UpperRecord:
    """What an item of an upper level has beside its text."""

    external_number: str
    external_session: str
    external_proposer: str
    external_lead: str
    contact: str
    contact_phone: str
    role: str
    """What our area does in it: `lead` or `co`."""
    external_due: dt.date
    inner_due: dt.datetime
    """The date for units inside: the external one less the margin of parameter PU."""
    inner_due_notes: Sequence[Mapping[str, Any]]
    uploaded_on: dt.date | None
    upload_proof: str
    adopted: str
    """`yes`, `partly`, `no`, or empty while it is not known."""


@dataclass(frozen=True, slots=True)
class FilingRecord:
    """What the committee decided about filing an item, as its proposer may read it."""

    result: str
    result_name: str
    grounds: Sequence[str]
    explanation: str
    convert_to: str
    merged_into: str
    """Number and title of the item with which it is handled."""
    merged_into_id: int | None
    by: str
    at: dt.datetime


def upper_of(session: Session, item_id: int) -> UpperRecord | None:
    """The outside facts of an item of an upper level; None for an item of our own."""
    row = session.get(UpperItem, item_id)
    if row is None:
        return None
    return UpperRecord(
        external_number=row.external_number,
        external_session=row.external_session,
        external_proposer=row.external_proposer,
        external_lead=row.external_lead,
        contact=row.contact,
        contact_phone=row.contact_phone,
        role=row.role,
        external_due=row.external_due,
        inner_due=row.inner_due,
        inner_due_notes=row.inner_due_notes,
        uploaded_on=row.uploaded_on,
        upload_proof=row.upload_proof,
        adopted=row.adopted,
    )


def filing_of(session: Session, item_id: int) -> FilingRecord | None:
    """The newest word of the committee that reached the proposer; None while only the desk has proposed something."""
    review = newest_review(session, item_id)
    if review is None or not _told(review):
        return None
    target = session.get(Item, review.merge_target_id) if review.merge_target_id is not None else None
    return FilingRecord(
        result=review.result,
        result_name=RESULTS[review.result],
        grounds=review.grounds,
        explanation=review.explanation,
        convert_to=review.convert_to,
        merged_into=f"{target.number or ''} {target.title}".strip() if target is not None else "",
        merged_into_id=review.merge_target_id,
        by=names_of(session, [review.by]).get(review.by, ("", ""))[1],
        at=review.at,
    )


def _told(review: FilingReview) -> bool:
    """A first review reaches the proposer only as a return."""
    return review.stage == "final" or review.result == "returned_for_edit"
