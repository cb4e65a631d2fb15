"""What is told apart in the index, because not everybody may find an item by all of it."""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """The columns of the index on SQLite; on PostgreSQL the first letter of a lexeme."""

    TITLE = "title"
    TEXT = "text"
    """Number, situation, analysis, measures."""
    PEOPLE = "people"
    HIDDEN = "hidden"
    """Who signed, where the proposer asked for confidentiality."""
    ISSUED = "issued"
    """Replies that are out."""
    DRAFT = "draft"
    """Replies that are not."""

    @property
    def letter(self) -> str:
        """`c` stands for the title (案由, the caption), else the first letter."""
        return "c" if self is Part.TITLE else self.value[0]


NAMES = (Part.PEOPLE, Part.HIDDEN)
"""Where people's names stand."""
