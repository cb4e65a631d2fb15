"""Deployed decision tables, to read and to try."""

from web.decisions.views import blueprint

__all__ = ["blueprint"]
