"""What stands beside a form: an example of what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.message import say
from tasks.deadlines.rule_groups import PLACES
from tasks.register.categories import used
from tasks.register.examples import next_numbers
from web.visitor import the_banli

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.message import Message
    from tasks.changes.pages import SettingForm


def beside(page: SettingForm, given: Mapping[str, str | list[str]]) -> list[Message]:
    """Sentences beside the form of a setting."""
    if page.kind.code == "category" and page.content is not None:
        return _used(page)
    if page.kind.code != "numbering":
        return []
    patterns = {name: str(given.get(name, "")) for name in PLACES}
    names = {field.name: field.label for field in page.kind.fields}
    lines = [
        say("{what}: the next number is {number}", what=names[name], number=number)
        for name, number in next_numbers(the_banli(), patterns).items()
    ]
    for name, places in PLACES.items():
        known = " ".join(f"{{{place}}}" for place in places)
        lines.append(say("{what} may use {places}; {seq} writes at least four digits.", what=names[name], places=known,
                         seq="{seq:04}"))  # fmt: skip
    return lines


def _used(page: SettingForm) -> list[Message]:
    """How many items have the category: what a change of its names means."""
    counts = used(the_banli(), page.subject)
    lines = [say("{what}: {n} items", what=name, n=n) for name, n in counts.items()]
    return [*lines, say("They keep the names that they have, whatever is changed here.")] if lines else []
