"""What happened to a case beside its tasks: made a key item, asked for more time, withdrawn."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.message import say
from tasks.cases.access import is_proposer
from tasks.cases.headers import proposer_shown
from tasks.cases.views import TimelineEntry
from tasks.changes.models import Following, SettingChange
from tasks.directory.queries import names_of
from tasks.handling.item_withdrawals import withdrawal_of
from tasks.handling.key_items import KEY_KINDS
from tasks.handling.models import Assignment, Extension, KeyDesignation
from tasks.handling.waiting import WHY
from tasks.pausing.queries import open_pause, pauses, why_of
from tasks.settings import BEIJING
from tasks.supervision.slip_records import slips_about_several

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from engine.message import Message
    from tasks.accounts.views import Actor
    from tasks.register.models import Item
    from tasks.supervision.models import Slip


def beside(session: Session, actor: Actor, item: Item) -> list[TimelineEntry]:
    """Acts on the case page and in the portal, as this reader may know them."""
    entries = _withdrawal(session, actor, item)
    if not is_proposer(actor, item):
        entries += [*_designations(session, item), *_extensions(session, item), *_moved_dates(session, item)]
        waits = _waits(session, item)
        entries += _unit_slips(session, actor, item)
        entries += [*waits, *_pauses(session, item, {entry.at for entry in waits})]
    return entries


def _withdrawal(session: Session, actor: Actor, item: Item) -> list[TimelineEntry]:
    asked = withdrawal_of(session, item)
    if asked is None:
        return []
    who = proposer_shown(actor, item)
    entries = [_entry(asked.at, (who, ""), say("asked to withdraw the item"), asked.reason)]
    if asked.done_at is not None and asked.done_at != asked.at:
        entries.append(_entry(asked.done_at, ("", ""), say("All who signed agree; the item is withdrawn"), ""))
    return entries


def _designations(session: Session, item: Item) -> list[TimelineEntry]:
    """Only those that give a reason of their own: a designation at triage is part of the triage."""
    wanted = select(KeyDesignation).where(KeyDesignation.item_id == item.id, KeyDesignation.reason != "")
    rows = session.scalars(wanted).all()
    names = names_of(session, (row.by for row in rows))
    return [
        _entry(
            row.at,
            names.get(row.by, (row.by, "")),
            say("changed the key item: {kind}", kind=KEY_KINDS.get(row.kind, row.kind)),
            "；".join(part for part in (row.note, row.reason) if part),
        )
        for row in rows
    ]


def _extensions(session: Session, item: Item) -> list[TimelineEntry]:
    rows = session.scalars(select(Extension).where(Extension.item_id == item.id)).all()
    names = names_of(session, (row.by for row in rows))
    return [
        _entry(
            row.at,
            names.get(row.by, (row.by, "")),
            say("asked for more time until {date}", date=row.wanted),
            row.reason,
        )
        for row in rows
    ]


def _waits(session: Session, item: Item) -> list[TimelineEntry]:
    """From when to when the clock stood still, with every date that moved by it; and since when it stands."""
    parts = session.scalars(
        select(Assignment).where(Assignment.item_id == item.id, Assignment.ended_at.is_(None)).order_by(Assignment.id)
    ).all()
    moved: dict[tuple[str, str, str], list[str]] = {}
    for part in parts:
        for note in part.due_notes:
            if "was" in note:
                wait = note["waits"][-1]
                told = f"{part.unit.short_name}：{note['was']}→{note['last']}"
                moved.setdefault((wait["at"], wait["from"], wait["why"]), []).append(told)
    by = {row.ended_at: row.ended_by for row in pauses(session, item.id)}
    names = names_of(session, [account for account in by.values() if account])
    entries = [
        _entry(
            dt.datetime.fromisoformat(at), names.get(by.get(dt.datetime.fromisoformat(at), ""), ("", "")),
            say("The time of the reply runs again; it stood still since {day}", day=dt.date.fromisoformat(first)),
            "；".join((why, *dict.fromkeys(told))),
        )
        for (at, first, why), told in moved.items()
    ]  # fmt: skip
    since = min((part.suspended_at for part in parts if part.suspended_at is not None), default=None)
    paused = open_pause(session, item.id)
    if since is not None and (paused is None or since < paused.at):
        entries.append(_entry(since, ("", ""), say("The time of the reply stands still"), WHY))
    return entries


def _pauses(session: Session, item: Item, told: Collection[dt.datetime]) -> list[TimelineEntry]:
    """Who paused the clock, why, and until when she thought; its end, unless it is told with what moved by it."""
    rows = pauses(session, item.id)
    names = names_of(session, [account for row in rows for account in (row.by, row.ended_by) if account])
    entries = []
    for row in rows:
        what = say("paused the clock of the case")
        if row.expected is not None:
            what = say("paused the clock of the case, presumably until {day}", day=row.expected)
        entries.append(_entry(row.at, names.get(row.by, (row.by, "")), what, why_of(row)))
        if row.ended_at is not None and row.ended_at not in told:
            who = names.get(row.ended_by, ("", ""))
            entries.append(_entry(row.ended_at, who, say("The clock of the case is no longer paused"), why_of(row)))
    return entries


def _unit_slips(session: Session, actor: Actor, item: Item) -> list[TimelineEntry]:
    """Slips about several items: their steps are no part of this case's own. A unit reads its own slips only."""
    entries = []
    for row, one in slips_about_several(session, actor, item.id):
        names = names_of(session, [row.by, row.signer, row.explained_by, row.judged_by])
        if row.issued_on is not None:
            issued = say("issued {number} to {unit}, about this case and others", number=row.number or "",
                         unit=row.unit.short_name)  # fmt: skip
            entries.append(_entry(_issued(row), names.get(row.signer or row.by, ("", "")), issued, row.problem))
        if row.explained_at is not None:
            told = say("explained {number}", number=row.number or "")
            entries.append(_entry(row.explained_at, names.get(row.explained_by, ("", "")), told, one.explanation))
        if row.judged_at is not None:
            judged = say("judged the explanation of {number}", number=row.number or "")
            entries.append(_entry(row.judged_at, names.get(row.judged_by, ("", "")), judged, row.judgement))
    return entries


def _issued(row: Slip) -> dt.datetime:
    """A red slip is signed later than it was asked for; of that moment the day is known."""
    begun = dt.datetime.combine(row.issued_on, dt.time(), BEIJING) if row.issued_on is not None else row.at
    return max(row.at, begun)


def _moved_dates(session: Session, item: Item) -> list[TimelineEntry]:
    """Changes of rules or of the calendar that the running case followed."""
    rows = session.execute(
        select(SettingChange, Following.moved)
        .join(Following, Following.change_id == SettingChange.id)
        .where(Following.root_id == item.instance_id, Following.moved > 0)
    ).all()
    names = names_of(session, (row.by for row, _ in rows))
    return [
        _entry(
            row.at,
            names.get(row.by, (row.by, "")),
            say("changed a rule: {n} dates of the case moved", n=moved),
            row.why,
        )
        for row, moved in rows
    ]


def _entry(at: dt.datetime, by: tuple[str, str], what: Message, text: str) -> TimelineEntry:
    return TimelineEntry(at=at, who=by[0], unit=by[1], what=what, text=text, tone="plain", element_id="")
