"""A new password for somebody who cannot sign in: shown once, all sessions end, the log says who set it and why."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.actors import find_account
from tasks.accounts.service import set_password
from tasks.changes.models import SettingChange
from tasks.changes.service import NEW, allow, reason_errors
from tasks.directory.queries import the_area
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters that are mistaken for one another on paper."""


def reset_password(banli: Banli, actor: Actor, account: str, why: str) -> str:
    """Set a fresh password and answer it: it is shown to the administrator once and kept nowhere.

    Raises:
        FormInvalid: no reason is given.
        NotFound: there is no such account.
    """
    allow(actor)
    errors = reason_errors(why)
    if errors:
        raise FormInvalid(errors)
    with banli.reading() as session:
        if find_account(session, account) is None:
            raise NotFound(say("There is no account “{name}”.", name=account))
    fresh = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    set_password(banli, account, fresh)
    part = {"kind": "password", "subject": account, "before": None, "after": None}
    with banli.writing() as session:
        session.add(
            SettingChange(
                area_id=the_area(session).id, at=banli.now(), by=actor.account, why=why.strip(), reach=NEW,
                parts=[part], undoes_id=None,
            )
        )  # fmt: skip
    return fresh
