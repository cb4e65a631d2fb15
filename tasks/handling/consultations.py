"""Consultation of the proposer (面商; handbook §3.2, step 10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.directory.queries import account_of_person, unit_by_code
from tasks.handling.models import Consultation
from tasks.handling.recording import unit_id
from tasks.notices.service import notify
from tasks.notices.views import NoticeKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Submission
    from tasks.register.models import Item


@dataclass(frozen=True, slots=True)
class Mode:
    """A way of getting in touch; only some count for the meeting rate (面商率)."""

    name: str
    face_to_face: bool


MODES = {
    "visit": Mode("上门走访", face_to_face=True),
    "invited": Mode("请代表来单位", face_to_face=True),
    "site": Mode("现场察看", face_to_face=True),
    "meeting": Mode("座谈会", face_to_face=True),
    "phone": Mode("电话", face_to_face=False),
    "video": Mode("视频、微信", face_to_face=False),
    "written": Mode("书面、短信、邮件", face_to_face=False),
}

CONSULTATION_FIELDS = frozenset(
    {"phase", "mode", "on", "place", "highest_rank", "participants", "proposer_opinion", "agreed", "confirmation",
     "photos"}
)  # fmt: skip
RANKS = {"head": "主要负责人", "deputy": "分管领导", "section": "科室负责人", "handler": "经办人"}
CONFIRMATIONS = {"signed": "代表已签名", "asked": "等代表确认", "none": "没有签名"}
"""How the proposer stands to the record (Shandong art. 22: signed by the deputy)."""


def record_consultation(session: Session, item: Item, submission: Submission) -> None:
    """The lead unit has talked with the proposer."""
    values = submission.values
    session.add(
        Consultation(
            item_id=item.id,
            unit_id=unit_id(session, submission.variables["lead_unit"]),
            round=int(submission.variables["round"]),
            phase=values["phase"],
            mode=values["mode"],
            face_to_face=MODES[values["mode"]].face_to_face,
            on=values["on"],
            place=values.get("place") or "",
            participants=values["participants"],
            highest_rank=values["highest_rank"],
            proposer_opinion=values["proposer_opinion"],
            agreed=values.get("agreed") or "",
            confirmation=values.get("confirmation") or "",
            photos=list(values.get("photos") or []),
            by=submission.actor or "",
            at=submission.at,
        )
    )
    lead = item.proposers[0].person_id if item.proposers else None
    account = account_of_person(session, lead) if lead is not None and values.get("confirmation") == "asked" else None
    if account is not None:
        unit = unit_by_code(session, submission.variables["lead_unit"])
        notify(session, [account], NoticeKind.TALK_RECORDED, submission.at, item.id, unit=unit.short_name)
