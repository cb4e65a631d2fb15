"""The log of changes, and which running cases still have to follow one."""

# ruff: noqa: TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from tasks.database import Base


class SettingChange(Base):
    """One act of an administrator, with everything that it changed."""

    __tablename__ = "setting_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    at: Mapped[dt.datetime]
    by: Mapped[str]
    why: Mapped[str]
    reach: Mapped[str]
    """`new`: what begins from now on; `running`: running cases too."""
    parts: Mapped[list[Any]]
    """Each with `kind`, `subject`, and its content `before` and `after` (null: it did not, or does not, exist)."""
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("setting_change.id"), unique=True)
    """The change that this one took back; a change can be taken back once."""


class Following(Base):
    """A running case that must follow a change: one command for each, carried out one after the other."""

    __tablename__ = "following"
    __table_args__ = (Index("ix_following_state", "state"),)

    change_id: Mapped[int] = mapped_column(ForeignKey("setting_change.id"), primary_key=True)
    root_id: Mapped[str] = mapped_column(primary_key=True)
    reference_version: Mapped[str]
    state: Mapped[str]
    """`waiting`, `done`, `over` (the case had ended) or `failed`."""
    moved: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(default="")
