"""The demonstration's county with three fresh suggestions: made once for a test run, copied for each test."""

from __future__ import annotations

import datetime as dt
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tasks.accounts.actors import actor_named
from tasks.bootstrap import Banli, bootstrap
from tasks.directory.setup import SittingDates, establish
from tasks.packages.service import deploy_shipped
from tasks.register.service import submission_page, submit
from tasks.settings import Settings
from tests_support.people import file_at_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DAY = dt.datetime(2026, 5, 7, 2, 0, tzinfo=dt.UTC)
"""Ten in the morning in Beijing, Thursday 7 May 2026."""
TITLES = ("关于解决老城区停车难问题的建议", "关于提升完善公厕设施的建议", "关于推进社区嵌入式养老服务的建议")
SITTING = SittingDates(dt.date(2026, 2, 24), dt.date(2026, 2, 28))


def settings(folder: Path, url: str | None = None) -> Settings:
    """A demonstration in this folder, on SQLite unless another database is named."""
    return Settings(
        data_folder=folder,
        database_url=url or f"sqlite:///{folder / 'banli.db'}",
        demonstration=True,
        secret_key="a secret of the tests that is long enough",
    )


def made(folder: Path, url: str | None = None) -> Path:
    """Sets the county up in an empty folder; the deputy Lin Guoqiang submits the suggestions."""
    with opened(folder, url=url) as banli:
        establish(banli, banli.process_folder / "demonstration" / "county.toml", SITTING)
        deploy_shipped(banli)
        deputy = actor_named(banli, "linguoqiang")
        category = submission_page(banli, deputy).options["categories"][0].value
        for title in TITLES:
            receipt = submit(banli, deputy, _suggestion(title, category), request_id=title)
            file_at_once(banli, receipt.item_id)
    return folder


def _suggestion(title: str, category: str) -> dict[str, object]:
    return {
        "title": title,
        "category": category,
        "timing": "recess",
        "situation": "群众反映集中。",
        "measures": [{"text": "摸清底数"}, {"text": "限期改造"}],
        "no_secret": "true", "proposer_type": "individual",
    }


@contextmanager
def opened(
    folder: Path, clock: Callable[[], dt.datetime] = lambda: DAY, url: str | None = None
) -> Iterator[Banli]:
    """A Banli over what is in this folder, its clock standing at `DAY` unless it has one of its own."""
    banli = bootstrap(settings(folder, url), clock=clock)
    try:
        yield banli
    finally:
        banli.database.dispose()


@contextmanager
def copied(county: Path, folder: Path, clock: Callable[[], dt.datetime] = lambda: DAY) -> Iterator[Banli]:
    """A Banli of its own over a copy of the county."""
    shutil.copytree(county, folder, dirs_exist_ok=True)
    with opened(folder, clock) as banli:
        yield banli
