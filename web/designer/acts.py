"""What is done to a draft as a whole: opened, exported, filled from a zip, handed in, approved, rolled back."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from flask import flash, redirect, request, send_file, url_for

from engine.errors import Conflict, EngineError
from engine.message import say
from tasks.designing import deploying, service
from tasks.designing.archive import exported, take_in, unpack
from tasks.designing.files import FileKind, FileRefused, fitting_name
from tasks.designing.new_scenarios import new_scenario
from tasks.designing.queries import draft_page
from tasks.designing.scenarios import ScenarioInvalid
from web.language import tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint, Response
    from werkzeug.wrappers import Response as AnyResponse

    from engine.message import Message


def install(blueprint: Blueprint) -> None:
    """Register the addresses of acts; each but the download changes something and is a POST."""
    draft = "/drafts/<int:draft_id>"
    blueprint.post("/drafts")(open_draft)
    blueprint.get(f"{draft}/export")(export)
    blueprint.post(f"{draft}/import")(bring_in)
    blueprint.post(f"{draft}/new")(new)
    blueprint.post(f"{draft}/scenarios")(add_scenario)
    blueprint.post(f"{draft}/remove")(remove)
    blueprint.post(f"{draft}/take-back")(take_back)
    blueprint.post(f"{draft}/restore")(restore)
    blueprint.post(f"{draft}/approve")(approve)
    blueprint.post(f"{draft}/send-back")(send_back)
    blueprint.post(f"{draft}/discard")(discard)
    blueprint.post(f"{draft}/take-up")(take_up)
    blueprint.post("/<package>/roll-back")(roll_back)


def open_draft() -> AnyResponse:
    """A new draft of a procedure."""
    return _to_draft(service.open_draft(the_banli(), actor(), request.form.get("package", "")))


def export(draft_id: int) -> Response:
    """The draft as a zip that equals its folder."""
    draft_page(the_banli(), actor(), draft_id)
    name, content = exported(the_banli(), draft_id)
    return send_file(io.BytesIO(content), mimetype="application/zip", as_attachment=True, download_name=name)


def bring_in(draft_id: int) -> AnyResponse:
    """A zip replaces the draft's content; a single file adds or replaces the one of its name."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _refused(draft_id, say("Choose a zip or a file first."))
    content, opens = sent.stream.read(), ""
    try:
        name = sent.filename.replace("\\", "/").rpartition("/")[2]
        if name.lower().endswith(".zip"):
            changed = take_in(the_banli(), actor(), draft_id, unpack(content))
        else:
            opens = fitting_name(name)
            changed = take_in(the_banli(), actor(), draft_id, {opens: content})
    except EngineError as refused:
        return _refused(draft_id, refused.message)
    flash(tell(say("{n} files taken over", n=changed)), "good")
    return _to_draft(draft_id, opens)


def new(draft_id: int) -> AnyResponse:
    """A new diagram, table or form."""
    try:
        kind = FileKind(request.form.get("kind", ""))
        name = service.new_file(
            the_banli(), actor(), draft_id, kind, request.form.get("key", "").strip(), request.form.get("title", "")
        )
    except ValueError:
        return _refused(draft_id, say("Choose what is to be made."))
    except (FileRefused, Conflict) as refused:
        return _refused(draft_id, refused.message)
    return _to_draft(draft_id, name)


def add_scenario(draft_id: int) -> AnyResponse:
    """A scenario that begins like another one."""
    like, title = request.form.get("like", ""), request.form.get("title", "")
    try:
        name = new_scenario(the_banli(), actor(), draft_id, like, title)
    except (FileRefused, Conflict, ScenarioInvalid) as refused:
        return _refused(draft_id, refused.message)
    return _to_draft(draft_id, name)


def remove(draft_id: int) -> AnyResponse:
    """Take a file out."""
    return _act(draft_id, lambda: service.remove_file(the_banli(), actor(), draft_id, request.form.get("name", "")))


def take_back(draft_id: int) -> AnyResponse:
    """A file as it is deployed."""
    name = request.form.get("name", "")
    return _act(draft_id, lambda: service.take_back(the_banli(), actor(), draft_id, name), name)


def restore(draft_id: int) -> AnyResponse:
    """An earlier state of a file."""
    state = request.form.get("state", "")
    if not state.isdecimal():
        return _refused(draft_id, say("There is no such earlier state of a file in this draft."))
    return _act(draft_id, lambda: service.restore(the_banli(), actor(), draft_id, int(state)))


def approve(draft_id: int) -> AnyResponse:
    """The second person agrees."""
    return _home(draft_id, lambda: deploying.approve(the_banli(), actor(), draft_id), say(
        "Deployed. New cases start on it; running cases finish on their version."))  # fmt: skip


def send_back(draft_id: int) -> AnyResponse:
    """The second person does not agree yet."""
    return _act(draft_id, lambda: deploying.send_back(the_banli(), actor(), draft_id))


def discard(draft_id: int) -> AnyResponse:
    """Put the draft away."""
    return _home(draft_id, lambda: service.discard(the_banli(), actor(), draft_id), say("The draft is put away."))


def take_up(draft_id: int) -> AnyResponse:
    """Take the draft up again."""
    return _act(draft_id, lambda: service.take_up(the_banli(), actor(), draft_id))


def roll_back(package: str) -> AnyResponse:
    """Put an earlier version in force again."""
    number = request.form.get("number", "")
    try:
        if not number.isdecimal():
            raise Conflict(say("Choose the version to go back to."))
        deploying.roll_back(the_banli(), actor(), package, int(number), request.form.get("comment", ""))
    except EngineError as refused:
        flash(tell(refused.message), "bad")
        return redirect(url_for("designer.home"), code=303)
    flash(tell(say("Rolled back to version {n}. New cases start on it.", n=number)), "good")
    return redirect(url_for("designer.home"), code=303)


def _act(draft_id: int, act: Callable[[], object], name: str = "") -> AnyResponse:
    try:
        act()
    except EngineError as refused:
        return _refused(draft_id, refused.message)
    return _to_draft(draft_id, name)


def _home(draft_id: int, act: Callable[[], object], done: Message) -> AnyResponse:
    try:
        act()
    except EngineError as refused:
        return _refused(draft_id, refused.message)
    flash(tell(done), "good")
    return redirect(url_for("designer.home"), code=303)


def _refused(draft_id: int, sentence: Message) -> AnyResponse:
    """What was refused is told on the page that it was asked from; nothing was changed."""
    flash(tell(sentence), "bad")
    return _to_draft(draft_id)


def _to_draft(draft_id: int, name: str = "") -> AnyResponse:
    return redirect(url_for("designer.studio", draft_id=draft_id, file=name or None), code=303)
