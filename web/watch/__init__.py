"""The running procedure on its diagram."""

from web.watch.views import blueprint

__all__ = ["blueprint"]
