"""The page of statistics."""

from web.statistics.views import blueprint

__all__ = ["blueprint"]
