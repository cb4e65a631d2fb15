"""Settings as workbooks: the same rows out and in; what came in is checked row by row before anything is changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.message import Message, say
from tasks.changes.fields import FieldType, said
from tasks.changes.kinds import Proposal, choices_of
from tasks.changes.pages import NEW_ONE, SettingForm, kind_of, typed
from tasks.changes.queries import differences
from tasks.changes.service import allow, carry, digest_of
from tasks.directory.queries import the_area
from tasks.forms.views import FieldError
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.changes.fields import Field
    from tasks.changes.kinds import Content, Kind
    from tasks.changes.service import Part
    from tasks.changes.views import Difference

KEY = say("Key of the row")
MOST_ROWS = 2000


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that came in: what it would change, or what is wrong with it."""

    number: int
    name: str
    state: str
    """`new`, `changed`, `same` or `wrong`."""
    differences: Sequence[Difference]
    errors: Sequence[FieldError]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What an import would do; nothing is changed."""

    rows: Sequence[SheetRow]
    parts: Sequence[Part]
    problem: Message | None = None

    @property
    def wrong(self) -> int:
        """How many rows cannot be taken."""
        return sum(row.state == "wrong" for row in self.rows)


def exported(
    banli: Banli, actor: Actor, code: str, tell: Callable[[Message | str], str]
) -> tuple[Kind, list[list[str]]]:
    """The rows of a kind, each with its key and its fields in words."""
    allow(actor)
    kind = kind_of(code)
    with banli.reading() as session:
        choices = choices_of(session, kind)
        contents = kind.contents(session, the_area(session))
    rows = [
        [subject, *(_cell(field, content.get(field.name), choices[field.name], tell) for field in kind.fields)]
        for subject, content in contents.items()
    ]  # fmt: skip
    return kind, rows


def _cell(field: Field, value: Any, choices: Mapping[str, str], tell: Callable[[Message | str], str]) -> str:
    """A value as a cell: lists one entry a line, since an entry may hold any other sign."""
    if isinstance(value, list):
        return "\n".join(choices.get(str(one), str(one)) for one in value)
    return tell(said(field, value, choices))


def rehearse(
    banli: Banli, actor: Actor, code: str, rows: Sequence[Sequence[Any]], tell: Callable[[Message | str], str]
) -> Rehearsal:
    """Read the rows of a sheet, its headings first, and say of each what it would change."""
    allow(actor)
    kind = kind_of(code)
    if not rows:
        return Rehearsal((), (), say("The sheet is empty: expected the headings of an exported one."))
    places = _places(kind, rows[0], tell)
    needed = [field for field in kind.fields if field.required and field.type is not FieldType.FLAG]
    missing = [tell(field.label) for field in needed if field.name not in places]
    if missing:
        return Rehearsal((), (), say("The sheet has no column “{names}”.", names="、".join(missing)))
    if len(rows) - 1 > MOST_ROWS:
        return Rehearsal((), (), say("At most {most} rows can be imported at once. Split the sheet.", most=MOST_ROWS))
    with banli.reading() as session:
        contents = kind.contents(session, the_area(session))
        choices = choices_of(session, kind)
    found: list[SheetRow] = []
    parts: list[Part] = []
    seen: set[str] = set()
    for number, cells in enumerate(rows[1:], start=2):
        if not any(_text(cell) for cell in cells):
            continue
        row, part = _row(banli, actor, kind, number, cells, places, contents, choices)
        if part is not None and part.subject in seen:
            row, part = _wrong(number, row.name, say("This key stands in the sheet twice.")), None
        if part is not None:
            seen.add(part.subject)
            if row.state != "same":
                parts.append(part)
        found.append(row)
    return Rehearsal(found, parts, _together(banli, actor, parts) if parts else None)


def _row(
    banli: Banli,
    actor: Actor,
    kind: Kind,
    number: int,
    cells: Sequence[Any],
    places: Mapping[str, int],
    contents: Mapping[str, Content],
    choices: Mapping[str, Mapping[str, str]],
) -> tuple[SheetRow, Part | None]:
    given = {name: _text(cells[place]) if place < len(cells) else "" for name, place in places.items()}
    subject = given.pop("", "")
    content = contents.get(subject)
    if content is None and ((subject and kind.subject_of is None) or (not subject and kind.subject_of is None)):
        return _wrong(number, subject, say("There is no “{name}” here.", name=subject or "–")), None
    page = SettingForm(kind, subject if content is not None else NEW_ONE, "", content, choices, digest_of(content))
    part, errors = typed(banli, actor, page, {field.name: given.get(field.name, _kept(content, field.name))
                                              for field in kind.fields}, digest_of(content))  # fmt: skip
    name = subject or str(next(iter(given.values()), ""))
    if part is None:
        return SheetRow(number, name, "wrong", (), errors), None
    with banli.reading() as session:
        area = the_area(session)
        checked = list(
            kind.check(Proposal(session, area, part.subject, content, part.after, banli.today(), actor.account))
        )
        words = differences(session, kind, content, part.after)
    name = kind.called(part.subject, part.after or {})
    if checked and content != part.after:
        return SheetRow(number, name, "wrong", (), checked), None
    state = "new" if content is None else ("same" if content == part.after else "changed")
    return SheetRow(number, name, state, words, ()), part


def _kept(content: Content | None, name: str) -> str:
    value = (content or {}).get(name)
    return "\n".join(value) if isinstance(value, list) else ("" if value is None else str(value))


def _together(banli: Banli, actor: Actor, parts: Sequence[Part]) -> Message | None:
    """Whether all rows can be taken together: tried in a transaction that is rolled back."""
    try:
        with banli.writing() as session:
            carry(session, the_area(session), banli, actor, parts, [])
            session.rollback()
    except FormInvalid as refused:
        return refused.errors[0].message
    return None


def _wrong(number: int, name: str, message: Message) -> SheetRow:
    return SheetRow(number, name, "wrong", (), (FieldError("", "", message),))


def _places(kind: Kind, headings: Sequence[Any], tell: Callable[[Message | str], str]) -> dict[str, int]:
    """Where each field stands; the key's name is empty."""
    words = {_text(heading): place for place, heading in enumerate(headings)}
    names = {"": KEY, **{field.name: field.label for field in kind.fields}}
    return {
        name: words[spelling]
        for name, label in names.items()
        for spelling in (tell(label), str(label))
        if spelling in words
    }


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
