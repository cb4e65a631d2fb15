"""A form as the renderer and the validator see it, and what validation found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.message import Message


class ComponentType(StrEnum):
    """The form-js components that Banli knows; a schema with another one is refused."""

    TEXTFIELD = "textfield"
    TEXTAREA = "textarea"
    NUMBER = "number"
    SELECT = "select"
    RADIO = "radio"
    CHECKBOX = "checkbox"
    CHECKLIST = "checklist"
    DATE = "datetime"
    """form-js calls its date field `datetime`; only the subtype `date` is accepted."""
    DYNAMICLIST = "dynamiclist"
    GROUP = "group"
    TEXT = "text"
    SEPARATOR = "separator"
    FILEPICKER = "filepicker"
    """Holds ids of attachments; the files themselves are added beside the form."""


FILES = "attachments"
"""The name under which file fields find the files that may be chosen: those that were added beside the form."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: what is stored, and what a person reads."""

    value: str
    label: str
    hint: str = ""
    group: str = ""
    """The heading below which it stands; empty where it stands by itself."""


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a value must fulfil beyond its type."""

    required: bool = False
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    pattern_hint: str = ""
    """Chinese data from the schema's property `patternMessage`: what a right value looks like."""
    minimum: float | None = None
    maximum: float | None = None
    decimal_digits: int | None = None
    min_items: int | None = None
    max_items: int | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """One element of a form, in the order of the schema."""

    id: str
    type: ComponentType
    key: str | None
    """The key inside its own list row, or in the whole form; None for what holds no value."""
    label: str
    description: str = ""
    text: str = ""
    """Markdown-light text of a `text` component (paragraphs, lists, emphasis; never HTML)."""
    constraints: Constraints = field(default_factory=Constraints)
    options: tuple[Option, ...] = ()
    options_source: str | None = None
    """`valuesKey`: the named source in `tasks` that gives the options instead."""
    hide: str | None = None
    """FEEL condition under which the component is hidden and its value ignored."""
    default: Any = None
    read_only: bool = False
    columns: int | None = None
    """Width in sixteenths of the row, as form-js lays out; None: the whole row."""
    row: str | None = None
    """Components with the same row name stand beside each other."""
    rows: int | None = None
    """Lines of a text area that the schema asks for (property `rows`)."""
    can_add_remove: bool = True
    """Of a dynamic list: whether a person may add and remove rows."""
    prefix: str = ""
    suffix: str = ""
    accept: tuple[str, ...] = ()
    """Of a file field: the endings that it takes, without dots; empty: all that Banli takes."""
    children: tuple[Component, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form-js schema, read and checked."""

    id: str
    name: str
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing to correct; `key` is the path of the field, e.g. `answers.2.text`."""

    key: str
    label: str
    message: Message


@dataclass(frozen=True, slots=True)
class Validated:
    """Typed values of the visible, declared fields, and everything that is wrong with what was sent."""

    values: Mapping[str, Any]
    errors: tuple[FieldError, ...]
