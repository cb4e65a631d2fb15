"""The dispatch sheet: many items side by side, approved once."""

from web.dispatch.views import blueprint

__all__ = ["blueprint"]
