"""Commitments, look-back campaigns, and what rolls over into the next year."""

from web.tracking.views import blueprint

__all__ = ["blueprint"]
