"""Presets beside what is in force: what each would make different, to be adopted row by row or as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.message import say
from tasks.changes.service import Part, allow, contents
from tasks.deadlines.admin import words
from tasks.deadlines.changing import in_force, with_version
from tasks.deadlines.presets import preset_names, preset_rules
from tasks.forms.views import FieldError
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.changes.kinds import Content

_COMPARED = ("amount", "unit", "not_after")
_TAKEN = ("name", "amount", "unit", "counts_from", "source", "not_after")


@dataclass(frozen=True, slots=True)
class PresetEntry:
    """A preset in the list."""

    name: str
    title: str
    different: int


@dataclass(frozen=True, slots=True)
class PresetRow:
    """A deadline in which a preset differs from what is in force."""

    code: str
    name: str
    now: str
    then: str
    source: str


def presets(banli: Banli, actor: Actor) -> list[PresetEntry]:
    """Every shipped preset, with in how many deadlines it differs from what is in force."""
    allow(actor)
    names = preset_names(banli.process_folder)
    return [PresetEntry(name, title, len(preset_rows(banli, actor, name))) for name, title in names.items()]


def preset_rows(banli: Banli, actor: Actor, name: str) -> list[PresetRow]:
    """In what one preset differs."""
    allow(actor)
    today = banli.today()
    held = contents(banli, "deadline")
    found = []
    for code, rule in preset_rules(banli.process_folder, name).items():
        mine = held.get(code)
        now = in_force(mine, today) if mine is not None else None
        if now is None or any(now[part] != rule[part] for part in _COMPARED):
            found.append(PresetRow(code, rule["name"], words(now) if now else "", words(rule), rule["source"]))
    return found


def adoption(banli: Banli, actor: Actor, name: str, codes: Collection[str], begins: str) -> Sequence[Part]:
    """The changes that adopting these deadlines of a preset from a day on would be.

    Raises:
        FormInvalid: none is chosen.
    """
    allow(actor)
    held = contents(banli, "deadline")
    different = {row.code for row in preset_rows(banli, actor, name)}
    chosen = {code: rule for code, rule in preset_rules(banli.process_folder, name).items()
              if code in codes and code in different}  # fmt: skip
    if not chosen:
        raise FormInvalid([FieldError("codes", "", say("Choose at least one deadline to adopt."))])
    return [_part(held.get(code), code, rule, begins) for code, rule in chosen.items()]


def _part(before: Content | None, code: str, rule: Content, begins: str) -> Part:
    fields = {"code": code, **{name: rule[name] for name in _TAKEN}, "effective_from": begins}
    return Part("deadline", code, with_version(before, fields))
