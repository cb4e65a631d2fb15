"""Who may draw a procedure: whoever may deploy one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Permission

if TYPE_CHECKING:
    from tasks.accounts.views import Actor


def require_designer(actor: Actor) -> None:
    """NotAllowed for everybody else."""
    if Permission.AREA_PROCESS_DEPLOY not in actor.permissions:
        raise NotAllowed(say("Only process designers may change a procedure."))
