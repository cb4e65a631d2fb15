"""The first page after signing in: what hurts first, what waits for others, where the year stands."""

from web.workbench.views import blueprint

__all__ = ["blueprint"]
