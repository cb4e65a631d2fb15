"""Reading the log of changes in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from engine.errors import NotFound
from engine.message import say
from tasks.changes.fields import FieldType, said
from tasks.changes.kinds import choices_of
from tasks.changes.models import Following, SettingChange
from tasks.changes.registry import KINDS
from tasks.changes.service import allow, obstacle_to
from tasks.changes.views import Carrying, ChangeRow, Difference, PartRow
from tasks.directory.queries import names_of, the_area

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.changes.kinds import Content, Kind

PAGE = 50


def changes(
    banli: Banli, actor: Actor, *, kind: str = "", subject: str = "", before: int | None = None, most: int = PAGE
) -> list[ChangeRow]:
    """The newest changes, of one kind or of one setting where these are named."""
    allow(actor)
    query = select(SettingChange).order_by(SettingChange.id.desc())
    if before is not None:
        query = query.where(SettingChange.id < before)
    with banli.reading() as session:
        wanted = [row for row in session.scalars(query) if _concerns(row, kind, subject)][:most]
        names = names_of(session, [row.by for row in wanted])
        return [_row(session, row, names) for row in wanted]


def one_change(banli: Banli, actor: Actor, change_id: int) -> ChangeRow:
    """One change."""
    allow(actor)
    with banli.reading() as session:
        row = session.get(SettingChange, change_id)
        if row is None:
            raise NotFound(say("There is no such change."))
        return _row(session, row, names_of(session, [row.by]))


def part_row(session: Session, part: Mapping[str, Any]) -> PartRow:
    """One setting's change in words."""
    kind = KINDS[part["kind"]]
    before, after = part["before"], part["after"]
    return PartRow(
        kind=kind.code,
        kind_name=kind.name,
        subject=part["subject"],
        name=kind.called(part["subject"], after or before or {}),
        made=before is None and after is not None,
        removed=after is None and before is not None,
        differences=differences(session, kind, before, after),
    )


def differences(session: Session, kind: Kind, before: Content | None, after: Content | None) -> list[Difference]:
    """The fields in which two contents differ, in words."""
    choices = choices_of(session, kind)
    found = []
    for field in kind.fields:
        was, now = (before or {}).get(field.name), (after or {}).get(field.name)
        if field.type is FieldType.LINES and was and now:  # of long lists only what is different
            was, now = [one for one in was if one not in now], [one for one in now if one not in was]
            if not was and not now:
                was, now = (before or {})[field.name], (after or {})[field.name]
        if was != now:
            words = [said(field, value, choices[field.name]) if content is not None else ""
                     for content, value in ((before, was), (after, now))]  # fmt: skip
            if words[0] != words[1]:
                found.append(Difference(field.label, *words))
    return found


def _concerns(row: SettingChange, kind: str, subject: str) -> bool:
    return any(
        part["kind"] in KINDS and (not kind or part["kind"] == kind) and (not subject or part["subject"] == subject)
        for part in row.parts
    )


def _row(session: Session, row: SettingChange, names: Mapping[str, tuple[str, str]]) -> ChangeRow:
    undone = session.scalar(select(SettingChange.id).where(SettingChange.undoes_id == row.id))
    return ChangeRow(
        change_id=row.id,
        at=row.at,
        by=names.get(row.by, (row.by, ""))[0],
        why=row.why,
        reach=row.reach,
        parts=[part_row(session, part) for part in row.parts if part["kind"] in KINDS],
        undoes=row.undoes_id,
        undone_by=undone,
        obstacle=obstacle_to(session, the_area(session), row),
        carrying=carrying(session, row.id),
    )


def carrying(session: Session, change_id: int) -> Carrying | None:
    """How far running cases have followed; None where none had to."""
    column = Following
    counts: Sequence[Any] = session.execute(
        select(column.state, func.count(), func.sum(column.moved))
        .where(column.change_id == change_id)
        .group_by(column.state)
    ).all()
    if not counts:
        return None
    failed = session.scalars(
        select(column.problem).where(column.change_id == change_id, column.state == "failed").distinct()
    ).all()
    return Carrying(
        total=sum(row[1] for row in counts),
        waiting=sum(row[1] for row in counts if row[0] == "waiting"),
        moved=sum(row[2] or 0 for row in counts),
        failed=failed,
    )


def said_differences(banli: Banli, kind: Kind, before: Content | None, after: Content | None) -> list[Difference]:
    """What a change that is being prepared would make different."""
    with banli.reading() as session:
        return differences(session, kind, before, after)
