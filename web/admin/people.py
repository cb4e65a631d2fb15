"""Roles and permissions, and a new password for somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template, request

from tasks.accounts.resetting import reset_password
from tasks.accounts.who_may import who_may
from tasks.changes.pages import form
from tasks.worklist.errors import FormInvalid
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.forms.views import FieldError


def roles() -> str:
    """Who may do this, and what may she do?"""
    page = who_may(the_banli(), actor(), request.args.get("may", ""), request.args.get("who", ""))
    return render_template("admin/roles.html", page=page)


def password(account: str) -> str:
    """Asks for the reason before a password is set."""
    return _password(account)


def set_password(account: str) -> str | tuple[str, int]:
    """Sets a fresh password and shows it once; it is not kept, and no page shows it again."""
    try:
        fresh = reset_password(the_banli(), actor(), account, request.form.get("why", ""))
    except FormInvalid as refused:
        return _password(account, errors=refused.errors), 422
    return _password(account, fresh)


def _password(account: str, fresh: str = "", errors: Sequence[FieldError] = ()) -> str:
    person = form(the_banli(), actor(), "account", account).name
    return render_template("admin/password.html", account=account, person=person, errors=errors, fresh=fresh)
