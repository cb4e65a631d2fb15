"""Acts of a person on a task: open, claim, release, save a draft, complete."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NoReturn

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from engine.errors import Conflict
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.attachments.submitting import chosen_files
from tasks.countersigning.waiting import STILL_OPEN, is_waiting
from tasks.directory.queries import names_of
from tasks.forms.service import validate
from tasks.forms.views import FieldError
from tasks.handling.models import Reply
from tasks.registry import check
from tasks.steps import CheckContext
from tasks.worklist.access import (
    is_candidate,
    may_claim,
    may_complete,
    may_record,
    may_release,
    stood_in_for,
    visible_work,
)
from tasks.worklist.acts import Act, ActKind, doing
from tasks.worklist.errors import FormInvalid
from tasks.worklist.leaders import act_of_recording, missing_on
from tasks.worklist.models import TaskDraft, Work
from tasks.worklist.pages import declared, form_page, form_scope, open_task, reference_in
from tasks.worklist.queries import next_in_case, next_of_mine
from tasks.worklist.views import Completed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.forms.views import Form
    from tasks.worklist.form_page import FormPage
    from tasks.worklist.leaders import Paper
    from tasks.worklist.pages import FormScope

__all__ = ["FormInvalid", "claim", "complete", "fill_in", "open_task", "record", "release", "save_draft"]

LARGEST_DRAFT = 200_000
"""Characters; a draft is kept as typed, so only its size is bounded."""


def claim(banli: Banli, actor: Actor, task_id: str) -> None:
    """Take a task of my group (认领).

    Raises:
        Conflict: a colleague was faster; `by` names her.
        NotAllowed: the task is not offered to me.
    """
    with banli.reading() as session:
        work = visible_work(session, actor, task_id)
        if work.assignee == actor.account and work.state == "open":
            return
        _refuse_when_taken(session, work)
        if not may_claim(work, actor):
            raise NotAllowed(say("This task is not offered to you."))
        act = _own_or_for(work, actor)
    with doing(act):
        _act(banli, lambda: banli.engine.assign(task_id, actor.account, actor=actor.account))


def release(banli: Banli, actor: Actor, task_id: str) -> None:
    """Put a task that I had claimed back for my group (放回)."""
    with banli.reading() as session:
        work = visible_work(session, actor, task_id)
        if not may_release(work, actor):
            raise NotAllowed(say("Only a task that you have claimed can be put back."))
    _act(banli, lambda: banli.engine.assign(task_id, None, actor=actor.account))


def save_draft(banli: Banli, actor: Actor, task_id: str, values: Mapping[str, Any]) -> dt.datetime:
    """Keep what was typed so far; nothing is validated but that the fields exist and the whole is not enormous."""
    now = banli.now()
    with banli.reading() as session:
        work = visible_work(session, actor, task_id)
        if not (may_complete(work, actor) or may_record(work, actor)):
            raise NotAllowed(say("This task is not yours to work on."))
    kept = declared(banli.forms.of_task(task_id), values)
    if len(str(kept)) > LARGEST_DRAFT:
        raise NotAllowed(say("This draft is too long to be kept; shorten it."))
    _store_draft(banli, actor, task_id, kept, lost=False)
    return now


def complete(
    banli: Banli, actor: Actor, task_id: str, submitted: Mapping[str, Any], request_id: str | None
) -> Completed:
    """Submit a task.

    Raises:
        FormInvalid: fields must be corrected; nothing was changed.
        Conflict: somebody was first; what was typed is kept and shown on the task's page.
        NotAllowed: the task belongs to somebody else.
        NotFound: there is no such task for this actor.
    """
    with banli.reading() as session:
        work = visible_work(session, actor, task_id)
        scope = form_scope(banli, session, actor, work)
        if work.state == "open" and not may_complete(work, actor):
            _refuse(banli, actor, work, declared(scope.form, submitted))
        act = _own_or_for(work, actor)
        if act.kind is ActKind.STAND_IN:
            _refuse_judging_own_reply(session, work, actor)
        filled = _checked(banli, session, work, scope=scope, submitted=submitted)
    return _finish(banli, actor, work, act, filled=filled, request_id=request_id)


def fill_in(
    banli: Banli, actor: Actor, task_id: str, fill: Callable[[FormPage], Mapping[str, Any]], request_id: str | None
) -> None:
    """Open a task's form, fill it in and submit it in one go: for programs that act in a person's name.

    The checks are those of `complete`; `fill` is called while the form is open.

    Raises:
        FormInvalid: fields must be corrected; nothing was changed.
        Conflict: somebody was first.
        NotAllowed: the task belongs to somebody else.
        NotFound: there is no such task for this actor.
    """
    with banli.reading() as session:
        work = visible_work(session, actor, task_id)
        if work.state == "open" and not may_complete(work, actor):
            raise NotAllowed(say("This task is not yours to work on. Claim it first, if it is offered to you."))
        act = _own_or_for(work, actor)
        if act.kind is ActKind.STAND_IN:
            _refuse_judging_own_reply(session, work, actor)
        scope = form_scope(banli, session, actor, work)
        submitted = fill(form_page(banli, session, actor, work, form=scope.form, scope=scope))
        filled = _checked(banli, session, work, scope=scope, submitted=submitted)
    _submit(banli, actor, work, act, filled=filled, request_id=request_id)


def record(banli: Banli, actor: Actor, task_id: str, paper: Paper, request_id: str | None) -> Completed:
    """Finish a leader's task as she decided on paper.

    Raises:
        FormInvalid: fields must be corrected, the leader or the scan is missing; nothing was changed.
        Conflict: somebody was first.
        NotAllowed: the actor is not the secretary of a leader whose verdict this is.
    """
    with banli.reading() as session:
        work, act = act_of_recording(session, actor, task_id, paper)
        scope = form_scope(banli, session, actor, work)
        missing = missing_on(session, actor, work, paper)
        try:
            filled = _checked(banli, session, work, scope=scope, submitted=paper.values)
        except FormInvalid as refused:
            raise FormInvalid([*missing, *refused.errors]) from refused
        if missing:
            raise FormInvalid(missing)
    return _finish(banli, actor, work, act, filled=filled, request_id=request_id)


@dataclass(frozen=True, slots=True)
class _Filled:
    """A form as it was sent, and what of it counts."""

    form: Form
    submitted: Mapping[str, Any]
    values: dict[str, Any]


def _finish(banli: Banli, actor: Actor, work: Work, act: Act, *, filled: _Filled, request_id: str | None) -> Completed:
    _submit(banli, actor, work, act, filled=filled, request_id=request_id)
    return _receipt(banli, actor, work)


def _submit(banli: Banli, actor: Actor, work: Work, act: Act, *, filled: _Filled, request_id: str | None) -> None:
    """Finish the task by this act and let the case go on; the observer drops the draft in the same transaction."""
    files = (*act.files, *chosen_files(filled.form, filled.values))
    try:
        with doing(replace(act, files=files)):
            banli.engine.complete(work.task_id, filled.values, request_id=request_id, actor=actor.account)
    except Conflict as conflict:
        _store_draft(banli, actor, work.task_id, declared(filled.form, filled.submitted), lost=True)
        raise _named(banli, conflict) from conflict


def _own_or_for(work: Work, actor: Actor) -> Act:
    """The act of working on a task: one's own, or for the colleague for whom one stands in."""
    absent = stood_in_for(work, actor)
    if absent is None:
        return Act(ActKind.COMPLETE, work.task_id, "", work.assignee)
    return Act(ActKind.STAND_IN, work.task_id, "", work.assignee, absent.account)


def _refuse_judging_own_reply(session: Session, work: Work, actor: Actor) -> None:
    """Four eyes: who wrote a reply does not review it in the place of an absent reviewer."""
    if work.recorder != "review":
        return
    author = session.scalar(
        select(Reply.by).where(Reply.item_id == work.item_id, Reply.state == "in_review", Reply.by == actor.account)
    )
    if author is not None:
        raise NotAllowed(say("You wrote this reply yourself: somebody else must review it. Hand the task over."))


def _refuse(banli: Banli, actor: Actor, work: Work, typed: dict[str, Any]) -> NoReturn:
    """Not hers. Where a colleague of her group has claimed it meanwhile, what she typed is kept."""
    if work.assignee is None or not is_candidate(work, actor):
        raise NotAllowed(say("This task is not yours to work on. Claim it first, if it is offered to you."))
    _store_draft(banli, actor, work.task_id, typed, lost=True)
    with banli.reading() as session:
        name = names_of(session, [work.assignee]).get(work.assignee, (work.assignee, ""))[0]
    raise Conflict(say("{who} has claimed this task already.", who=name), by=name)


def _checked(
    banli: Banli,
    session: Session,
    work: Work,
    *,
    scope: FormScope,
    submitted: Mapping[str, Any],
) -> _Filled:
    form = scope.form
    if work.state != "open":  # the same request sent again is answered by the engine as it was the first time
        return _Filled(form, submitted, {})
    if is_waiting(session.connection(), work.task_id):
        raise FormInvalid([FieldError("countersign", "加签", STILL_OPEN)])
    validated = validate(form, submitted, scope.variables, scope.options)
    errors = validated.errors
    if not errors:
        reference = reference_in(banli, session)
        context = CheckContext(session, scope.item, scope.variables, banli.today(), reference, work.subject_key)
        errors = check(work.recorder, validated.values, context)
    if errors:
        raise FormInvalid(errors)
    return _Filled(form, submitted, dict(validated.values))


def _store_draft(banli: Banli, actor: Actor, task_id: str, kept: dict[str, Any], *, lost: bool) -> None:
    """Keep what this person typed; the same person may be saving from two windows at once."""
    row = {"content": kept, "saved_at": banli.now(), "lost": lost}
    insert = postgresql.insert if banli.database.dialect.name == "postgresql" else sqlite.insert
    with banli.writing() as session:
        session.execute(
            insert(TaskDraft)
            .values(task_id=task_id, account=actor.account, **row)
            .on_conflict_do_update(index_elements=[TaskDraft.task_id, TaskDraft.account], set_=row)
        )


def _receipt(banli: Banli, actor: Actor, work: Work) -> Completed:
    with banli.reading() as session:
        return Completed(
            work.task_id, work.item_id, next_in_case(session, actor, work.root_id), next_of_mine(session, actor)
        )


def _refuse_when_taken(session: Session, work: Work) -> None:
    if work.state != "open":
        who, at = work.finished_by, work.finished_at
    elif work.assignee is not None:
        who, at = work.assignee, None
    else:
        return
    name = names_of(session, [who]).get(who or "", (who or "", ""))[0]
    raise Conflict(say("{who} was first with this task.", who=name), by=name, at=at)


def _act(banli: Banli, act: Callable[[], None]) -> None:
    try:
        act()
    except Conflict as conflict:
        raise _named(banli, conflict) from conflict


def _named(banli: Banli, conflict: Conflict) -> Conflict:
    """The engine knows accounts; people know names."""
    if conflict.by is None:
        return Conflict(say("This task was ended by the procedure meanwhile."), by=None, at=conflict.at)
    with banli.reading() as session:
        name, unit = names_of(session, [conflict.by]).get(conflict.by, (conflict.by, ""))
    who = f"{unit} {name}".strip()
    return Conflict(say("{who} was first with this task.", who=who), by=name, at=conflict.at)
