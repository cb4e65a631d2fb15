"""Signing in: the right password, throttled guesses, sessions that end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from tasks.accounts import throttle
from tasks.accounts.actors import demonstration_accounts
from tasks.accounts.errors import NotAllowed, SignInRefused
from tasks.accounts.models import Account, WebSession
from tasks.accounts.permissions import PERMISSIONS, Permission, Role
from tasks.accounts.service import resolve, set_password, sign_in, sign_in_as, sign_out

PASSWORD = "云岭一中 1985"


@pytest.fixture
def zhaoqian(banli):
    set_password(banli, "zhaoqian", PASSWORD)
    return "zhaoqian"


def refused(banli, name, password, address="10.0.0.1"):
    with pytest.raises(SignInRefused) as caught:
        sign_in(banli, name, password, address)
    return str(caught.value)


def test_the_right_password_opens_a_session_and_names_the_person(banli, zhaoqian):
    signed_in = sign_in(banli, zhaoqian, PASSWORD, "10.0.0.1")
    actor = resolve(banli, signed_in.token)
    assert (actor.name, actor.unit_name, actor.groups) == ("赵倩", "住建局", {"zjj:unit_handler"})


def test_the_token_itself_is_stored_nowhere(banli, zhaoqian):
    signed_in = sign_in(banli, zhaoqian, PASSWORD, "10.0.0.1")
    with banli.reading() as session:
        assert signed_in.token not in session.scalars(select(WebSession.token_hash)).all()


def test_a_wrong_password_and_an_unknown_account_are_told_alike(banli, zhaoqian):
    assert refused(banli, zhaoqian, "wrong") == refused(banli, "nobody", "wrong")


def test_an_account_without_a_password_cannot_sign_in_with_its_stored_mark(banli):
    assert "not right" in refused(banli, "helei", "!")


def test_a_disabled_account_cannot_sign_in_and_its_sessions_end(banli, zhaoqian):
    token = sign_in(banli, zhaoqian, PASSWORD, "10.0.0.1").token
    with banli.writing() as session:
        session.scalars(select(Account).where(Account.name == zhaoqian)).one().disabled = True
    assert resolve(banli, token) is None
    refused(banli, zhaoqian, PASSWORD)


def test_guessing_is_throttled_for_the_guesser_and_not_for_the_victim(banli, zhaoqian):
    for _ in range(throttle.MOST_BY_PAIR):
        refused(banli, zhaoqian, "guess", "6.6.6.6")
    assert "Too many" in refused(banli, zhaoqian, PASSWORD, "6.6.6.6")
    assert sign_in(banli, zhaoqian, PASSWORD, "10.0.0.1").actor.name == "赵倩"


def test_an_account_under_attack_from_many_addresses_stays_open_where_its_owner_was_before(banli, zhaoqian):
    sign_in(banli, zhaoqian, PASSWORD, "10.0.0.1")
    with banli.writing() as session:
        for number in range(throttle.MOST_BY_ACCOUNT):
            throttle.count_failure(session, zhaoqian, f"6.6.6.{number}", banli.now())
    assert "Too many" in refused(banli, zhaoqian, PASSWORD, "7.7.7.7")
    assert sign_in(banli, zhaoqian, PASSWORD, "10.0.0.1").actor.name == "赵倩"


def test_the_throttle_forgets_after_a_quarter_of_an_hour(banli, zhaoqian, clock):
    for _ in range(throttle.MOST_BY_PAIR):
        refused(banli, zhaoqian, "guess")
    clock.move(minutes=16)
    assert sign_in(banli, zhaoqian, PASSWORD, "10.0.0.1").token


def test_signing_out_ends_the_session_on_the_server(banli, zhaoqian):
    token = sign_in(banli, zhaoqian, PASSWORD, "10.0.0.1").token
    sign_out(banli, token)
    assert resolve(banli, token) is None


def test_a_session_ends_when_it_was_idle_and_when_it_is_old(banli, zhaoqian, clock):
    token = sign_in(banli, zhaoqian, PASSWORD, "10.0.0.1").token
    for _ in range(13):
        clock.move(minutes=50)
        kept = resolve(banli, token)
        assert kept is not None
    for _ in range(3):
        clock.move(minutes=50)
    assert resolve(banli, token) is None, "idle for two and a half hours"


def test_a_session_ends_after_twelve_hours_however_busy(banli, zhaoqian, clock):
    token = sign_in(banli, zhaoqian, PASSWORD, "10.0.0.1").token
    for _ in range(14):
        clock.move(minutes=50)
        resolve(banli, token)
    clock.move(minutes=50)
    assert resolve(banli, token) is None


def test_a_poll_does_not_keep_a_session_alive(banli, zhaoqian, clock):
    token = sign_in(banli, zhaoqian, PASSWORD, "10.0.0.1").token
    for _ in range(2):
        clock.move(minutes=40)
        resolve(banli, token, touch=False)
    assert resolve(banli, token) is None


def test_a_new_password_ends_all_sessions(banli, zhaoqian):
    token = sign_in(banli, zhaoqian, PASSWORD, "10.0.0.1").token
    set_password(banli, zhaoqian, "another one 2026")
    assert resolve(banli, token) is None


def test_one_click_is_for_demonstrations_only(banli):
    earnest = replace(banli, settings=replace(banli.settings, demonstration=False))
    with pytest.raises(NotAllowed):
        sign_in_as(earnest, "zhaoqian")
    assert demonstration_accounts(earnest) == []
    assert sign_in_as(banli, "zhaoqian").actor.name == "赵倩"


def test_no_role_of_a_handling_unit_may_read_ratings():
    for role in (Role.UNIT_HANDLER, Role.UNIT_OFFICE, Role.UNIT_DEPUTY, Role.UNIT_HEAD):
        assert not PERMISSIONS[role] & {Permission.AREA_RATING_READ, Permission.OWN_RATING_READ}
