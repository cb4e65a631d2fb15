"""Guessing passwords is slowed down without locking the victim out.

Failures are counted for the pair of account and address, for the address, and for the account. An attacker who
fills up an account's count from many addresses shuts out only addresses that the owner has never used.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from tasks.accounts.models import Account, SignInFailure, WebSession

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

WINDOW = dt.timedelta(minutes=15)
MOST_BY_PAIR = 5
MOST_BY_ADDRESS = 50
MOST_BY_ACCOUNT = 50


def is_throttled(session: Session, name: str, address: str, now: dt.datetime) -> bool:
    """Whether this address must wait before it tries this account again."""
    if _failures(session, f"pair:{name}@{address}", now) >= MOST_BY_PAIR:
        return True
    if _failures(session, f"address:{address}", now) >= MOST_BY_ADDRESS:
        return True
    if _failures(session, f"account:{name}", now) < MOST_BY_ACCOUNT:
        return False
    used_before = select(WebSession.token_hash).join(Account, Account.id == WebSession.account_id)
    return session.scalar(used_before.where(Account.name == name, WebSession.address == address).limit(1)) is None


def count_failure(session: Session, name: str, address: str, now: dt.datetime) -> None:
    """Remember a refused attempt, and forget those outside the window."""
    session.execute(delete(SignInFailure).where(SignInFailure.at < now - WINDOW))
    for subject in (f"pair:{name}@{address}", f"address:{address}", f"account:{name}"):
        session.add(SignInFailure(subject=subject[:200], at=now))


def forget_failures(session: Session, name: str, address: str) -> None:
    """The owner is in: her own typing errors no longer count."""
    session.execute(delete(SignInFailure).where(SignInFailure.subject == f"pair:{name}@{address}"))


def _failures(session: Session, subject: str, now: dt.datetime) -> int:
    counted = select(func.count()).where(SignInFailure.subject == subject[:200], SignInFailure.at >= now - WINDOW)
    return session.scalar(counted) or 0
