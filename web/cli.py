"""The `banli` command. Each subcommand is a file in `web/command/`."""

from __future__ import annotations

import importlib

import click

from engine.message import say
from web.terminal import plain_errors, tell

COMMANDS = (
    "init",
    "demo",
    "serve",
    "worker",
    "deploy",
    "import",
    "play",
    "simulate",
    "decide",
    "password",
    "doctor",
    "reindex",
)


class Banli(click.Group):
    """Loads a subcommand only when it is used, so that each starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The subcommands in the order of a newcomer's path."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The subcommand of a name, or None."""
        if cmd_name not in COMMANDS:
            return None
        # `import` is a word of the language, so its file has an underscore.
        module = importlib.import_module(f"web.command.{'import_' if cmd_name == 'import' else cmd_name}")
        command: click.Command = module.command
        return command


@click.group(cls=Banli, help=tell(say("Banli: suggestions and proposals, run from BPMN diagrams.")))
@click.version_option("0.1.0", message="Banli %(version)s")
def banli() -> None:
    """Banli."""


def main() -> None:
    """The entry point: mendable errors become sentences."""
    with plain_errors():
        banli(prog_name="banli")


if __name__ == "__main__":
    main()
