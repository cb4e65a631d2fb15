"""Notices as they are read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from engine.message import Message, say

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence


class NoticeKind(StrEnum):
    """Of what people are told (handbook §8)."""

    SUBSTITUTE = "substitute"
    COUNTERSIGN_ASKED = "countersign_asked"
    COUNTERSIGN_ANSWERED = "countersign_answered"
    TALK_RECORDED = "talk_recorded"
    REPLY_ISSUED = "reply_issued"
    REPLY_RETURNED = "reply_returned"
    OBJECTION_DECIDED = "objection_decided"
    SLIP_ISSUED = "slip_issued"
    DATE_MOVED = "date_moved"
    STEP_MOVED = "step_moved"
    CLOCK_PAUSED = "clock_paused"
    CLOCK_RESUMED = "clock_resumed"
    PAUSE_OVER = "pause_over"


SENTENCES: Mapping[NoticeKind, Message] = {
    NoticeKind.SUBSTITUTE: say("You stand in for {name} from {first} to {last}."),
    NoticeKind.COUNTERSIGN_ASKED: say("{name} asks for your countersignature: {text}"),
    NoticeKind.COUNTERSIGN_ANSWERED: say("{name} has answered your request for a countersignature. {text}"),
    NoticeKind.TALK_RECORDED: say("{unit} asks you to confirm its record of a talk with you."),
    NoticeKind.REPLY_ISSUED: say("{unit} has issued the reply, {number}."),
    NoticeKind.REPLY_RETURNED: say("The reply was returned by {name}: {text}"),
    NoticeKind.OBJECTION_DECIDED: say("The request for adjustment is decided: {text}"),
    NoticeKind.SLIP_ISSUED: say("A slip was issued, {number}: {text}"),
    NoticeKind.STEP_MOVED: say("“{step}” is now due on {day}: a rule or the calendar was changed."),
    NoticeKind.CLOCK_PAUSED: say("The clock of the case is paused: {text}"),
    NoticeKind.CLOCK_RESUMED: say("The clock of the case runs again. {text}"),
    NoticeKind.PAUSE_OVER: say(
        "The pause was expected to end on {day}, and the clock still stands. Let it run again? {text}"
    ),
    NoticeKind.DATE_MOVED: say("The reply is now due on {day}: {text}"),
}


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One line of the list."""

    notice_id: int
    kind: NoticeKind
    sentence: Message
    item_id: int | None
    title: str
    request_id: int | None
    """Of a countersignature that waits for an answer."""
    at: dt.datetime
    read: bool


@dataclass(frozen=True, slots=True)
class NoticePage:
    """The newest notices of a person."""

    rows: Sequence[NoticeRow]
    unread: int
