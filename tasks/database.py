"""The tables' base, the instants they store, and sessions on the database that the engine uses too."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import JSON, Connection, DateTime, Engine, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from engine.database import reading_options

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from sqlalchemy.engine.interfaces import Dialect

Found = TypeVar("Found")


class Instant(TypeDecorator[dt.datetime]):
    """An aware instant, stored in UTC; SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """Refuse naive instants: they would be read as another time zone's."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"Expected an aware datetime, found {value!r}")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """Give every instant its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Base(DeclarativeBase):
    """Base of all tables of `tasks`; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it once
        dt.datetime: Instant(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
    }


def table_of(model: type[Base]) -> Table:
    """A model's table, for statements that are written down once and run often, beside the ORM."""
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(f"Expected {model.__name__} to have a table of its own")
    return table


@contextmanager
def reading(database: Engine) -> Iterator[Session]:
    """A session that sees one moment of the database and changes nothing."""
    with (
        database.connect().execution_options(**reading_options(database)) as connection,
        Session(bind=connection, expire_on_commit=False, autoflush=False, info={_MEMORY: {}}) as session,
    ):
        yield session


_MEMORY = "what this session has found"


def remembered(session: Session, question: Hashable, find: Callable[[], Found]) -> Found:
    """What a reading session has found before: it sees one moment, so the same question has the same answer.

    A session that writes asks each time.
    """
    memory: dict[Hashable, Any] | None = session.info.get(_MEMORY)
    if memory is None:
        return find()
    if question not in memory:
        memory[question] = find()
    answer: Found = memory[question]
    return answer


@contextmanager
def writing(database: Engine) -> Iterator[Session]:
    """A session in one transaction: committed at the end, rolled back when the block raises."""
    with (
        database.connect() as connection,
        Session(bind=connection, expire_on_commit=False) as session,
        session.begin(),
    ):
        yield session


@contextmanager
def joined(connection: Connection) -> Iterator[Session]:
    """A session inside a command of the engine (in recorders, observers, in-transaction handlers).

    It flushes and is left alone: to close it would roll the command's own transaction back.
    """
    session = Session(bind=connection, expire_on_commit=False, join_transaction_mode="rollback_only")
    yield session
    session.flush()
    session.expunge_all()
