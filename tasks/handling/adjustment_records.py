"""Requests for adjustment in words, as the case's file tells them; in the language of the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tasks.directory.models import Unit
from tasks.directory.queries import names_of
from tasks.handling.adjustments import OBJECTION_KINDS, OBJECTIONS
from tasks.handling.models import Adjustment, Assignment

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

_ACTS = {"object": "申请调整", "again": "再次申请调整", "late": "逾期申请调整", "add": "建议增加会办单位"}
_WAITING = "等待裁定"


@dataclass(frozen=True, slots=True)
class AdjustmentRecord:
    """One request and its decision, with the tasks in which both were written."""

    act: str
    unit: str
    asked: str
    asked_task: str
    at: dt.datetime
    endorsed: str
    endorsed_task: str
    decided: str
    """What was decided; empty while it waits."""
    decided_task: str

    @property
    def counts(self) -> bool:
        """Whether it counts as an objection of the item: a suggestion to add units does not."""
        return self.act in OBJECTIONS

    @property
    def summary(self) -> str:
        """One line for the reasons of a case."""
        return f"{self.unit}{self.asked}——{self.decided or _WAITING}"


def adjustments(session: Session, item_id: int) -> list[AdjustmentRecord]:
    """All requests of the item's units, oldest first."""
    rows = session.scalars(
        select(Adjustment)
        .where(Adjustment.item_id == item_id)
        .options(joinedload(Adjustment.assignment).joinedload(Assignment.unit))
        .order_by(Adjustment.id)
    ).all()
    units = _unit_names(session) if rows else {}
    names = names_of(session, [row.approver for row in rows])
    return [
        AdjustmentRecord(
            act=row.act,
            unit=row.assignment.unit.short_name,
            asked=_asked(row, units, names),
            asked_task=row.asked_task,
            at=row.at,
            endorsed=_endorsed(row),
            endorsed_task=row.endorsed_task,
            decided=_decided(row, units),
            decided_task=row.decided_task,
        )
        for row in rows
    ]


def adjustment_texts(session: Session, item_id: int) -> dict[str, str]:
    """What was asked or decided in each task that dealt with a request."""
    told: dict[str, str] = {}
    for row in adjustments(session, item_id):
        told |= {row.asked_task: row.asked, row.endorsed_task: row.endorsed, row.decided_task: row.decided}
    told.pop("", None)
    return told


def asked_text(session: Session, row: Adjustment) -> str:
    """What a unit asked, for the form of who decides."""
    return _asked(row, _unit_names(session), names_of(session, [row.approver]))


def _unit_names(session: Session) -> dict[str, str]:
    return {unit.code: unit.short_name for unit in session.scalars(select(Unit))}


def _asked(row: Adjustment, units: Mapping[str, str], names: Mapping[str, tuple[str, str]]) -> str:
    suggested = _joined(row.suggested, units)
    if row.act == "add":
        return f"{_ACTS['add']}：{suggested}；理由：{_open(row.reason)}"
    parts = [
        f"{_ACTS[row.act]}：{OBJECTION_KINDS.get(row.kind, row.kind)}",
        f"建议由{suggested}承办" if suggested else "",
        f"理由：{_open(row.reason)}",
        f"审批人：{names.get(row.approver, (row.approver, ''))[0]}" if row.approver else "",
    ]
    return "；".join(part for part in parts if part)


def _endorsed(row: Adjustment) -> str:
    if not row.endorsed_task:
        return ""
    told = "不提出再次申请" if row.verdict == "dropped" else "提出再次申请"
    return f"{told}；{row.endorsement_note}" if row.endorsement_note else told


def _decided(row: Adjustment, units: Mapping[str, str]) -> str:
    if not row.verdict:
        return ""
    if row.verdict == "dropped":
        return "单位负责人决定不提出"
    granted = _joined(row.granted, units)
    if row.act == "add":
        told = f"同意增加{granted}" if granted else "不增加"
    else:
        agreed = {"agree": f"同意，改由{granted}承办", "release": "同意，不再会办"}
        told = agreed.get(row.verdict, "不同意，由原单位办理")
    final = "最终裁定：" if row.final else ""
    return f"{final}{told}；{row.decision_reason}" if row.decision_reason else f"{final}{told}"


def _open(text: str) -> str:
    """Without its last full stop: more follows."""
    return text.rstrip("。；")


def _joined(codes: Sequence[str], units: Mapping[str, str]) -> str:
    return "、".join(units.get(code, code) for code in codes)
