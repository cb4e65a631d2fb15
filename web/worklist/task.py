"""The page of one task: read, draft, claim, put back, submit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, flash, jsonify, redirect, render_template, request, url_for

from engine.errors import Conflict
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Permission
from tasks.cases.queries import case
from tasks.forms.views import FILES
from tasks.worklist import handover, sending_back, service, withdrawal
from tasks.worklist.errors import FormInvalid
from tasks.worklist.leaders import SCAN, Paper
from tasks.worklist.pages import with_given
from tasks.worklist.service import open_task
from web.diagrams import told
from web.forms.fields import Field, all_fields, fields
from web.forms.files import of_task, received, received_beside
from web.forms.submission import MORE, submission, typed, with_another_row
from web.language import moment, tell
from web.navigation import is_staff, row_address
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.wrappers import Response as AnyResponse

    from tasks.forms.views import FieldError
    from tasks.handling.views import RatingRecord
    from tasks.worklist.views import TaskPage


def show(task_id: str) -> str:
    """What is to be done, why, until when, and the form."""
    page = open_task(the_banli(), actor(), task_id)
    if page.finished_by:
        return _finished(page)
    return _open(page, page.values)


def complete(task_id: str) -> AnyResponse | tuple[str, int]:
    """Submits the form; what is wrong with it is shown beside the fields, with everything that was typed."""
    page = open_task(the_banli(), actor(), task_id)
    sent = submission(page.form, request.form)
    refused_files = received(page.form, sent, of_task(task_id)) if page.can_complete else []
    if MORE in request.form or refused_files:
        page = open_task(the_banli(), actor(), task_id)
        shown = with_another_row(sent, request.form[MORE]) if MORE in request.form else sent
        return _open(page, with_given(page.values, shown), refused_files), 422 if refused_files else 200
    try:
        done = service.complete(the_banli(), actor(), task_id, sent, request.form.get("request_id") or None)
    except FormInvalid as refused:
        return _open(page, with_given(page.values, sent), refused.errors), 422
    except Conflict:
        return _finished(open_task(the_banli(), actor(), task_id), sent), 409
    flash(tell(say("Submitted: {step}", step=page.row.step_name)), "good")
    if request.form.get("then") == "next" and done.following_task_id:
        return redirect(url_for("worklist.show", task_id=done.following_task_id), code=303)
    if done.next_task_id:
        return redirect(url_for("worklist.show", task_id=done.next_task_id), code=303)
    if is_staff(actor()):
        return redirect(url_for("worklist.listing"), code=303)
    return redirect(row_address(actor(), page.row), code=303)


def record(task_id: str) -> AnyResponse | tuple[str, int]:
    """Submits what a leader signed on paper, with its scan."""
    page = open_task(the_banli(), actor(), task_id)
    if page.finished_by:
        return _finished(page), 409
    if not page.leaders:
        raise NotAllowed(say("Only who keeps the papers of the person who signs can record what she signed."))
    sent = submission(page.form, request.form)
    errors = received(page.form, sent, of_task(task_id))
    scans, refused_scans = received_beside(task_id, "recorded_scan", SCAN[page.rates])
    if errors or refused_scans:
        page = open_task(the_banli(), actor(), task_id)
        return _open(page, with_given(page.values, sent), [*errors, *refused_scans], scans), 422
    paper = Paper(request.form.get("recorded_for", ""), sent, scans)
    try:
        service.record(the_banli(), actor(), task_id, paper, request.form.get("request_id") or None)
    except FormInvalid as refused:
        page = open_task(the_banli(), actor(), task_id)
        return _open(page, with_given(page.values, sent), refused.errors, scans), 422
    except Conflict:
        return _finished(open_task(the_banli(), actor(), task_id), sent), 409
    flash(tell(say("Recorded: {step}", step=page.row.step_name)), "good")
    if page.rates:
        return redirect(row_address(actor(), page.row), code=303)
    return redirect(url_for("worklist.listing", view="on_paper"), code=303)


def draft(task_id: str) -> Response:
    """Keeps what is half written and answers which fields are hidden now."""
    page = open_task(the_banli(), actor(), task_id)
    sent = submission(page.form, request.form)
    saved = service.save_draft(the_banli(), actor(), task_id, sent)
    drawn = fields(page.form, with_given(page.values, sent), page.options, page.variables)
    return jsonify(
        hidden=[field.name for field in all_fields(drawn) if field.hidden],
        saved=tell(say("Saved at {time}", time=moment(saved))),
    )


def claim(task_id: str) -> AnyResponse:
    """Takes a task of my group."""
    service.claim(the_banli(), actor(), task_id)
    return redirect(url_for("worklist.show", task_id=task_id), code=303)


def release(task_id: str) -> AnyResponse:
    """Puts a task back for my group."""
    service.release(the_banli(), actor(), task_id)
    flash(tell(say("Put back: colleagues can claim it again")), "good")
    return redirect(url_for("worklist.listing"), code=303)


def hand_over(task_id: str) -> AnyResponse | tuple[str, int]:
    """Gives the task to a colleague; what is missing is said beside the fields."""
    receiver, remark = request.form.get("hand_over_to", ""), request.form.get("hand_over_remark", "")
    try:
        name = handover.hand_over(the_banli(), actor(), task_id, receiver, remark)
    except FormInvalid as refused:
        page = open_task(the_banli(), actor(), task_id)
        return _open(page, page.values, refused.errors), 422
    flash(tell(say("Handed over to {name}", name=name)), "good")
    return redirect(url_for("worklist.listing"), code=303)


def send_back(task_id: str) -> AnyResponse | tuple[str, int]:
    """Puts the case back at the earlier step that the diagram names, with the reason."""
    reason, request_id = request.form.get("send_back_reason", ""), request.form.get("request_id") or None
    try:
        sending_back.send_back(the_banli(), actor(), task_id, reason, request_id)
    except FormInvalid as refused:
        page = open_task(the_banli(), actor(), task_id)
        return _open(page, page.values, refused.errors), 422
    flash(tell(say("Sent back: its people read your reason")), "good")
    return redirect(url_for("worklist.listing"), code=303)


def withdraw(task_id: str) -> AnyResponse:
    """Takes back what I submitted, and opens it again."""
    again = withdrawal.withdraw(the_banli(), actor(), task_id, request.form.get("request_id") or None)
    flash(tell(say("Taken back: change what you like and submit it again")), "good")
    return redirect(url_for("worklist.show", task_id=again), code=303)


def diagram(task_id: str) -> Response:
    """The live diagram of the case, for the viewer."""
    page = open_task(the_banli(), actor(), task_id)
    return jsonify({**told(page.diagram), "here": page.row.step})


def _open(
    page: TaskPage, values: Mapping[str, Any], errors: Sequence[FieldError] = (), scans: Sequence[str] = ()
) -> str:
    drawn = fields(page.form, values, page.options, page.variables, errors)
    return render_template(
        "worklist/task.html",
        page=page,
        drawn=drawn,
        scans=[file for file in page.options.get(FILES, ()) if file.value in scans],
        errors=_in_order(errors, drawn),
        request_id=request.form.get("request_id"),
        staff=is_staff(actor()),
        ratings=_ratings(page),
    )


def _ratings(page: TaskPage) -> Sequence[RatingRecord]:
    """What the proposer rated, for the committee that decides on it; `tasks` decides who may read it."""
    if Permission.AREA_RATING_READ not in actor().permissions:
        return ()
    return case(the_banli(), actor(), page.item.item_id).ratings or () if page.item is not None else ()


def _in_order(errors: Sequence[FieldError], drawn: Sequence[Field]) -> list[FieldError]:
    """Errors as the fields stand on the page; those of no field first."""
    places = {field.name: number for number, field in enumerate(all_fields(drawn))}
    return sorted(errors, key=lambda error: places.get(error.key, -1))


def _finished(page: TaskPage, sent: Mapping[str, Any] | None = None) -> str:
    """Somebody else was first: both texts side by side, nothing is lost."""
    mine = sent or page.lost_draft or {}
    return render_template(
        "worklist/finished.html",
        page=page,
        mine=typed(page.form, mine, page.options.get(FILES, ())),
        theirs=typed(page.form, page.values, page.options.get(FILES, ())),
        conflict=bool(mine),
        staff=is_staff(actor()),
    )
