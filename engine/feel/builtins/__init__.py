"""The built-in functions of DMN 1.5 (tables 72 to 82), by the chapter's groups."""

from __future__ import annotations

from engine.feel.builtins import (
    aggregates,
    booleans,
    contexts,
    conversion,
    lists,
    numbers,
    ranges,
    sorting,
    strings,
    temporal,
)
from engine.feel.builtins.registry import BUILT_INS, BuiltIn

__all__ = [
    "BUILT_INS",
    "BuiltIn",
    "aggregates",
    "booleans",
    "contexts",
    "conversion",
    "lists",
    "numbers",
    "ranges",
    "sorting",
    "strings",
    "temporal",
]
