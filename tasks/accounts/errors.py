"""What accounts refuse."""

from __future__ import annotations

from engine.errors import EngineError


class SignInRefused(EngineError):
    """Wrong account or password, or too many attempts; the text never says which of the two was wrong."""


class TooManyAttempts(SignInRefused):
    """This address must wait before it tries this account again; whether the password was right is not looked at."""


class NotAllowed(EngineError):
    """The actor may know of the object but must not do this to it."""
