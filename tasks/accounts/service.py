"""Signing in and out; who a session belongs to."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from engine.message import say
from tasks.accounts import throttle
from tasks.accounts.actors import actor_of, find_account
from tasks.accounts.errors import NotAllowed, SignInRefused, TooManyAttempts
from tasks.accounts.models import Account, WebSession
from tasks.accounts.passwords import hashed, matches
from tasks.accounts.views import SignedIn
from tasks.settings import BEIJING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

IDLE = dt.timedelta(minutes=60)
ABSOLUTE = dt.timedelta(hours=12)
_SEEN_EVERY = dt.timedelta(minutes=1)
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 200
LOCALES = ("zh_Hans_CN", "zh_Hant_TW", "en")


def sign_in(banli: Banli, name: str, password: str, address: str) -> SignedIn:
    """A new session for the right password.

    Raises:
        SignInRefused: wrong account or password, or a disabled account.
        TooManyAttempts: from this address.
    """
    now = banli.now()
    name = name.strip()[:100]
    with banli.writing() as session:
        if throttle.is_throttled(session, name, address, now):
            raise TooManyAttempts(say("Too many attempts. Wait a quarter of an hour, or ask your administrator."))
    with banli.reading() as session:
        account = find_account(session, name)
    right = matches(account.password_hash if account else None, password[:LONGEST_PASSWORD])
    with banli.writing() as session:
        if not right or account is None or account.disabled:
            throttle.count_failure(session, name, address, now)
        else:
            throttle.forget_failures(session, name, address)
            return _open(session, account.name, address, now)
    raise SignInRefused(say("The account or the password is not right."))


def sign_in_as(banli: Banli, name: str, address: str = "demonstration") -> SignedIn:
    """A new session without a password; in demonstration mode only."""
    if not banli.settings.demonstration:
        raise NotAllowed(say("Signing in by one click is for demonstrations only."))
    with banli.writing() as session:
        account = find_account(session, name)
        if account is None or account.disabled:
            raise SignInRefused(say("The account or the password is not right."))
        return _open(session, name, address, banli.now())


def sign_out(banli: Banli, token: str) -> None:
    """End the session on the server: the cookie is worth nothing afterwards."""
    with banli.writing() as session:
        session.execute(delete(WebSession).where(WebSession.token_hash == _digest(token)))


def resolve(banli: Banli, token: str, *, touch: bool = True) -> Actor | None:
    """Whose session this is; None when there is none, it was idle too long, or it is too old.

    `touch=False` for what a page asks by itself (polling): an unattended page must not keep its session alive.
    """
    now = banli.now()
    digest = _digest(token)
    with banli.reading() as session:
        row = session.get(WebSession, digest)
        if row is None or now - row.seen > IDLE or now - row.created > ABSOLUTE:
            return None
        account = session.get(Account, row.account_id)
        if account is None or account.disabled:
            return None
        actor = actor_of(session, account, banli.today())
        seen = row.seen
    if touch and now - seen > _SEEN_EVERY:
        with banli.writing() as session:
            fresh = session.get(WebSession, digest)
            if fresh is not None:
                fresh.seen = now
    return actor


def set_password(banli: Banli, name: str, password: str) -> None:
    """Give an account a new password and end all its sessions."""
    if len(password) < SHORTEST_PASSWORD:
        raise SignInRefused(say("A password needs at least {least} characters.", least=SHORTEST_PASSWORD))
    digest = hashed(password)
    with banli.writing() as session:
        account = find_account(session, name)
        if account is None:
            raise SignInRefused(say("There is no account “{name}”.", name=name))
        account.password_hash = digest
        session.execute(delete(WebSession).where(WebSession.account_id == account.id))


def set_locale(banli: Banli, actor: Actor, locale: str) -> None:
    """Remember the language in which this person reads the interface."""
    if locale not in LOCALES:
        raise NotAllowed(say("There is no language “{locale}”.", locale=locale))
    with banli.writing() as session:
        account = session.scalar(select(Account).where(Account.name == actor.account))
        if account is not None:
            account.locale = locale


def _open(session: Session, name: str, address: str, now: dt.datetime) -> SignedIn:
    account = find_account(session, name)
    if account is None:
        raise SignInRefused(say("The account or the password is not right."))
    session.execute(delete(WebSession).where(WebSession.created < now - ABSOLUTE))
    token = secrets.token_urlsafe(32)
    session.add(
        WebSession(token_hash=_digest(token), account_id=account.id, created=now, seen=now, address=address[:60])
    )
    return SignedIn(token, actor_of(session, account, now.astimezone(BEIJING).date()))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
