"""Named option sources: what a form's `valuesKey` may refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from tasks.accounts.permissions import Role
from tasks.deadlines.result_classes import result_names
from tasks.directory.models import Membership, Person, Term, Unit
from tasks.directory.queries import BODY_OF_KIND, handling_units, people_with_role
from tasks.forms.views import Option
from tasks.handling import assignments, copies, ratings
from tasks.handling.adjustments import OBJECTION_KINDS
from tasks.handling.consultations import MODES
from tasks.handling.key_items import KEY_KINDS
from tasks.handling.models import Assignment
from tasks.handling.parts import BESIDE
from tasks.handling.reviews import RETURN_REASONS
from tasks.register import categories
from tasks.register.models import Item
from tasks.settings import BEIJING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from tasks.steps import OptionContext


def _handling_units(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    return [Option(unit.code, unit.short_name, unit.duties) for unit in handling_units(session)]


def _unit_handlers(session: Session, context: OptionContext) -> Sequence[Option]:
    if context.unit_code is None:
        return []
    # A unit that has named no handler yet is not stuck at sign-in: its office handles the item.
    people = people_with_role(session, context.unit_code, Role.UNIT_HANDLER) or people_with_role(
        session, context.unit_code, Role.UNIT_OFFICE
    )
    return [Option(account, name, phone) for account, name, phone in people]


def _modes(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    return [Option(code, mode.name, "算见面" if mode.face_to_face else "不算见面") for code, mode in MODES.items()]


def _return_reasons(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    return [Option(code, name) for code, name in RETURN_REASONS.items()]


def _categories(session: Session, context: OptionContext) -> Sequence[Option]:
    item = session.get(Item, context.item_id) if context.item_id is not None else None
    return categories.offered(context.reference.settings, categories.of_item(item) if item is not None else "")


def _fellow_members(session: Session, context: OptionContext) -> Sequence[Option]:
    found = session.execute(
        select(Person.id, Person.name, Membership.delegation)
        .join(Membership, Membership.person_id == Person.id)
        .join(Term, Term.id == Membership.term_id)
        .where(Term.body == BODY_OF_KIND[context.kind], Person.id != context.person_id)
        .order_by(Person.id)
    )
    return [Option(str(person), name, delegation) for person, name, delegation in found]


def _committee_decisions(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    again = Option("rehandle", ratings.DECISIONS["rehandle"], "不满意成立；单位在期限内再答复，须回答下面写明的问题")
    names = ratings.DECISIONS
    explain = Option("explain", names["explain"], "已办到应办程度；由委员会向代表说明，进入结案审查")
    expert = Option("expert", names["expert"], "请专家评估，单位按评估结论落实；写明结果，进入结案审查")
    meeting = Option("meeting", names["meeting"], "代表、承办单位、委员会三方当面协调；写明结果，进入结案审查")
    may_repeat = int(context.variables.get("round") or 1) < int(context.reference.settings["max_rounds"])
    return [again, explain, meeting] if may_repeat else [explain, meeting, expert]


def _decision_outcomes(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    return [Option(code, name) for code, name in ratings.OUTCOMES.items()]


def _reply_units(session: Session, context: OptionContext) -> Sequence[Option]:
    """Who may carry out what a reply promises: the unit that answers, and those beside it."""
    codes = [context.variables.get("lead_unit"), *(context.variables.get("co_units") or [])]
    rows = session.execute(select(Unit.code, Unit.short_name).where(Unit.code.in_([code for code in codes if code])))
    names: dict[str, str] = dict(rows.all())
    return [Option(code, names[code]) for code in codes if code in names]


def _reply_copies(session: Session, context: OptionContext) -> Sequence[Option]:
    """Who gets a copy of a reply; the names are printed, so that they are what is kept."""
    return [Option(name, name) for name in copies.receivers(session, context.item_id, context.kind, context.variables)]


def _sign_in_answers(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    """Inside the window a unit may object, after it only ask the hub's leader, after a ruling that is final nothing."""
    accept = Option("accept", "签收", "接受交办，指定经办人")
    answers = [accept]
    if context.variables.get("may_add"):
        answers.append(Option("add", "签收，并建议增加会办单位", "本单位照常办理；是否增加由交办部门决定"))
    asked = {
        "first": Option("object", "申请调整", "不属本单位职责的；裁定以前不得自行转办"),
        "refused": Option("again", "再次申请调整", "只能再申请一次；由单位主要负责人签批，报县府办主任最终裁定"),
    }.get(str(context.variables.get("stage") or "none"))
    if asked is None:
        return answers
    if context.overdue and context.due is not None:
        day = context.due.astimezone(BEIJING)
        hint = f"申请期限到{day.month}月{day.day}日，已过，不予受理；有特殊情况的，由县府办主任裁定是否受理"
        asked = Option("late", "逾期申请调整", hint)
    return [*answers, asked]


def _objection_kinds(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    return [Option(code, name) for code, name in OBJECTION_KINDS.items()]


def _other_units(session: Session, context: OptionContext) -> Sequence[Option]:
    """Units that have no part in this round: a unit cannot have two."""
    taken = select(Assignment.unit_id).where(Assignment.item_id == context.item_id, Assignment.current)
    busy = set(session.scalars(taken))
    return [Option(unit.code, unit.short_name, unit.duties) for unit in handling_units(session) if unit.id not in busy]


def _unit_heads(session: Session, context: OptionContext) -> Sequence[Option]:
    people = people_with_role(session, context.unit_code or "", Role.UNIT_HEAD)
    return [Option(account, name) for account, name, _ in people]


def _adjustment_rulings(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    agree = Option("agree", "同意，改由其他单位承办", "只改这个单位承担的部分，办件的期限不因改由他人承办而重新计算")
    release = Option("release", "同意，不再会办", "不另确定会办单位")
    refuse = Option("refuse", "不同意，由原单位办理")
    part = context.variables.get("part") or {}
    return [agree, release, refuse] if part.get("role") == "co" else [agree, refuse]


def _handling_modes(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    return [Option(code, name, hint) for code, (name, hint) in assignments.MODES.items()]


def _key_kinds(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    wrong = "cppcc" if context.kind == "suggestion" else "congress"
    return [Option(code, name) for code, name in KEY_KINDS.items() if code != wrong]


def _county_leaders(session: Session, context: OptionContext) -> Sequence[Option]:
    leadership = context.reference.unit_of_kind("leadership").code
    found = [entry for role in (Role.GOV_LEADER, Role.MAYOR) for entry in people_with_role(session, leadership, role)]
    return [Option(account, name, phone) for account, name, phone in found]


def _result_classes(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    return [Option(code, f"{code} {name}") for code, name in result_names(session).items()]


def _rating_values(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    return [Option(code, name) for code, name in ratings.RATING_NAMES.items()]


def _review_verdicts(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    """Every reviewer passes or returns, and may change the text but where co-handling units countersign it.

    Those outside the unit may also change the result class.
    """
    verdicts = [Option("pass", "通过"), Option("return", "退办", "退回承办单位修改，计一次退办")]
    node = context.variables.get("node") or {}
    if node.get("unit") not in (context.variables.get("co_units") or []):
        verdicts.insert(1, Option("edit", "修改后通过", "直接改答复正文，改动留痕，不计退办"))
    if node.get("unit") not in {context.variables.get("lead_unit"), *(context.variables.get("co_units") or [])}:
        verdicts.append(Option("reclass", "改结果类别", "类别与内容不符的，直接改；以后各道按新的类别确定"))
    return verdicts


def _answering_units(session: Session, context: OptionContext) -> Sequence[Option]:
    """Who answers: the lead unit, or every unit that handles its part separately; chosen by the answer's number."""
    found = session.scalars(
        select(Assignment)
        .where(Assignment.item_id == context.item_id, Assignment.current, Assignment.role.not_in(BESIDE))
        .order_by(Assignment.answer)
    )
    return [Option(str(part.answer), part.unit.short_name, part.part) for part in found]


SOURCES: dict[str, Callable[[Session, OptionContext], Sequence[Option]]] = {
    "handling_units": _handling_units,
    "unit_handlers": _unit_handlers,
    "consultation_modes": _modes,
    "return_reasons": _return_reasons,
    "categories": _categories,
    "fellow_members": _fellow_members,
    "committee_decisions": _committee_decisions,
    "sign_in_answers": _sign_in_answers,
    "objection_kinds": _objection_kinds,
    "other_units": _other_units,
    "unit_heads": _unit_heads,
    "adjustment_rulings": _adjustment_rulings,
    "handling_modes": _handling_modes,
    "key_kinds": _key_kinds,
    "county_leaders": _county_leaders,
    "result_classes": _result_classes,
    "rating_values": _rating_values,
    "review_verdicts": _review_verdicts,
    "answering_units": _answering_units,
    "decision_outcomes": _decision_outcomes,
    "reply_units": _reply_units,
    "reply_copies": _reply_copies,
}
