"""Fields that an administrator added to a form: what was filled in stands on the case page and in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.errors import EngineError
from tasks.cases.access import hidden_from
from tasks.directory.queries import names_of
from tasks.forms.schema import walk
from tasks.handling.models import TaskSubmission
from tasks.register.models import Item
from tasks.worklist.models import Work

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.forms.library import FormLibrary

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class AddedField:
    """One value of an added field."""

    number: str
    title: str
    step: str
    label: str
    value: str
    who: str
    at: dt.datetime


def labels_of(forms: FormLibrary, form_id: str, keys: Mapping[str, object]) -> dict[str, str]:
    """What a form calls its fields; a field that the form has no more is called by its key."""
    try:
        known = {one.key: one.label for one in walk(forms.newest(form_id).components) if one.key} if form_id else {}
    except EngineError:
        known = {}
    return {key: known.get(key) or key for key in keys}


def added_fields(banli: Banli, actor: Actor, item_ids: Sequence[int]) -> list[AddedField]:
    """Every filled-in added field of these items, as this reader may see them, in the order of the items."""
    found: list[AddedField] = []
    with banli.reading() as session:
        for first in range(0, len(item_ids), _AT_ONCE):
            found += _some(banli, session, actor, item_ids[first : first + _AT_ONCE])
    return found


def _some(banli: Banli, session: Session, actor: Actor, item_ids: Sequence[int]) -> list[AddedField]:
    rows = session.execute(
        select(TaskSubmission, Work, Item)
        .join(Work, Work.task_id == TaskSubmission.task_id)
        .join(Item, Item.id == TaskSubmission.item_id)
        .where(TaskSubmission.item_id.in_(item_ids))
        .order_by(TaskSubmission.item_id, TaskSubmission.at)
    ).all()
    shown = [
        (submission, work, item)
        for submission, work, item in rows
        if submission.extra and work.confidential not in hidden_from(actor, item)
    ]
    names = names_of(session, [submission.by for submission, _, _ in shown])
    found = []
    for submission, work, item in shown:
        labels = labels_of(banli.forms, submission.form_id, submission.extra)
        for key, value in submission.extra.items():
            if value not in (None, "", []):
                name = names.get(submission.by, (submission.by, ""))[0]
                found.append(
                    AddedField(item.number or "", item.title, work.step_name, labels[key], plain(value), name,
                               submission.at)
                )  # fmt: skip
    return found


def plain(value: object) -> str:
    """A value for one cell or line."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(plain(one) for one in value)
    if isinstance(value, dict):
        return "，".join(f"{key}：{plain(one)}" for key, one in value.items())
    return str(value)
