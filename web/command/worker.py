"""`banli worker`: jobs and timers only, beside any number of web processes."""

from __future__ import annotations

import click

from engine.message import say
from tasks.bootstrap import bootstrap
from tasks.settings import Settings
from tasks.worker import work_until_signalled
from web.terminal import line, tell


@click.command("worker", help=tell(say("Run jobs and timers until told to stop (SIGTERM).")))
def command() -> None:
    """Work; a second worker on the same database takes its share."""
    banli = bootstrap(Settings.from_environment())
    line(say("Working; Ctrl+C ends it."))
    work_until_signalled(banli)
    banli.engine.close()
