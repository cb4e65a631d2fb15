"""Co-signers confirm their signatures before an item is reviewed (联名确认; handbook §3.2, step 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tasks.cases.views import ItemState
from tasks.directory.queries import account_of_person
from tasks.filing.models import LapsedSignature
from tasks.register.models import ItemProposer

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from engine.views import Job, Submission
    from tasks.deadlines.library import ReferenceLibrary
    from tasks.register.models import Item

COSIGN_FIELDS = frozenset({"item_text", "cosign", "cosign_note"})


def begin_filing(library: ReferenceLibrary, session: Session, item: Item, job: Job) -> dict[str, Any]:
    """An item has come in: who still has to confirm, and which group reviews it last.

    The final review falls to the first of the area's roles for it (`filing_final_roles`) that somebody holds in the
    committee; where nobody holds one, the committee's own group does both reviews.
    """
    item.instance_id = job.root_id
    reference = library(job.variables["reference_version"])
    if item.filed_at is None:
        item.state = ItemState.FILING
    committee = reference.unit(job.variables["committee_unit"])
    wanted = reference.settings.get("filing_final_roles") or []
    role = next((role for role in wanted if role in committee.roles), None)
    return {
        "cosigners": [
            {"person": row.person_id, "account": account_of_person(session, row.person_id)}
            for row in unconfirmed(session, item)
        ],
        "final_group": f"{committee.code}:{role}" if role else job.variables["committee"],
    }


def unconfirmed(session: Session, item: Item) -> list[ItemProposer]:
    """Co-signers who have not answered."""
    return list(
        session.scalars(
            select(ItemProposer)
            .where(ItemProposer.item_id == item.id, ItemProposer.position > 0, ItemProposer.confirmed_at.is_(None))
            .order_by(ItemProposer.position)
        )
    )


def record_cosign(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """A co-signer confirms or declines; the committee's desk may enter what is written on paper."""
    person = int(submission.variables["cosigner"]["person"])
    row = session.scalar(select(ItemProposer).where(ItemProposer.item_id == item.id, ItemProposer.person_id == person))
    if row is None:
        return {}
    if submission.values["cosign"] == "confirm":
        row.confirmed_at = submission.at
    else:
        _lapse(session, row, "declined", submission.at)
    return {}


def drop_unconfirmed(session: Session, item: Item, job: Job) -> dict[str, Any]:
    """The time for confirming is over: who has not answered has not signed."""
    rows = unconfirmed(session, item)
    for row in rows:
        _lapse(session, row, "silent", job.at)
    return {"dropped": len(rows)}


def _lapse(session: Session, row: ItemProposer, reason: str, at: dt.datetime) -> None:
    session.add(LapsedSignature(item_id=row.item_id, person_id=row.person_id, reason=reason, at=at))
    session.delete(row)
