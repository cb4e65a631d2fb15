"""What the people of the demonstration write into each form, from what the page shows them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tasks.demonstration.evaluation_answers import FILLS as EVALUATION
from tasks.demonstration.filing_answers import FILLS as FILING
from tasks.demonstration.supervision_answers import FILLS as SUPERVISION
from tasks.demonstration.tracking_answers import FILLS as TRACKING
from tasks.handling.adjustments import OBJECTIONS
from tasks.settings import BEIJING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tasks.worklist.form_page import Fillable

PHONE = "0700-8000000"


@dataclass(frozen=True, slots=True)
class Story:
    """What is particular to one case: who handles it, how it is answered and how it is rated."""

    lead: str
    co: Sequence[str] = ()
    key: str = "no"
    result_class: str = "A"
    returned_for: str = ""
    """Text of the return, where this step returns the reply."""
    rating: str = "satisfied"
    complaint: str = ""
    questions: str = ""
    decision: str = "rehandle"
    answer: str = "accept"
    """What the unit says at sign-in; `object`, `again`, `late`, `add` ask for a change."""
    suggests: Sequence[str] = ()
    """Units that it names with that."""
    objection: str = "not_ours"
    ruling: str = "agree"
    """Of the hub, its leader, or the unit's own head (`refuse`: does not sign)."""
    mode: str = ""
    """How it is handled; empty: alone or with co-handling units, as there are any."""
    wide: bool = False
    new_class: str = ""
    """To which class a reviewer changes the reply's, where this step does."""
    bounce: str = ""
    """What the lead unit misses in an opinion, where this step bounces it."""
    opinion_back: str = ""
    """Why the co-handling unit's own leader returns its opinion."""
    goes_on: bool = True
    closing: str = ""
    """The hub's verdict; empty: closed, or tracked where something was promised."""
    check: str = "agree"
    promise_days: int = 120
    """How long the unit takes for what it promises."""
    extension: str = "agree"
    words: Mapping[str, str] = field(default_factory=dict)


def fill_by(story: Story, now: dt.datetime) -> Callable[[Fillable], dict[str, Any]]:
    """The person's typing for whatever form the page shows."""

    def fill(page: Fillable) -> dict[str, Any]:
        return _FILLS[page.form.id](page, story, now.astimezone(BEIJING).date())

    return fill


def _assign(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    key = {
        "key_note": {"leader": "刘正副县长领办", "mayor": "高峰县长领办"}.get(story.key, ""),
        "key_supervisor": {"congress": "县人大城环工委", "cppcc": "县政协提案委"}.get(story.key, "县府督查室"),
        "key_plan": "年中实地督办一次，答复前再听取一次汇报。",
        "key_reason": "群众反映集中，多名代表关注。",
    }
    mode = story.mode or ("lead" if story.co else "sole")
    values: dict[str, Any] = {
        "handling_mode": mode,
        "key": story.key,
        "reason": "按单位职责分办；代表希望的承办单位已研究。",
    }
    if mode == "separate":
        values["separate_units"] = _with_parts((story.lead, *story.co))
    else:
        values["lead_unit"] = story.lead
    if mode == "joint":
        values["joint_units"] = _with_parts(story.co)
    elif mode == "lead":
        values["co_units"] = list(story.co)
    if story.wide:
        values["wide"] = True
    return {**values, **key} if story.key != "no" else values


def _with_parts(units: Sequence[str]) -> list[dict[str, str]]:
    return [
        {"unit": unit, "part": f"建议中属于本单位职责的部分（{position}）"} for position, unit in enumerate(units, 1)
    ]


def _sign_in(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    if story.answer in OBJECTIONS:
        asked = {
            "answer": story.answer,
            "objection_kind": story.objection,
            "reason": story.words.get("objection", "三定方案中没有这项职责。"),
            "approver": page.options["unit_heads"][0].value,
        }
        return asked if story.objection == "outside" else {**asked, "suggested_unit": story.suggests[0]}
    handler = page.options["unit_handlers"][0]
    values: dict[str, Any] = {"answer": story.answer, "handler": handler.value, "phone": handler.hint or PHONE}
    if story.answer == "add":
        values |= {"add_units": list(story.suggests), "reason": "涉及该单位职责，须一并研究。"}
    return values


def _ruling(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    values = {"ruling": story.ruling, "ruling_reason": "对照单位职责研究确定。"}
    if story.ruling == "agree":
        values["new_unit"] = story.suggests[0] if story.suggests else page.values["new_unit"]
    return values


def _endorse(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    return {"endorsement": "drop" if story.ruling == "refuse" else "sign", "endorsement_note": "按职责依据办理。"}


def _addition(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    if story.ruling == "refuse":
        return {"addition": "refuse", "ruling_reason": "原单位可以办理。"}
    return {"addition": "agree", "units_to_add": list(page.values["units_to_add"])}


def _consultation(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:
    again = page.round > 1
    return {
        "phase": page.values.get("phase", "before"),
        "mode": "site" if again else "visit",
        "on": today.isoformat(),
        "place": "现场" if again else "代表所在社区",
        "highest_rank": "deputy",
        "participants": f"{page.proposer}，分管领导，经办人",
        "proposer_opinion": story.words.get("opinion", "希望写明时间，能办的先办。"),
        "agreed": "答复中逐条写明措施和时间，办理中再当面沟通一次。",
        "confirmation": "signed",
    }


def _opinion(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:
    due = today + dt.timedelta(days=60)
    return {
        "facts": story.words.get("facts", "已到现场核对，情况属实，涉及本单位职责的部分已列入今年工作。"),
        "measures": f"一、{due.month}月底前完成现场整治；二、明确责任人并公布电话。",
        "commitments": [{"what": "完成现场整治", "due": due.isoformat()}],
        "agrees": "agree",
        "suggestion": "建议由主办单位统一向代表反馈进度。",
        "handler": page.values.get("handler") or "经办人",
        "phone": page.values.get("phone") or PHONE,
    }


def _reply(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:
    planned = story.result_class == "B"
    due = (today + dt.timedelta(days=story.promise_days)).isoformat()
    rejected = story.result_class == "C"
    answers = [
        {
            "text": _answer(measure, planned=planned, rejected=rejected),
            "adopted": "rejected" if rejected else "adopted",
            **({} if rejected else {"due": due if planned else today.isoformat()}),
            **({"evidence": "竣工验收报告、现场照片"} if planned else {}),
        }
        for measure in page.asked
    ]
    values: dict[str, Any] = {
        "result_class": story.result_class,
        "answers": answers,
        "body": _body(page, story),
        "opinions_summary": f"{'、'.join(page.co_units) or '会办单位'}：提出的措施和时间都已采纳，写进逐条答复。",
        "disclosure": "public",
        "leader": page.values.get("leader") or "分管领导",
        "leader_phone": page.values.get("leader_phone") or PHONE,
        "contact": page.values.get("contact") or "经办人",
        "contact_phone": page.values.get("contact_phone") or PHONE,
    }
    if rejected:
        values["class_reason"] = "现行规范没有要求，已向代表当面说明，列入明年修订建议。"
    return values


_REJECTED = (
    "“{measure}”目前不具备条件，留作参考。",
    "“{measure}”现行标准没有要求，已向代表说明，留作参考。",
)
_PLANNED = (
    "“{measure}”已列入计划，资金已落实。",
    "“{measure}”已完成设计，招标后开工。",
    "“{measure}”分两步办，先办群众反映最多的点位，其余按承诺时间完成。",
)
_DONE = (
    "“{measure}”已经完成，现场已核验。",
    "“{measure}”已办好，并向代表反馈了照片。",
    "“{measure}”已经落实，由专人负责日常管理。",
)


def _answer(measure: str, *, planned: bool, rejected: bool) -> str:
    """Chosen by the measure, so that replies do not all read alike."""
    said = _REJECTED if rejected else _PLANNED if planned else _DONE
    return said[sum(map(ord, measure)) % len(said)].format(measure=measure)


def _body(page: Fillable, story: Story) -> str:
    co = "、".join(page.co_units)
    joint = f"经会同{co}研究，" if co else ""
    return (
        f"您提出的《{page.title}》收悉。{joint}现答复如下：\n"
        f"{story.words.get('body', '我单位高度重视，已到现场调研并与您面商，能办的事项已经办理。')}\n"
        "各项措施的办理情况和时间见逐条答复。\n"
        "感谢您对政府工作的关心和支持。"
    )


def _review(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    if story.new_class:
        return {"verdict": "reclass", "new_class": story.new_class, "text": "内容与类别不符。"}
    if story.words.get("edited"):
        return {"verdict": "edit", "body": story.words["edited"], "text": "文字作了修改。"}
    if story.returned_for:
        return {"verdict": "return", "reasons": ["no_date", "vague"], "text": story.returned_for}
    return {"verdict": "pass", "text": "同意。"}


def _issue(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    return {
        "document_number": page.values["document_number"],
        "issued_on": today.isoformat(),
        "signer": page.values.get("signer") or "单位负责人",
        "seal": "paper",
        "cc": list(page.values["cc"]),
        "delivery": ["system", "paper"],
    }


def _feedback(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    values: dict[str, Any] = {"contact_made": "visited", "attitude": "satisfied", "result": story.rating}
    if story.rating == "dissatisfied":
        values |= {"opinion": story.complaint or "答复没有写明时间。", "asks_rehandling": True}
    return values


def _decision(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:
    offered = {option.value for option in page.options["committee_decisions"]}
    if story.decision == "rehandle" and "rehandle" in offered:
        return {"decision": "rehandle", "questions": story.questions or "请写明每条措施的完成时间。"}
    if story.decision == "meeting":
        minutes = "三方当面协调，代表表示理解。"
        return {"decision": "meeting", "meeting_on": today.isoformat(), "minutes": minutes, "outcome": "accepted"}
    told = "已与代表当面沟通，说明办理程度和原因。"
    return {"decision": "explain", "explanation": told, "outcome": story.words.get("outcome", "accepted")}


def _closing(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:
    verdict = story.closing or page.values.get("verdict") or "close"
    values: dict[str, Any] = {
        "solved": page.values.get("solved") or "代表提出的措施均已答复，能办的已经办结。",
        "effect": "现场情况明显改善。",
        "verdict": verdict,
    }
    if verdict == "refuse":
        values |= {
            "redo_units": [page.options["answering_units"][0].value],
            "refusal_reason": "现场核查，措施没有落实到位，请重新办理。",
        }
    if verdict == "defer":
        due = (today + dt.timedelta(days=30)).isoformat()
        values |= {"deferred_until": due, "defer_reason": "工程正在收尾，验收后再审查。"}
    return values


def _closing_check(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    if story.check == "agree":
        return {"check": "agree"}
    return {"check": "disagree", "check_reason": "代表反映措施没有落实，请重新办理。"}


def _closing_report(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    own = page.values.get("own_verdict") or "solved"
    values = {
        "solved": page.values.get("solved") or "已逐条落实。",
        "effect": "群众反映的问题有明显改善。",
        "evidence": "现场照片、验收记录。",
        "own_verdict": own,
    }
    return values if own == "solved" else {**values, "left": page.values.get("left") or "按答复的时间完成。"}


def _plan(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:
    return {
        "leader": page.values.get("leader") or "单位主要负责人",
        "section": "业务股",
        "handler": page.values.get("handler") or "经办人",
        "phone": page.values.get("phone") or PHONE,
        "milestones": [
            {
                "measure": "现场调研，听取代表意见",
                "due": (today + dt.timedelta(days=20)).isoformat(),
                "deliverable": "调研记录",
            },
            {
                "measure": "制定措施并组织实施",
                "due": (today + dt.timedelta(days=60)).isoformat(),
                "deliverable": "实施方案",
            },
        ],
        "consultation_plan": "办前上门听取意见，办中再沟通一次，办后回访。",
        "expected_class": story.result_class,
    }


def _publish(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    return {
        "publication": "full",
        "url": f"https://www.example.gov.cn/jyta/{page.number}.html",
        "published_on": today.isoformat(),
        "checked": True,
    }


def _approve_opinion(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    if story.opinion_back:
        return {"approval": "return", "approval_note": story.opinion_back}
    return {"approval": "pass", "document_number": page.values["document_number"], "seal": "paper"}


def _accept_opinion(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    if story.bounce:
        return {"acceptance": "bounce", "bounce_reason": story.bounce}
    return {"acceptance": "accept"}


def _proceed(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    if story.goes_on:
        return {"proceed": "go_on", "proceed_reason": "两次催办没有意见，答复期限将到。"}
    return {"proceed": "wait"}


def _extension(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    if story.extension == "agree":
        return {"extension": "agree", "extended_to": page.values["extended_to"]}
    return {"extension": "refuse", "extension_note": "理由不足，请按期答复。"}


def _hand_in(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    return {"handed_on": today.isoformat(), "channel": "system", "proof": "上传回执", "taken_up": "unknown"}


_FILLS: dict[str, Callable[[Fillable, Story, dt.date], dict[str, Any]]] = {
    "assign": _assign,
    "sign_in": _sign_in,
    "adjustment_ruling": _ruling,
    "endorse": _endorse,
    "addition": _addition,
    "consultation": _consultation,
    "opinion": _opinion,
    "reply": _reply,
    "review": _review,
    "issue": _issue,
    "feedback": _feedback,
    "committee_decision": _decision,
    "closing": _closing,
    "closing_check": _closing_check,
    "closing_report": _closing_report,
    "plan": _plan,
    "publish": _publish,
    "approve_opinion": _approve_opinion,
    "accept_opinion": _accept_opinion,
    "proceed": _proceed,
    "extension": _extension,
    "hand_in": _hand_in,
    **FILING,
    **TRACKING,
    **SUPERVISION,
    **EVALUATION,
}
