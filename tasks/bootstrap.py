"""The composition root: web, worker, command line and tests get the same Banli from here."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from engine import NameCatalog, ProcessEngine, in_transaction
from engine.database import create_database
from engine.message import say
from tasks.database import reading, writing
from tasks.deadlines.functions import FUNCTIONS
from tasks.deadlines.library import ReferenceLibrary
from tasks.forms.library import FormLibrary
from tasks.handling.retiming import follow
from tasks.migrations import upgrade
from tasks.pausing.clock import stands_still
from tasks.registry import RECORDERS, handlers
from tasks.search import keeping
from tasks.settings import BEIJING, SettingInvalid
from tasks.worklist.projection import project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from tasks.deadlines.reference import ReferenceData
    from tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class Banli:
    """One installation, ready to work; the first argument of every service and query."""

    settings: Settings
    database: Engine
    engine: ProcessEngine
    clock: Callable[[], dt.datetime]
    library: ReferenceLibrary
    forms: FormLibrary

    def now(self) -> dt.datetime:
        """This moment, aware, by the injected clock."""
        return self.clock()

    def today(self) -> dt.date:
        """Today in Beijing."""
        return self.now().astimezone(BEIJING).date()

    def reference(self, version: str | None = None) -> ReferenceData:
        """The reference data of a version, or of now."""
        return self.library(version)

    @contextmanager
    def reading(self, *, weighed: bool = False) -> Iterator[Session]:
        """A session that sees one moment and changes nothing; `weighed` where long lists are read."""
        with reading(self.database, weighed=weighed) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction, committed at the end of the block."""
        with writing(self.database) as session:
            yield session

    @property
    def process_folder(self) -> Path:
        """Where process packages and presets are read from."""
        return self.settings.process_folder or SHIPPED_PROCESSES


SHIPPED_PROCESSES = Path(__file__).parents[1] / "processes"


def bootstrap(settings: Settings, clock: Callable[[], dt.datetime] | None = None) -> Banli:
    """Open the database, bring its tables up to date, and build the engine with everything that diagrams may name."""
    _make_folder(settings)
    keeping.install()
    moment = clock or _wall_clock
    database = create_database(settings.database_url)
    upgrade(database)
    library = ReferenceLibrary(database)
    running: list[ProcessEngine] = []  # jobs may use the engine that is being built here
    topics = handlers(library, lambda: running[0])
    engine = ProcessEngine(
        database,
        handlers=topics,
        functions=FUNCTIONS,
        recorders=RECORDERS,
        observers=[project, partial(follow, library)],
        catalog=NameCatalog(handlers=set(topics), recorders=set(RECORDERS)),
        clock=moment,
        reference=in_transaction(library),
        holds=stands_still,
    )
    running.append(engine)
    return Banli(settings, database, engine, moment, library, FormLibrary(engine))


def _wall_clock() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _make_folder(settings: Settings) -> None:
    try:
        settings.data_folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingInvalid(
            say(
                "Expected to be able to write to the data folder {folder}: {reason}. Set BANLI_DATA.",
                folder=str(settings.data_folder),
                reason=error.strerror or str(error),
            )
        ) from error
