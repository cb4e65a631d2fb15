"""The file of a case (一案一册) beside replies and opinions: plans, extensions, designations, publication, closing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from tasks.directory.queries import names_of
from tasks.filing.models import HandIn
from tasks.handling.closings import OWN_VERDICTS
from tasks.handling.extensions import KINDS, TOLD
from tasks.handling.key_items import KEY_KINDS
from tasks.handling.models import (
    Closing,
    ClosingReport,
    CommitteeDecision,
    Extension,
    ItemWithdrawal,
    KeyDesignation,
    Plan,
    Publication,
    Reply,
)
from tasks.handling.ratings import DECISIONS, OUTCOMES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.register.models import Item

VERDICTS = {"close": "结案", "track": "结案，承诺转入跟踪", "refuse": "不予结案", "defer": "推迟结案"}
CHECKS = {"agree": "同意", "disagree": "不同意，退回重新办理"}
FORMS = {"full": "公开全文", "abstract": "公开摘要", "refused": "不予公开"}
CHANNELS = {"system": "上级系统上传", "document": "正式公文", "both": "上传并发文"}
TAKEN_UP = {"adopted": "采用", "partly": "部分采用", "not": "没有采用", "unknown": "还不知道"}


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One document of a case's file: what it is, whose, and its fields in order."""

    kind: str
    """`plan`, `extension`, `key`, `publication`, `report`, `decision`, `closing`, `hand_in` or `withdrawal`."""
    heading: str
    unit: str
    by: str
    at: dt.datetime
    lines: Sequence[tuple[str, str]]
    """Label and text; empty texts are left out."""


def case_file(session: Session, item: Item, *, outcome: bool, rated: bool, proposer: str) -> list[FileEntry]:
    """Everything in the file, newest first.

    The verdict on closing only for readers who may know the outcome; what the committee decided on a dissatisfied
    rating only for those who may know it (`rated`).

    `proposer` is the lead proposer's name as the reader may know it.
    """
    rows = [*_plans(session, item), *_extensions(session, item), *_designations(session, item)]
    rows += [*_publications(session, item), *_reports(session, item), *_hand_ins(session, item)]
    rows += _withdrawals(session, item, proposer)
    if rated:
        rows += _decisions(session, item)
    if outcome:
        rows += _closings(session, item)
    names = names_of(session, [row.by for row in rows])
    named = [_named(row, names) for row in rows]
    return sorted(named, key=lambda row: row.at, reverse=True)


def of_kinds(entries: Sequence[FileEntry], *kinds: str) -> list[FileEntry]:
    """Only the documents of these kinds."""
    return [entry for entry in entries if entry.kind in kinds]


def _named(row: FileEntry, names: Mapping[str, tuple[str, str]]) -> FileEntry:
    name, unit = names.get(row.by, (row.by, ""))
    lines = tuple((label, text) for label, text in row.lines if text)
    return FileEntry(row.kind, row.heading, row.unit or unit, name, row.at, lines)


def _plans(session: Session, item: Item) -> Iterator[FileEntry]:
    for row in session.scalars(select(Plan).where(Plan.item_id == item.id)):
        steps = "\n".join(
            f"{step.get('due') or ''}　{step.get('measure', '')}　{step.get('deliverable') or ''}".strip("　")
            for step in row.milestones
        )
        yield FileEntry("plan", "办理方案", row.unit.short_name, row.by, row.at, (
            ("负责领导", row.leader), ("承办科室", row.section), ("经办人", f"{row.handler} {row.phone}"),
            ("措施和时间节点", steps), ("面商安排", row.consultation_plan), ("经费", row.funds),
            ("预计结果", f"{row.expected_class}类"),
        ))  # fmt: skip


def _extensions(session: Session, item: Item) -> Iterator[FileEntry]:
    for row in session.scalars(select(Extension).where(Extension.item_id == item.id)):
        result = {"agree": f"已批准，延期到 {row.granted}", "refuse": "没有批准"}.get(row.verdict, "等待审批")
        notes = "；".join(str(note.get("note")) for note in row.notes if note.get("note"))
        yield FileEntry("extension", "申请延期", row.unit.short_name, row.by, row.at, (
            ("原因", KINDS.get(row.kind, row.kind)), ("理由", row.reason), ("申请延期到", f"{row.wanted}"),
            ("办理安排", row.plan), ("告知代表", f"{row.told_on} {TOLD.get(row.told_by, '')}"), ("审批", result),
            ("审批说明", notes),
        ))  # fmt: skip


def _designations(session: Session, item: Item) -> Iterator[FileEntry]:
    for row in session.scalars(select(KeyDesignation).where(KeyDesignation.item_id == item.id)):
        heading = "列为重点件" if row.kind != "no" else "不再列为重点件"
        lines = (
            ("种类", KEY_KINDS.get(row.kind, row.kind)), ("领办领导", row.note), ("督办单位", row.supervisor),
            ("督办安排", row.plan), ("理由", row.reason),
        )  # fmt: skip
        yield FileEntry("key", heading, "", row.by, row.at, lines)


def _publications(session: Session, item: Item) -> Iterator[FileEntry]:
    rows = session.execute(
        select(Publication, Reply).join(Reply, Reply.id == Publication.reply_id).where(Reply.item_id == item.id)
    )
    for row, reply in rows:
        yield FileEntry("publication", "公开答复", reply.unit.short_name, row.by, row.at, (
            ("方式", FORMS.get(row.form, row.form)), ("公开日期", f"{row.published_on or ''}"), ("网址", row.url),
            ("摘要", row.abstract), ("理由", row.reason),
        ))  # fmt: skip


def _reports(session: Session, item: Item) -> Iterator[FileEntry]:
    for row in session.scalars(select(ClosingReport).where(ClosingReport.item_id == item.id)):
        heading = "结案报告" if row.round == 1 else f"结案报告（第{row.round}轮）"
        yield FileEntry("report", heading, row.unit.short_name, row.by, row.at, (
            ("实际解决", row.solved), ("成效", row.effect), ("凭证", row.evidence),
            ("投入资金", f"{row.money} 万元" if row.money else ""),
            ("受益人数", "" if row.beneficiaries is None else f"{row.beneficiaries}"),
            ("单位意见", OWN_VERDICTS.get(row.own_verdict, "")), ("没有兑现的承诺", row.left),
        ))  # fmt: skip


def _hand_ins(session: Session, item: Item) -> Iterator[FileEntry]:
    for row in session.scalars(select(HandIn).where(HandIn.item_id == item.id)):
        yield FileEntry("hand_in", "报送上级", "", row.by, row.at, (
            ("报送日期", f"{row.handed_on}"), ("方式", CHANNELS.get(row.channel, row.channel)), ("凭证", row.proof),
            ("采用情况", TAKEN_UP.get(row.taken_up, "")), ("备注", row.remark),
        ))  # fmt: skip


def _withdrawals(session: Session, item: Item, proposer: str) -> Iterator[FileEntry]:
    for row in session.scalars(select(ItemWithdrawal).where(ItemWithdrawal.item_id == item.id)):
        state = "已撤案" if row.done_at else f"等联名代表同意（已有{len(row.agreed)}人同意）"
        yield FileEntry("withdrawal", "申请撤案", "", proposer, row.at, (("理由", row.reason), ("结果", state)))


def _decisions(session: Session, item: Item) -> Iterator[FileEntry]:
    decided = CommitteeDecision.decision.in_(sorted(DECISIONS))
    for row in session.scalars(select(CommitteeDecision).where(CommitteeDecision.item_id == item.id, decided)):
        yield FileEntry("decision", "研究不满意意见", "", row.by, row.at, (
            ("决定", DECISIONS[row.decision]), ("须回答的问题", row.questions), ("日期", f"{row.meeting_on or ''}"),
            ("说明、结果", row.explanation), ("代表的态度", OUTCOMES.get(row.outcome, "")),
        ))  # fmt: skip


def _closings(session: Session, item: Item) -> Iterator[FileEntry]:
    for row in session.scalars(select(Closing).where(Closing.item_id == item.id)):
        yield FileEntry("closing", "结案审查", "", row.by, row.at, (
            ("结论", VERDICTS.get(row.verdict, row.verdict)), ("实际解决", row.solved), ("成效", row.effect),
            ("理由", row.reason), ("推迟到", f"{row.deferred_until or ''}"), ("备注", row.remark),
            ("委员会核对", CHECKS.get(row.check, "")), ("委员会意见", row.check_reason),
        ))  # fmt: skip
