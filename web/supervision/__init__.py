"""Supervision: the board of lights, reminders, slips, inspections."""

from web.supervision.views import blueprint

__all__ = ["blueprint"]
