"""`banli reindex`: make the search index anew."""

from __future__ import annotations

import click

from engine.message import say
from tasks.bootstrap import bootstrap
from tasks.search.index import rebuild
from tasks.settings import Settings
from web.terminal import line, tell


@click.command("reindex", help=tell(say("Make the search index anew from what stands in the cases.")))
def command() -> None:
    """Write every row of the index; people may go on working."""
    banli = bootstrap(Settings.from_environment())
    with banli.writing() as session:
        count = rebuild(session.connection())
    line(say("{n} cases can be found again.", n=count))
