"""Drafts of a deployment: their files, every saved state of them, and who has them open."""

# ruff: noqa: TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from tasks.database import Base


class DraftState(StrEnum):
    """Where a draft stands."""

    OPEN = "open"
    SUBMITTED = "submitted"
    """It waits for the second person."""
    DEPLOYED = "deployed"
    DISCARDED = "discarded"


class Draft(Base):
    """A package that somebody changes beside the deployed one."""

    __tablename__ = "draft_package"

    id: Mapped[int] = mapped_column(primary_key=True)
    package: Mapped[str]
    title: Mapped[str]
    based_on: Mapped[int]
    """The number of the version that it was opened from."""
    deployment_id: Mapped[str]
    """The deployment of that version: what the draft is compared with."""
    state: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]
    comment: Mapped[str] = mapped_column(default="")
    """What changes and why; asked for when it is handed in or deployed."""
    submitted_by: Mapped[str] = mapped_column(default="")
    submitted_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]


class DraftFile(Base):
    """A file of a draft as it is now."""

    __tablename__ = "draft_file"

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft_package.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes]
    revision: Mapped[int]
    """Counts the saves of this file: a save that names an older one meets a conflict."""
    by: Mapped[str]
    at: Mapped[dt.datetime]


class DraftSave(Base):
    """A state that a file of a draft had: what one goes back to."""

    __tablename__ = "draft_save"
    __table_args__ = (Index("ix_draft_save_draft_id_name", "draft_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft_package.id"))
    name: Mapped[str]
    content: Mapped[bytes | None]
    """None: the file was taken away."""
    by: Mapped[str]
    began: Mapped[dt.datetime]
    at: Mapped[dt.datetime]
    comment: Mapped[str] = mapped_column(default="")


class DraftPresence(Base):
    """Who has which file of a draft open; a sign of life that is older than a minute is none."""

    __tablename__ = "draft_presence"

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft_package.id"), primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    file: Mapped[str]
    at: Mapped[dt.datetime]
