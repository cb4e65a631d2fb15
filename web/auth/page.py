"""The sign-in page."""

from __future__ import annotations

from flask import render_template

from tasks.accounts.actors import demonstration_accounts
from tasks.directory.queries import area_name
from web import visitor
from web.visitor import the_banli


def sign_in_page(*, wanted: str, name: str = "", refused: str = "", kept: str = "") -> str:
    """The page with the form and, where allowed, the people of the demonstration.

    Args:
        wanted: where to go after signing in.
        name: the account that was typed.
        refused: what must be said first.
        kept: fields of a form that came after the session had ended.
    """
    accounts = demonstration_accounts(the_banli()) if visitor.demonstration_allowed() else ()
    return render_template(
        "auth/sign_in.html",
        area=area_name(the_banli()),
        name=name,
        refused=refused,
        accounts=accounts,
        wanted=wanted,
        kept=kept,
        now=the_banli().now(),
    )
