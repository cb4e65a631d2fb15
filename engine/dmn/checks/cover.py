"""Finding a place that none of some rules covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.dmn.checks.regions import Regions

_BUDGET = 20_000


class Search:
    """One search, column by column, remembering which sets of rules were found to cover the rest.

    A cell that depends on other variables counts as matching (`certain` False) or as not matching (`certain` True).
    """

    def __init__(self, regions: Regions, rows: list[int], within: list[int], *, certain: bool) -> None:
        self._regions = regions
        self._within = within
        self._certain = certain
        self._rows = rows
        self._covered: set[tuple[int, frozenset[int]]] = set()
        self._visits = 0

    def uncovered(self) -> list[int] | None:
        """A place of each column that no rule covers; None if there is none, or if the search grew too large."""
        return self._search(0, frozenset(self._rows))

    @property
    def finished(self) -> bool:
        """Whether the search looked everywhere, so that its silence means something."""
        return self._visits <= _BUDGET

    def _search(self, column: int, rows: frozenset[int]) -> list[int] | None:
        self._visits += 1
        if self._visits > _BUDGET or (column, rows) in self._covered:
            return None
        if not rows:
            return [_lowest(each) for each in self._within[column:]]
        if column == len(self._within):
            return None
        for place in range(len(self._regions.places[column])):
            if not self._within[column] >> place & 1:
                continue
            rest = self._search(column + 1, frozenset(row for row in rows if self._matches(row, column, place)))
            if rest is not None:
                return [place, *rest]
        self._covered.add((column, rows))
        return None

    def _matches(self, row: int, column: int, place: int) -> bool:
        matched = self._regions.matched[row][column]
        return not self._certain if matched is None else bool(matched >> place & 1)


def _lowest(bits: int) -> int:
    return max((bits & -bits).bit_length() - 1, 0)
