"""Password hashes (argon2id), and a hash to compare with when there is no such account."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

UNUSABLE = "!"
"""Stored for accounts that sign in by other means; no password matches it."""

_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """A salted hash; takes about 0.1 s and 64 MiB by design."""
    return _hasher.hash(password)


@cache
def _nobody() -> str:
    return _hasher.hash("nobody's password, hashed so that an unknown account takes as long as a known one")


def matches(stored: str | None, password: str) -> bool:
    """Whether the password is right; takes the same time when the account is unknown or has no password."""
    usable = stored is not None and stored != UNUSABLE
    try:
        _hasher.verify(stored if usable and stored is not None else _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return usable
