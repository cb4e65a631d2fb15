"""Boxed expressions as closures over the running state (DMN 1.5, 10.2.2)."""

from __future__ import annotations

from engine.dmn.boxed.compile import compile_boxed

__all__ = ["compile_boxed"]
