"""The projection of user tasks that lists are read from, and drafts."""

# ruff: noqa: TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tasks.database import Base


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class Work(Base):
    """One user task as the worklist knows it; written by an observer inside the engine's own transaction."""

    __tablename__ = "work"
    __table_args__ = (
        Index("ix_work_assignee_state_due", "assignee", "state", "due"),  # my list, what hurts first
        Index("ix_work_item_state", "item_id", "state"),  # “who has it” on the case page
        # What I have done, the newest first.
        Index(
            "ix_work_finished", "finished_by", "state", "finished_at", "task_id", "item_id",
            **_where("finished_by IS NOT NULL"),
        ),
        Index("ix_work_root", "root_id", "finished_by", "state"),  # a case's course, and what I did in it
        # Every list of open tasks is found, counted and put in order here, without the rows of the table.
        Index(
            "ix_work_open", "task_id", "due", "opened_at", "assignee", "unit_code", "confidential", "element_id",
            "light", "item_id", "root_id", "state", "suspended_at", "recorder", "subject",
            **_where("state = 'open'"),
        ),
    )

    task_id: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    """None where the task concerns something else than an item; then the three fields below tell what."""
    subject_kind: Mapped[str] = mapped_column(default="item")
    """`item`, or what stands before the first colon of the business key, e.g. `evaluation`."""
    subject_key: Mapped[str] = mapped_column(default="")
    """What stands after it, e.g. `2026:zjj`."""
    subject: Mapped[str] = mapped_column(default="")
    """A short title in place of the item's (task header or input `subject`)."""
    root_id: Mapped[str]
    element_id: Mapped[str]
    step_name: Mapped[str]
    form_id: Mapped[str | None]
    recorder: Mapped[str] = mapped_column(default="")
    """Who writes down what the form was filled in with: `tasks.registry` by this name."""
    state: Mapped[str]
    """`open`, `completed`, `withdrawn` (completed and taken back) or `cancelled`."""
    assignee: Mapped[str | None]
    unit_code: Mapped[str | None]
    """The body whose task it is (of the first candidate group); None for a proposer's own."""
    candidates: Mapped[list[Any]]
    """Names of the candidate groups, kept when the task is over: a colleague who was too late must still be told."""
    due: Mapped[dt.datetime | None]
    due_notes: Mapped[list[Any]]
    light: Mapped[str]
    """The stage whose thresholds colour the light."""
    texts: Mapped[dict[str, Any]]
    """What the diagram says of the step: `why`, `next`, `next_detail`, `return_to`; and which tasks stand
    before it: `follows` (its completion opened this one), `again` (it was taken back, and this one stands for it)."""
    confidential: Mapped[str] = mapped_column(default="")
    """`rating` or `outcome`: who must not learn that this step is open (`tasks.cases.access.hidden_from`)."""
    sender: Mapped[str]
    """Account that finished the step before; empty when a timer or the system did."""
    opened_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]
    finished_by: Mapped[str | None]
    suspended_at: Mapped[dt.datetime | None]
    """Since when the clock of this step stands still by hand (暂停计时); kept when it is finished meanwhile."""

    groups: Mapped[list[WorkGroup]] = relationship(back_populates="work", cascade="all, delete-orphan")


IS_OPEN: ColumnElement[bool] = Work.state == literal_column("'open'")
"""A condition on `Work`. It says its value literally: with a parameter the index of open tasks could not be used."""


RUNNING: ColumnElement[bool] = Work.suspended_at.is_(None)
"""A condition on `Work`: its clock runs. Nothing is late while it stands still."""


class WorkGroup(Base):
    """A candidate group of a task; rows are removed when the task ends, so that claimable lists stay small."""

    __tablename__ = "work_group"
    __table_args__ = (Index("ix_work_group_name", "name", "task_id"),)

    task_id: Mapped[str] = mapped_column(ForeignKey("work.task_id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)

    work: Mapped[Work] = relationship(back_populates="groups")


class CaseHand(Base):
    """Who has finished a task of a case that runs; the rows go when it ends, so that they stay as few as open cases."""

    __tablename__ = "case_hand"

    account: Mapped[str] = mapped_column(primary_key=True)
    root_id: Mapped[str] = mapped_column(primary_key=True, index=True)


class WorkAct(Base):
    """What a person did to a task beside the diagram, and why."""

    __tablename__ = "work_act"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[str] = mapped_column(ForeignKey("work.task_id"), index=True)
    kind: Mapped[str]
    by: Mapped[str]
    receiver: Mapped[str]
    """Account of the new holder; empty when a submission was taken back."""
    remark: Mapped[str]
    at: Mapped[dt.datetime]


class TaskDraft(Base):
    """What a person has typed into a task's form and not yet submitted; `lost` when a colleague was first."""

    __tablename__ = "task_draft"

    task_id: Mapped[str] = mapped_column(ForeignKey("work.task_id"), primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    saved_at: Mapped[dt.datetime]
    lost: Mapped[bool] = mapped_column(default=False)
