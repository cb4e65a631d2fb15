"""What stopped, why, and the ways on: try again, put a value right, or pass over with a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.errors import EngineError, NotFound
from engine.feel import FeelError, evaluate
from engine.message import Message, say
from tasks.changes.service import allow, reason_errors
from tasks.forms.views import FieldError
from tasks.register.models import Item
from tasks.worklist.errors import FormInvalid
from tasks.worklist.projection import ITEM, subject_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from engine.views import Incident
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

LONGEST_VALUE = 2000
_WAYS: Mapping[str, Message] = {
    "job": say("The work was tried several times. Put the cause right, such as a mail server, and try again."),
    "fault": say("A step could not be computed. Put the rule, the table or the value right, and try again."),
    "timer": say("A date could not be acted on. Try again once the cause is gone."),
}


@dataclass(frozen=True, slots=True)
class Halted:
    """A case that stands still."""

    incident_id: str
    item_id: int | None
    kind: str
    number: str
    title: str
    step: str
    what: Message | str
    since: dt.datetime
    advice: Message
    can_skip: bool
    variables: Sequence[tuple[str, str]]
    """What the instance knows, to see which value is wrong."""


def halted(banli: Banli, actor: Actor) -> list[Halted]:
    """Every open incident, the oldest first."""
    allow(actor)
    return [_halted(banli, incident) for incident in banli.engine.incidents()]


def try_again(banli: Banli, actor: Actor, incident_id: str) -> None:
    """Once more, from where it stopped."""
    allow(actor)
    banli.engine.retry(incident_id, actor=actor.account)


def put_right(banli: Banli, actor: Actor, incident_id: str, name: str, value: str, why: str) -> None:
    """Correct a value that the case knows, and try again.

    Raises:
        FormInvalid: the value is no FEEL value, there is no such name, or no reason is given.
    """
    allow(actor)
    incident = _open(banli, incident_id)
    errors = reason_errors(why)
    known = banli.engine.instance(incident.instance_id).variables
    if name not in known:
        errors.append(FieldError("name", "", say("Choose which value is put right.")))
    given = _value(value, errors)
    if errors:
        raise FormInvalid(errors)
    banli.engine.set_variables(incident.instance_id, {name: given}, why.strip(), actor=actor.account)
    banli.engine.retry(incident_id, actor=actor.account)


def pass_over(banli: Banli, actor: Actor, incident_id: str, name: str, value: str, why: str) -> None:
    """Go on as though the step had been done, with one value as its result where one is named.

    Raises:
        FormInvalid: the value is no FEEL value, or no reason is given.
    """
    allow(actor)
    _open(banli, incident_id)
    errors = reason_errors(why)
    name = name.strip()
    if name and not name.replace("_", "").isalnum():
        errors.append(FieldError("name", "", say("Expected a name such as sent, found “{found}”.", found=name)))
    given = _value(value, errors) if name else None
    if errors:
        raise FormInvalid(errors)
    banli.engine.skip(incident_id, {name: given} if name else {}, why.strip(), actor=actor.account)


def _value(text: str, errors: list[FieldError]) -> Any:
    if not text.strip() or len(text) > LONGEST_VALUE:
        errors.append(FieldError("value", "", say("Enter the value, in at most {n} characters.", n=LONGEST_VALUE)))
        return None
    try:
        return evaluate(text)
    except FeelError as fault:
        errors.append(
            FieldError("value", "", say('Expected a value such as "text", 5, true or date("2026-05-08"): {reason}',
                                        reason=fault.message))
        )  # fmt: skip
        return None


def _open(banli: Banli, incident_id: str) -> Incident:
    found = next((one for one in banli.engine.incidents() if one.id == incident_id), None)
    if found is None:
        raise NotFound(say("There is no such halted case any more: somebody was first."))
    return found


def _halted(banli: Banli, incident: Incident) -> Halted:
    root = banli.engine.instance(incident.root_id)
    subject = subject_of(root.business_key)
    item = None
    if subject is not None and subject[0] == ITEM:
        with banli.reading() as session:
            item = session.get(Item, int(subject[1]))
    return Halted(
        incident_id=incident.id,
        item_id=item.id if item is not None else None,
        kind=item.kind if item is not None else "",
        number=(item.number or "") if item is not None else "",
        title=item.title if item is not None else (root.business_key or root.id),
        step=_step(banli, incident),
        what=incident.said or incident.message,
        since=incident.created,
        advice=_WAYS.get(incident.kind, _WAYS["fault"]),
        can_skip=incident.kind != "timer",
        variables=[(name, _short(value)) for name, value in
                   sorted(banli.engine.instance(incident.instance_id).variables.items())],
    )  # fmt: skip


def _step(banli: Banli, incident: Incident) -> str:
    try:
        rows = banli.engine.history(incident.instance_id)
    except EngineError:
        return incident.element_id
    return next((row.name for row in reversed(rows) if row.element_id == incident.element_id and row.name),
                incident.element_id)  # fmt: skip


def _short(value: object) -> str:
    text = value if isinstance(value, str) else str(evaluate("string(value)", {"value": value}) or "null")
    return text if len(text) <= 80 else f"{text[:79]}…"
