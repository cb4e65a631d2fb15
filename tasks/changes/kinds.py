"""What can be changed: each kind of setting knows its fields, how it is read, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy.orm import Session

    from engine.message import Message
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.changes.fields import Field
    from tasks.directory.models import Area
    from tasks.forms.views import FieldError

Content = dict[str, Any]
"""A setting as it is kept in the log: plain JSON."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that is about to be made, for the checks of its kind."""

    session: Session
    area: Area
    subject: str
    before: Content | None
    after: Content | None
    today: dt.date
    by: str
    """Account of who changes it."""


def _nothing(_proposal: Proposal) -> Iterator[FieldError]:
    yield from ()


def _together(before: Content | None, typed: Mapping[str, Any]) -> Content:
    return {**(before or {}), **typed}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of setting."""

    code: str
    name: Message
    fields: tuple[Field, ...]
    contents: Callable[[Session, Area], dict[str, Content]]
    """Every setting of this kind by its subject, in the order in which a page lists them."""
    write: Callable[[Session, Area, str, Content | None], None]
    """Make it so; None: it shall not exist any more."""
    called: Callable[[str, Content], str]
    """What people call one of them, e.g. 会办意见（P5）."""
    check: Callable[[Proposal], Iterator[FieldError]] = _nothing
    """Whatever forbids the change: errors at fields, or with an empty key of the whole."""
    amend: Callable[[dict[str, Any], str, Content | None], None] | None = None
    """Bring the change into a frozen version of reference data; None: running cases cannot follow it."""
    noted: Callable[[str], str] | None = None
    """What stands in the notes of a date that rests on the setting; None: any date may rest on it."""
    perform: Callable[[Banli, Actor, str, Content | None, str], None] | None = None
    """What must happen in a transaction of its own before the change is written down, such as a deployment."""
    settle: Callable[[Banli, Actor, str, Content | None], None] | None = None
    """What follows once the change is committed, repeatable, such as giving tasks back."""
    compose: Callable[[Content | None, Mapping[str, Any]], Content] = _together
    """What a setting becomes once its fields were typed anew."""
    subject_of: Callable[[Content], str] | None = None
    """The subject of a new one; None: new ones cannot be made."""
    removable: bool = False
    sheet: bool = True
    """Whether it can be exported and imported as a workbook."""

    def field(self, name: str) -> Field:
        """The field of this name."""
        return next(field for field in self.fields if field.name == name)


def choices_of(session: Session, kind: Kind) -> dict[str, Mapping[str, str]]:
    """The choices of each field that has some."""
    return {field.name: field.choices(session) if field.choices else {} for field in kind.fields}
