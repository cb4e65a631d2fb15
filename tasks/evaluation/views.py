"""What the evaluation shows: figures that explain themselves, sheets, overviews, rankings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from engine.message import Message
    from tasks.cases.views import Diagram, TimelineEntry
    from tasks.deadlines.views import Due
    from tasks.evaluation.scheme import Scheme


def rounded(value: Decimal, decimals: int = 1) -> Decimal:
    """Half-up, as offices round; to one decimal where a scheme does not say otherwise (handbook §5.3)."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


class Stage(StrEnum):
    """Where a unit's evaluation stands, in order."""

    SELF = "self"
    PANEL = "panel"
    APPROVAL = "approval"
    PUBLISHED = "published"
    APPEAL = "appeal"
    FINAL = "final"

    @property
    def published(self) -> bool:
        """Whether the unit may see its scores."""
        return self in {Stage.PUBLISHED, Stage.APPEAL, Stage.FINAL}


class Office(StrEnum):
    """The offices of the panel (三办)."""

    HUB = "hub"
    NPC = "npc"
    CPPCC = "cppcc"


@dataclass(frozen=True, slots=True)
class Figure:
    """One computed figure with everything that answers “why”."""

    code: str
    """Its name in formulas, e.g. `面商率`."""
    value: Decimal | None
    """None where there is nothing to count: 0 of 0 is no rate."""
    unit: str
    """件, 次, 天, 分, % or nothing."""
    formula: str
    """In words, with the denominator."""
    source: str
    over: int | None = None
    under: int | None = None
    """Numerator and denominator of a rate."""
    counted: Sequence[int] = ()
    """Items behind the numerator; never given where the figure rests on ratings."""
    among: Sequence[int] = ()
    """Items behind the denominator."""
    rated: bool = False
    """It rests on ratings: the unit sees it only when published."""

    @property
    def shown(self) -> Decimal | None:
        """As it is printed."""
        if self.value is None:
            return None
        return self.value if self.unit in {"件", "次"} and self.value == int(self.value) else rounded(self.value)

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "code": self.code,
            "value": None if self.value is None else str(self.value),
            "unit": self.unit,
            "formula": self.formula,
            "source": self.source,
            "over": self.over,
            "under": self.under,
            "counted": list(self.counted),
            "among": list(self.among),
            "rated": self.rated,
        }

    @staticmethod
    def read(row: Mapping[str, Any]) -> Figure:
        """From JSON."""
        value = None if row["value"] is None else Decimal(row["value"])
        return Figure(**{**row, "value": value})


@dataclass(frozen=True, slots=True)
class PanelEntry:
    """What one office gave for one indicator."""

    office: Office
    score: Decimal
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class AppealEntry:
    """What the unit asked about one indicator, and what became of it."""

    code: str
    name: str
    reason: str
    before: Decimal
    verdict: str
    """Empty while it waits; `keep` or `change`."""
    after: Decimal | None
    answer: str
    approved: bool


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the evaluation sheet (自评表, handbook §7.10)."""

    code: str
    name: str
    part: str
    kind: str
    weight: Decimal
    standard: str
    source: str
    formula: str
    figures: Sequence[str]
    """Codes of the figures that its formula reads."""
    evidence: str
    self_score: Decimal | None
    self_text: str
    system: Decimal | None
    """None for what the panel scores, and for what this reader may not see yet."""
    hidden: bool
    """It rests on ratings, and this reader may not see it yet."""
    panel: Sequence[PanelEntry]
    score: Decimal | None
    reason: str


@dataclass(frozen=True, slots=True)
class PartShare:
    """One piece of the bar."""

    code: str
    name: str
    score: Decimal
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the page of one unit's evaluation."""

    year: int
    unit_code: str
    unit: str
    stage: Stage
    scheme: Scheme
    rows: Sequence[SheetRow]
    figures: Sequence[Figure]
    inputs: Mapping[str, Decimal]
    total: Decimal | None
    """None where this reader may not see it yet."""
    bonus: Decimal | None
    penalty: Decimal | None
    grade: str
    group: str
    rank: int | None
    vetoes: Sequence[str]
    returned: str
    """What the leader wrote when the scores went back to the panel."""
    appeals: Sequence[AppealEntry]
    cut_off: dt.date
    due: Due | None
    diagram: Diagram
    course: Sequence[TimelineEntry]
    task_id: str | None
    """A task on it that waits for this reader."""
    own: bool
    """The reader looks at the evaluation of her own unit."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line of the overview."""

    unit_code: str
    unit: str
    group: str
    stage: Stage
    now: str
    """Names of the open steps."""
    load: Decimal | None
    items: int
    parts: Sequence[PartShare]
    bonus: Decimal
    penalty: Decimal
    total: Decimal | None
    grade: str
    rank: int | None
    tie: str
    """By what it stands behind a unit with the same total."""


@dataclass(frozen=True, slots=True)
class StageMark:
    """One station of the year's evaluation."""

    name: Message
    done: int
    total: int
    state: str
    """`done`, `now` or `ahead`."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the page of all units."""

    year: int
    years: Sequence[int]
    scheme: Scheme
    cut_off: dt.date
    started: dt.datetime
    ranked: bool
    marks: Sequence[StageMark]
    groups: Sequence[tuple[str, str, int]]
    """Code, name, number of units."""
    rows: Sequence[UnitRow]
    parts: Sequence[PartShare]
    """The legend: parts with their weights."""


@dataclass(frozen=True, slots=True)
class StartPage:
    """What the hub is asked before a year's evaluation starts."""

    year: int
    years: Sequence[int]
    schemes: Sequence[tuple[str, str]]
    cut_off: dt.date
    units: int
    """How many units have items in the year."""


@dataclass(frozen=True, slots=True)
class ItemScoreRow:
    """The score of one item, part by part, without what rests on ratings."""

    item_id: int
    number: str
    kind: str
    title: str
    role: str
    points: Sequence[Decimal | None]
    total: Decimal
    may_open: bool = True
    """Whether the reader may open the case: a committee's people read those of their own body."""


@dataclass(frozen=True, slots=True)
class FigurePage:
    """Why a figure is what it is."""

    figure: Figure
    unit: str
    unit_code: str
    year: int
    cut_off: dt.date
    inputs: Sequence[Figure]
    """Figures that it was computed from."""
    items: Sequence[ItemScoreRow]
    columns: Sequence[str]
    used_by: Sequence[str]
    """Names of the indicators that read it."""
