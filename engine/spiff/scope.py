"""Process variables in a tree of scopes: stored once, looked up outwards, never copied and never merged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class Scope(Mapping[str, Any]):
    """The variables of an instance, an embedded sub-process, a multi-instance body or an activity with mappings."""

    __slots__ = ("parent", "values_")

    def __init__(self, parent: Scope | None = None, values: dict[str, Any] | None = None) -> None:
        self.parent = parent
        self.values_ = values if values is not None else {}

    def __getitem__(self, name: str) -> Any:
        scope: Scope | None = self
        while scope is not None:
            values = scope.values_
            if name in values:
                return values[name]
            scope = scope.parent
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        scope: Scope | None = self
        while scope is not None:
            if name in scope.values_:
                return True
            scope = scope.parent
        return False

    def __iter__(self) -> Iterator[str]:
        return iter(self.flat())

    def __len__(self) -> int:
        return len(self.flat())

    def flat(self) -> dict[str, Any]:
        """All visible variables, inner ones hiding outer ones."""
        merged: dict[str, Any] = {}
        scope: Scope | None = self
        while scope is not None:
            for name, value in scope.values_.items():
                merged.setdefault(name, value)
            scope = scope.parent
        return merged

    def assign(self, name: str, value: Any) -> None:
        """Set a variable where it lives: in the nearest scope that has it, otherwise in the instance."""
        scope = self
        while name not in scope.values_ and scope.parent is not None:
            scope = scope.parent
        scope.values_[name] = value

    def assign_all(self, variables: Mapping[str, Any]) -> None:
        """Set several variables, each where it lives."""
        for name, value in variables.items():
            self.assign(name, value)
