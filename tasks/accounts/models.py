"""Accounts, the roles they hold for bodies, server-side sessions and failed sign-ins."""

# ruff: noqa: TC001, TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tasks.database import Base
from tasks.directory.models import Person, Unit


class Account(Base):
    """What a person signs in with; its name is the assignee of user tasks."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    password_hash: Mapped[str]
    locale: Mapped[str] = mapped_column(default="zh_Hans_CN")
    disabled: Mapped[bool] = mapped_column(default=False)
    about: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship()
    unit: Mapped[Unit | None] = relationship()
    grants: Mapped[list[RoleGrant]] = relationship(back_populates="account")


class RoleGrant(Base):
    """A role that an account holds for a body; `unit_id` is None for roles of a person alone."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("account_id", "unit_id", "role"), Index("ix_role_grant_unit_role", "unit_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[str]

    account: Mapped[Account] = relationship(back_populates="grants")
    unit: Mapped[Unit | None] = relationship()


class WebSession(Base):
    """A signed-in browser; only the hash of its token is kept."""

    __tablename__ = "web_session"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created: Mapped[dt.datetime]
    seen: Mapped[dt.datetime]
    address: Mapped[str]


class SignInFailure(Base):
    """A refused sign-in, counted for its (account, address) pair, its address and its account."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_subject_at", "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    at: Mapped[dt.datetime]
