"""The rules of an area that are no deadlines, in groups as one looks for them, and the lists of choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.message import say
from tasks.changes.fields import Field, FieldType
from tasks.changes.kinds import Content, Kind
from tasks.deadlines.sections import LATER, SETTINGS, section, write_section
from tasks.forms.views import FieldError
from tasks.register.numbering import PatternRefused, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy.orm import Session

    from engine.message import Message
    from tasks.changes.kinds import Proposal
    from tasks.directory.models import Area

PLACES: dict[str, dict[str, object]] = {
    "number_pattern_suggestion": {"year": 2026, "seq": 43, "session": 5},
    "number_pattern_proposal": {"year": 2026, "seq": 43, "session": 5},
    "number_pattern_reply": {"mark": "云住建函", "year": 2026, "seq": 43},
    "number_pattern_opinion": {"mark": "云住建函", "year": 2026, "seq": 43},
    "number_pattern_slip": {"type": "督办", "year": 2026, "seq": 43},
}
"""What each pattern may use, with an example."""
LIST_NAMES = {
    "urgencies": "紧急程度", "origins": "来源", "convert_targets": "不立案的去向",
    "filing_grounds_suggestion": "建议不予立案的理由", "filing_grounds_proposal": "提案不予立案的理由",
}  # fmt: skip

_FORMER = {"categories": "类别"}
"""Lists that have a page of their own now; the log of changes knows them still."""


def _scopes(_session: Session) -> Mapping[str, str]:
    return {"planned": "有承诺的答复", "all": "每一件答复", "none": "不作二次答复"}


def _overall_rules(_session: Session) -> Mapping[str, str]:
    return {"worst": "态度、结果中较差的一项", "result": "只看办理结果", "explicit": "代表另给的总体评价"}


def _reply_dates(_session: Session) -> Mapping[str, str]:
    return {"issue": "印发日期", "delivery": "送达日期", "upload": "录入本系统的日期"}


def _silence_policies(_session: Session) -> Mapping[str, str]:
    return {"exclude": "不计入满意率", "satisfied": "按满意计", "basic": "按基本满意计"}


def _receivers(_session: Session) -> Mapping[str, str]:
    return {"every": "每一位提出人", "lead": "领衔人"}


def _group(
    code: str,
    name: Message,
    title: str,
    fields: tuple[Field, ...],
    fallbacks: Mapping[str, Any],
    check: Callable[[Proposal], Iterator[FieldError]] | None = None,
) -> Kind:
    """One page of rules: a single setting whose fields are entries of the section `settings`."""

    def contents(session: Session, area: Area) -> dict[str, Content]:
        kept = section(session, area, SETTINGS)
        return {code: {field.name: kept.get(field.name, fallbacks.get(field.name)) for field in fields}}

    def write(session: Session, area: Area, _subject: str, content: Content | None) -> None:
        for entry, value in (content or {}).items():
            write_section(session, area, SETTINGS, entry, value)

    return Kind(code, name, fields, contents, write, lambda _code, _content: title,
                check=check or (lambda _change: iter(())), sheet=False)  # fmt: skip


def _check_patterns(change: Proposal) -> Iterator[FieldError]:
    for name, places in PLACES.items():
        pattern = str((change.after or {}).get(name, ""))
        if "{seq" not in pattern:
            yield FieldError(name, "", say("Expected the place {place}: without it all numbers would be the same.",
                                           place="{seq}"))  # fmt: skip
            continue
        try:
            example = written(pattern, **places)
        except PatternRefused as refused:
            yield FieldError(name, "", refused.message)
            continue
        if "{" in example or "}" in example:
            yield FieldError(
                name, "", say("“{pattern}” has a place that is not closed or not known.", pattern=pattern)
            )


NUMBERING = _group(
    "numbering", say("Numbers"), "编号规则",
    (
        Field("number_pattern_suggestion", say("Suggestions")),
        Field("number_pattern_proposal", say("Proposals")),
        Field("number_pattern_reply", say("Replies")),
        Field("number_pattern_opinion", say("Co-handling opinions")),
        Field("number_pattern_slip", say("Slips")),
    ),
    {**LATER, "number_pattern_slip": "{type}〔{year}〕{seq}号"}, _check_patterns,
)  # fmt: skip
REPLYING = _group(
    "replying", say("Handling and replies"), "办理与答复要求",
    (
        Field("assign_together", say("Items of a session are assigned together once a leader approves"),
              FieldType.FLAG),
        Field("plan_required", say("Every item needs a handling plan"), FieldType.FLAG),
        Field("consult_midway", say("Every item needs a consultation midway"), FieldType.FLAG),
        Field("consult_after", say("Every item needs a visit after the reply"), FieldType.FLAG),
        Field("consultation_signed", say("The proposer signs or confirms the record of a meeting"), FieldType.FLAG),
        Field("max_rounds", say("Rounds of handling at most"), FieldType.NUMBER, least=1, most=5),
        Field("second_reply_scope", say("Second replies are due to"), FieldType.CHOICE, choices=_scopes),
        Field("reply_to", say("Replies are sent to"), FieldType.CHOICE, choices=_receivers),
        Field("reply_date", say("The date of a reply is"), FieldType.CHOICE, choices=_reply_dates),
        Field("overall_rule", say("The overall rating is"), FieldType.CHOICE, choices=_overall_rules),
        Field("pause_policy", say("The reply's time stands still while the hub decides on an objection"),
              FieldType.FLAG),
        Field("silence_policy", say("Replies that nobody rated in time"), FieldType.CHOICE, choices=_silence_policies),
        Field("merge_keeps_number", say("Merged items keep a number of their own"), FieldType.FLAG),
        Field("half_time_share", say("Report of a promise after this share of its time"), FieldType.SHARE),
    ),
    {"consult_midway": False, "consult_after": False, "second_reply_scope": "planned", "half_time_share": 0.5,
     "reply_to": "every", "overall_rule": "worst", "silence_policy": "exclude", "merge_keeps_number": True,
     "pause_policy": False, **LATER},
)  # fmt: skip
COUNTING = _group(
    "counting", say("How days are counted"), "期间的计算",
    (
        Field("roll_forward_on_rest_day", say("A period that ends on a day of rest moves to the next working day"),
              FieldType.FLAG),
        Field("day_end", say("A day ends at"), FieldType.CLOCK),
        Field("session_cutoff", say("On a session's last day items count as in session until"), FieldType.CLOCK),
        Field("chasing_hour", say("Hour of the daily reminders"), FieldType.NUMBER, least=0, most=23),
    ),
    {"session_cutoff": "18:00", "chasing_hour": 8},
)  # fmt: skip
DEPLOYING = _group(
    "deploying", say("Changes of the procedure"), "流程的部署",
    (Field("deploy_four_eyes", say("A second person approves each deployment of a draft"), FieldType.FLAG),),
    {"deploy_four_eyes": False},
)  # fmt: skip


def _lists(session: Session, area: Area) -> dict[str, Content]:
    kept = section(session, area, SETTINGS)
    return {name: {"entries": list(kept.get(name) or ())} for name in LIST_NAMES}


def _write_list(session: Session, area: Area, name: str, content: Content | None) -> None:
    write_section(session, area, SETTINGS, name, (content or {"entries": []})["entries"])


LISTS = Kind(
    "list", say("List of choices"),
    (Field("entries", say("Entries"), FieldType.LINES,
           help=say("One a line, in the order in which they are offered.")),),
    _lists, _write_list, lambda name, _content: LIST_NAMES.get(name, _FORMER.get(name, name)),
)  # fmt: skip
GROUPS = (NUMBERING, REPLYING, COUNTING, DEPLOYING)
