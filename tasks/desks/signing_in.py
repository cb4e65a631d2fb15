"""Many sign-ins by one button: each row is the sign-in task of its item, finished as on its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.errors import Conflict, NotFound
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.desks.office import SIGN_IN, handlers, may_enter
from tasks.desks.office_views import SignedMany
from tasks.forms.views import FieldError
from tasks.worklist.errors import FormInvalid
from tasks.worklist.models import Work
from tasks.worklist.service import complete

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.message import Message
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

_ROW = "签收"


def sign_in_many(
    banli: Banli, actor: Actor, typed: Mapping[str, Mapping[str, str]], chosen: Sequence[str], request_id: str
) -> SignedMany:
    """Accept the chosen assignments, each with its handler; a row that is wrong stops no other.

    Args:
        banli: the installation.
        actor: somebody of the unit's office.
        typed: by task id: `handler` (an account) and `phone`; an empty telephone is the handler's own.
        chosen: ids of the sign-in tasks.
        request_id: of the whole sheet; every row makes its own of it, so that a repeated click signs nothing twice.

    Raises:
        NotAllowed: the desk is a unit office's.
    """
    if not may_enter(actor) or actor.unit_code is None:
        raise NotAllowed(say("This desk is for the office of a handling unit."))
    with banli.reading() as session:
        phones = {option.value: option.hint for option in handlers(session, actor.unit_code)}
        wanted = select(Work.task_id).where(Work.task_id.in_(chosen), Work.element_id == SIGN_IN)
        known = set(session.scalars(wanted))
    refused: dict[str, Sequence[FieldError]] = {}
    done = 0
    for task_id in dict.fromkeys(one for one in chosen if one in known):
        row = typed.get(task_id, {})
        handler = row.get("handler", "")
        phone = row.get("phone", "").strip() or phones.get(handler, "")
        values = {"answer": "accept", "handler": handler, "phone": phone}
        try:
            complete(banli, actor, task_id, values, f"{request_id}:{task_id}")
            done += 1
        except FormInvalid as wrong:
            refused[task_id] = wrong.errors
        except (Conflict, NotAllowed) as conflict:
            refused[task_id] = _because(conflict.message)
        except NotFound:
            refused[task_id] = _because(say("There is no such task, or it is not one of yours."))
    return SignedMany(done, refused)


def _because(reason: Message) -> list[FieldError]:
    return [FieldError("answer", _ROW, reason)]
