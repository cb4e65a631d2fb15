"""The page of one task: why me, until when, what next, and everything its reader must see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from sqlalchemy import select

from tasks.attachments.submitting import file_options
from tasks.cases.access import readable
from tasks.cases.chains import review_chains
from tasks.cases.diagrams import diagram_of, live_diagram
from tasks.cases.headers import item_header
from tasks.cases.timeline import course, timeline
from tasks.comments.queries import remarks_on
from tasks.countersigning.asking import may_ask
from tasks.countersigning.queries import of_task as countersignatures_of
from tasks.database import by_key, remembered
from tasks.directory.queries import names_of
from tasks.forms.schema import walk
from tasks.forms.views import FILES, Component, ComponentType
from tasks.handling.models import TaskSubmission
from tasks.register.models import Item
from tasks.registry import SUBJECTS, options_for, prefilled
from tasks.steps import OptionContext, PrefillContext
from tasks.worklist.access import (
    RATED_BY_HERSELF,
    may_claim,
    may_complete,
    may_print_sheet,
    may_release,
    stood_in_for,
    visible_work,
)
from tasks.worklist.contexts import task_context
from tasks.worklist.form_page import FormPage
from tasks.worklist.handover import colleagues
from tasks.worklist.leaders import leaders
from tasks.worklist.models import TaskDraft, Work
from tasks.worklist.rows import is_hidden, task_rows
from tasks.worklist.sending_back import earlier_step
from tasks.worklist.views import Strip, TaskPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.cases.chains import ReviewChain
    from tasks.cases.views import Diagram, ItemHeader, TimelineEntry
    from tasks.comments.views import Remarks
    from tasks.countersigning.views import CountersignRow
    from tasks.deadlines.reference import ReferenceData
    from tasks.forms.views import Form, Option
    from tasks.worklist.views import TaskRow

_NAME = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class FormScope:
    """What a form is rendered and validated with, beside what was typed."""

    form: Form
    item: Item | None
    variables: Mapping[str, Any]
    options: Mapping[str, Sequence[Option]]


def open_task(banli: Banli, actor: Actor, task_id: str) -> TaskPage:
    """Everything that the page of one task shows.

    Raises:
        NotFound: there is no such task, or it does not concern this actor.
    """
    with banli.reading() as session:
        work = visible_work(session, actor, task_id)
        scope = form_scope(banli, session, actor, work)
        form = scope.form
        draft = session.get(TaskDraft, (task_id, actor.account))
        kept = draft if draft is not None and not draft.lost else None
        row = task_rows(banli, session, actor, [work])[0]
        absent = stood_in_for(work, actor)
        header = item_header(banli, session, actor, scope.item) if scope.item is not None else None
        concerned = SUBJECTS.get(work.subject_kind)
        names = names_of(session, [work.finished_by])
        return TaskPage(
            row=row,
            item=header,
            form=form,
            values=_values(banli, session, actor, work, scope=scope, draft=kept),
            options=scope.options,
            variables=_mentioned(form, scope.variables),
            takes_files=any(one.type is ComponentType.FILEPICKER for one in walk(form.components)),
            strip=_strip(work, row, header),
            context=task_context(session, actor, work, scope.item),
            can_claim=may_claim(work, actor),
            can_release=may_release(work, actor),
            can_complete=may_complete(work, actor),
            can_withdraw=row.can_withdraw,
            stands_in_for=absent.name if absent is not None else "",
            can_countersign=may_ask(work, actor),
            draft_saved=kept.saved_at if kept is not None else None,
            lost_draft=draft.content if draft is not None and draft.lost else None,
            finished_by=_finisher(work, names),
            finished_at=work.finished_at,
            subject=concerned.head(session, work.subject_key) if concerned is not None else None,
            beside=concerned.beside(banli, session, actor, work) if concerned is not None else None,
            **_around(banli, session, actor, work, item=scope.item),
        )


def form_page(
    banli: Banli, session: Session, actor: Actor, work: Work, *, form: Form, scope: FormScope
) -> FormPage:
    """Only the form with its first values and choices: what stands around it costs more than the form itself."""
    return FormPage(
        form=form,
        values=_values(banli, session, actor, work, scope=scope, draft=None),
        options=scope.options,
        actor=actor,
        about=scope.item,
        session=session,
    )


def reference_in(banli: Banli, session: Session) -> ReferenceData:
    """The reference data of this moment, asked for once in a session."""
    return remembered(session, reference_in, lambda: banli.library(None, session.connection()))


class _Around(TypedDict):
    """What stands around the form."""

    diagram: Diagram | None
    timeline: Sequence[TimelineEntry]
    colleagues: Sequence[Option]
    earlier_step: str | None
    countersignatures: Sequence[CountersignRow]
    leaders: Sequence[Option]
    rates: bool
    has_sheet: bool
    remarks: Remarks | None
    chains: Sequence[ReviewChain]


def _around(banli: Banli, session: Session, actor: Actor, work: Work, *, item: Item | None) -> _Around:
    if item is None:
        diagram, passed = diagram_of(banli, session, work.root_id), course(session, work.root_id)
    else:
        open_task_id = work.task_id if work.state == "open" else None
        diagram = live_diagram(banli, session, actor, item, task_id=open_task_id)
        passed = timeline(banli, session, actor, item)
    return {
        "diagram": diagram,
        "timeline": passed,
        "colleagues": colleagues(session, actor, work),
        "earlier_step": earlier_step(session, actor, work),
        "countersignatures": countersignatures_of(session, actor, work.task_id),
        "leaders": leaders(session, actor, work),
        "rates": work.recorder == RATED_BY_HERSELF,
        "has_sheet": may_print_sheet(work, actor),
        "remarks": _remarks(session, actor, item),
        "chains": _chains(banli, session, actor, work, item),
    }


def _chains(
    banli: Banli, session: Session, actor: Actor, work: Work, item: Item | None
) -> Sequence[ReviewChain]:
    """Of the reply that the task is about, to those who may read the case."""
    if item is None or work.state != "open" or not reads(session, actor, item):
        return ()
    return review_chains(banli, session, actor, item, work.task_id.rsplit("-", 1)[0])


def reads(session: Session, actor: Actor, item: Item) -> bool:
    """Whether the actor may read the case: who stands in from another unit does the task and reads no more."""
    return session.scalar(select(Item.id).where(Item.id == item.id, readable(actor))) is not None


def _remarks(session: Session, actor: Actor, item: Item | None) -> Remarks | None:
    """Who stands in from another unit does the task, and does not read what others wrote beside the case."""
    if item is None or not reads(session, actor, item):
        return None
    return remarks_on(session, actor, item)


def form_scope(banli: Banli, session: Session, actor: Actor, work: Work) -> FormScope:
    """A task's form with its item, variables and choices."""
    if work.state == "open":
        form, variables = banli.forms.opened(work.task_id, session)
    else:
        form, variables = banli.forms.of_task(work.task_id, session), {}
    item = by_key(session, Item, work.item_id) if work.item_id is not None else None
    options = options_for(
        session,
        form,
        OptionContext(
            reference_in(banli, session),
            item.kind if item is not None else work.subject_kind,
            actor.person_id,
            work.unit_code,
            variables,
            item_id=work.item_id,
            due=work.due,
            now=banli.now(),
            subject_key=work.subject_key,
        ),
    )
    return FormScope(form, item, variables, {**options, FILES: file_options(session, work.task_id)})


def declared(form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """Only what the form has fields for."""
    keys = {component.key for component in walk(form.components) if component.key and not component.read_only}
    return {key: value for key, value in values.items() if key in keys}


def _values(
    banli: Banli, session: Session, actor: Actor, work: Work, *, scope: FormScope, draft: TaskDraft | None
) -> Mapping[str, Any]:
    recorder = work.recorder
    if work.state != "open":
        done = session.get(TaskSubmission, work.task_id)
        return {} if done is None or is_hidden(work, scope.item, actor) else done.content
    first = prefilled(
        recorder,
        PrefillContext(
            session,
            scope.item,
            actor,
            reference_in(banli, session),
            scope.variables,
            work.unit_code,
            banli.today(),
            work.subject_key,
            work.texts,
        ),
    )
    if draft is None:
        return first
    return with_given(first, draft.content)


def with_given(first: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed over what the form held at first; rows keep their read-only columns, which no browser sends."""
    merged = {**first, **typed}
    for key, rows in first.items():
        sent = merged[key]
        if isinstance(rows, list) and isinstance(sent, list) and all(isinstance(row, dict) for row in [*rows, *sent]):
            kept = [*rows[: len(sent)], *({} for _ in sent[len(rows) :])]
            merged[key] = [{**row, **cells} for row, cells in zip(kept, sent, strict=True)]
    return merged


def _strip(work: Work, row: TaskRow, header: ItemHeader | None) -> Strip:
    whole = header.reply_due if header is not None else None
    differs = whole is not None and (row.due is None or whole.at != row.due.at)
    return Strip(
        why=row.why,
        why_detail=work.texts.get("why", ""),
        next=work.texts.get("next", ""),
        next_detail=work.texts.get("next_detail", ""),
        case_due=whole if differs else None,
    )


def _finisher(work: Work, names: dict[str, tuple[str, str]]) -> str:
    if work.state == "open" or not work.finished_by:
        return ""
    return names.get(work.finished_by, (work.finished_by, ""))[0]


def _mentioned(form: Form, variables: Mapping[str, Any]) -> dict[str, Any]:
    """The process variables that the form's conditions name, and no other."""
    named = {name for condition in _conditions(form.components) for name in _NAME.findall(condition)}
    return {name: value for name, value in variables.items() if name in named}


def _conditions(components: Iterable[Component]) -> Iterator[str]:
    for component in components:
        if component.hide:
            yield component.hide
        if component.type in (ComponentType.GROUP, ComponentType.DYNAMICLIST):
            yield from _conditions(component.children)
