"""An officer of a committee enters an item for a deputy or member (代录入; handbook §2.2, `proposer_clerk`)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Role
from tasks.attachments.waiting import add_waiting
from tasks.register.intake import start_case
from tasks.register.models import Item
from tasks.register.service import Entry, add_with_files, checked, new_item, options_of
from tasks.register.views import SubmissionPage, Submitted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tasks.accounts.views import Actor
    from tasks.attachments.views import Upload
    from tasks.bootstrap import Banli

FORM = "entry"
_KIND_OF_ROLE = {Role.NPC_REVIEWER: "suggestion", Role.CPPCC_REVIEWER: "proposal"}


def entry_page(banli: Banli, actor: Actor) -> SubmissionPage:
    """The empty form with the members of the congress or of the CPPCC.

    Raises:
        NotAllowed: only committees enter items for others.
    """
    kind = kind_entered(actor)
    form = banli.forms.newest(FORM)
    with banli.reading() as session:
        choices = options_of(banli, session, Entry(0, actor.account, kind), form)
        return SubmissionPage(form, {"timing": "recess"}, choices)


def enter(banli: Banli, actor: Actor, submitted: Mapping[str, Any], request_id: str | None) -> Submitted:
    """Register the item for its proposer and start its case; the same request twice makes one item.

    Raises:
        FormInvalid: fields must be corrected; nothing was stored.
        NotAllowed: only committees enter items for others.
    """
    kind = kind_entered(actor)
    form = banli.forms.newest(FORM)
    key = f"{actor.account}:{request_id}" if request_id is not None else None
    with banli.writing() as session:
        known = session.scalar(select(Item.id).where(Item.request_id == key)) if key is not None else None
        if known is None:
            proposer = str(submitted.get("proposer") or "")
            person = int(proposer) if proposer.isdigit() else 0
            entry = Entry(person, actor.account, kind, request_id, on_behalf=True)
            values = checked(banli, session, entry, form, submitted)
            entry = replace(entry, signed=bool(values.get("signed")))
            known = add_with_files(session, entry, new_item(banli, session, entry, values), form, values)
    number = start_case(banli, known, actor.account)
    with banli.reading() as session:
        return Submitted(known, number, session.get_one(Item, known).title)


def add_file(banli: Banli, actor: Actor, upload: Upload) -> str:
    """Keep a file for the item that the actor is entering; answers its id.

    Raises:
        NotAllowed: only committees enter items for others.
        AttachmentRefused: the file is not one that is taken.
    """
    kind_entered(actor)
    return add_waiting(banli, actor, upload)


def kind_entered(actor: Actor) -> str:
    """What the actor's committee takes in."""
    kind = next((kind for role, kind in _KIND_OF_ROLE.items() if role in actor.roles), None)
    if kind is None:
        raise NotAllowed(say("Only the committees enter items on behalf of deputies and members."))
    return kind
