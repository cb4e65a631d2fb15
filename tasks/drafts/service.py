"""Keeping, finding and forgetting what was typed into a form that belongs to no task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.attachments.submitting import chosen_files
from tasks.attachments.waiting import lay_aside
from tasks.drafts.models import FormDraft
from tasks.worklist.pages import declared
from tasks.worklist.service import LARGEST_DRAFT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.forms.views import Form


def save(banli: Banli, actor: Actor, form: Form, values: Mapping[str, Any]) -> dt.datetime:
    """Keep what was typed so far; nothing is validated but that the fields exist and the whole is not enormous."""
    kept = declared(form, values)
    if len(str(kept)) > LARGEST_DRAFT:
        raise NotAllowed(say("This draft is too long to be kept; shorten it."))
    row = {"content": kept, "saved_at": banli.now()}
    insert = postgresql.insert if banli.database.dialect.name == "postgresql" else sqlite.insert
    with banli.writing() as session:
        session.execute(
            insert(FormDraft)
            .values(account=actor.account, form_id=form.id, **row)
            .on_conflict_do_update(index_elements=[FormDraft.account, FormDraft.form_id], set_=row)
        )
    return banli.now()


def find(banli: Banli, actor: Actor, form: Form) -> tuple[Mapping[str, Any], dt.datetime] | None:
    """What this person had typed, as far as the form still has the fields, and when it was kept."""
    with banli.reading() as session:
        draft = session.get(FormDraft, (actor.account, form.id))
        return (declared(form, draft.content), draft.saved_at) if draft is not None else None


def forget(banli: Banli, actor: Actor, form: Form) -> None:
    """It was sent, or thrown away: then the files that it names are too."""
    with banli.writing() as session:
        draft = session.get(FormDraft, (actor.account, form.id))
        if draft is not None:
            lay_aside(session, actor.account, chosen_files(form, draft.content), banli.now())
        session.execute(delete(FormDraft).where(FormDraft.account == actor.account, FormDraft.form_id == form.id))
