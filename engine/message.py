"""A sentence for a person, kept apart from the values in it so that it can be said in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Message:
    """An English source sentence with named places, and the values for them.

    `str()` says it in English; `localized()` says it in the language of a gettext-like function.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format_map(self.values)

    def localized(self, translate: Callable[[str], str]) -> str:
        """The sentence with its template translated first and its values put in afterwards."""
        return translate(self.template).format_map(self.values)


def say(template: str, **values: object) -> Message:
    """A message from an English template with `{name}` places (the mark that translators' tools look for)."""
    return Message(template, values)
