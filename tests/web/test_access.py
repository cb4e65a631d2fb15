"""Who may open which door."""

import re

import pytest

from tasks.accounts.permissions import PERMISSIONS, Role
from web.access import NEEDS, Visitor

ANYBODY = {"/sign-in", "/sign-in/as", "/sign-out", "/preferences", "/static/<path:name>"}


def test_every_route_is_in_the_table_and_the_table_holds_nothing_else(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(NEEDS)


def test_only_signing_in_and_the_built_files_are_open_to_anybody(app):
    open_doors = {rule.rule for rule in app.url_map.iter_rules() if NEEDS[rule.endpoint] is Visitor.ANYBODY}
    assert open_doors == ANYBODY


def test_a_route_that_the_table_forgot_is_denied(app, visitor):
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    visitor.be("wangmin")
    assert visitor.get("/forgotten").status_code == 403


def test_a_stranger_is_led_to_the_sign_in_page_and_back(visitor):
    answer = visitor.get("/tasks?view=claimable")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in?next=/tasks?view%3Dclaimable"


def addresses(app):
    return [
        (method, re.sub(r"<\w+>", "none", re.sub(r"<int:\w+>", "1", rule.rule.replace("<chapter>", "overview"))))
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods & {"GET", "POST"})
        if NEEDS[rule.endpoint] is not Visitor.ANYBODY
    ]


def test_a_stranger_reads_nothing_and_changes_nothing_at_any_address(app, visitor):
    token = visitor.token()
    for method, address in addresses(app):
        answer = visitor.http.open(address, method=method, data={"csrf_token": token}, **visitor.from_here)
        if method == "POST" and address in ("/tasks/none", "/portal/write"):  # the sign-in page keeps the text
            assert answer.status_code == 401
        else:
            assert (address, answer.status_code) == (address, 303)
            assert answer.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize(
    ("account", "address"),
    [("linguoqiang", "/cases"), ("linguoqiang", "/cases/1"), ("wangmin", "/portal"), ("wangmin", "/portal/write")],
)
def test_a_role_without_the_permission_is_refused_in_words(visitor, account, address):
    answer = visitor.be(account).get(address)
    assert answer.status_code == 403
    assert "您不能打开这个页面" in answer.get_data(as_text=True)


def test_no_role_of_a_handling_unit_may_read_ratings():
    units = [role for role in Role if role.startswith("unit_")]
    assert not [role for role in units if any("rating" in permission for permission in PERMISSIONS[role])]


def test_the_case_of_another_unit_is_as_absent_as_one_that_never_was(visitor):
    visitor.be("wangmin")
    own = visitor.read("/cases").count("data-case")
    assert own
    visitor.be("baihe")  # head of a unit that has nothing
    absent, foreign = visitor.get("/cases/999999"), visitor.get("/cases/1")
    assert (absent.status_code, foreign.status_code) == (404, 404)
    assert "没有这个页面" in foreign.get_data(as_text=True)


@pytest.mark.parametrize("trick", ["/cases/1;x", "/cases//1", "/%2e%2e/cases/1", "/cases/1%00", "/tasks/../cases/1"])
def test_spelling_an_address_differently_opens_no_door(visitor, trick):
    assert visitor.be("linguoqiang").get(trick).status_code in (308, 403, 404)
