"""Items that an upper level passes down: a lead body outside and two clocks (handbook §3.2b, §4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Permission
from tasks.cases.access import readable_item
from tasks.deadlines.calendar import DAY
from tasks.deadlines.functions import day_end
from tasks.filing.models import UpperItem
from tasks.forms.service import validate
from tasks.forms.views import FieldError
from tasks.register.intake import NewItem, add_item, start_case
from tasks.register.models import Item
from tasks.register.rules import ENDINGS
from tasks.register.views import SubmissionPage, Submitted
from tasks.registry import options_for
from tasks.steps import OptionContext
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.deadlines.reference import ReferenceData
    from tasks.forms.views import Form, Option

FORM = "upper_item"
MARGIN = "PU"
ADOPTED = ("yes", "partly", "no")


def upper_page(banli: Banli, actor: Actor) -> SubmissionPage:
    """The empty form for an item of an upper level.

    Raises:
        NotAllowed: only the hub registers them.
    """
    _only_hub(actor)
    form = banli.forms.newest(FORM)
    with banli.reading() as session:
        return SubmissionPage(form, {"role": "co", "kind": "suggestion"}, _options(banli, session, actor, form))


def register_upper(banli: Banli, actor: Actor, submitted: Mapping[str, Any], request_id: str | None) -> Submitted:
    """Register the item with its outside facts and start its case; the same request twice makes one item.

    Raises:
        FormInvalid: fields must be corrected; nothing was stored.
        NotAllowed: only the hub registers them.
    """
    _only_hub(actor)
    key = f"{actor.account}:{request_id}" if request_id is not None else None
    form = banli.forms.newest(FORM)
    with banli.writing() as session:
        known = session.scalar(select(Item.id).where(Item.request_id == key)) if key is not None else None
        item_id = known if known is not None else _add(banli, session, actor, form, submitted, key)
    number = start_case(banli, item_id, actor.account)
    with banli.reading() as session:
        return Submitted(item_id, number, session.get_one(Item, item_id).title)


def inner_due(reference: ReferenceData, external_due: dt.date) -> tuple[dt.datetime, dict[str, Any]]:
    """Our own date: so many working days (parameter PU) before the external one, with its reckoning."""
    rule = reference.rule(MARGIN)
    day, left, skipped = external_due, rule.amount, []
    while left:
        day -= DAY
        reason = reference.calendar.why_resting(day)
        if reason is None:
            left -= 1
        else:
            skipped.append([day.isoformat(), reason])
    return day_end(reference, day), {
        "rule": rule.code,
        "name": rule.name,
        "amount": rule.amount_words,
        "unit": rule.unit.value,
        "counts_from": rule.counts_from,
        "source": rule.source,
        "start": external_due.isoformat(),
        "last": day.isoformat(),
        "skipped": skipped,
        "counted": [],
        "rolled_from": None,
        "fixed": False,
        "provisional": reference.calendar.is_provisional(day, external_due),
        "reference": reference.version,
    }


def record_upload(banli: Banli, actor: Actor, item_id: int, *, on: dt.date, proof: str, adopted: str) -> None:
    """Tick that our answer was entered into the upper level's system, with proof, and what became of it.

    Raises:
        FormInvalid: a date to come, no proof, or an unknown answer.
        NotAllowed: only the hub ticks it.
        NotFound: no such item of an upper level.
    """
    _only_hub(actor)
    errors = []
    if on > banli.today():
        errors.append(FieldError("on", "上传日期", say("The day of the upload cannot be later than today.")))
    if not proof.strip():
        errors.append(FieldError("proof", "上传凭证", say("Write what proves the upload: a receipt number or a link.")))
    if adopted and adopted not in ADOPTED:
        errors.append(FieldError("adopted", "采纳情况", say("“{value}” is not one of the choices.", value=adopted)))
    if errors:
        raise FormInvalid(tuple(errors))
    with banli.writing() as session:
        row = session.get_one(UpperItem, readable_item(session, actor, item_id).id)
        row.uploaded_on, row.upload_proof, row.adopted = on, proof.strip(), adopted


def _only_hub(actor: Actor) -> None:
    if not {Permission.AREA_ITEM_IMPORT, Permission.AREA_ITEM_READ} <= actor.permissions:
        raise NotAllowed(say("Only the hub registers items of an upper level."))


def _options(banli: Banli, session: Session, actor: Actor, form: Form) -> Mapping[str, Sequence[Option]]:
    return options_for(session, form, OptionContext(banli.reference(), "suggestion", actor.person_id, None, {}))


def _add(
    banli: Banli, session: Session, actor: Actor, form: Form, submitted: Mapping[str, Any], key: str | None
) -> int:
    validated = validate(form, submitted, {}, _options(banli, session, actor, form))
    values = validated.values
    errors = list(validated.errors)
    if not errors and not values["title"].endswith(ENDINGS[values["kind"]]):
        ending = ENDINGS[values["kind"]]
        errors.append(FieldError("title", "案由", say("The title must end with “{ending}”.", ending=ending)))
    if not errors and values["external_due"] <= banli.today():
        errors.append(FieldError("external_due", "上级答复期限", say("The date of the upper level has passed.")))
    if errors:
        raise FormInvalid(tuple(errors))
    item = add_item(session, _item(banli, values, key))
    due, notes = inner_due(banli.reference(), values["external_due"])
    facts = ("external_number", "external_lead", "contact", "contact_phone", "role", "external_due")
    session.add(
        UpperItem(
            item_id=item.id,
            external_session=values.get("external_session") or "",
            external_proposer=values.get("external_proposer") or "",
            inner_due=due,
            inner_due_notes=[notes],
            by=actor.account,
            at=banli.now(),
            **{name: values[name] for name in facts},
        )
    )
    return item.id


def _item(banli: Banli, values: Mapping[str, Any], key: str | None) -> NewItem:
    return NewItem(
        kind=values["kind"],
        level="upper",
        timing="recess",
        title=values["title"],
        category=values["category"],
        situation=values["situation"],
        analysis="",
        measures=[row["text"] for row in values["measures"]],
        proposers=[],
        suggested_units="",
        publish_consent=False,
        submitted_at=banli.now(),
        request_id=key,
        filed=True,
    )
