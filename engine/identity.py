"""Short identifiers that grow with time: 48 bits of milliseconds and 52 random bits in 20 letters."""

from __future__ import annotations

import secrets
import time

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def new_id() -> str:
    """A fresh identifier; two made in one millisecond differ by 52 random bits."""
    number = (time.time_ns() // 1_000_000 << 52) | secrets.randbits(52)
    letters = []
    for _ in range(20):
        number, index = divmod(number, 32)
        letters.append(_LETTERS[index])
    return "".join(reversed(letters))


def task_id(instance_id: str, token: int) -> str:
    """The identifier of the user task that a token of an instance stands for."""
    return f"{instance_id}-{token}"
