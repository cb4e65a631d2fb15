"""Recorders: a finished task's known fields become rows, in the very transaction that completes the task."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import bindparam, select

from engine.errors import NotFound
from engine.message import say
from engine.statements import Cursor, Insertion, Statement
from tasks.database import by_key, joined, table_of
from tasks.directory.models import Unit
from tasks.handling.models import TaskSubmission
from tasks.register.models import Item

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Job, Submission

_COLUMNS = ("task_id", "item_id", "element_id", "form_id", "content", "extra", "by", "at")
_KEEP = Insertion(table_of(TaskSubmission), _COLUMNS, typed=True)
_UNIT = table_of(Unit)
_UNIT_ID = Statement(select(_UNIT.c.id).where(_UNIT.c.code == bindparam("code")))

About = TypeVar("About")

Record = Callable[["Session", Item, "Submission"], Mapping[str, Any] | None]
Handle = Callable[["Session", Item, "Job"], Mapping[str, Any] | None]


def item_of(session: Session, business_key: str | None) -> Item:
    """The item that a case is about: its id is the business key."""
    item = by_key(session, Item, int(business_key)) if business_key and business_key.isdigit() else None
    if item is None:
        raise NotFound(say("There is no item “{key}”.", key=business_key or ""))
    return item


@dataclass(frozen=True, slots=True)
class RecorderOf(Generic[About]):
    """What becomes of one form: the fields it knows, the function that writes them, and what they are about.

    Fields that an administrator added to the form are unknown here: they are kept with the submission and become
    process variables, so that diagrams and tables can use them without a change of code.
    """

    fields: frozenset[str]
    record: Callable[[Session, About, Submission], Mapping[str, Any] | None]
    find: Callable[[Session, Submission], About]
    """The rows that the submission is about: by the business key of its case, or by a variable."""

    def __call__(self, submission: Submission) -> Mapping[str, Any]:
        """Write the rows and answer the variables."""
        extra = {key: value for key, value in submission.values.items() if key not in self.fields}
        key = submission.task.business_key or ""
        with joined(submission.connection) as session:
            about = self.find(session, submission)
            Cursor(submission.connection).run(
                _KEEP,
                {
                    "task_id": submission.task.id,
                    "item_id": int(key) if key.isdigit() else None,
                    "element_id": submission.task.element_id,
                    "form_id": submission.task.form_id or "",
                    "content": plain(submission.values),
                    "extra": plain(extra),
                    "by": submission.actor or "",
                    "at": submission.at,
                },
            )
            variables = self.record(session, about, submission) or {}
        return {**extra, **variables}


def _item_of_case(session: Session, submission: Submission) -> Item:
    return item_of(session, submission.task.business_key)


@dataclass(frozen=True, slots=True)
class Recorder(RecorderOf[Item]):
    """A recorder about the item of the case."""

    find: Callable[[Session, Submission], Item] = _item_of_case


def handler_about(
    find: Callable[[Session, Job], About], handle: Callable[[Session, About, Job], Mapping[str, Any] | None]
) -> Callable[[Job], dict[str, Any]]:
    """An in-transaction handler of the engine over a function that knows what the job is about."""

    def run(job: Job) -> dict[str, Any]:
        if job.connection is None:
            raise RuntimeError("This handler must run inside the command's transaction")
        with joined(job.connection) as session:
            return dict(handle(session, find(session, job), job) or {})

    return run


def handler_over(handle: Handle) -> Callable[[Job], dict[str, Any]]:
    """The same over a function that knows the item of the case."""
    return handler_about(lambda session, job: item_of(session, job.business_key), handle)


def unit_id(session: Session, code: str) -> int:
    """The row of a unit by its code."""
    found = Cursor(session.connection()).one(_UNIT_ID, {"code": code})
    if found is None:
        raise NotFound(say("There is no unit “{code}”.", code=code))
    return int(found[0])


def plain(value: Any) -> Any:
    """JSON without types: dates and decimals as text."""
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
