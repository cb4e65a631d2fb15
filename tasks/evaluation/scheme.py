"""The scheme of an evaluation (考核办法): indicators, formulas, groups and quotas as data, versioned by the year.

A scheme is read from TOML or from the stored rows, and refused with a sentence where it could not be computed: a
formula that names no known figure is found when the scheme is taken in, and not in December.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from engine.errors import EngineError
from engine.feel import FeelError, compile_expression
from engine.message import say
from tasks.evaluation.metrics import CO_WEIGHT, figures_of
from tasks.evaluation.secrecy import LEAST_RATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.feel import Expression


class SchemeInvalid(EngineError):
    """A scheme that could not be computed; the message names the indicator."""


class Kind(StrEnum):
    """What an indicator does to the total."""

    COMPUTED = "computed"
    PANEL = "panel"
    BONUS = "bonus"
    PENALTY = "penalty"
    VETO = "veto"
    GRADE = "grade"
    """Its formula answers a grade instead of points (grade logic, handbook §5.2 E10)."""


ITEM_NAMES = frozenset(
    {
        "延误", "已到期", "已答复", "面商阶段", "领导面商", "当面沟通", "退办次数", "行文退办次数", "逐条答复",
        "首次类别", "办理类别", "承诺到期数", "承诺兑现数", "类别已审批", "重办", "评价",
        "会办意见已交", "会办重做", "角色",
    }
)  # fmt: skip
"""What the formula of an item's score may read."""
RATED_NAME = "评价"
TOTAL_NAMES = frozenset({"得分", "等次", "基本分", "加分", "扣分", "一票否决"})
"""What the formulas of total and grade may read beside the figures."""


@dataclass(frozen=True, slots=True)
class ItemIndicator:
    """A part of the score of one item (handbook §5.4); its mean over the unit's items is a figure."""

    code: str
    name: str
    weight: Decimal
    role: str
    """`lead` or `co`: which items it scores."""
    formula: str
    source: str = ""

    @property
    def figure(self) -> str:
        """The mean's name in formulas."""
        return f"{self.code}均分"

    @property
    def rated(self) -> bool:
        """Whether it scores what proposers rated: then only its mean over the protected ratings is ever kept."""
        return RATED_NAME in compiled(self.formula).names


@dataclass(frozen=True, slots=True)
class DerivedFigure:
    """A figure that a scheme computes from others."""

    code: str
    formula: str
    unit: str = "分"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """A figure that the hub enters for each unit: a third party's survey, a result from another register."""

    code: str
    name: str
    maximum: Decimal


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the sheet."""

    code: str
    name: str
    part: str
    kind: Kind
    weight: Decimal
    """Points at most; of a penalty: points taken at most, 0 for no limit."""
    formula: str = ""
    """FEEL over the figures; empty: the panel scores it."""
    without: str = "full"
    """What counts where the formula finds nothing to count: `full` or `zero`."""
    standard: str = ""
    source: str = ""
    evidence: bool = True

    @property
    def by_panel(self) -> bool:
        """Whether people score it."""
        return not self.formula


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the bar, and a heading of the sheet."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """Units that are ranked together, and how many of them may be excellent and good."""

    code: str
    name: str
    when: str
    """FEEL over `单位`, `单位代码` and the figures; the first group that holds takes the unit."""
    excellent: Decimal
    """Below 1 a share of the group's units (rounded half-up, at least one); else a number of units."""
    good: Decimal


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a year is evaluated."""

    code: str
    name: str
    title: str
    points: Decimal
    source: str
    completion: str = "replied"
    satisfaction_base: str = "rated"
    co_weight: Decimal = CO_WEIGHT
    """k: how much a co-handled item weighs in the load."""
    least_rated: int = LEAST_RATED
    decimals: int = 1
    """Points are rounded half-up to so many decimals."""
    bonus_cap: Decimal | None = None
    total: str = ""
    """FEEL; empty: points, and bonus up to its cap, less penalties, never below 0."""
    grade: str = ""
    """FEEL that answers a grade; empty: the table of grades decides by the total."""
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    """How much each office's score weighs."""
    parts: tuple[Part, ...] = ()
    items: tuple[ItemIndicator, ...] = ()
    figures: tuple[DerivedFigure, ...] = ()
    inputs: tuple[Input, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    groups: tuple[Group, ...] = ()

    def indicator(self, code: str) -> Indicator:
        """The indicator of this code."""
        return next(one for one in self.indicators if one.code == code)

    def rated_names(self) -> frozenset[str]:
        """Names of all figures that rest on ratings, directly or through others."""
        found = {name for name, figure in figures_of(()).items() if figure.rated}
        found |= {item.figure for item in self.items if item.rated}
        for figure in self.figures:
            if found & compiled(figure.formula).names:
                found.add(figure.code)
        return frozenset(found)


def compiled(formula: str) -> Expression:
    """The expression, compiled once."""
    return compile_expression(formula)


def read_scheme(content: Mapping[str, Any]) -> Scheme:
    """A scheme from its data.

    Raises:
        SchemeInvalid: something is missing, twice there, or could not be computed.
    """
    try:
        scheme = _read(content)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise SchemeInvalid(say("The scheme cannot be read: {reason}.", reason=repr(error))) from error
    for problem in _problems(scheme):
        raise problem
    return scheme


def _read(content: Mapping[str, Any]) -> Scheme:
    return Scheme(
        code=str(content["code"]),
        name=str(content["name"]),
        title=str(content["title"]),
        points=_points(content["points"]),
        source=str(content.get("source", "")),
        completion=str(content.get("completion", "replied")),
        satisfaction_base=str(content.get("satisfaction_base", "rated")),
        co_weight=_points(content.get("co_weight", CO_WEIGHT)),
        least_rated=int(content.get("least_rated", LEAST_RATED)),
        decimals=int(content.get("decimals", 1)),
        bonus_cap=_points(content["bonus_cap"]) if "bonus_cap" in content else None,
        total=str(content.get("total", "")),
        grade=str(content.get("grade", "")),
        shares={name: _points(share) for name, share in content.get("shares", _EVEN).items()},
        parts=tuple(Part(**row) for row in content.get("part", ())),
        items=tuple(ItemIndicator(**{**row, "weight": _points(row["weight"])}) for row in content.get("item", ())),
        figures=tuple(DerivedFigure(**row) for row in content.get("figure", ())),
        inputs=tuple(Input(**{**row, "maximum": _points(row["maximum"])}) for row in content.get("input", ())),
        indicators=tuple(
            Indicator(**{**row, "kind": Kind(row["kind"]), "weight": _points(row["weight"])})
            for row in content["indicator"]
        ),
        groups=tuple(
            Group(**{**row, "excellent": _points(row["excellent"]), "good": _points(row["good"])})
            for row in content.get("group", ())
        ),
    )


_EVEN = {"hub": "1", "npc": "1", "cppcc": "1"}


def _points(value: object) -> Decimal:
    return Decimal(str(value))


def _problems(scheme: Scheme) -> Iterable[SchemeInvalid]:
    if scheme.least_rated < LEAST_RATED:
        yield SchemeInvalid(
            say("Expected at least {least} rated items behind a figure, found {found}: fewer would tell ratings.",
                least=LEAST_RATED, found=scheme.least_rated)
        )  # fmt: skip
    known = set(figures_of(()))
    for item in scheme.items:
        yield from _unknown(f"件/{item.name}", item.formula, set(ITEM_NAMES))
        known.add(item.figure)
    known |= {one.code for one in scheme.inputs}
    for figure in scheme.figures:
        yield from _unknown(figure.code, figure.formula, known)
        known.add(figure.code)
    codes: set[str] = set()
    parts = {part.code for part in scheme.parts}
    for indicator in scheme.indicators:
        if indicator.code in codes:
            yield SchemeInvalid(say("The indicator “{code}” is there twice.", code=indicator.code))
        codes.add(indicator.code)
        if indicator.part not in parts:
            yield SchemeInvalid(
                say("The indicator “{name}” names the part “{part}”, which the scheme does not have.",
                    name=indicator.name, part=indicator.part)
            )  # fmt: skip
        yield from _unknown(indicator.name, indicator.formula, known)
    for formula, name in ((scheme.total, "total"), (scheme.grade, "grade")):
        yield from _unknown(name, formula, known | TOTAL_NAMES | {"总分"})
    for group in scheme.groups:
        yield from _unknown(group.name, group.when, known | {"单位", "单位代码"})


def _unknown(name: str, formula: str, known: set[str]) -> Iterable[SchemeInvalid]:
    if not formula:
        return
    try:
        # What stands in a filter may be an entry of the filtered list: only certain names are judged.
        strange = sorted(set(compiled(formula).certain_names) - known)
    except FeelError as error:
        yield SchemeInvalid(say("The formula of “{name}” cannot be used: {reason}", name=name, reason=error.message))
        return
    if strange:
        yield SchemeInvalid(
            say("The formula of “{name}” reads {strange}; known are: {known}.",
                name=name, strange="、".join(strange), known="、".join(sorted(known)))
        )  # fmt: skip
