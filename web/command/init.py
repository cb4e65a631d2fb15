"""`banli init`: make the tables, describe the county, deploy the shipped procedure."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from engine.message import say
from tasks.bootstrap import bootstrap
from tasks.directory.setup import SittingDates, establish
from tasks.packages.service import deploy_shipped
from tasks.settings import Settings
from web.terminal import line, tell

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("init", help=tell(say("Make the tables, describe the county, deploy the shipped procedure.")))
@click.option("--county", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help=tell(say("A description of units and people, as processes/demonstration/county.toml.")))
@click.option("--opened", type=_DAY, help=tell(say("The day the session of the congress opened.")))
@click.option("--closed", type=_DAY, help=tell(say("The day it closed.")))
def command(county: Path | None, opened: dt.datetime | None, closed: dt.datetime | None) -> None:
    """Prepare an installation; running it again changes nothing that is there."""
    settings = Settings.from_environment()
    banli = bootstrap(settings)
    line(say("The tables are ready in {url}.", url=banli.database.url.render_as_string()))
    if county is not None:
        today = banli.today()
        dates = SittingDates((opened or dt.datetime.combine(today, dt.time())).date(),
                             (closed or dt.datetime.combine(today, dt.time())).date())
        if establish(banli, county, dates):
            line(say("The county is established from {file}.", file=county.name))
        else:
            line(say("There is a county already; nothing was changed."))
    for deployment in deploy_shipped(banli, actor="banli init"):
        line(say("Deployed {names}.", names=[
            f"{one.key} v{one.version}" for one in deployment.definitions if one.kind == "process"]))
    line(say("Next: set a password with `banli password NAME`, then start with `banli serve`."))
