"""The holder of a task asks colleagues to countersign it, and may withdraw that again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.errors import NotFound
from engine.message import say
from tasks.absences.queries import staff
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Permission
from tasks.countersigning.models import Countersignature
from tasks.forms.views import FieldError, Option
from tasks.notices.service import notify
from tasks.notices.views import NoticeKind
from tasks.worklist.access import may_complete, visible_work
from tasks.worklist.acts import LONGEST_REMARK, ActKind
from tasks.worklist.errors import FormInvalid
from tasks.worklist.models import Work, WorkAct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.countersigning.views import CountersignWish

MOST_AT_ONCE = 10
_NOT_MINE = say("Only who works on this task can ask for a countersignature.")
_ASKS_ANYBODY = frozenset({Permission.AREA_ITEM_READ, Permission.BODY_ITEM_READ})
"""Reviewers of the hub, the leadership and the committees ask people of any unit; a unit's people their own."""


def may_ask(work: Work, actor: Actor) -> bool:
    """It is mine to work on, it is an office's step of an item, and it tells nobody of a rating."""
    return work.item_id is not None and bool(work.candidates) and not work.confidential and may_complete(work, actor)


def colleagues_to_ask(session: Session, actor: Actor, work: Work) -> Mapping[str, Sequence[Option]]:
    """Whom this actor may ask, by unit, her own first; nobody where she may not ask."""
    if not may_ask(work, actor):
        return {}
    anybody = bool(_ASKS_ANYBODY & actor.permissions)
    found: dict[str, list[Option]] = {}
    for account in staff(session, actor):
        own = account.unit is not None and account.unit.code == actor.unit_code
        if account.unit is not None and account.name != actor.account and (own or anybody):
            one = Option(account.name, account.person.name, account.person.title)
            found.setdefault(account.unit.short_name, []).append(one)
    return found


def offered(banli: Banli, actor: Actor, task_id: str) -> Mapping[str, Sequence[Option]]:
    """Whom this actor may ask about a task.

    Raises:
        NotAllowed: the task is not hers to work on, or tells of a rating.
    """
    with banli.reading() as session:
        work = visible_work(session, actor, task_id)
        if not may_ask(work, actor):
            raise NotAllowed(_NOT_MINE)
        return colleagues_to_ask(session, actor, work)


def ask(banli: Banli, actor: Actor, task_id: str, wish: CountersignWish) -> int:
    """Put a question to one or several colleagues; answers how many were asked. Sent twice it counts once.

    Raises:
        FormInvalid: nobody chosen, somebody who cannot be asked, no question.
        NotAllowed: the task is not mine, or tells of a rating.
    """
    question = wish.question.strip()
    with banli.writing() as session:
        work = visible_work(session, actor, task_id)
        session.refresh(work, with_for_update=True)
        if not may_ask(work, actor):
            raise NotAllowed(_NOT_MINE)
        known = {one.value for people in colleagues_to_ask(session, actor, work).values() for one in people}
        errors = _errors(wish, question, known)
        if errors:
            raise FormInvalid(errors)
        waiting = set(
            session.scalars(
                select(Countersignature.asked).where(
                    Countersignature.task_id == task_id, Countersignature.closed_at.is_(None)
                )
            )
        )
        asked = [account for account in dict.fromkeys(wish.asked) if account not in waiting]
        for account in asked:
            _add(banli, session, actor, work, account, question=question, required=wish.required)
    return len(asked)


def withdraw(banli: Banli, actor: Actor, request_id: int) -> str:
    """Take an open request back; answers the task. By who asked, or who has the task now."""
    with banli.writing() as session:
        request = session.get(Countersignature, request_id, with_for_update=True)
        work = session.get(Work, request.task_id) if request is not None else None
        if request is None or work is None or not may_withdraw(request, work, actor):
            raise NotFound(say("There is no such request, or it is not yours."))
        if request.closed_at is None:
            request.closed_at, request.closed_by = banli.now(), actor.account
        return request.task_id


def may_withdraw(request: Countersignature, work: Work, actor: Actor) -> bool:
    """Who asked, or who has the task now."""
    return actor.account == request.asked_by or may_complete(work, actor)


def _add(
    banli: Banli, session: Session, actor: Actor, work: Work, account: str, *, question: str, required: bool
) -> None:
    now = banli.now()
    request = Countersignature(
        task_id=work.task_id,
        asked_by=actor.account,
        asked=account,
        question=question,
        required=required,
        asked_at=now,
    )
    session.add(request)
    session.flush()
    notify(
        session, [account], NoticeKind.COUNTERSIGN_ASKED, now, work.item_id,
        name=actor.name, text=question, request_id=request.id,
    )  # fmt: skip
    session.add(
        WorkAct(
            task_id=work.task_id,
            kind=ActKind.ASK_COUNTERSIGN,
            by=actor.account,
            receiver=account,
            remark=question,
            at=now,
        )
    )


def _errors(wish: CountersignWish, question: str, offered: set[str]) -> list[FieldError]:
    errors = []
    if not wish.asked or not set(wish.asked) <= offered:
        errors.append(FieldError("countersign_by", "加签给", say("Choose the colleagues whom you ask.")))
    elif len(set(wish.asked)) > MOST_AT_ONCE:
        errors.append(FieldError("countersign_by", "加签给", say("At most {n} colleagues at once.", n=MOST_AT_ONCE)))
    if not question:
        errors.append(FieldError("countersign_question", "加签事项", say("Say what you ask of your colleague.")))
    elif len(question) > LONGEST_REMARK:
        too_long = say("At most {n} characters.", n=LONGEST_REMARK)
        errors.append(FieldError("countersign_question", "加签事项", too_long))
    return errors
