"""What the pages of settings show, and what was typed into them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.errors import NotFound
from engine.message import Message, say
from tasks.changes.fields import parsed, said
from tasks.changes.kinds import choices_of
from tasks.changes.registry import KINDS
from tasks.changes.service import Part, allow, digest_of
from tasks.directory.queries import the_area
from tasks.forms.views import FieldError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.changes.kinds import Content, Kind

NEW_ONE = "new"
"""The subject under which the form of a new setting is opened."""


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting in a list: the words of its fields, in the order of the kind's fields."""

    subject: str
    name: str
    content: Content
    cells: Sequence[Message | str]


@dataclass(frozen=True, slots=True)
class SettingForm:
    """The form of one setting: of a new one where `content` is None."""

    kind: Kind
    subject: str
    name: str
    content: Content | None
    choices: Mapping[str, Mapping[str, str]]
    seen: str


def kind_of(code: str) -> Kind:
    """The kind of this code; NotFound where there is none."""
    if code not in KINDS:
        raise NotFound(say("There is no such kind of setting."))
    return KINDS[code]


def listing(banli: Banli, actor: Actor, code: str) -> list[SettingRow]:
    """Every setting of a kind."""
    allow(actor)
    kind = kind_of(code)
    with banli.reading() as session:
        choices = choices_of(session, kind)
        return [
            SettingRow(
                subject,
                kind.called(subject, _spoken(kind, content, choices)),
                content,
                [said(field, content.get(field.name), choices[field.name]) for field in kind.fields],
            )
            for subject, content in kind.contents(session, the_area(session)).items()
        ]


def form(banli: Banli, actor: Actor, code: str, subject: str) -> SettingForm:
    """The form of one setting, or of a new one."""
    allow(actor)
    kind = kind_of(code)
    with banli.reading() as session:
        content = kind.contents(session, the_area(session)).get(subject)
        making = subject == NEW_ONE and kind.subject_of is not None
        if content is None and not making:
            raise NotFound(say("There is no such setting."))
        choices = choices_of(session, kind)
        name = kind.called(subject, _spoken(kind, content, choices)) if content is not None else ""
        return SettingForm(kind, subject, name, content, choices, digest_of(content))


def _spoken(kind: Kind, content: Content, choices: Mapping[str, Mapping[str, str]]) -> Content:
    """The same with what it is known by in words: a person by name, a term by its title."""
    by = {field.name: choices[field.name].get(str(content[field.name])) for field in kind.fields if field.fixed}
    return {**content, **{name: said for name, said in by.items() if said}}


def typed(
    banli: Banli, actor: Actor, page: SettingForm, given: Mapping[str, str | list[str]], seen: str = ""
) -> tuple[Part | None, list[FieldError]]:
    """The change that a filled form asks for, or what is wrong with its fields."""
    allow(actor)
    values: dict[str, Any] = {}
    errors: list[FieldError] = []
    for field in page.kind.fields:
        if field.fixed and page.content is not None:
            values[field.name] = page.content[field.name]
            continue
        value, wrong = parsed(field, given.get(field.name, ""), page.choices[field.name])
        values[field.name] = value
        if wrong is not None:
            errors.append(FieldError(field.name, "", wrong))
    if errors:
        return None, errors
    after = page.kind.compose(page.content, values)
    if page.content is None and page.kind.subject_of is not None:
        return _fresh(banli, page, page.kind.subject_of(after), after)
    return Part(page.kind.code, page.subject, after, seen), []


def _fresh(
    banli: Banli, page: SettingForm, subject: str, after: Content
) -> tuple[Part | None, list[FieldError]]:
    with banli.reading() as session:
        known = page.kind.contents(session, the_area(session))
    if subject in known or subject == NEW_ONE:
        key = next((field.name for field in page.kind.fields if field.fixed), "")
        return None, [FieldError(key, "", say("There is one of this name already: “{name}”.", name=subject))]
    return Part(page.kind.code, subject, after), []
