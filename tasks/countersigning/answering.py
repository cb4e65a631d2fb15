"""The colleague who was asked reads the matter and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.errors import Conflict, NotFound
from engine.message import say
from tasks.countersigning.models import Countersignature
from tasks.countersigning.views import CountersignState
from tasks.forms.views import FieldError
from tasks.notices.service import notify
from tasks.notices.views import NoticeKind
from tasks.worklist.acts import LONGEST_REMARK, ActKind
from tasks.worklist.errors import FormInvalid
from tasks.worklist.models import Work, WorkAct

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

VERDICTS = {
    CountersignState.AGREE: ActKind.COUNTERSIGN_AGREE,
    CountersignState.DISAGREE: ActKind.COUNTERSIGN_DISAGREE,
    CountersignState.REMARK: ActKind.COUNTERSIGN_REMARK,
}


def answer(banli: Banli, actor: Actor, request_id: int, verdict: str, text: str) -> None:
    """Agree, disagree or remark. Sent twice it counts once.

    Raises:
        FormInvalid: no verdict, or no words where words are needed.
        Conflict: it was withdrawn, or the task has gone on.
        NotFound: there is no such request, or somebody else was asked.
    """
    said = text.strip()
    with banli.writing() as session:
        request = request_of(session, actor, request_id, lock=True)
        if request.verdict and (request.verdict, request.answer) == (verdict, said):
            return
        if request.closed_at is not None:
            raise Conflict(say("This request is over: it was answered, withdrawn, or the task has gone on."))
        errors = _errors(verdict, said)
        if errors:
            raise FormInvalid(errors)
        now = banli.now()
        request.verdict, request.answer = verdict, said
        request.closed_at, request.closed_by = now, actor.account
        kind = VERDICTS[CountersignState(verdict)]
        item_id = session.scalar(select(Work.item_id).where(Work.task_id == request.task_id))
        notify(
            session, [request.asked_by], NoticeKind.COUNTERSIGN_ANSWERED, now, item_id, name=actor.name, text=said
        )
        session.add(
            WorkAct(
                task_id=request.task_id, kind=kind, by=actor.account, receiver=request.asked_by, remark=said, at=now
            )
        )


def request_of(session: Session, actor: Actor, request_id: int, *, lock: bool = False) -> Countersignature:
    """The request, if this actor was asked."""
    request = session.get(Countersignature, request_id, with_for_update=lock or None)
    if request is None or request.asked != actor.account:
        raise NotFound(say("There is no such request, or it is not yours."))
    return request


def _errors(verdict: str, said: str) -> list[FieldError]:
    errors = []
    if verdict not in VERDICTS:
        errors.append(FieldError("verdict", "意见", say("Choose whether you agree.")))
    if verdict in (CountersignState.DISAGREE, CountersignState.REMARK) and not said:
        errors.append(FieldError("answer", "说明", say("Say what should be changed or considered.")))
    if len(said) > LONGEST_REMARK:
        errors.append(FieldError("answer", "说明", say("At most {n} characters.", n=LONGEST_REMARK)))
    return errors
