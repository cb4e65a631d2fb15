"""From the syntax tree to closures: each node becomes a function of the running state and the local values."""

from __future__ import annotations

from engine.feel.compiler import (
    arithmetic,
    calls,
    collections,
    comparison,
    control,
    iteration,
    literals,
    logic,
    names,
    unary,
)
from engine.feel.compiler.scope import Rule, Run, Scope

RULES: dict[type, Rule] = {
    **literals.RULES,
    **names.RULES,
    **arithmetic.RULES,
    **comparison.RULES,
    **logic.RULES,
    **collections.RULES,
    **calls.RULES,
    **control.RULES,
    **iteration.RULES,
    **unary.RULES,
}

__all__ = ["RULES", "Run", "Scope"]
