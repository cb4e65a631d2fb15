"""From parts and a scheme to scores: items, figures, indicators, total (handbook §5.4, §5.5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tasks.evaluation.facts import CO, LEAD
from tasks.evaluation.metrics import figures_of
from tasks.evaluation.scheme import Indicator, ItemIndicator, Kind, Scheme, compiled
from tasks.evaluation.secrecy import protected
from tasks.evaluation.views import Figure, rounded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tasks.evaluation.facts import PartFacts

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item's points by the scheme's item indicators, those that rest on ratings left out."""

    item_id: int
    role: str
    points: Mapping[str, Decimal]

    @property
    def total(self) -> Decimal:
        """The sum of the points."""
        return sum(self.points.values(), ZERO)


@dataclass(frozen=True, slots=True)
class Computed:
    """What the computer says of one unit."""

    figures: Mapping[str, Figure]
    items: Sequence[ItemScore]


@dataclass(frozen=True, slots=True)
class Result:
    """A unit's result: points by indicator, and their sum."""

    scores: Mapping[str, Decimal]
    base: Decimal
    bonus: Decimal
    penalty: Decimal
    vetoes: Sequence[str]
    total: Decimal
    grade: str
    """What the scheme's own grade formula says; empty: the table of grades decides."""
    grades: Sequence[str] = field(default_factory=list)


def compute(scheme: Scheme, parts: Sequence[PartFacts], silence: str = "") -> Computed:
    """Figures and items' scores of one unit. What rests on ratings is computed from the protected ones only.

    `silence`: what a reply counts as in `parts` that nobody rated in time (`silence_policy`); empty: nothing.
    """
    safe = protected(parts, scheme.least_rated)
    figures = figures_of(safe, scheme.completion, scheme.satisfaction_base, scheme.co_weight, silence)
    items = [_item_score(scheme, part) for part in safe]
    for indicator in scheme.items:
        figures[indicator.figure] = _mean(indicator, safe)
    for derived in scheme.figures:
        figures[derived.code] = _derived(scheme, derived.code, derived.formula, derived.unit, derived.source, figures)
    return Computed(figures, items)


def with_inputs(scheme: Scheme, figures: Mapping[str, Figure], inputs: Mapping[str, Decimal]) -> dict[str, Figure]:
    """The figures with those that were entered, and whatever is computed from them."""
    known = dict(figures)
    for one in scheme.inputs:
        if one.code in inputs:
            known[one.code] = Figure(one.code, inputs[one.code], "分", one.name, "考核办录入")
    if inputs:
        for row in scheme.figures:
            known[row.code] = _derived(scheme, row.code, row.formula, row.unit, row.source, known)
    return known


def system_score(scheme: Scheme, indicator: Indicator, figures: Mapping[str, Figure]) -> Decimal | None:
    """What an indicator's formula gives, between 0 and its weight, rounded; None for what people score."""
    if indicator.by_panel or indicator.kind is Kind.GRADE:
        return None
    value = compiled(indicator.formula).evaluate(values_of(figures))
    if indicator.kind is Kind.VETO:
        return Decimal(int(value is True))
    if not isinstance(value, Decimal):
        value = indicator.weight if indicator.without == "full" and _adds(indicator) else ZERO
    bounded = max(ZERO, value)
    unlimited = indicator.kind is Kind.PENALTY and not indicator.weight
    return rounded(bounded if unlimited else min(bounded, indicator.weight), scheme.decimals)


def result(
    scheme: Scheme, figures: Mapping[str, Figure], scores: Mapping[str, Decimal], vetoes: Sequence[str] = ()
) -> Result:
    """The total of a unit from its indicators' points. Points are rounded, sums are not rounded again."""
    given = {one.code: scores.get(one.code, ZERO) for one in scheme.indicators if one.kind is not Kind.GRADE}
    base = _sum(scheme, given, Kind.COMPUTED, Kind.PANEL)
    bonus = _sum(scheme, given, Kind.BONUS)
    if scheme.bonus_cap is not None:
        bonus = min(bonus, scheme.bonus_cap)
    penalty = _sum(scheme, given, Kind.PENALTY)
    found = [*vetoes, *(one.name for one in scheme.indicators if one.kind is Kind.VETO and given[one.code])]
    known = values_of(figures)
    grades = [
        str(compiled(one.formula).evaluate(known))
        for one in scheme.indicators
        if one.kind is Kind.GRADE and one.formula
    ]
    scope = {
        **known,
        "得分": dict(given),
        "等次": grades,
        "基本分": base,
        "加分": bonus,
        "扣分": penalty,
        "一票否决": bool(found),
    }
    total = compiled(scheme.total).evaluate(scope) if scheme.total else base + bonus - penalty
    total = rounded(max(ZERO, total if isinstance(total, Decimal) else ZERO), scheme.decimals)
    grade = compiled(scheme.grade).evaluate({**scope, "总分": total}) if scheme.grade else ""
    return Result(given, base, bonus, penalty, list(dict.fromkeys(found)), total, str(grade or ""), grades)


def values_of(figures: Mapping[str, Figure]) -> dict[str, object]:
    """The figures as formulas read them: exact, not as they are printed."""
    return {code: figure.value for code, figure in figures.items()}


def _adds(indicator: Indicator) -> bool:
    return indicator.kind in {Kind.COMPUTED, Kind.PANEL}


def _sum(scheme: Scheme, given: Mapping[str, Decimal], *kinds: Kind) -> Decimal:
    return sum((given[one.code] for one in scheme.indicators if one.kind in kinds), ZERO)


def _item_score(scheme: Scheme, part: PartFacts) -> ItemScore:
    points = {one.code: _points(one, part) for one in scheme.items if not one.rated and _concerns(one, part)}
    return ItemScore(part.item_id, part.role, {code: value for code, value in points.items() if value is not None})


def _mean(indicator: ItemIndicator, parts: Sequence[PartFacts]) -> Figure:
    """The mean of an item indicator over those items that it scores."""
    found = [
        (part.item_id, value)
        for part in parts
        if _concerns(indicator, part) and (value := _points(indicator, part)) is not None
    ]
    total = sum((value for _, value in found), ZERO)
    items = [] if indicator.rated else [item for item, _ in found]
    return Figure(
        code=indicator.figure,
        value=total / len(found) if found else None,
        unit="分",
        formula=f"每件“{indicator.name}”得分（满分{indicator.weight}）的平均：{indicator.formula}",
        source=indicator.source,
        under=len(found),
        counted=items,
        among=items,
        rated=indicator.rated,
    )


def _concerns(indicator: ItemIndicator, part: PartFacts) -> bool:
    if indicator.rated and part.rating is None:
        return False
    return (part.role == CO) == (indicator.role == CO)


def _points(indicator: ItemIndicator, part: PartFacts) -> Decimal | None:
    value = compiled(indicator.formula).evaluate(_scope(part))
    if not isinstance(value, Decimal):
        return None
    return min(max(ZERO, value), indicator.weight)


def _scope(part: PartFacts) -> dict[str, Any]:
    rating = part.rating
    told = {**rating.scores, "overall": rating.overall, "last": rating.last or rating.overall} if rating else None
    return {
        "角色": part.role if part.role == CO else LEAD,
        "延误": part.late,
        "已到期": part.due_passed,
        "已答复": part.replied,
        "面商阶段": sorted(part.phases),
        "领导面商": part.head_met,
        "当面沟通": part.met,
        "退办次数": part.returns,
        "行文退办次数": part.format_returns,
        "逐条答复": part.proposed > 0 or not part.replied,
        "首次类别": part.first_class,
        "办理类别": part.result_class,
        "承诺到期数": part.commitments_due,
        "承诺兑现数": part.commitments_kept,
        "类别已审批": part.class_approved,
        "重办": bool(rating and rating.last),
        "评价": told,
        "会办意见已交": part.opinion,
        "会办重做": part.opinion_redone,
    }


def _derived(
    scheme: Scheme, code: str, formula: str, unit: str, source: str, figures: Mapping[str, Figure]
) -> Figure:
    value = compiled(formula).evaluate(values_of(figures))
    return Figure(
        code=code,
        value=value if isinstance(value, Decimal) else None,
        unit=unit,
        formula=formula,
        source=source or scheme.title,
        rated=any(figures[name].rated for name in compiled(formula).names if name in figures),
    )
