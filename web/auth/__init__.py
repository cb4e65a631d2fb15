"""Signing in and out, the demonstration's one-click accounts, language and theme."""

from web.auth.views import blueprint

__all__ = ["blueprint"]
