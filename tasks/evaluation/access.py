"""Who may read which evaluation, decided on the object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.permissions import Permission

if TYPE_CHECKING:
    from tasks.accounts.views import Actor
    from tasks.evaluation.models import EvaluationRun, UnitEvaluation


def reads_all(actor: Actor) -> bool:
    """Whether the actor reads every unit's evaluation; nobody of a handling unit does, whatever else she is."""
    granted = actor.permissions
    return Permission.AREA_EVALUATION_READ in granted and Permission.UNIT_EVALUATION_READ not in granted


def is_own(actor: Actor, unit_code: str) -> bool:
    """Whether it is the actor's own unit."""
    own = {group.split(":", 1)[0] for group in actor.groups} | {actor.unit_code}
    return Permission.UNIT_EVALUATION_READ in actor.permissions and unit_code in own


def require(actor: Actor, evaluation: UnitEvaluation) -> None:
    """Refuse whoever may not read it; a foreign one is as good as absent."""
    if not reads_all(actor) and not is_own(actor, evaluation.unit.code):
        raise NotFound(say("There is no such evaluation, or it is not your unit's."))


def sees_scores(actor: Actor, published: bool) -> bool:  # noqa: FBT001
    """Whether the actor may see total, panel and whatever rests on ratings: a unit only when it was published."""
    return reads_all(actor) or published


def require_ranking(actor: Actor, run: EvaluationRun) -> None:
    """Units read the ranking once it is out."""
    if reads_all(actor) or (Permission.UNIT_EVALUATION_READ in actor.permissions and run.ranked_at is not None):
        return
    raise NotFound(say("The ranking of this year is not published yet."))
