"""Reading drafts and the procedures they are drafts of."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from engine import tables
from engine.errors import NotFound
from engine.message import say
from tasks.accounts.models import Account
from tasks.designing.access import require_designer
from tasks.designing.files import kind_of
from tasks.designing.models import Draft, DraftFile, DraftPresence, DraftSave, DraftState
from tasks.designing.service import current, find_draft
from tasks.designing.titles import title_of
from tasks.designing.views import Colleague, DraftPage, DraftRow, FileRow, ProcedureRow, StateRow, VersionRow
from tasks.directory.models import Person
from tasks.packages.queries import files_of, newest, newest_of_all, versions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.packages.models import PackageVersion

ALIVE = dt.timedelta(seconds=40)
"""A sign of life that is older is none."""


def procedures(banli: Banli, actor: Actor) -> list[ProcedureRow]:
    """Every deployed procedure with its versions and the drafts that are not deployed yet, the busiest first."""
    require_designer(actor)
    drafts = _open_drafts(banli)
    running = _running(banli)
    found = [
        ProcedureRow(
            one.name,
            one.title,
            [_version(row, running, one.number) for row in versions(banli, one.name)],
            [draft for draft in drafts if draft.package == one.name],
        )
        for one in newest_of_all(banli)
    ]
    return sorted(found, key=lambda one: -sum(version.running for version in one.versions))


def _version(row: PackageVersion, running: Mapping[str, int], newest_number: int) -> VersionRow:
    return VersionRow(
        row.number, row.title, row.comment, row.origin, row.by, row.approved_by, row.at,
        running.get(row.deployment_id, 0), row.number == newest_number,
    )  # fmt: skip


def _running(banli: Banli) -> dict[str, int]:
    """How many root cases run on each deployment."""
    instance, definition = tables.instance.c, tables.definition.c
    with banli.reading() as session:
        rows = session.execute(
            select(definition.deployment_id, func.count())
            .join_from(tables.instance, tables.definition, instance.definition_id == definition.id)
            .where(instance.state == "active", instance.parent_id.is_(None))
            .group_by(definition.deployment_id)
        )
        return dict(rows.all())


def _open_drafts(banli: Banli) -> list[DraftRow]:
    with banli.reading() as session:
        drafts = session.scalars(
            select(Draft).where(Draft.state != DraftState.DEPLOYED).order_by(Draft.at.desc()).limit(100)
        ).all()
        found = []
        for draft in drafts:
            files = current(session, draft.id)
            deployed = files_of(banli, draft.deployment_id)
            changed = sum(files.get(name) != deployed.get(name) for name in {*files, *deployed})
            found.append(
                DraftRow(draft.id, draft.package, draft.title, draft.based_on, draft.state, draft.by, draft.at,
                         draft.comment, changed)
            )  # fmt: skip
        return found


def draft_page(banli: Banli, actor: Actor, draft_id: int) -> DraftPage:
    """A draft with its files and how each differs from the version it was opened from.

    Raises:
        NotFound: there is no such draft.
        NotAllowed: the actor is no designer.
    """
    require_designer(actor)
    with banli.reading() as session:
        draft = find_draft(session, draft_id)
        rows = session.scalars(select(DraftFile).where(DraftFile.draft_id == draft_id).order_by(DraftFile.name)).all()
    deployed = files_of(banli, draft.deployment_id)
    last = max(rows, key=lambda row: row.at)
    known = newest(banli, draft.package)
    return DraftPage(
        draft.id, draft.package, draft.title, draft.based_on, known.number if known else draft.based_on, draft.state,
        draft.by, draft.at, draft.comment, draft.submitted_by,
        sorted((_row(row, deployed) for row in rows), key=lambda row: (row.kind, row.title)),
        last.by, last.at,
    )  # fmt: skip


def _row(row: DraftFile, deployed: Mapping[str, bytes]) -> FileRow:
    before = deployed.get(row.name)
    change = "new" if before is None else "same" if before == row.content else "changed"
    return FileRow(row.name, kind_of(row.name), title_of(row.name, row.content), change, row.revision)


def file_of(banli: Banli, actor: Actor, draft_id: int, name: str) -> DraftFile:
    """One file of a draft."""
    require_designer(actor)
    with banli.reading() as session:
        find_draft(session, draft_id)
        file = session.get(DraftFile, (draft_id, name))
    if file is None:
        raise NotFound(say("The draft has no file “{name}”.", name=name))
    return file


def draft_files(banli: Banli, actor: Actor, draft_id: int) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """All files of a draft, and those of the version that it was opened from."""
    require_designer(actor)
    with banli.reading() as session:
        draft = find_draft(session, draft_id)
        files = current(session, draft_id)
    return files, files_of(banli, draft.deployment_id)


def states(banli: Banli, actor: Actor, draft_id: int) -> Sequence[StateRow]:
    """The states that the draft's files had, the newest first."""
    require_designer(actor)
    with banli.reading() as session:
        find_draft(session, draft_id)
        rows = session.scalars(
            select(DraftSave).where(DraftSave.draft_id == draft_id).order_by(DraftSave.id.desc()).limit(200)
        ).all()
    return [
        StateRow(
            row.id, row.name, title_of(row.name, row.content or b""), row.by, row.at, row.comment, row.content is None
        )
        for row in rows
    ]


def company(banli: Banli, actor: Actor, draft_id: int) -> list[Colleague]:
    """Who else has the draft open now."""
    with banli.reading() as session:
        rows = session.scalars(
            select(DraftPresence).where(
                DraftPresence.draft_id == draft_id,
                DraftPresence.account != actor.account,
                DraftPresence.at > banli.now() - ALIVE,
            )
        ).all()
        return [Colleague(_name(session, row.account), row.file, _title(session, draft_id, row.file)) for row in rows]


def _name(session: Session, account: str) -> str:
    return session.scalar(select(Person.name).join(Account).where(Account.name == account)) or account


def _title(session: Session, draft_id: int, name: str) -> str:
    file = session.get(DraftFile, (draft_id, name))
    return title_of(name, file.content) if file is not None else name


def names_of_people(banli: Banli, accounts: set[str]) -> dict[str, str]:
    """The names of the people behind accounts."""
    with banli.reading() as session:
        rows = session.execute(
            select(Account.name, Person.name).join(Person).where(Account.name.in_(accounts))
        )
        return dict(rows.all())
