"""`banli password`: give an account a password."""

from __future__ import annotations

import click

from engine.message import say
from tasks.accounts.service import set_password
from tasks.bootstrap import bootstrap
from tasks.settings import Settings
from web.terminal import line, tell


@click.command("password", help=tell(say("Give an account a password; asks for it twice.")))
@click.argument("name")
@click.password_option(prompt=tell(say("Password")), confirmation_prompt=tell(say("Once more")))
def command(name: str, password: str) -> None:
    """Set the password and end every session of the account."""
    set_password(bootstrap(Settings.from_environment()), name, password)
    line(say("The password of {name} is set; older sessions are over.", name=name))
