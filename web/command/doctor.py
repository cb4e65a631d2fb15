"""`banli doctor`: is everything in order?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from sqlalchemy import text

from engine.consistency import find_faults
from engine.history import anchor
from engine.message import say
from tasks.bootstrap import bootstrap
from tasks.consistency import find_faults as find_contradictions
from tasks.settings import Settings
from web.terminal import line, tell

if TYPE_CHECKING:
    from tasks.bootstrap import Banli


@click.command("doctor", help=tell(say("Check the database, every case and its history, and say what needs care.")))
def command() -> None:
    """Check; ends with code 1 when something is wrong."""
    banli = bootstrap(Settings.from_environment())
    line(say("Database: {url}", url=banli.database.url.render_as_string()))
    faults = [*_integrity(banli), *find_faults(banli.engine.runtime), *map(tell, find_contradictions(banli))]
    for fault in faults:
        line(f"  ✗ {fault}")
    for incident in banli.engine.incidents():
        line(say("  ! incident in case {case} at {element}: {message}", case=incident.root_id,
                 element=incident.element_id, message=incident.message))
    with banli.engine.database.writing() as connection:
        digest = anchor(connection, banli.now())
    line(say("Anchor of today's histories, to keep elsewhere: {digest}", digest=digest.hex()))
    line(say("Everything is in order.") if not faults else say("{count} faults were found.", count=len(faults)))
    sys.exit(1 if faults else 0)


def _integrity(banli: Banli) -> list[str]:
    if banli.database.dialect.name != "sqlite":
        return []
    with banli.engine.database.reading() as connection:
        answer = connection.execute(text("PRAGMA integrity_check")).scalars().all()
    return [] if list(answer) == ["ok"] else [f"SQLite: {one}" for one in answer]
