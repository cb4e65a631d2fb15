"""What a person has set for her lists."""

# ruff: noqa: TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tasks.database import Base


class SavedView(Base):
    """A named set of filters of one list; it is the person's own."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("account", "place", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str]
    place: Mapped[str]
    """`worklist` or `register`."""
    name: Mapped[str]
    query: Mapped[str]
    """The part of the address behind the question mark, with known names only."""
    is_default: Mapped[bool]
    """Shown where the list is opened without any filter."""
    at: Mapped[dt.datetime]


class ListPreference(Base):
    """How a person likes her lists."""

    __tablename__ = "list_preference"

    account: Mapped[str] = mapped_column(primary_key=True)
    density: Mapped[str]
    """`comfortable` (40 px) or `dense` (32 px)."""
