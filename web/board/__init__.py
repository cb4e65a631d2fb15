"""The hub's board of units and steps."""

from web.board.views import blueprint

__all__ = ["blueprint"]
