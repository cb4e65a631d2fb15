"""What is known about names while compiling: local values in slots, filters around, and the free variables met."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.feel.evaluation import State
    from engine.feel.library import FunctionLibrary
    from engine.feel.syntax import Node

    Run = Callable[[State, list[Any]], Any]
    Rule = Callable[[Any, "Scope"], Run]
else:
    Run = Rule = Callable


class Root:
    """What all scopes of one expression share."""

    def __init__(self, library: FunctionLibrary, rules: Mapping[type, Rule]) -> None:
        self.library = library
        self.rules = rules
        self.slots = 0
        self.free: dict[str, Node] = {}
        self.certain: dict[str, Node] = {}


class Scope:
    """A place in the expression; inner scopes see the names of outer ones."""

    def __init__(self, root: Root, parent: Scope | None = None, filtered: int | None = None) -> None:
        self.root = root
        self.parent = parent
        self.filtered = filtered  # the slot of the element that a filter looks at, whose entries are names here
        self._slots: dict[str, int] = {}

    def inner(self, *, filtered: int | None = None) -> Scope:
        """A scope inside this one."""
        return Scope(self.root, self, filtered)

    def declare(self, name: str) -> int:
        """Give a local name a slot."""
        slot = self.slot()
        self._slots[name] = slot
        return slot

    def slot(self) -> int:
        """A slot without a name."""
        self.root.slots += 1
        return self.root.slots - 1

    def find(self, name: str) -> tuple[int | None, list[int]]:
        """The slot of a local name (None: it is no local one), and the filters between here and there, inner first."""
        filters: list[int] = []
        scope: Scope | None = self
        while scope is not None:
            if name in scope._slots:  # noqa: SLF001 - of the same class
                return scope._slots[name], filters  # noqa: SLF001
            if scope.filtered is not None:
                filters.append(scope.filtered)
            scope = scope.parent
        return None, filters

    def compile(self, node: Node) -> Run:
        """The closure of a node in this scope."""
        return self.root.rules[type(node)](node, self)

    def free(self, name: str, node: Node, *, certain: bool) -> None:
        """Note a variable that the expression reads; inside a filter it may turn out to be an entry of the element."""
        self.root.free.setdefault(name, node)
        if certain:
            self.root.certain.setdefault(name, node)
