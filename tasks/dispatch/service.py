"""Acts on the dispatch sheet: keep what is typed, confirm rows. Each row is the triage task of its item."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from engine.errors import Conflict
from engine.message import say
from tasks.dispatch.queries import sheet
from tasks.dispatch.views import Confirmed
from tasks.forms.views import FieldError
from tasks.worklist.errors import FormInvalid
from tasks.worklist.service import complete, save_draft

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.forms.views import Option

_BETWEEN = re.compile(r"[、，,;；\s]+")


def keep(banli: Banli, actor: Actor, typed: Mapping[str, Mapping[str, str]]) -> dict[str, Sequence[FieldError]]:
    """Keep the rows as drafts of their triages; answers what could not be understood, by task id.

    Args:
        banli: the installation.
        actor: the hub's officer.
        typed: by task id: `lead`, `co` (short names, several divided by 、) and `key`.
    """
    page = sheet(banli, actor)
    known = {row.task_id for row in page.rows if row.editable}
    wrong: dict[str, Sequence[FieldError]] = {}
    for task_id, row in typed.items():
        if task_id not in known:
            continue
        values, errors = _read(row, page.units)
        if errors:
            wrong[task_id] = errors
        else:
            save_draft(banli, actor, task_id, values)
    return wrong


def confirm(
    banli: Banli, actor: Actor, typed: Mapping[str, Mapping[str, str]], chosen: Sequence[str], request_id: str
) -> Confirmed:
    """Keep all rows, then finish the triage of those that were chosen; a row that is wrong stops no other."""
    refused: dict[str, Sequence[FieldError]] = dict(keep(banli, actor, typed))
    page = sheet(banli, actor)
    done = 0
    for row in page.rows:
        if row.task_id not in chosen or row.task_id in refused or not row.editable:
            continue
        values, _ = _read(typed.get(row.task_id) or {"lead": row.lead, "co": row.co, "key": row.key}, page.units)
        try:
            complete(banli, actor, row.task_id, values, f"{request_id}:{row.task_id}")
            done += 1
        except FormInvalid as wrong:
            refused[row.task_id] = wrong.errors
        except Conflict as conflict:
            refused[row.task_id] = [FieldError("lead", "主办单位", conflict.args[0])]
    return Confirmed(done, refused)


def _read(row: Mapping[str, str], units: Sequence[Option]) -> tuple[dict[str, Any], list[FieldError]]:
    """From what was typed to the fields of the triage's form."""
    codes = {unit.label: unit.value for unit in units} | {unit.value: unit.value for unit in units}
    lead, co = _names(row.get("lead")), _names(row.get("co"))
    errors = [
        FieldError(key, label, say("There is no unit “{code}”.", code=name))
        for key, label, names in (("lead", "主办单位", lead), ("co", "会办单位", co))
        for name in names
        if name not in codes
    ]
    if len(lead) > 1:
        errors.append(FieldError("lead", "主办单位", say("One lead unit; joint or separate units are entered on the page of the item.")))  # noqa: E501
    if errors:
        return {}, errors
    values: dict[str, Any] = {"handling_mode": "lead" if co else "sole", "key": row.get("key") or "no"}
    if lead:
        values["lead_unit"] = codes[lead[0]]
    if co:
        values["co_units"] = [codes[name] for name in co]
    return values, []


def _names(text: str | None) -> list[str]:
    return [name for name in _BETWEEN.split(text or "") if name]
