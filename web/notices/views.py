"""The list of notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for

from tasks.notices import service
from tasks.notices.queries import notices
from tasks.notices.views import NoticeKind
from web.navigation import address_of, is_staff, may_enter
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from tasks.notices.views import NoticeRow


def listing() -> str:
    """My newest notices, those not read yet standing out."""
    return render_template("notices/list.html", page=notices(the_banli(), actor()), staff=is_staff(actor()))


def mark_read() -> Response:
    """Opens what a notice is about, which is to have read it; without one, all are read."""
    chosen = request.form.get("notice", "")
    row = next((row for row in notices(the_banli(), actor()).rows if str(row.notice_id) == chosen), None)
    service.read(the_banli(), actor(), row.notice_id if row is not None else None)
    return redirect(_about(row), code=303)


def _about(row: NoticeRow | None) -> str:
    if row is None:
        return url_for("notices.listing")
    if row.kind is NoticeKind.COUNTERSIGN_ASKED and row.request_id is not None:
        return url_for("countersigning.show", request_id=row.request_id)
    if row.kind is NoticeKind.SUBSTITUTE:
        return url_for("worklist.listing", view="delegated")
    if row.kind is NoticeKind.PAUSE_OVER and row.item_id is not None and may_enter(actor(), "case_acts.resume"):
        return url_for("case_acts.resuming", item_id=row.item_id)
    if row.item_id is not None:
        return address_of(actor(), row.item_id)
    return url_for("notices.listing")
