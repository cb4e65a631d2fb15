"""The sheet on which a leader signs by hand (呈批单): what she must know, what is proposed, and room to write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.directory.queries import unit_of_kind
from tasks.forms.schema import walk
from tasks.handling.replies import current_reply
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.worklist.access import may_print_sheet, visible_work
from tasks.worklist.pages import open_task
from tasks.worklist.rows import REVIEW

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.handling.views import OpinionRecord, ReplyRecord, ReviewRecord
    from tasks.worklist.views import TaskPage

VERDICTS = {"pass": "同意", "return": "退办", "reclass": "改类别"}
"""What an earlier reviewer decided, as an office writes it."""


@dataclass(frozen=True, slots=True)
class SigningSheet:
    """One sheet of paper for one signature. Nothing in it tells of a rating."""

    page: TaskPage
    office: str
    """Full name of the government's office."""
    reply: ReplyRecord | None
    """The text to be signed, where it is a reply."""
    reviews: Sequence[ReviewRecord]
    """Who has signed before, in their order."""
    opinions: Sequence[OpinionRecord]
    """What the co-handling unit would send, where that is to be signed."""
    asked: Sequence[tuple[str, str]]
    """What else is put before the leader: label and text of what her form shows and does not ask."""
    printed_at: dt.datetime


def signing_sheet(banli: Banli, actor: Actor, task_id: str) -> SigningSheet:
    """The sheet for one open task.

    Raises:
        NotFound: there is no such task, or it does not concern this actor.
        NotAllowed: it is no signature that may be given on paper, or not of a leader whose papers the actor keeps.
    """
    with banli.reading() as session:
        work = visible_work(session, actor, task_id)
        if not may_print_sheet(work, actor):
            raise NotAllowed(say("A signing sheet is printed by the leader who signs, or by who keeps her papers."))
        office, unit, chosen = unit_of_kind(session, "hub").name, work.unit_code, None
        recorder = work.recorder
        if recorder == REVIEW and work.item_id is not None:
            variables = banli.engine.task_variables(task_id)
            chosen = current_reply(session, session.get_one(Item, work.item_id), variables).id
    page = open_task(banli, actor, task_id)
    reply = next((one for one in page.context.replies if one.id == chosen), None)
    opinions = page.context.opinions if recorder == "opinion_approval" else ()
    return SigningSheet(
        page=page,
        office=office,
        reply=reply,
        reviews=reply.reviews if reply is not None else (),
        opinions=[one for one in opinions if one.unit_code == unit and one.state == "written"],
        asked=_asked(page),
        printed_at=banli.now().astimezone(BEIJING),
    )


def _asked(page: TaskPage) -> list[tuple[str, str]]:
    shown = [(one.label, page.values.get(one.key)) for one in walk(page.form.components) if one.read_only and one.key]
    return [(label, str(text)) for label, text in shown if text]
