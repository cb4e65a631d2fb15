"""What is known of one unit's part in one item: everything that a metric or an item's score is computed from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAD, CO, SEPARATE = "lead", "co", "separate"
WORST_FIRST = ("dissatisfied", "basic", "satisfied")


@dataclass(frozen=True, slots=True)
class Rating:
    """How the proposer rated a part in the first round, and what was said in the end."""

    overall: str
    """`satisfied`, `basic` or `dissatisfied`."""
    scores: Mapping[str, str] = field(default_factory=dict)
    """By dimension; dimensions are data of the area."""
    last: str = ""
    """Rating of the newest round, where the item was handled again; empty otherwise."""

    @property
    def rank(self) -> tuple[int, int]:
        """Orders ratings from the worst to the best."""
        order = {name: place for place, name in enumerate(WORST_FIRST)}
        return order.get(self.overall, 0), order.get(self.last or self.overall, 0)


@dataclass(frozen=True, slots=True)
class PartFacts:
    """One unit's part in one item, as it stood on the cut-off day."""

    item_id: int
    role: str = LEAD
    """`lead` (sole handling too), `separate` or `co`."""
    several: bool = False
    """The item has two or more handling units."""
    replied: bool = False
    on_time: bool = False
    """The first reply was issued, or the opinion handed in, by its date; an extension that was granted has moved it."""
    due_passed: bool = False
    """The date lay within the period."""
    met: bool = False
    phases: frozenset[str] = frozenset()
    """In which of `before`, `during`, `after` the unit met or called the proposer."""
    head_met: bool = False
    returns: int = 0
    format_returns: int = 0
    first_class: str = ""
    result_class: str = ""
    class_approved: bool = False
    """A leader approved the class."""
    proposed: int = 0
    adopted: int = 0
    commitments_due: int = 0
    commitments_kept: int = 0
    publishable: bool = False
    published: bool = False
    objections: int = 0
    upheld: int = 0
    days: int | None = None
    """From the assignment to the issue of the first reply."""
    confirmed: bool = False
    """A look-back confirmed that it is solved, or found that it is not."""
    reopened: bool = False
    opinion: bool = False
    opinion_redone: bool = False
    rating: Rating | None = None

    @property
    def answers(self) -> bool:
        """Whether the unit answers the proposer itself: N = L + S."""
        return self.role != CO

    @property
    def late(self) -> bool:
        """Whether the date passed without the reply or opinion, or before it came."""
        return self.due_passed and not self.on_time
