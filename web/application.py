"""Builds the web application around a running Banli."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apiflask import APIFlask
from flask_wtf.csrf import CSRFProtect

from web import (
    absences,
    access,
    admin,
    assets,
    board,
    case_acts,
    cases,
    countersigning,
    decisions,
    designer,
    desks,
    dispatch,
    errors,
    evaluation,
    filing,
    language,
    notices,
    remarks,
    saved_views,
    security,
    statistics,
    supervision,
    templating,
    tracking,
    visitor,
    watch,
    workbench,
    worklist,
)
from web.auth import views as auth_views
from web.demonstration import views as demonstration
from web.portal import views as portal_views

if TYPE_CHECKING:
    from tasks.bootstrap import Banli

MAX_BODY = 20 * 1024 * 1024
"""Largest request body in bytes; a form with a scanned page stays far below it."""
MAX_TEXT = 2 * 1024 * 1024
"""Largest sum of the text fields of one form in bytes."""


def create_app(banli: Banli, *, https: bool = False, overrides: dict[str, object] | None = None) -> APIFlask:
    """The application for one Banli.

    Args:
        banli: what `tasks.bootstrap.bootstrap` answered; services and queries are called with it.
        https: whether visitors reach the application by https, possibly through a proxy; makes cookies Secure.
        overrides: Flask configuration that replaces the defaults (tests set SERVER_NAME or a smaller body limit).
    """
    app = APIFlask("web", enable_openapi=False, json_errors=False, static_folder=None)
    app.config.update(
        SECRET_KEY=banli.settings.secret_key,
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=MAX_TEXT,
        SESSION_COOKIE_NAME="banli_form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        WTF_CSRF_TIME_LIMIT=None,
        HTTPS=https,
        **(overrides or {}),
    )
    app.extensions["banli"] = banli
    language.install(app)
    templating.install(app)
    security.install(app)
    visitor.install(app)
    CSRFProtect(app)
    access.install(app)
    errors.install(app)
    app.register_blueprint(assets.blueprint)
    areas = (auth_views, workbench, worklist, absences, countersigning, remarks, saved_views, cases, notices)
    areas += (board, case_acts, dispatch, filing, designer, watch, admin, demonstration)
    for area in (*areas, statistics, decisions, tracking, supervision, evaluation, portal_views):
        app.register_blueprint(area.blueprint)
    for desk in desks.BLUEPRINTS:
        app.register_blueprint(desk)
    return app
