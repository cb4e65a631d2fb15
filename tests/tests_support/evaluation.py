"""Playing the evaluation of a year in a test: offices and units act through the services that pages use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tasks.accounts.actors import actor_named
from tasks.evaluation.evaluations import evaluation_of
from tasks.worklist.models import Work
from tasks.worklist.service import complete, open_task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.evaluation.models import UnitEvaluation
    from tasks.worklist.views import TaskPage

YEAR = 2026
OFFICES = {"panel_hub": "wangmin", "panel_npc": "sunjie", "panel_cppcc": "fanglan"}
"""The offices of the panel: step and account."""


class Year:
    """The evaluation of a year."""

    def __init__(self, banli: Banli, clock: Any, number: int = YEAR) -> None:
        self.banli, self.clock, self.number = banli, clock, number

    def as_(self, account: str) -> Actor:
        """Somebody of the county."""
        return actor_named(self.banli, account)

    def open(self, unit: str) -> list[str]:
        """Element ids of the open steps of a unit's evaluation, sorted."""
        return sorted(work.element_id for work in self.works(unit))

    def works(self, unit: str) -> Sequence[Work]:
        """The open steps."""
        with self.banli.reading() as session:
            return session.scalars(
                select(Work).where(Work.subject_key == f"{self.number}:{unit}", Work.state == "open")
            ).all()

    def page(self, unit: str, element: str, account: str) -> TaskPage:
        """The page of an open step, as this person sees it."""
        work = next(work for work in self.works(unit) if work.element_id == element)
        return open_task(self.banli, self.as_(account), work.task_id)

    def do(self, unit: str, element: str, account: str, **values: Any) -> None:
        """Finish a step a day later."""
        self.clock.move(days=1)
        page = self.page(unit, element, account)
        complete(self.banli, self.as_(account), page.row.task_id, values, f"{page.row.task_id}:{account}")

    def evaluate_self(self, unit: str, account: str, points: str = "4") -> None:
        """The unit gives itself points for what the panel scores, with evidence."""
        rows = [
            {"score": row.get("score") or "0", "evidence": "", "text": ""}
            for row in self.page(unit, "self_evaluate", account).values["scores"]
        ]
        for row in rows[1:7]:
            row.update(score=points, evidence="文件、台账")
        self.do(unit, "self_evaluate", account, scores=rows, signer="负责人")

    def score(self, unit: str, element: str, points: str, **more: Any) -> None:
        """One office gives points, nothing extra."""
        rows = self.page(unit, element, OFFICES[element]).values["scores"]
        scores = [{"score": points if index < 6 else "0", "reason": "材料不全"} for index, _ in enumerate(rows)]
        self.do(unit, element, OFFICES[element], scores=scores, **more)

    def score_all(self, unit: str, points: Sequence[str] = ("4", "4", "4")) -> None:
        """All three offices."""
        for element, given in zip(OFFICES, points, strict=True):
            self.score(unit, element, given)

    def evaluation(self, unit: str) -> UnitEvaluation:
        """The unit's row with its scores."""
        with self.banli.reading() as session:
            found = evaluation_of(session, f"{self.number}:{unit}")
            session.expunge_all()
            return found
