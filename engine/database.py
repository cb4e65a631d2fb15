"""The database: one writer at a time on SQLite, row locks on PostgreSQL, and one way to begin either."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import QueuePool, StaticPool

if TYPE_CHECKING:
    from collections.abc import Iterator

READING = "banli_reading"
_IDLE = 1.0
"""Seconds after which a pooled connection is asked whether it still lives: asking each time is a round trip an act."""
_PREPARED = 1000
"""Statements that PostgreSQL keeps planned for a connection; Banli has some hundreds, psycopg keeps 100 of itself."""


def reading_options(engine: Engine) -> dict[str, Any]:
    """How a connection is opened that only reads.

    PostgreSQL's READ COMMITTED gives each statement its own moment, so a transaction around them would only cost two
    round trips; SQLite's transaction is one moment for all of them.
    """
    plain: dict[str, Any] = {READING: True}
    return plain if engine.dialect.name == "sqlite" else {**plain, "isolation_level": "AUTOCOMMIT"}


class Database:
    """An SQLAlchemy engine with the house's rules for transactions.

    SQLite does not lock on a SELECT, so a command begins IMMEDIATE; `synchronous=FULL` makes an acknowledged
    command durable. A database in memory has one connection and therefore one transaction at a time.
    """

    def __init__(self, url_or_engine: str | Engine) -> None:
        self.engine = url_or_engine if isinstance(url_or_engine, Engine) else create_database(url_or_engine)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        in_memory = isinstance(self.engine.pool, StaticPool)
        self._alone: Any = threading.RLock() if in_memory else nullcontext()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is committed when the block ends and rolled back when it raises."""
        with self._alone, self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads; on SQLite it never waits for a writer."""
        with self._alone, self.engine.connect() as plain:
            connection = plain.execution_options(**reading_options(self.engine))
            with connection.begin():
                yield connection


def create_database(url: str) -> Engine:
    """An SQLAlchemy engine for a URL, with the connection settings the engine relies on."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql" and parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(parsed, pool_size=16, max_overflow=16, pool_timeout=30)
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "checkin", _note_time)
        event.listen(engine, "checkout", _ping_when_idle)
        return engine
    in_memory = parsed.database in {None, "", ":memory:"}
    pool: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {
        "poolclass": QueuePool, "pool_size": 16, "pool_reset_on_return": None}
    engine = create_engine(parsed, connect_args={"check_same_thread": False}, **pool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def count_rows(engine: Engine) -> None:
    """Let SQLite look how its indexes are filled, in some milliseconds; PostgreSQL does so by itself.

    Without it SQLite guesses which index finds fewer rows, and in a large table guesses wrong.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA analysis_limit=1000")
        connection.exec_driver_sql("ANALYZE")


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    connection.prepared_max = _PREPARED
    # An index is worth reading: the server's own figure is that of a turning disk, and then it reads whole tables with
    # long texts. Statements are short: to compile one takes longer than to run it. What is counted over a year by
    # step and case is counted in memory.
    for setting in ("random_page_cost = 1.1", "jit = off", "work_mem = '32MB'"):
        connection.execute(f"SET {setting}")
    connection.commit()


def _note_time(_connection: Any, record: Any) -> None:
    record.info["used"] = time.monotonic()


def _ping_when_idle(connection: Any, record: Any, _proxy: Any) -> None:
    """A connection that the server has closed meanwhile is replaced by a new one before anybody uses it."""
    used = record.info.get("used")
    if used is None or time.monotonic() - used < _IDLE:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except connection_lost() as lost:
        raise DisconnectionError from lost


def connection_lost() -> type[Exception]:
    """What psycopg raises when the server is gone; it is imported only where PostgreSQL is used."""
    from psycopg import OperationalError  # noqa: PLC0415

    return OperationalError


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    # The patience first: even asking for the journal may meet a writer.
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON",
                   "cache_size=-16384", "temp_store=MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # Straight to the driver: through SQLAlchemy this one word costs as much as three statements.
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN" if READING in connection.get_execution_options() else "BEGIN IMMEDIATE")
