"""What people do to a case beside their tasks: ask for more time, make it a key item, withdraw it."""

from web.case_acts.views import blueprint

__all__ = ["blueprint"]
