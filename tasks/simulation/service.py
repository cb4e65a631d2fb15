"""A year from an empty database to its figures."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import EngineError
from engine.message import say
from tasks.bootstrap import SHIPPED_PROCESSES, bootstrap
from tasks.directory.setup import establish
from tasks.packages.service import deploy_shipped
from tasks.settings import Settings
from tasks.simulation.calendar import SITTING, morning
from tasks.simulation.clock import StagedClock
from tasks.simulation.hands import hands_for, several_hands
from tasks.simulation.haste import hurrying
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
    plan: Plan,
    database_url: str | None = None,
    progress: Callable[[int, int], None] | None = None,
    hands: int | None = None,
) -> Outcome:
    """Live through a year on an empty database; without a URL on one that is gone afterwards.

    `hands`: how many processes act, on SQLite one; None: as many as serve the database (`tasks.simulation.hands`).

    Raises:
        DatabaseTaken: there is an area in the database; nothing was changed.
    """
    with _county(database_url) as (banli, clock):
        year = Year(banli, clock, plan.seed, plan.rates)
        with several_hands(year, hands_for(banli, hands)):
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
