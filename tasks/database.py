"""The tables' base, the instants they store, and sessions on the database that the engine uses too."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import JSON, Connection, DateTime, Engine, MetaData, Table, bindparam, inspect, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Session, make_transient_to_detached
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from engine.database import reading_options
from engine.statements import Cursor, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from sqlalchemy.engine.interfaces import Dialect
    from sqlalchemy.sql.compiler import SQLCompiler

Found = TypeVar("Found")
Row = TypeVar("Row", bound="Base")


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


class _Loading:
    """How rows of one model are read by their key: the statement is written down once."""

    def __init__(self, model: type[Base]) -> None:
        self.mapper: Any = inspect(model)
        table = table_of(model)
        (key,) = table.primary_key.columns
        self.names = [self.mapper.get_property_by_column(column).key for column in table.columns]
        self.statement = Statement(select(*table.columns).where(key == bindparam("wanted")), typed=True)

    def read(self, session: Session, key: object) -> Any:
        row = Cursor(session.connection()).one(self.statement, {"wanted": key})
        if row is None:
            return None
        found = self.mapper.class_manager.new_instance()
        vars(found).update(zip(self.names, row, strict=True))
        make_transient_to_detached(found)
        session.add(found)
        return found


_LOADINGS: dict[type[Base], _Loading] = {}


def by_key(session: Session, model: type[Row], key: object) -> Row | None:
    """The row with this primary key, as `session.get` answers it, at a third of the cost: every act reads some rows so.

    Only for models with a primary key of one column.
    """
    loading = _LOADINGS.get(model)
    if loading is None:
        loading = _LOADINGS[model] = _Loading(model)
    if loading.mapper.identity_key_from_primary_key((key,)) in session.identity_map:
        return session.get(model, key)
    found: Row | None = loading.read(session, key)
    return found


class Walked(FunctionElement[Any]):
    """A column that SQLite does not look up row by row: most of its values are wanted, so it walks along an index."""

    inherit_cache = True


@compiles(Walked)
def _as_it_is(element: Walked, compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(element.clauses, **kw)


@compiles(Walked, "sqlite")
def _not_looked_up(element: Walked, compiler: SQLCompiler, **kw: Any) -> str:
    return f"+{compiler.process(element.clauses, **kw)}"


@contextmanager
def reading(database: Engine, *, weighed: bool = False) -> Iterator[Session]:
    """A session that sees one moment of the database and changes nothing.

    `weighed`: for long lists. PostgreSQL plans each question for the values it is asked with; prepared, it would take
    one plan for the officer with ten thousand tasks and for the handler with ten.
    """
    with (
        database.connect().execution_options(**reading_options(database)) as connection,
        Session(bind=connection, expire_on_commit=False, autoflush=False, info={_MEMORY: {}}) as session,
        _unprepared(connection) if weighed and connection.dialect.name == "postgresql" else nullcontext(),
    ):
        yield session


@contextmanager
def _unprepared(connection: Connection) -> Iterator[None]:
    driver: Any = connection.connection.driver_connection
    usual, driver.prepare_threshold = driver.prepare_threshold, None
    try:
        yield
    finally:
        driver.prepare_threshold = usual


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


def cursor_of(session: Session) -> Cursor:
    """The driver's cursor for a statement that is written down once, after what the session has not written yet."""
    if session.autoflush:
        session.flush()
    return Cursor(session.connection())


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
