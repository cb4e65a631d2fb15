"""The desk of filing: reviews, items entered for others, items of an upper level."""

from web.filing.views import blueprint

__all__ = ["blueprint"]
