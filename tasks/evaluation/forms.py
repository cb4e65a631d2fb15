"""What the forms of an evaluation hold at first, what may be chosen, and what must hold between the fields."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.message import say
from tasks.evaluation.evaluations import evaluation_of, is_rated, panel_rows, scheme_of, self_rows, veto_rows
from tasks.evaluation.scheme import Indicator, Kind
from tasks.forms.views import FieldError, Option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.evaluation.models import UnitEvaluation
    from tasks.steps import CheckContext, OptionContext, PrefillContext

VERDICTS = {"keep": "维持", "change": "改分"}


def printed(value: Decimal | None) -> str:
    """Points as they are read."""
    return "" if value is None else f"{value.normalize():f}"


def titled(indicator: Indicator) -> str:
    """An indicator with its points."""
    points = printed(indicator.weight)
    if indicator.kind is Kind.PENALTY:
        return f"{indicator.name}（扣分）"
    if indicator.kind is Kind.BONUS:
        return f"{indicator.name}（加分，最高{points}）"
    return f"{indicator.name}（{points}）"


def explained(indicator: Indicator) -> str:
    """An indicator with its points and its standard."""
    return f"{titled(indicator)}：{indicator.standard}" if indicator.standard else titled(indicator)


def _self(context: PrefillContext) -> dict[str, Any]:
    """What the computer says stands beside each line, and is proposed; not where it rests on ratings."""
    evaluation = evaluation_of(context.session, context.subject_key)
    scheme = scheme_of(evaluation.run)
    rated = scheme.rated_names()
    scores = {row.code: row for row in evaluation.scores}
    rows = []
    for one in self_rows(scheme):
        if is_rated(one, rated):
            rows.append({"indicator": explained(one), "system": "含评价数据，公布得分时可见"})
            continue
        system = scores[one.code].system
        row = {"indicator": explained(one), "system": printed(system)}
        rows.append({**row, "score": printed(system)} if system is not None else row)
    return {"scores": rows}


def _inputs(context: PrefillContext) -> dict[str, Any]:
    scheme = scheme_of(evaluation_of(context.session, context.subject_key).run)
    return {"inputs": [{"input": one.name, "maximum": printed(one.maximum)} for one in scheme.inputs]}


def _panel(context: PrefillContext) -> dict[str, Any]:
    """The office's own scores where it scores again; nothing of the others'."""
    evaluation = evaluation_of(context.session, context.subject_key)
    scheme = scheme_of(evaluation.run)
    office = _office(evaluation, context)
    scores = {row.code: row for row in evaluation.scores}
    mine = {row.code: row for row in evaluation.panel if row.office == office}
    rows = []
    for one in panel_rows(scheme):
        told = scores[one.code]
        row = {
            "indicator": explained(one),
            "self": printed(told.self_score),
            "evidence": "；".join(text for text in (told.evidence, told.self_text) if text),
        }
        if one.code in mine:
            row |= {"score": printed(mine[one.code].score), "reason": mine[one.code].reason}
        elif one.kind in {Kind.BONUS, Kind.PENALTY}:
            row["score"] = "0"
        rows.append(row)
    found = [one.code for one in veto_rows(scheme) if one.code in mine]
    return {"scores": rows, "vetoes": found, "veto_reason": mine[found[0]].reason if found else ""}


OFFICE_OF_KIND = {"hub": "hub", "npc_office": "npc", "cppcc_office": "cppcc"}


def _office(evaluation: UnitEvaluation, context: PrefillContext) -> str:  # noqa: ARG001
    kinds = {unit.code: unit.kind for unit in context.reference.units.values()}
    return OFFICE_OF_KIND.get(kinds.get(context.unit_code or "", ""), "")


def _appeal(context: PrefillContext) -> dict[str, Any]:  # noqa: ARG001
    return {"answer": "accept"}


def _answer(context: PrefillContext) -> dict[str, Any]:
    evaluation = evaluation_of(context.session, context.subject_key)
    scheme = scheme_of(evaluation.run)
    return {
        "answers": [
            {
                "indicator": titled(scheme.indicator(appeal.code)),
                "before": printed(appeal.before),
                "reason": appeal.reason,
                "verdict": appeal.verdict,
                "after": printed(appeal.after),
                "answer": appeal.answer,
            }
            for appeal in evaluation.appeals
        ]
    }


def _ruling(context: PrefillContext) -> dict[str, Any]:
    evaluation = evaluation_of(context.session, context.subject_key)
    scheme = scheme_of(evaluation.run)
    return {
        "answers": [
            {
                "indicator": titled(scheme.indicator(appeal.code)),
                "reason": appeal.reason,
                "verdict": VERDICTS[appeal.verdict]
                + (f"：{printed(appeal.before)} → {printed(appeal.after)}" if appeal.verdict == "change" else ""),
                "answer": appeal.answer,
            }
            for appeal in evaluation.appeals
        ]
    }


PREFILL: dict[str, Callable[[PrefillContext], dict[str, Any]]] = {
    "evaluation_self": _self,
    "evaluation_inputs": _inputs,
    "evaluation_panel": _panel,
    "evaluation_appeal": _appeal,
    "evaluation_answer": _answer,
    "evaluation_ruling": _ruling,
}


def _vetoes(session: Session, context: OptionContext) -> Sequence[Option]:
    scheme = scheme_of(evaluation_of(session, context.subject_key).run)
    return [Option(one.code, one.name, one.standard) for one in veto_rows(scheme)]


def _indicators(session: Session, context: OptionContext) -> Sequence[Option]:
    scheme = scheme_of(evaluation_of(session, context.subject_key).run)
    return [Option(one.code, titled(one)) for one in scheme.indicators if one.kind is not Kind.GRADE]


OPTIONS: dict[str, Callable[[Session, OptionContext], Sequence[Option]]] = {
    "evaluation_vetoes": _vetoes,
    "evaluation_indicators": _indicators,
}


def _check_self(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    indicators = self_rows(scheme_of(evaluation_of(context.session, context.subject_key).run))
    yield from _within("scores", "score", values["scores"], indicators)
    for index, (one, row) in enumerate(zip(indicators, values["scores"], strict=False)):
        if one.by_panel and one.evidence and row["score"] and not row.get("evidence"):
            yield FieldError(
                f"scores.{index}.evidence", "佐证材料", say("“{name}” needs evidence for its points.", name=one.name)
            )


def _check_panel(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    indicators = panel_rows(scheme_of(evaluation_of(context.session, context.subject_key).run))
    yield from _within("scores", "score", values["scores"], indicators)
    for index, (one, row) in enumerate(zip(indicators, values["scores"], strict=False)):
        less = one.kind is Kind.PANEL and row["score"] < one.weight
        extra = one.kind in {Kind.BONUS, Kind.PENALTY} and row["score"]
        if (less or extra) and not row.get("reason"):
            yield FieldError(
                f"scores.{index}.reason", "理由", say("Say why “{name}” gets these points.", name=one.name)
            )


def _check_inputs(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    inputs = scheme_of(evaluation_of(context.session, context.subject_key).run).inputs
    if len(values["inputs"]) != len(inputs):
        yield _rows("inputs", len(inputs), len(values["inputs"]))
        return
    for index, (one, row) in enumerate(zip(inputs, values["inputs"], strict=True)):
        if row["value"] > one.maximum:
            yield _too_many(f"inputs.{index}.value", one.name, one.maximum)


def _check_appeal(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:  # noqa: ARG001
    asked = values.get("appeals") or []
    if values["answer"] == "appeal" and not asked:
        yield FieldError("appeals", "申诉", say("Name the indicators that you appeal against."))
    codes = [row["indicator"] for row in asked]
    if len(set(codes)) != len(codes):
        yield FieldError("appeals", "申诉", say("Each indicator can be named only once."))


def _check_answer(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    evaluation = evaluation_of(context.session, context.subject_key)
    scheme = scheme_of(evaluation.run)
    if len(values["answers"]) != len(evaluation.appeals):
        yield _rows("answers", len(evaluation.appeals), len(values["answers"]))
        return
    for index, (appeal, row) in enumerate(zip(evaluation.appeals, values["answers"], strict=True)):
        one = scheme.indicator(appeal.code)
        if row["verdict"] != "change":
            continue
        if row.get("after") is None:
            yield FieldError(f"answers.{index}.after", "改后得分", say("Enter the changed score."))
        elif row["after"] > _most(one):
            yield _too_many(f"answers.{index}.after", one.name, one.weight)


def _within(
    key: str, field: str, rows: Sequence[Mapping[str, Any]], indicators: Sequence[Indicator]
) -> Iterator[FieldError]:
    if len(rows) != len(indicators):
        yield _rows(key, len(indicators), len(rows))
        return
    for index, (one, row) in enumerate(zip(indicators, rows, strict=True)):
        if row[field] is not None and row[field] > _most(one):
            yield _too_many(f"{key}.{index}.{field}", one.name, one.weight)


def _most(indicator: Indicator) -> Decimal:
    """Penalties without a weight have no limit of their own."""
    return indicator.weight if indicator.weight or indicator.kind is not Kind.PENALTY else Decimal(1000)


def _too_many(key: str, name: str, most: Decimal) -> FieldError:
    return FieldError(key, name, say("“{name}” has at most {most} points.", name=name, most=printed(most)))


def _rows(key: str, expected: int, found: int) -> FieldError:
    return FieldError(
        key, "评分表", say("Expected {expected} rows, found {found}. Reload the page.", expected=expected, found=found)
    )


CHECKS: dict[str, Callable[[Mapping[str, Any], CheckContext], Iterator[FieldError]]] = {
    "evaluation_self": _check_self,
    "evaluation_panel": _check_panel,
    "evaluation_inputs": _check_inputs,
    "evaluation_appeal": _check_appeal,
    "evaluation_answer": _check_answer,
}
