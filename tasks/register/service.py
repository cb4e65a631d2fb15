"""A deputy submits a suggestion, a member a proposal (handbook §3.2, step 1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Permission
from tasks.attachments.content import AttachmentRefused
from tasks.attachments.submitting import chosen_files
from tasks.attachments.waiting import add_waiting, join_item, waiting_files
from tasks.deadlines.functions import cutoff_of
from tasks.directory.queries import current_sitting, handling_units, memberships_of
from tasks.forms.schema import walk
from tasks.forms.service import validate
from tasks.forms.views import FILES, ComponentType, FieldError
from tasks.register.intake import NewItem, add_item, start_case
from tasks.register.models import Item, ItemProposer
from tasks.register.rules import ENDINGS, OF_PERSONS
from tasks.register.views import SubmissionPage, Submitted
from tasks.registry import options_for
from tasks.steps import OptionContext
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.attachments.views import Upload
    from tasks.bootstrap import Banli
    from tasks.forms.views import Form, Option

FORM = "suggestion"
_KIND_OF_BODY = {"npc": "suggestion", "cppcc": "proposal"}


def submission_page(banli: Banli, actor: Actor) -> SubmissionPage:
    """The empty form with its choices.

    Raises:
        NotAllowed: the actor holds no mandate.
    """
    form = banli.forms.newest(FORM)
    with banli.reading() as session:
        kind = kind_of(session, actor)
        timing = "in_session" if _in_session(banli, session, kind) else "recess"
        first = {"timing": timing, "proposer_type": "individual"}
        choices = options_of(banli, session, Entry(actor.person_id, actor.account, kind), form)
        return SubmissionPage(form, first, choices)


def add_file(banli: Banli, actor: Actor, upload: Upload) -> str:
    """Keep a file for the item that the actor is writing; answers its id.

    Raises:
        NotAllowed: the actor holds no mandate.
        AttachmentRefused: the file is not one that is taken.
    """
    with banli.reading() as session:
        kind_of(session, actor)
    return add_waiting(banli, actor, upload)


def submit(banli: Banli, actor: Actor, submitted: Mapping[str, Any], request_id: str | None) -> Submitted:
    """Register the item and start its case; sending the same request twice makes one item.

    Raises:
        FormInvalid: fields must be corrected; nothing was stored.
        NotAllowed: the actor holds no mandate.
    """
    form = banli.forms.newest(FORM)
    with banli.reading() as session:
        kind = kind_of(session, actor)
        known = _known_request(session, actor, request_id)
        if known is None:
            entry = Entry(actor.person_id, actor.account, kind, request_id)
            values = checked(banli, session, entry, form, submitted)
            new = new_item(banli, session, entry, values)
    if known is None:
        with banli.writing() as session:
            again = _known_request(session, actor, request_id)
            known = again if again is not None else add_with_files(session, entry, new, form, values)
    number = start_case(banli, known, actor.account)
    with banli.reading() as session:
        return Submitted(known, number, session.get_one(Item, known).title)


def kind_of(session: Session, actor: Actor) -> str:
    """What this actor submits: a deputy suggestions, a member of the CPPCC proposals."""
    if Permission.OWN_ITEM_SUBMIT not in actor.permissions:
        raise NotAllowed(say("Only deputies and members of the CPPCC submit items."))
    mandates = memberships_of(session, actor.person_id)
    if not mandates:
        raise NotAllowed(say("You hold no mandate in the current term."))
    return _KIND_OF_BODY[mandates[0].term.body]


def options_of(banli: Banli, session: Session, entry: Entry, form: Form) -> Mapping[str, Sequence[Option]]:
    """The choices that a proposer has, and the files that wait for what is being entered."""
    choices = options_for(session, form, OptionContext(banli.reference(), entry.kind, entry.proposer, None, {}))
    return {**choices, FILES: waiting_files(session, entry.account)}


def add_with_files(session: Session, entry: Entry, new: NewItem, form: Form, values: Mapping[str, Any]) -> int:
    """Register the item together with the files that its form names; answers its id.

    Raises:
        FormInvalid: a file no longer waits for this item: nothing may be stored.
    """
    item_id = add_item(session, new).id
    try:
        join_item(session, entry.account, item_id, chosen_files(form, values))
    except AttachmentRefused as refused:
        field = next(one for one in walk(form.components) if one.type is ComponentType.FILEPICKER)
        raise FormInvalid((FieldError(field.key or field.id, field.label, refused.message),)) from refused
    return item_id


def checked(
    banli: Banli, session: Session, entry: Entry, form: Form, submitted: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The typed values of a submission by this lead proposer.

    Raises:
        FormInvalid: fields must be corrected.
    """
    validated = validate(form, submitted, {}, options_of(banli, session, entry, form))
    errors = [*validated.errors, *_secret(validated.values)]
    if not errors:
        errors = _beyond_fields(session, entry.proposer, entry.kind, validated.values)
    if errors:
        raise FormInvalid(tuple(errors))
    return validated.values


def _in_session(banli: Banli, session: Session, kind: str) -> bool:
    """Whether what comes in now still counts as submitted in the session (handbook §3.2, step 1)."""
    return banli.now() <= cutoff_of(banli.reference(), current_sitting(session, kind).closed)


def _known_request(session: Session, actor: Actor, request_id: str | None) -> int | None:
    if request_id is None:
        return None
    return session.scalar(select(Item.id).where(Item.request_id == f"{actor.account}:{request_id}"))


def _secret(values: Mapping[str, Any]) -> list[FieldError]:
    if values.get("no_secret"):
        return []
    refused = say(
        "State secrets must not be entered in this system. Hand the text in on paper, through the channel for secret "
        "documents; if there are none in it, tick the box."
    )
    return [FieldError("no_secret", "内容不涉及国家秘密", refused)]


def _beyond_fields(session: Session, person_id: int, kind: str, values: Mapping[str, Any]) -> list[FieldError]:
    errors = []
    if not values["title"].endswith(ENDINGS[kind]):
        errors.append(FieldError("title", "案由", say("The title must end with “{ending}”.", ending=ENDINGS[kind])))
    if values["proposer_type"] not in OF_PERSONS and not values.get("signed_scan"):
        errors.append(FieldError("signed_scan", "签名、盖章件的扫描件", say(
            "A delegation, party, organisation or committee seals its item, or its convener signs: add the scan.")))
    if has_title(session, person_id, values["title"]):
        errors.append(FieldError("title", "案由", say("You have submitted an item with this title already.")))
    return errors


def has_title(session: Session, person_id: int, title: str) -> bool:
    """Whether this lead proposer has an item of the same title (refused, handbook §3.2 step 1)."""
    found = session.scalar(
        select(Item.id)
        .join(ItemProposer)
        .where(Item.title == title, ItemProposer.person_id == person_id, ItemProposer.position == 0)
        .limit(1)
    )
    return found is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """Whose item it is, and who enters it."""

    proposer: int
    account: str
    kind: str
    request_id: str | None = None
    on_behalf: bool = False
    signed: bool = False
    """The signatures are on paper."""


def new_item(banli: Banli, session: Session, entry: Entry, values: Mapping[str, Any]) -> NewItem:
    """What becomes of a submission's values; after the session's cut-off it is an item of the recess."""
    wished = list(values.get("suggested_units") or [])
    names = {unit.code: unit.short_name for unit in handling_units(session)}
    late = values["timing"] == "in_session" and not _in_session(banli, session, entry.kind)
    cosigners = [int(person) for person in values.get("cosigners") or []]
    return NewItem(
        kind=entry.kind,
        timing="recess" if late else values["timing"],
        title=values["title"],
        category=values["category"],
        situation=values["situation"],
        analysis=values.get("analysis") or "",
        measures=[row["text"] for row in values["measures"]],
        proposers=[entry.proposer, *(person for person in cosigners if person != entry.proposer)],
        suggested_units="、".join(names[code] for code in wished if code in names),
        publish_consent=bool(values.get("publish_consent")),
        submitted_at=banli.now(),
        request_id=f"{entry.account}:{entry.request_id}" if entry.request_id is not None else None,
        proposer_type=values["proposer_type"],
        wished_units=wished,
        repeat_of=values.get("repeat_of") or "",
        origin=values.get("origin") or "",
        wish_contact=values.get("wish_contact") or "",
        signed_scan=list(values.get("signed_scan") or []),
        confidential=bool(values.get("confidential")),
        entered_by=entry.account if entry.on_behalf else "",
        signed=entry.signed,
    )
