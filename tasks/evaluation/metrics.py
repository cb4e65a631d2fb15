"""The metrics of handbook §5.3, each with its denominator said: pure functions over the parts of one unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tasks.evaluation.facts import CO, LEAD, SEPARATE, PartFacts
from tasks.evaluation.views import Figure

Count = Callable[[PartFacts], int]
HUNDRED = Decimal(100)
CO_WEIGHT = Decimal("0.3")
"""How much a co-handled item weighs in the load (k, handbook §5.3), where a scheme does not say otherwise."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A count, or a rate of two counts."""

    code: str
    formula: str
    over: Count
    under: Count | None = None
    unit: str = "%"
    source: str = "统计"
    rated: bool = False

    def of(self, parts: Sequence[PartFacts]) -> Figure:
        """The figure for these parts."""
        over = sum(self.over(part) for part in parts)
        under = sum(self.under(part) for part in parts) if self.under is not None else None
        if under is None:
            value: Decimal | None = Decimal(over)
        else:
            value = HUNDRED * over / under if under else None
        return Figure(
            code=self.code,
            value=value,
            unit=self.unit,
            formula=self.formula,
            source=self.source,
            over=over,
            under=under,
            counted=() if self.rated else [part.item_id for part in parts if self.over(part)],
            among=() if self.rated or self.under is None else [part.item_id for part in parts if self.under(part)],
            rated=self.rated,
        )


def _is(role: str) -> Count:
    return lambda part: int(part.role == role)


def _answering(part: PartFacts) -> int:
    return int(part.answers)


def _any(_part: PartFacts) -> int:
    return 1


def _answered(test: Callable[[PartFacts], object]) -> Count:
    return lambda part: int(part.answers and bool(test(part)))


def _co(test: Callable[[PartFacts], object]) -> Count:
    return lambda part: int(part.role == CO and bool(test(part)))


def _rated(*words: str) -> Count:
    return lambda part: int(part.answers and part.rating is not None and (not words or part.rating.overall in words))


METRICS: tuple[Metric, ...] = (
    Metric("主办件数", "主办（含独办）件数 L", _is(LEAD), unit="件", source="办件登记"),
    Metric("会办件数", "会办件数 C", _is(CO), unit="件", source="办件登记"),
    Metric("分办件数", "分办件数 S", _is(SEPARATE), unit="件", source="办件登记"),
    Metric("应答复件数", "主办件数＋分办件数 N＝L＋S", _answering, unit="件", source="办件登记"),
    Metric("办件数", "全部办件数 L＋S＋C", _any, unit="件", source="办件登记"),
    Metric("退办次数", "审核退办的累计次数", lambda part: part.returns, unit="次", source="审核记录"),
    Metric(
        "退办比例",
        "累计退办次数÷主〔会〕办件总数，可以大于 100%",
        lambda part: part.returns,
        _any,
        source="宜昌市通报口径",
    ),
    Metric("逾期件数", "到期未办或逾期办的件数（主办答复、会办意见）", lambda part: int(part.late), unit="件",
           source="时限"),
    Metric("答复率", "已答复件数÷应答复件数", _answered(lambda part: part.replied), _answering, source="答复"),
    Metric("面商率", "当面沟通过的件数÷应答复件数", _answered(lambda part: part.met), _answering, source="面商记录"),
    Metric(
        "按时办结率",
        "按时答复件数÷考核截止日前到期的应答复件数",
        _answered(lambda part: part.on_time and part.due_passed),
        _answered(lambda part: part.due_passed),
        source="时限",
    ),
    Metric(
        "会办按时率",
        "按时提交会办意见件数÷到期的会办件数",
        _co(lambda part: part.on_time and part.due_passed),
        _co(lambda part: part.due_passed),
        source="会办意见",
    ),
    Metric("解决率", "已经解决（A类）件数÷应答复件数", _answered(lambda part: part.result_class == "A"), _answering,
           source="办理结果"),
    Metric(
        "解决采纳率",
        "已经解决、正在解决和列入计划（A、B类）件数÷应答复件数",
        _answered(lambda part: part.result_class in {"A", "B"}),
        _answering,
        source="办理结果",
    ),
    Metric("采纳率", "采纳的措施条数÷提出的措施条数", lambda part: part.adopted, lambda part: part.proposed,
           source="逐条答复"),
    Metric(
        "转化率",
        "首次答复为B类、现已解决的件数÷首次答复为B类的件数",
        _answered(lambda part: part.first_class == "B" and part.result_class == "A"),
        _answered(lambda part: part.first_class == "B"),
        source="办理结果变更",
    ),
    Metric("转化件数", "首次答复为B类、现已解决的件数",
           _answered(lambda part: part.first_class == "B" and part.result_class == "A"), unit="件",
           source="办理结果变更"),
    Metric(
        "承诺兑现率",
        "按期兑现的承诺条数÷到期的承诺条数",
        lambda part: part.commitments_kept,
        lambda part: part.commitments_due,
        source="承诺台账",
    ),
    Metric("公开率", "已公开的答复件数÷应公开的答复件数", _answered(lambda part: part.publishable and part.published),
           _answered(lambda part: part.publishable), source="公开记录"),
    Metric("退件率", "申请调整次数÷交办件数", lambda part: part.objections, _any, source="申请调整记录"),
    Metric("退件支持率", "同意调整次数÷申请调整次数", lambda part: part.upheld, lambda part: part.objections,
           source="申请调整记录"),
    Metric("反复率", "回头看发现反复的件数÷回头看核查的已解决件数", lambda part: int(part.confirmed and part.reopened),
           lambda part: int(part.confirmed), source="回头看"),
    Metric("反复件数", "回头看发现反复的件数", lambda part: int(part.reopened), unit="件", source="回头看"),
    Metric("涉及多部门占比", "涉及两个以上承办单位的件数÷办件数", lambda part: int(part.several), _any,
           source="办件登记"),
)  # fmt: skip


_SILENT = {"satisfied": "满意", "basic": "基本满意"}


def metrics(completion: str = "replied", satisfaction_base: str = "rated", silence: str = "") -> list[Metric]:
    """Every count and rate; the ambiguous ones as the scheme chooses.

    `completion`: 办结率 is `replied` of all, or `solved` of all. `satisfaction_base`: 满意率 is taken over those who
    `rated`, or over all items that were to be answered (`all`). `silence`: as what a reply is counted that nobody rated
    in time; empty: it is left out.
    """
    solved = completion == "solved"
    base = _rated() if satisfaction_base == "rated" else _answering
    counted = f"评价件数（逾期未评价的按{_SILENT[silence]}计）" if silence else "收到评价件数"
    told = counted if satisfaction_base == "rated" else "应答复件数"
    return [
        *METRICS,
        Metric("评价件数", f"{counted} f（去掉一个最高、一个最低）", _rated(), unit="件", source="代表委员评价",
               rated=True),
        Metric(
            "办结率",
            "已解决件数÷应答复件数" if solved else "已答复件数÷应答复件数",
            _answered(lambda part: part.result_class == "A" if solved else part.replied),
            _answering,
            source="答复",
        ),
        Metric("满意率", f"首轮评价满意件数÷{told}", _rated("satisfied"), base, source="代表委员评价", rated=True),
        Metric("满意和基本满意率", f"首轮评价满意和基本满意件数÷{told}", _rated("satisfied", "basic"), base,
               source="代表委员评价", rated=True),
        Metric("基本满意率", f"首轮评价基本满意件数÷{told}", _rated("basic"), base, source="代表委员评价", rated=True),
    ]  # fmt: skip


def figures_of(
    parts: Sequence[PartFacts],
    completion: str = "replied",
    satisfaction_base: str = "rated",
    co_weight: Decimal = CO_WEIGHT,
    silence: str = "",
) -> dict[str, Figure]:
    """All figures of one unit by their names in formulas; ratings in the parts are protected already."""
    found = {metric.code: metric.of(parts) for metric in metrics(completion, satisfaction_base, silence)}
    found["平均办理时长"] = _days(parts)
    found["办件量"] = _load(parts, co_weight)
    return found


def _days(parts: Sequence[PartFacts]) -> Figure:
    timed = [part for part in parts if part.answers and part.days is not None]
    total = sum(part.days or 0 for part in timed)
    return Figure(
        code="平均办理时长",
        value=Decimal(total) / len(timed) if timed else None,
        unit="天",
        formula="自交办至首次答复印发的天数之和÷已答复件数",
        source="答复",
        over=total,
        under=len(timed),
        counted=[part.item_id for part in timed],
        among=[part.item_id for part in timed],
    )


def _load(parts: Sequence[PartFacts], co_weight: Decimal) -> Figure:
    answered = [part.item_id for part in parts if part.answers]
    shared = [part.item_id for part in parts if not part.answers]
    return Figure(
        code="办件量",
        value=Decimal(len(answered)) + co_weight * len(shared),
        unit="件",
        formula=f"应答复件数＋{co_weight}×会办件数",
        source="办件登记",
        counted=[*answered, *shared],
    )
