"""Opening a draft and changing its files. Every state that a file had can be brought back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from engine.errors import Conflict, NotFound
from engine.message import say
from tasks.designing.access import require_designer
from tasks.designing.files import (
    MOST_FILES,
    FileKind,
    FileRefused,
    check_content,
    check_name,
    new_diagram,
    new_form,
    new_table,
)
from tasks.designing.models import Draft, DraftFile, DraftPresence, DraftSave, DraftState
from tasks.designing.titles import title_of
from tasks.packages.manifest import MANIFEST, read_manifest
from tasks.packages.queries import files_of, newest

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

ONE_STATE = dt.timedelta(minutes=5)
"""Saves of one person that follow each other within this time are one state to go back to."""


def open_draft(banli: Banli, actor: Actor, package: str) -> int:
    """A new draft of a package in its newest version; its number.

    Raises:
        NotFound: the package was never deployed.
    """
    require_designer(actor)
    base = newest(banli, package)
    if base is None:
        raise NotFound(say("There is no procedure “{name}”.", name=package))
    files = files_of(banli, base.deployment_id)
    now = banli.now()
    with banli.writing() as session:
        draft = Draft(
            package=package, title=base.title, based_on=base.number, deployment_id=base.deployment_id,
            state=DraftState.OPEN, by=actor.account, at=now,
        )  # fmt: skip
        session.add(draft)
        session.flush()
        for name, content in files.items():
            session.add(DraftFile(draft_id=draft.id, name=name, content=content, revision=1, by=actor.account, at=now))
        return draft.id


def save_file(banli: Banli, actor: Actor, draft_id: int, name: str, content: bytes, revision: int) -> int:
    """Keep a file of a draft; the file's new revision.

    Args:
        banli: the installation.
        actor: who saves.
        draft_id: the draft.
        name: the file's name.
        content: what it holds now.
        revision: what the writer began from.

    Raises:
        Conflict: somebody else saved it in between; `by` and `at` say who and when.
        FileRefused: the file is too large.
    """
    require_designer(actor)
    check_content(name, content)
    with banli.writing() as session:
        changeable(session, draft_id)
        file = _locked(session, draft_id, name)
        if file.revision != revision:
            raise Conflict(
                say("“{name}” was changed by somebody else while you were drawing.", name=title_of(name, content)),
                by=file.by,
                at=file.at,
            )
        if file.content != content:
            keep(session, file, actor, banli.now(), content)
        return file.revision


def keep(session: Session, file: DraftFile, actor: Actor, now: dt.datetime, content: bytes, comment: str = "") -> None:
    """Give a file new content and remember the state."""
    _remember(session, file.draft_id, file.name, content, actor, now, comment)
    file.content, file.by, file.at = content, actor.account, now
    file.revision += 1


def add_file(banli: Banli, actor: Actor, draft_id: int, name: str, content: bytes) -> None:
    """Add a file to a draft and to its manifest, or replace the one of this name."""
    require_designer(actor)
    check_content(check_name(name), content)
    now = banli.now()
    with banli.writing() as session:
        changeable(session, draft_id)
        file = session.get(DraftFile, (draft_id, name))
        if file is not None:
            keep(session, file, actor, now, content)
            return
        if (session.scalar(select(func.count()).where(DraftFile.draft_id == draft_id)) or 0) >= MOST_FILES:
            raise FileRefused(say("A procedure holds at most {most} files.", most=MOST_FILES))
        session.add(DraftFile(draft_id=draft_id, name=name, content=content, revision=1, by=actor.account, at=now))
        _remember(session, draft_id, name, content, actor, now, "")
        session.flush()
        _list_files(session, draft_id, actor, now)


def new_file(banli: Banli, actor: Actor, draft_id: int, kind: FileKind, key: str, title: str) -> str:
    """A new diagram, table or form with a beginning to work on; its file name."""
    make = {FileKind.DIAGRAM: new_diagram, FileKind.TABLE: new_table, FileKind.FORM: new_form}
    if kind not in make:
        raise FileRefused(say("Expected a diagram, a table or a form; found “{kind}”.", kind=kind))
    if not key.replace("-", "_").replace("_", "a").isalnum() or key[:1].isdigit():
        raise FileRefused(
            say("Expected a short name of letters, digits and “-” that begins with a letter; found “{key}”.", key=key)
        )
    folder = "forms/" if kind is FileKind.FORM else ""
    name = check_name(f"{folder}{key}.{kind}")
    with banli.reading() as session:
        if session.get(DraftFile, (draft_id, name)) is not None:
            raise FileRefused(say("The draft has a file “{name}” already.", name=name))
    add_file(banli, actor, draft_id, name, make[kind](key.replace("-", "_"), title.strip() or key))
    return name


def remove_file(banli: Banli, actor: Actor, draft_id: int, name: str) -> None:
    """Take a file out of a draft; its last state can be brought back."""
    require_designer(actor)
    now = banli.now()
    with banli.writing() as session:
        changeable(session, draft_id)
        file = _locked(session, draft_id, name)
        if name == MANIFEST:
            raise FileRefused(say("The manifest says what the procedure holds; it cannot be taken away."))
        _remember(session, draft_id, name, file.content, actor, now, "")
        session.add(_state(draft_id, name, None, actor, now, ""))
        session.delete(file)
        session.flush()
        _list_files(session, draft_id, actor, now)


def restore(banli: Banli, actor: Actor, draft_id: int, save_id: int) -> str:
    """Bring an earlier state of a file back, as a state of its own; the file's name."""
    require_designer(actor)
    with banli.reading() as session:
        state = session.get(DraftSave, save_id)
    if state is None or state.draft_id != draft_id or state.content is None:
        raise NotFound(say("There is no such earlier state of a file in this draft."))
    add_file(banli, actor, draft_id, state.name, state.content)
    return state.name


def take_back(banli: Banli, actor: Actor, draft_id: int, name: str) -> None:
    """Give a file the content that is deployed; a file that is new goes away."""
    with banli.reading() as session:
        draft = changeable(session, draft_id)
    deployed = files_of(banli, draft.deployment_id)
    if name in deployed:
        add_file(banli, actor, draft_id, name, deployed[name])
    else:
        remove_file(banli, actor, draft_id, name)


def discard(banli: Banli, actor: Actor, draft_id: int) -> None:
    """Put a draft away; it stays readable and can be taken up again."""
    require_designer(actor)
    with banli.writing() as session:
        draft = find_draft(session, draft_id)
        if draft.state == DraftState.DEPLOYED:
            raise Conflict(say("This draft is deployed; roll the procedure back instead."))
        draft.state, draft.ended_at = DraftState.DISCARDED, banli.now()


def take_up(banli: Banli, actor: Actor, draft_id: int) -> None:
    """Open a draft again that was put away."""
    require_designer(actor)
    with banli.writing() as session:
        draft = find_draft(session, draft_id)
        if draft.state == DraftState.DISCARDED:
            draft.state, draft.ended_at = DraftState.OPEN, None


def seen(banli: Banli, actor: Actor, draft_id: int, name: str) -> None:
    """A sign of life: this person has this file open."""
    with banli.writing() as session:
        session.merge(DraftPresence(draft_id=draft_id, account=actor.account, file=name, at=banli.now()))


def find_draft(session: Session, draft_id: int) -> Draft:
    """The draft; NotFound where there is none."""
    draft = session.get(Draft, draft_id)
    if draft is None:
        raise NotFound(say("There is no draft {id}.", id=draft_id))
    return draft


def changeable(session: Session, draft_id: int) -> Draft:
    """The draft while it is open.

    Raises:
        Conflict: it waits for approval, is deployed or was put away.
    """
    draft = find_draft(session, draft_id)
    if draft.state != DraftState.OPEN:
        raise Conflict(say("This draft cannot be changed any more; open a new one."))
    return draft


def current(session: Session, draft_id: int) -> dict[str, bytes]:
    """All files of a draft by name, as they are now."""
    rows = session.scalars(select(DraftFile).where(DraftFile.draft_id == draft_id).order_by(DraftFile.name))
    return {row.name: row.content for row in rows}


def _locked(session: Session, draft_id: int, name: str) -> DraftFile:
    file = session.scalar(
        select(DraftFile).where(DraftFile.draft_id == draft_id, DraftFile.name == name).with_for_update()
    )
    if file is None:
        raise NotFound(say("The draft has no file “{name}”.", name=name))
    return file


def _remember(
    session: Session, draft_id: int, name: str, content: bytes, actor: Actor, now: dt.datetime, comment: str
) -> None:
    last = session.scalar(
        select(DraftSave)
        .where(DraftSave.draft_id == draft_id, DraftSave.name == name)
        .order_by(DraftSave.id.desc())
        .limit(1)
    )
    same = last is not None and last.by == actor.account and last.content is not None and not (comment or last.comment)
    if last is not None and same and now - last.began < ONE_STATE:
        last.content, last.at = content, now
        return
    session.add(_state(draft_id, name, content, actor, now, comment))


def _state(
    draft_id: int, name: str, content: bytes | None, actor: Actor, now: dt.datetime, comment: str
) -> DraftSave:
    return DraftSave(
        draft_id=draft_id, name=name, content=content, by=actor.account, began=now, at=now, comment=comment
    )


def _list_files(session: Session, draft_id: int, actor: Actor, now: dt.datetime) -> None:
    """The manifest names every file, in the order it had."""
    names = session.scalars(select(DraftFile.name).where(DraftFile.draft_id == draft_id)).all()
    file = _locked(session, draft_id, MANIFEST)
    manifest = read_manifest(file.content)
    listed = manifest.with_files(names)
    if listed != manifest:
        keep(session, file, actor, now, listed.write())


def forget_presence(banli: Banli, draft_id: int, account: str) -> None:
    """This person has left the draft."""
    with banli.writing() as session:
        session.execute(
            delete(DraftPresence).where(DraftPresence.draft_id == draft_id, DraftPresence.account == account)
        )
