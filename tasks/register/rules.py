"""Rules of a submission that several places share (handbook §3.2, step 1)."""

from __future__ import annotations

ENDINGS = {"suggestion": "建议", "proposal": "提案"}
"""How the title of each kind ends."""
OF_PERSONS = frozenset({"individual", "joint"})
"""Kinds of proposers that sign in person; every other one is collective."""
