"""The review chain's verdicts (审核、退办; handbook §3.2, step 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from tasks.cases.views import ItemState
from tasks.directory.queries import names_of
from tasks.handling.models import Review
from tasks.handling.replies import current_reply
from tasks.notices.service import notify
from tasks.notices.views import NoticeKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Submission
    from tasks.handling.models import Reply
    from tasks.register.models import Item

REVIEW_FIELDS = frozenset({"verdict", "body", "reasons", "text", "new_class"})

RETURN_REASONS = {
    "format": "行文不规范",
    "vague": "答复内容不具体",
    "off_point": "针对性不强",
    "contact": "沟通不到位",
    "no_date": "时间节点不明确",
    "opinions": "会办意见没有写明",
    "class": "结果类别不当",
    "disclosure": "公开属性不当",
}
"""What reviewers return replies for (handbook §3.2, step 12)."""


def record_review(session: Session, item: Item, submission: Submission) -> dict[str, str]:
    """One node's verdict; a return is counted on the item. A text that the reviewer changed himself has passed."""
    node = submission.variables["node"]
    values = submission.values
    reply = current_reply(session, item, submission.variables)
    changes = values["verdict"] == "reclass"
    edits = values["verdict"] == "edit"
    verdict = "pass" if edits else values["verdict"]
    session.add(
        Review(
            reply_id=reply.id,
            node=node["code"],
            node_name=node["name"],
            unit_code=node["unit"],
            old_class=reply.result_class if changes else "",
            new_class=values["new_class"] if changes else "",
            verdict=verdict,
            former_body=reply.body if edits else "",
            reasons=values.get("reasons") or [],
            text=values.get("text") or "",
            by=submission.actor or "",
            at=submission.at,
        )
    )
    if edits:
        reply.body = values["body"]
    if verdict == "return":
        reply.state = "returned"
        _tell_who_passed_it(session, item, reply, submission)
        item.returns += 1
        if reply.stage == "first":
            item.state = ItemState.HANDLING if reply.round == 1 else ItemState.REHANDLING
    elif changes:
        reply.result_class = values["new_class"]
    return {"verdict": verdict}


def _tell_who_passed_it(session: Session, item: Item, reply: Reply, submission: Submission) -> None:
    """The drafter finds it among her tasks; those of her unit who let it pass have none."""
    passed = select(Review.by).where(
        Review.reply_id == reply.id, Review.verdict == "pass", Review.unit_code == reply.unit.code
    )
    name = names_of(session, [submission.actor]).get(submission.actor or "", ("", ""))[0]
    notify(
        session, session.scalars(passed), NoticeKind.REPLY_RETURNED, submission.at, item.id,
        name=name, text=str(submission.values.get("text") or "").strip(),
    )  # fmt: skip
