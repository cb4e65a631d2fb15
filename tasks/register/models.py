"""Items (建议、提案), who proposed them, what they ask for, and the numbers they get."""

# ruff: noqa: TC001, TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tasks.database import Base
from tasks.directory.models import Person, Sitting


class Item(Base):
    """A suggestion or a proposal. Its state is derived from its open steps, and written by their projection."""

    __tablename__ = "item"
    __table_args__ = (
        # The register lists newest first within a state; numbers are looked up within an area, kind and year.
        Index("ix_item_state_submitted", "state", "submitted_at"),
        Index("ix_item_submitted", "submitted_at", "id"),
        Index("ix_item_when", "id", "submitted_at"),  # what a search finds is put in order without the rows
        # What the filters of register and statistics offer, and the board's returns, without reading every item.
        # Cases of a category, narrowed by their class and put in order, without the rows.
        Index("ix_item_category", "category", "subcategory", "result_class", "submitted_at", postgresql_include=["id"]),
        Index("ix_item_year", "year", "state", "assigned_at", postgresql_include=["id"]),
        Index("ix_item_kind", "kind", "year", postgresql_include=["id"]),  # the items of a body
        Index("ix_item_key", "key", "state", "kind", "number"),  # key items under way
        # What goes over into the next year.
        Index("ix_item_closed", "closed_at", "state", "filed_at", "submitted_at", postgresql_include=["id"]),
        Index("ix_item_returned", "returns", sqlite_where=text("returns > 0"), postgresql_where=text("returns > 0")),
        Index(
            "ix_item_counted",
            *("state", "result_class", "category", "subcategory", "key", "kind", "year", "assigned_at"),
        ),
        UniqueConstraint("area_id", "kind", "year", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    kind: Mapped[str]
    """`suggestion` or `proposal`."""
    level: Mapped[str] = mapped_column(default="own")
    """`own`, or `upper` for items that an upper level passed down."""
    timing: Mapped[str]
    """`in_session` or `recess`."""
    year: Mapped[int]
    number: Mapped[str | None]
    """Given when the item is filed, never reused."""
    title: Mapped[str]
    situation: Mapped[str]
    analysis: Mapped[str] = mapped_column(default="")
    category: Mapped[str]
    """The main category (大类)."""
    subcategory: Mapped[str] = mapped_column(default="")
    """The category below it (小类); empty where there is none, and for items of the time before there were any."""
    suggested_units: Mapped[str] = mapped_column(default="")
    """Units that the proposer wishes, as they are read; `wished_units` holds their codes where they were chosen."""
    wished_units: Mapped[list[Any]] = mapped_column(default=list)
    publish_consent: Mapped[bool]
    proposer_type: Mapped[str] = mapped_column(default="individual")
    repeat_of: Mapped[str] = mapped_column(default="")
    """Empty: asked for the first time; `years`: repeated for years; else the id of the earlier item."""
    origin: Mapped[str] = mapped_column(default="")
    wish_contact: Mapped[str] = mapped_column(default="")
    signed_scan: Mapped[list[Any]] = mapped_column(default=list)
    """Ids of attachments: the paper with the signatures or the seal."""
    confidential: Mapped[bool] = mapped_column(default=False)
    """The proposer asked that units see the text only (handbook §2.2)."""
    entered_by: Mapped[str] = mapped_column(default="")
    """Account of the committee's officer who entered it on behalf of the proposer (代录入)."""
    filed_at: Mapped[dt.datetime | None]
    """When it was filed (立案); for imported items and items of an upper level when they came in."""
    key_candidate: Mapped[bool] = mapped_column(default=False)
    urgency: Mapped[str] = mapped_column(default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)
    """The item with which it is handled (并案); it keeps its own number, reply and rating."""
    key: Mapped[bool] = mapped_column(default=False)
    key_kind: Mapped[str] = mapped_column(default="no")
    """`no`, or why it is a key item: a code of `tasks.handling.key_items.KEY_KINDS`."""
    handling_mode: Mapped[str] = mapped_column(default="")
    """`sole`, `lead`, `joint` or `separate`; empty before triage."""
    responsible_leader: Mapped[str] = mapped_column(default="")
    """Account of the county leader by portfolio."""
    key_note: Mapped[str] = mapped_column(default="")
    assign_reason: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="submitted")
    round: Mapped[int] = mapped_column(default=0)
    returns: Mapped[int] = mapped_column(default=0)
    result_class: Mapped[str] = mapped_column(default="")
    submitted_at: Mapped[dt.datetime]
    assigned_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]
    instance_id: Mapped[str | None] = mapped_column(index=True)
    request_id: Mapped[str | None] = mapped_column(unique=True)
    """Of the submission: sending a form twice makes one item."""

    sitting: Mapped[Sitting] = relationship()
    proposers: Mapped[list[ItemProposer]] = relationship(order_by="ItemProposer.position", back_populates="item")
    measures: Mapped[list[ItemMeasure]] = relationship(order_by="ItemMeasure.position", back_populates="item")


class ItemProposer(Base):
    """A signature under an item; position 0 is the lead proposer (领衔), who gives the rating for all."""

    __tablename__ = "item_proposer"
    __table_args__ = (UniqueConstraint("item_id", "person_id"), Index("ix_item_proposer_person", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    position: Mapped[int]
    confirmed_at: Mapped[dt.datetime | None]
    """When the person confirmed the signature; None while a co-signer has not answered. Who declines, or does not
    answer in time, has no row any more (`tasks.filing.models.LapsedSignature`)."""

    item: Mapped[Item] = relationship(back_populates="proposers")
    person: Mapped[Person] = relationship()


class ItemMeasure(Base):
    """One numbered measure that the item asks for, so that the reply can answer one by one."""

    __tablename__ = "item_measure"
    __table_args__ = (UniqueConstraint("item_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    position: Mapped[int]
    text: Mapped[str]

    item: Mapped[Item] = relationship(back_populates="measures")


class NumberSequence(Base):
    """The next free number of one kind of object in one year; gapless, since it moves with the row it numbers."""

    __tablename__ = "number_sequence"

    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    """`suggestion`, `proposal`, or `reply:<unit code>`."""
    year: Mapped[int] = mapped_column(primary_key=True)
    next: Mapped[int]
