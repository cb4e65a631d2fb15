"""The bell: what a person is told without a task."""

from __future__ import annotations

from flask import Blueprint

from web.notices import views

blueprint = Blueprint("notices", __name__, url_prefix="/notices")
blueprint.add_url_rule("", view_func=views.listing)
blueprint.add_url_rule("/read", view_func=views.mark_read, methods=["POST"])
