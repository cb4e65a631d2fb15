"""A task's form without the page around it: what a person, or a program, types into it depends on little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from tasks.cases.headers import proposer_shown, units_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.forms.views import Form, Option
    from tasks.register.models import Item


class Fillable(Protocol):
    """What somebody must know to fill a form in; `TaskPage` and `FormPage` both tell it."""

    @property
    def form(self) -> Form:
        """The schema."""

    @property
    def values(self) -> Mapping[str, Any]:
        """What it holds."""

    @property
    def options(self) -> Mapping[str, Sequence[Option]]:
        """Choices by name of their source."""

    @property
    def title(self) -> str:
        """Of the item."""

    @property
    def number(self) -> str:
        """Of the item."""

    @property
    def round(self) -> int:
        """In which round of its answers the item is."""

    @property
    def proposer(self) -> str:
        """Name of the lead proposer."""

    @property
    def co_units(self) -> Sequence[str]:
        """Short names of the co-handling units."""

    @property
    def asked(self) -> Sequence[str]:
        """The measures that the item asks for."""


@dataclass(frozen=True, slots=True)
class FormPage:
    """The form of one task, open as long as its session."""

    form: Form
    values: Mapping[str, Any]
    """What it holds at first."""
    options: Mapping[str, Sequence[Option]]
    """Choices by name of their source."""
    actor: Actor
    about: Item | None
    session: Session

    @property
    def title(self) -> str:
        """The item's title."""
        return self.about.title if self.about is not None else ""

    @property
    def number(self) -> str:
        """The item's number."""
        return (self.about.number or "") if self.about is not None else ""

    @property
    def round(self) -> int:
        """In which round of its answers the item is."""
        return self.about.round if self.about is not None else 0

    @property
    def proposer(self) -> str:
        """The lead proposer's name, as the actor may know it."""
        return proposer_shown(self.actor, self.about) if self.about is not None else ""

    @property
    def co_units(self) -> Sequence[str]:
        """Short names of the co-handling units."""
        return units_of(self.session, [self.about]).get(self.about.id, ("", []))[1] if self.about is not None else ()

    @property
    def asked(self) -> Sequence[str]:
        """The measures that the item asks for."""
        return [measure.text for measure in self.about.measures] if self.about is not None else ()
