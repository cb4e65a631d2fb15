"""Connections that do not wait for the disk, for years that can be played again."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.bootstrap import Banli

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
