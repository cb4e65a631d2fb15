"""The sign-in page."""

from __future__ import annotations

from flask import render_template

from engine.errors import NotFound
from tasks.accounts.actors import demonstration_accounts
from tasks.directory.queries import the_area
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
        "auth/sign_in.html", area=_area(), name=name, refused=refused, accounts=accounts, wanted=wanted, kept=kept
    )


def _area() -> str:
    """The area's name is no secret: it stands over the sign-in form; empty before the installation is set up."""
    try:
        with the_banli().reading() as session:
            return the_area(session).name
    except NotFound:
        return ""
