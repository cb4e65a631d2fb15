"""Walking through a syntax tree."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from engine.feel.syntax import Iteration, Name, Node

if TYPE_CHECKING:
    from collections.abc import Iterator


def walk(node: Node) -> Iterator[Node]:
    """The node and everything in it, without recursion."""
    waiting: list[object] = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, tuple):
            waiting.extend(current)
        elif isinstance(current, Node | Iteration):
            if isinstance(current, Node):
                yield current
            waiting.extend(getattr(current, each.name) for each in fields(current) if each.name != "at")


def reads(node: Node, name: str) -> bool:
    """Whether the name occurs anywhere in the tree."""
    return any(isinstance(each, Name) and each.name == name for each in walk(node))
