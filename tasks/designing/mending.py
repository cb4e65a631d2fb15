"""Mends that make something in the draft: a named deadline, a form, a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.bpmn.gate import read_sources
from engine.message import Message, say
from tasks.deadlines.counting import PeriodUnit
from tasks.designing.files import FileRefused, check_name, new_form
from tasks.designing.new_scenarios import scenario_through
from tasks.designing.queries import draft_files
from tasks.designing.service import add_file
from tasks.designing.world import world_of
from tasks.packages.manifest import DEADLINES
from tasks.packages.named_deadlines import NamedDeadline, read_deadlines, write_deadlines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli


@dataclass(frozen=True, slots=True)
class Mended:
    """What was made, and the file to look at next (or none)."""

    said: Message
    opens: str = ""


def make_deadline(banli: Banli, actor: Actor, draft_id: int, given: Mapping[str, Any]) -> str:
    """Add a named deadline to the draft; its code, which is its name.

    Raises:
        FileRefused: a part is missing or no number.
        PackageInvalid: no calendar can count it, or the code is taken.
    """
    files, _ = draft_files(banli, actor, draft_id)
    name = str(given.get("name") or "").strip()
    amount = str(given.get("amount") or "").strip()
    if not name or len(name) > 40:
        raise FileRefused(say("Give the deadline a name of at most 40 characters."))
    if not amount.isdecimal():
        raise FileRefused(say("Expected a whole number for the length; found “{text}”.", text=amount))
    if str(given.get("unit")) not in set(PeriodUnit):
        raise FileRefused(say("Choose working days, calendar days or months."))
    if name in world_of(banli, files).deadlines:
        raise FileRefused(say("There is a deadline “{name}” already; choose it from the list.", name=name))
    made = NamedDeadline(
        code=name,
        name=name,
        amount=int(amount),
        unit=PeriodUnit(str(given["unit"])),
        counts_from=str(given.get("counts_from") or "").strip() or "到件",
        source=str(given.get("source") or "").strip() or "本地自定",
    )
    known = read_deadlines(files[DEADLINES]) if DEADLINES in files else []
    add_file(banli, actor, draft_id, DEADLINES, write_deadlines([*known, made]))
    return made.code


def mend(
    banli: Banli, actor: Actor, draft_id: int, act: str, values: Mapping[str, Any], place: Mapping[str, Any]
) -> Mended:
    """Make the form or the scenario that a finding misses."""
    files, _ = draft_files(banli, actor, draft_id)
    if act == "form":
        form = str(values.get("form") or "")
        name = check_name(f"forms/{form.replace('_', '-')}.form")
        add_file(banli, actor, draft_id, name, new_form(form, str(values.get("title") or form)))
        return Mended(say("The form is there; complete its fields."), name)
    if act == "scenario":
        return _scenario(banli, actor, draft_id, files, place)
    raise FileRefused(say("There is no mend “{act}”.", act=act))


def _scenario(
    banli: Banli, actor: Actor, draft_id: int, files: Mapping[str, bytes], place: Mapping[str, Any]
) -> Mended:
    sources = read_sources(files, banli.engine.runtime.definitions.functions)
    for diagram, process, element in sources.elements():
        if diagram.resource == place.get("resource") and element.id == place.get("element"):
            shape = element.name or element.id
            name = scenario_through(banli, actor, draft_id, files, process.id, shape)
            return Mended(say("The scenario is there; say what is known and what happens."), name)
    raise FileRefused(say("The draft has no such shape any more."))
