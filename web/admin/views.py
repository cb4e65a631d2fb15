"""Routes of the administrator's room."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from web.admin import calendar, chain, deadlines, halted, log, people, presets, settings, sheets
from web.admin.rooms import SHELVES

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
_ROUTES: tuple[tuple[str, str, Any, str], ...] = (
    ("", "home", log.home, "GET"),
    ("/changes", "changes", log.changes, "GET"),
    ("/changes/<int:change_id>", "change", log.change, "GET"),
    ("/changes/<int:change_id>/take-back", "take_back", log.take_back, "GET"),
    ("/changes/<int:change_id>/take-back", "taken_back", log.taken_back, "POST"),
    ("/deadlines", "deadlines", deadlines.show, "GET"),
    ("/presets", "presets", presets.listing, "GET"),
    ("/presets/<name>", "preset", presets.show, "GET"),
    ("/presets/<name>", "adopt", presets.adopt, "POST"),
    ("/holidays", "calendar", calendar.show, "GET"),
    ("/holidays/notice", "notice", calendar.read, "POST"),
    ("/holidays/local-day", "local_day", calendar.local_day, "POST"),
    ("/holidays/file", "year_bring_in", calendar.bring_in, "POST"),
    ("/holidays/publish", "publish", calendar.publish, "POST"),
    ("/holidays/<int:year>.json", "year_file", calendar.export, "GET"),
    ("/review-chain", "chain", chain.show, "GET"),
    ("/review-chain/<row_id>", "chain_edit", chain.edit, "GET"),
    ("/review-chain/<row_id>", "chain_save", chain.save, "POST"),
    ("/roles", "roles", people.roles, "GET"),
    ("/accounts/<account>/password", "password", people.password, "GET"),
    ("/accounts/<account>/password", "set_password", people.set_password, "POST"),
    ("/halted", "incidents", halted.listing, "GET"),
    ("/halted/<incident_id>", "incident", halted.act, "POST"),
    ("/sheets/<kind>.xlsx", "sheet", sheets.export, "GET"),
    ("/sheets/<kind>", "sheet_form", sheets.show, "GET"),
    ("/sheets/<kind>", "sheet_in", sheets.bring_in, "POST"),
    ("/settings/<kind>", "listing", settings.listing, "GET"),
    ("/settings/<kind>/<subject>", "edit", settings.edit, "GET"),
    ("/settings/<kind>/<subject>", "save", settings.save, "POST"),
    ("/settings/<kind>/<subject>/for-running", "confirm", settings.confirm, "POST"),
    ("/settings/<kind>/<subject>/remove", "removing", settings.removing, "GET"),
    ("/settings/<kind>/<subject>/remove", "remove", settings.remove, "POST"),
)
for rule, endpoint, function, method in _ROUTES:
    blueprint.add_url_rule(rule, endpoint, function, methods=[method])


@blueprint.context_processor
def shelves() -> dict[str, Any]:
    """The pages of the room, beside every one of them."""
    return {"shelves": SHELVES}
