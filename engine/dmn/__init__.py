"""Decision models of DMN 1.1 to 1.5: reading, deciding, explaining, checking."""

from __future__ import annotations

from engine.dmn.errors import DmnError
from engine.dmn.loading import load_model
from engine.dmn.model import DecisionSummary, Model, Outcome

__all__ = ["DecisionSummary", "DmnError", "Model", "Outcome", "load_model"]
