"""`banli demo`: a county with two years of work behind it, to walk about in."""

from __future__ import annotations

import os

import click

from engine.message import say
from tasks.accounts.actors import demonstration_accounts
from tasks.demonstration.service import as_demonstration, build, opened
from tasks.settings import Settings
from web.command.serve import serve
from web.terminal import line, progress, tell


@click.command("demo", help=tell(say("Prepare a demonstration county, serve it on this machine, say how to sign in.")))
@click.option("--port", default=8080, show_default=True, help=tell(say("The port; 0 chooses a free one.")))
@click.option("--prepare-only", is_flag=True, help=tell(say("Only prepare the database.")))
def command(port: int, prepare_only: bool) -> None:  # noqa: FBT001 - options
    """Build the county once, then serve it to this machine only."""
    found = Settings.from_environment()
    url = os.environ.get("BANLI_DATABASE_URL") or f"sqlite:///{found.data_folder / 'demonstration.db'}"
    settings = as_demonstration(found, url)
    with progress(say("Playing two years of the county")) as show:
        fresh = build(settings, show)
    banli = opened(settings)
    line(say("The county is ready.") if fresh else say("The county of last time is used; delete {file} to begin anew.",
                                                       file=url.removeprefix("sqlite:///")))
    for account in demonstration_accounts(banli):
        line(f"  {account.name}　{account.unit_name}　{account.title}　{account.about}")
    line(say("Sign in by one click on the first page, as any of these people."))
    if not prepare_only:
        serve(banli, host="127.0.0.1", port=port)
