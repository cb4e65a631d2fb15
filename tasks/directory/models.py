"""Areas, terms, sessions, bodies, people and their mandates (handbook §2.1, §2.3)."""

# ruff: noqa: TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tasks.database import Base


class Area(Base):
    """An administrative area (行政区划) whose government handles items."""

    __tablename__ = "area"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    level: Mapped[str]
    """`province`, `city`, `county` or `township`."""
    preset: Mapped[str]
    """The parameter preset that the area started from."""


class Term(Base):
    """A term (届) of a congress or of a CPPCC committee."""

    __tablename__ = "term"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    body: Mapped[str]
    """`npc` or `cppcc`."""
    ordinal: Mapped[int]
    name: Mapped[str]
    """e.g. 县十七届人大."""


class Sitting(Base):
    """A session (次) of a term: items carry its name in their title of reply."""

    __tablename__ = "sitting"

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    ordinal: Mapped[int]
    name: Mapped[str]
    """e.g. 县十七届人大五次会议."""
    opened: Mapped[dt.date]
    closed: Mapped[dt.date]

    term: Mapped[Term] = relationship()


class Unit(Base):
    """A body that can hold an item: hub, committee, bureau, town, leadership."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    kind: Mapped[str]
    """`hub`, `npc_office`, `cppcc_office`, `leadership` or `handling`."""
    document_mark: Mapped[str]
    """What stands before the year in a document number, e.g. 云住建函."""
    duties: Mapped[str]
    """What the unit is there for, shown when units are chosen."""
    position: Mapped[int]
    disabled: Mapped[bool] = mapped_column(default=False)
    sections: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    """Names of its sections (科室); that of the handler is filled in where one is asked for."""
    successor: Mapped[str] = mapped_column(default="", server_default="")
    """Code of the unit that took its work over when it was abolished or merged."""


class Person(Base):
    """A natural person; accounts, mandates and signatures refer to it."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    phone: Mapped[str]
    title: Mapped[str]
    """Office or mandate as printed under the name."""


class Membership(Base):
    """A person's mandate in one term: deputy (代表) or CPPCC member (委员)."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "term_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    card: Mapped[str]
    delegation: Mapped[str]
    """Delegation (代表团) or sector (界别)."""

    person: Mapped[Person] = relationship()
    term: Mapped[Term] = relationship()
