"""What stands beside a form: for each kind of step, the records that its reader needs and may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.cases.access import OUTCOME, hidden_from, may_read_ratings
from tasks.cases.headers import proposer_shown
from tasks.handling import queries
from tasks.handling.file import case_file, of_kinds
from tasks.registry import NEEDS
from tasks.worklist.views import TaskContext

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.handling.file import FileEntry
    from tasks.register.models import Item
    from tasks.worklist.models import Work

FILED = {"reports": "report", "extensions": "extension", "plans": "plan"}
"""Which documents of the case's file a need asks for."""
_OTHERWISE = frozenset({"issued"})


def task_context(session: Session, actor: Actor, work: Work, item: Item | None) -> TaskContext:
    """The records beside this task's form."""
    if item is None:
        return TaskContext(measures=[], opinions=[], consultations=[], replies=[], instructions=[])
    needs = NEEDS.get(work.recorder, _OTHERWISE)
    replies = []
    if "replies" in needs or "issued" in needs:
        versions = queries.replies(session, item.id, issued_only="replies" not in needs)
        replies = [version for version in versions if version.state != "withdrawn"]
    rated = "ratings" in needs and may_read_ratings(actor, item)
    return TaskContext(
        measures=queries.measures(item, replies),
        opinions=queries.opinions(session, item) if "opinions" in needs else [],
        consultations=queries.consultations(session, item.id) if "consultations" in needs else [],
        replies=replies,
        instructions=queries.instructions(session, item.id) if "instructions" in needs else [],
        ratings=queries.ratings(session, item.id) if rated else [],
        file=_file(session, actor, item, needs),
        parts=[one for one in queries.assignments(session, item.id) if one.current and one.part],
    )


def _file(session: Session, actor: Actor, item: Item, needs: frozenset[str]) -> list[FileEntry]:
    kinds = {kind for need, kind in FILED.items() if need in needs}
    if not kinds:
        return []
    outcome = OUTCOME not in hidden_from(actor, item)
    entries = case_file(session, item, outcome=outcome, rated=False, proposer=proposer_shown(actor, item))
    return of_kinds(entries, *kinds)
