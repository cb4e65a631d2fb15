"""A deputy submits a suggestion, a member a proposal (handbook §3.2, step 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Permission
from tasks.directory.queries import memberships_of
from tasks.forms.service import validate
from tasks.forms.views import FieldError
from tasks.register.intake import NewItem, add_item, start_case
from tasks.register.models import Item, ItemProposer
from tasks.register.views import SubmissionPage, Submitted
from tasks.registry import options_for
from tasks.steps import OptionContext
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.forms.views import Form, Option

FORM = "suggestion"
_KIND_OF_BODY = {"npc": "suggestion", "cppcc": "proposal"}
_ENDING = {"suggestion": "建议", "proposal": "提案"}


def submission_page(banli: Banli, actor: Actor) -> SubmissionPage:
    """The empty form with its choices.

    Raises:
        NotAllowed: the actor holds no mandate.
    """
    form = banli.forms.newest(FORM)
    with banli.reading() as session:
        kind = kind_of(session, actor)
        return SubmissionPage(form, {"timing": "in_session"}, _options(banli, session, actor, form, kind))


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
            validated = validate(form, submitted, {}, _options(banli, session, actor, form, kind))
            errors = validated.errors or tuple(_beyond_fields(session, actor, kind, validated.values))
            if errors:
                raise FormInvalid(errors)
            new = _new_item(banli, actor, kind, validated.values, request_id)
    if known is None:
        with banli.writing() as session:
            again = _known_request(session, actor, request_id)
            known = again if again is not None else add_item(session, new).id
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


def _options(banli: Banli, session: Session, actor: Actor, form: Form, kind: str) -> Mapping[str, Sequence[Option]]:
    return options_for(session, form, OptionContext(banli.reference(), kind, actor.person_id, None, {}))


def _known_request(session: Session, actor: Actor, request_id: str | None) -> int | None:
    if request_id is None:
        return None
    return session.scalar(select(Item.id).where(Item.request_id == f"{actor.account}:{request_id}"))


def _beyond_fields(session: Session, actor: Actor, kind: str, values: Mapping[str, Any]) -> list[FieldError]:
    errors = []
    if not values["title"].endswith(_ENDING[kind]):
        errors.append(FieldError("title", "案由", say("The title must end with “{ending}”.", ending=_ENDING[kind])))
    if has_title(session, actor.person_id, values["title"]):
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


def _new_item(banli: Banli, actor: Actor, kind: str, values: Mapping[str, Any], request_id: str | None) -> NewItem:
    return NewItem(
        kind=kind,
        timing=values["timing"],
        title=values["title"],
        category=values["category"],
        situation=values["situation"],
        analysis=values.get("analysis") or "",
        measures=[row["text"] for row in values["measures"]],
        proposers=[actor.person_id, *(int(person) for person in values.get("cosigners") or [])],
        suggested_units=values.get("suggested_units") or "",
        publish_consent=bool(values.get("publish_consent")),
        submitted_at=banli.now(),
        request_id=f"{actor.account}:{request_id}" if request_id is not None else None,
    )
