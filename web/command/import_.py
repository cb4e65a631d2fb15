"""`banli import`: items from an Excel sheet."""

from __future__ import annotations

from pathlib import Path

import click

from engine.message import say
from tasks.accounts.actors import actor_named
from tasks.bootstrap import bootstrap
from tasks.register.sheet import import_sheet
from tasks.settings import Settings
from web.terminal import fail, line, progress, tell


@click.command("import", help=tell(say("Import items from an Excel sheet; every refused row is reported.")))
@click.argument("sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "account", required=True, help=tell(say("The account that imports.")))
@click.option("--map", "mapping", multiple=True, metavar="FIELD=COLUMN",
              help=tell(say("Which column holds a field, where the heading differs; may be repeated.")))
@click.option("--dry-run", is_flag=True, help=tell(say("Only say what would happen.")))
def command(sheet: Path, account: str, mapping: tuple[str, ...], dry_run: bool) -> None:  # noqa: FBT001 - options
    """Import good rows, report the others, and end with code 1 when any was refused."""
    banli = bootstrap(Settings.from_environment())
    wanted = dict(_pair(text) for text in mapping)
    with progress(say("Importing")) as show:
        report = import_sheet(banli, actor_named(banli, account), sheet, wanted, dry_run=dry_run, progress=show)
    for row in report.refused:
        line(say("Row {row} “{title}”, column {column}: {message}", row=row.row, title=row.title, column=row.column,
                 message=row.message))
    told = (say("{accepted} of {rows} rows would be imported; nothing was stored.", accepted=report.accepted,
                rows=report.rows) if dry_run else
            say("{accepted} of {rows} rows were imported.", accepted=report.accepted, rows=report.rows))
    line(told)
    if report.refused:
        fail(say("{count} rows were refused; correct them in the sheet and import it again.",
                 count=len(report.refused)))


def _pair(text: str) -> tuple[str, str]:
    field, separator, column = text.partition("=")
    if not separator or not field or not column:
        fail(say("Expected FIELD=COLUMN, found “{text}”.", text=text))
    return field.strip(), column.strip()
