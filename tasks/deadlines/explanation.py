"""A date's notes: what a FEEL function keeps beside the date it answers, and how pages read them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.message import Message, say
from tasks.deadlines.calendar import WEEKEND
from tasks.deadlines.counting import PeriodUnit
from tasks.deadlines.views import Due, Light, SkippedDay, Wait
from tasks.settings import BEIJING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tasks.deadlines.counting import Reckoning
    from tasks.deadlines.reference import ReferenceData
    from tasks.deadlines.rules import DeadlineRule, Thresholds


def notes_of(rule: DeadlineRule, start: dt.date, reckoning: Reckoning, version: str) -> dict[str, Any]:
    """Plain JSON of one reckoning, stored with the row whose date it explains."""
    return {
        "rule": rule.code,
        "name": rule.name,
        "amount": rule.amount_words,
        "unit": rule.unit.value,
        "counts_from": rule.counts_from,
        "source": rule.source,
        "start": start.isoformat(),
        "last": reckoning.last.isoformat(),
        "skipped": [[day.isoformat(), reason] for day, reason in reckoning.skipped],
        "counted": [day.isoformat() for day in reckoning.counted_makeup],
        "rolled_from": reckoning.rolled_from.isoformat() if reckoning.rolled_from else None,
        "fixed": reckoning.fixed,
        "provisional": reckoning.provisional,
        "reference": version,
    }


def describe(
    reference: ReferenceData,
    at: dt.datetime,
    notes: Sequence[Mapping[str, Any]],
    stage: str,
    now: dt.datetime,
    suspended: dt.datetime | None = None,
) -> Due:
    """The due date as a page shows it. Of several reckonings the last one decided.

    `suspended`: since when its clock stands still.
    """
    local = at.astimezone(BEIJING)
    note: Mapping[str, Any] = next((entry for entry in reversed(notes) if "rule" in entry), {})
    thresholds = reference.thresholds(stage)
    waited: Sequence[Mapping[str, Any]] = next((entry["waits"] for entry in reversed(notes) if "waits" in entry), ())
    light, words = _light(reference, local, now.astimezone(BEIJING), thresholds)
    if suspended is not None:
        light = Light.PAUSED
        words = say("Suspended since {day}", day=suspended.astimezone(BEIJING).date())
    return Due(
        at=local,
        light=light,
        words=words,
        rule=note.get("rule", ""),
        rule_name=note.get("name", ""),
        amount=note.get("amount", ""),
        source=note.get("source", ""),
        start=_date(note.get("start")),
        skipped=tuple(SkippedDay(dt.date.fromisoformat(day), reason) for day, reason in note.get("skipped", ())),
        counted=tuple(dt.date.fromisoformat(day) for day in note.get("counted", ())),
        rolled_from=_date(note.get("rolled_from")),
        provisional=bool(note.get("provisional")) and _still_provisional(reference, note),
        sentence=_sentence(note),
        waits=()
        if note.get("agreed")
        else tuple(
            Wait(dt.date.fromisoformat(one["from"]), dt.date.fromisoformat(one["to"]), int(one["days"]), one["why"])
            for one in waited
        ),
    )


def _still_provisional(reference: ReferenceData, note: Mapping[str, Any]) -> bool:
    """Once the year is published the mark vanishes, also from dates that did not move by it."""
    first, last = _date(note.get("start")), _date(note.get("last"))
    return first is None or last is None or reference.calendar.is_provisional(first, last)


def _light(
    reference: ReferenceData, due: dt.datetime, now: dt.datetime, thresholds: Thresholds
) -> tuple[Light, Message]:
    if now > due:
        days = (now.date() - due.date()).days
        return Light.OVERDUE, say("{n} days overdue", n=days) if days else say("Overdue since today")
    working = thresholds.unit is PeriodUnit.WORKING_DAYS
    if working:
        left = reference.calendar.working_days_between(now.date(), due.date())
    else:
        left = (due.date() - now.date()).days
    light = Light.NORMAL
    if left <= thresholds.near:
        light = Light.NEAR
    if left <= thresholds.urgent:
        light = Light.URGENT
    if due.date() == now.date():
        return light, say("Due today")
    return light, say("{n} working days left", n=left) if working else say("{n} days left", n=left)


def settled(due: Due, finished: dt.datetime) -> Due:
    """The date of something that is done: it no longer runs, it was kept or missed."""
    late = (finished.astimezone(BEIJING).date() - due.at.date()).days
    if finished <= due.at:
        return replace(due, light=Light.NORMAL, words=say("Done in time"))
    return replace(due, light=Light.OVERDUE, words=say("Done {n} days late", n=max(late, 1)))


def _sentence(note: Mapping[str, Any]) -> Message:
    if not note:
        return say("This date was set by a person.")
    common = {
        "rule": note["rule"],
        "name": note["name"],
        "amount": note["amount"],
        "counts_from": note["counts_from"],
        "start": _date(note["start"]),
        "source": note["source"],
    }
    if note.get("agreed"):
        return say("This date was agreed on: {source}.", source=note["source"])
    if note["fixed"]:
        return say(
            "{name} ({rule}): {amount} from {counts_from} on {start}; the fixed date comes first. Source: {source}.",
            **common,
        )
    if note["rolled_from"]:
        return say(
            "{name} ({rule}): {amount} from {counts_from} on {start}, that day not counted; {rolled_from} is a day "
            "of rest, so it moves to the next working day. Source: {source}.",
            rolled_from=_date(note["rolled_from"]),
            **common,
        )
    if note["unit"] == PeriodUnit.WORKING_DAYS:
        weekends = sum(reason == WEEKEND for _, reason in note["skipped"])
        return say(
            "{name} ({rule}): {amount} from {counts_from} on {start}, that day not counted; skipped are {weekends} "
            "weekend days and {holidays} days of holiday; {makeup} make-up days count. Source: {source}.",
            weekends=weekends,
            holidays=len(note["skipped"]) - weekends,
            makeup=len(note["counted"]),
            **common,
        )
    return say(
        "{name} ({rule}): {amount} from {counts_from} on {start}, that day not counted. Source: {source}.", **common
    )


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
