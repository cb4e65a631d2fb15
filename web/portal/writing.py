"""The form on which a deputy or member writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template, request

from tasks.register.service import add_file, submission_page
from web.forms.fields import fields
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from tasks.attachments.views import Upload
    from tasks.forms.views import FieldError
    from tasks.register.views import SubmissionPage


def writing() -> SubmissionPage:
    """The form with the choices of this person."""
    return submission_page(the_banli(), actor())


def keep_file(sent: Upload) -> str:
    """Keeps a file for what this person is writing."""
    return add_file(the_banli(), actor(), sent)


def form_page(
    page: SubmissionPage, values: Mapping[str, Any], errors: Sequence[FieldError] = (), saved: dt.datetime | None = None
) -> str:
    """The page with these values, and what must be corrected."""
    return render_template(
        "portal/write.html",
        page=page,
        drawn=fields(page.form, values, page.options, {}, errors),
        errors=errors,
        request_id=request.form.get("request_id"),
        saved=saved,
    )
