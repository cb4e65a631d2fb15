"""A year from an empty database to its figures."""

from __future__ import annotations

import gc
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from engine.errors import EngineError
from engine.message import say
from tasks.bootstrap import SHIPPED_PROCESSES, bootstrap
from tasks.directory.setup import establish
from tasks.packages.service import deploy_shipped
from tasks.settings import Settings
from tasks.simulation.calendar import SITTING, morning
from tasks.simulation.clock import StagedClock
from tasks.simulation.report import outcome
from tasks.simulation.year import Year, live

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tasks.bootstrap import Banli
    from tasks.simulation.rates import Plan
    from tasks.simulation.report import Outcome


class DatabaseTaken(EngineError):
    """The database of a simulation holds an area already; it must be an empty one."""


def simulate(
    plan: Plan, database_url: str | None = None, progress: Callable[[int, int], None] | None = None
) -> Outcome:
    """Live through a year on an empty database; without a URL on one that is gone afterwards.

    Raises:
        DatabaseTaken: there is an area in the database; nothing was changed.
    """
    with _county(database_url) as (banli, clock):
        year = Year(banli, clock, plan.seed, plan.rates)
        live(year, plan, progress)
        return outcome(banli, year.troubles, year.acts)


@contextmanager
def _county(database_url: str | None) -> Iterator[tuple[Banli, StagedClock]]:
    with tempfile.TemporaryDirectory(prefix="banli-simulation-") as folder:
        settings = Settings(
            data_folder=Path(folder),
            database_url=database_url or f"sqlite:///{folder}/year.db",
            demonstration=True,
            secret_key="a year that nobody signs in to",  # noqa: S106 - nobody signs in to it
        )
        clock = StagedClock(morning(SITTING.opened))
        banli = bootstrap(settings, clock)
        try:
            with hurrying(banli):
                if not establish(banli, SHIPPED_PROCESSES / "demonstration" / "county.toml", SITTING):
                    raise DatabaseTaken(
                        say("Expected an empty database, found one with an area. Name another one by --database.")
                    )
                deploy_shipped(banli, actor="chenli")
                yield banli, clock
        finally:
            banli.engine.close()


_HURRY = {
    # The log is carried over seldom: the same pages change again and again.
    "sqlite": ("PRAGMA synchronous=OFF", "PRAGMA wal_autocheckpoint=20000"),
    "postgresql": ("SET synchronous_commit TO off",),
}


@contextmanager
def hurrying(banli: Banli) -> Iterator[None]:
    """What can be played again need not outlast a power failure: on these connections nothing waits for the disk.

    Only for simulated years. Whoever opens the database anew, to serve it, waits for the disk with every act. What
    was loaded so far stays to the end, and a year makes few circles of objects, so Python looks for garbage seldom.
    """

    def careless(connection: Any, _record: Any) -> None:
        for relaxed in _HURRY[banli.database.dialect.name]:
            connection.execute(relaxed)
        connection.commit()

    event.listen(banli.database, "connect", careless)
    banli.database.dispose()
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
