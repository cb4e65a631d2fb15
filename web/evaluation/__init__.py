"""The pages of the year-end evaluation."""

from web.evaluation.views import blueprint

__all__ = ["blueprint"]
