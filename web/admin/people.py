"""Roles and permissions, and a new password for somebody."""

from __future__ import annotations

from flask import render_template, request

from tasks.accounts.resetting import reset_password
from tasks.accounts.who_may import who_may
from tasks.worklist.errors import FormInvalid
from web.visitor import actor, the_banli


def roles() -> str:
    """Who may do this, and what may she do?"""
    page = who_may(the_banli(), actor(), request.args.get("may", ""), request.args.get("who", ""))
    return render_template("admin/roles.html", page=page)


def password(account: str) -> str:
    """Asks for the reason before a password is set."""
    return render_template("admin/password.html", account=account, errors=(), fresh="")


def set_password(account: str) -> str | tuple[str, int]:
    """Sets a fresh password and shows it once; it is not kept, and no page shows it again."""
    try:
        fresh = reset_password(the_banli(), actor(), account, request.form.get("why", ""))
    except FormInvalid as refused:
        return render_template("admin/password.html", account=account, errors=refused.errors, fresh=""), 422
    return render_template("admin/password.html", account=account, errors=(), fresh=fresh)
