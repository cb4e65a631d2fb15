"""What every answer and every session keeps to."""

import re

import pytest

from tasks.accounts.throttle import MOST_BY_PAIR
from web.access import NEEDS
from web.application import create_app

PAGES = ["/", "/tasks", "/cases", "/sign-in", "/nowhere"]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_carries_the_protecting_headers(visitor, address):
    headers = visitor.be("wangmin").get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_no_page_needs_inline_script_or_style(visitor):
    visitor.be("wangmin")
    for address in PAGES:
        page = visitor.read(address)
        assert " style=" not in page
        assert "<style" not in page
        assert " onclick=" not in page
        assert page.count("<script") == page.count('<script type="module" src="/static/build/')


def test_the_session_cookie_is_out_of_reach_of_scripts_and_foreign_pages(visitor):
    cookie = visitor.post("/sign-in/as", {"account": "wangmin"}).headers.getlist("Set-Cookie")
    session = next(one for one in cookie if one.startswith("banli="))
    assert "HttpOnly" in session
    assert "SameSite=Lax" in session
    assert "Secure" not in session


def test_with_https_the_cookie_is_secure_and_bound_to_this_host(banli):
    http = create_app(banli, https=True).test_client()
    here = {"environ_base": {"REMOTE_ADDR": "127.0.0.1"}, "base_url": "https://127.0.0.1"}
    page = http.get("/sign-in", **here).get_data(as_text=True)
    token = page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    sent = {"csrf_token": token, "account": "wangmin"}
    answer = http.post("/sign-in/as", data=sent, headers={"Referer": "https://127.0.0.1/sign-in"}, **here)
    session = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("__Host-banli="))
    assert "Secure" in session
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def unsafe_routes(app):
    rules = [rule.rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]
    return [re.sub(r"<\w+>", "t", re.sub(r"<int:\w+>", "1", rule)) for rule in rules]


def test_every_unsafe_route_refuses_a_form_without_the_token(app, visitor):
    visitor.be("wangmin")
    for address in unsafe_routes(app):
        answer = visitor.http.post(address, data={}, **visitor.from_here)
        assert (address, answer.status_code) == (address, 400)
        assert "这个页面已过期" in answer.get_data(as_text=True)


def test_nothing_is_changed_by_a_link(app):
    changing = {"act", "claim", "release", "draft", "complete", "submit", "leave", "enter_as", "prefer"}
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[2] in changing:
            assert "GET" not in rule.methods
    assert changing <= {endpoint.partition(".")[2] for endpoint in NEEDS}


def test_the_token_of_one_visitor_is_worth_nothing_to_another(app, visitor):
    stolen = visitor.be("wangmin").token()
    other = type(visitor)(app).be("zhaoqian")
    answer = other.http.post("/sign-out", data={"csrf_token": stolen}, **other.from_here)
    assert answer.status_code == 400


def test_after_signing_out_the_old_cookie_opens_nothing(visitor):
    visitor.be("wangmin")
    kept = visitor.http.get_cookie("banli", domain="127.0.0.1").value
    visitor.post("/sign-out")
    visitor.http.set_cookie("banli", kept, domain="127.0.0.1")
    assert visitor.get("/tasks").status_code == 303


def test_signing_in_begins_a_session_of_its_own(visitor):
    first = visitor.be("wangmin").http.get_cookie("banli", domain="127.0.0.1").value
    assert visitor.be("wangmin").http.get_cookie("banli", domain="127.0.0.1").value != first


def test_one_click_accounts_exist_only_for_the_machine_itself(visitor):
    far = {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}, "base_url": "http://127.0.0.1:8000"}
    rebound = {"environ_base": {"REMOTE_ADDR": "127.0.0.1"}, "base_url": "http://evil.example"}
    for origin in (far, rebound):
        page = visitor.http.get("/sign-in", **origin).get_data(as_text=True)
        assert "演示" not in page
        token = page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
        sent = {"csrf_token": token, "account": "wangmin"}
        assert visitor.http.post("/sign-in/as", data=sent, **origin).status_code == 404


def test_behind_a_proxy_nobody_counts_as_local(visitor):
    page = visitor.get("/sign-in", headers={"X-Forwarded-For": "192.0.2.7"}).get_data(as_text=True)
    assert "演示" not in page


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_link_to_the_sign_in_page_leads_nobody_elsewhere(visitor, address):
    answer = visitor.post("/sign-in/as", {"account": "wangmin", "next": address})
    assert answer.headers["Location"] == "/"


def test_a_hundred_megabytes_are_refused_in_words(visitor):
    visitor.be("wangmin")
    scan = b'--b\r\nContent-Disposition: form-data; name="scan"; filename="scan.pdf"\r\n\r\n' + b"x" * 100_000_000
    answer = visitor.http.post(
        "/tasks/any", data=scan + b"\r\n--b--", content_type="multipart/form-data; boundary=b", **visitor.from_here
    )
    assert answer.status_code == 413
    assert "一次最多发送 20 MB" in answer.get_data(as_text=True)


def test_an_error_of_ours_shows_a_number_and_no_trace(app, visitor, monkeypatch):
    def broken(*_args):
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr("web.workbench.views.home_of", broken)
    answer = visitor.be("wangmin").get("/")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert "系统出了问题" in page
    assert "提示编号 500-" in page
    assert "secret of the house" not in page
    assert "Traceback" not in page


@pytest.mark.parametrize("name", ["../access.py", "..%2faccess.py", "build/../../access.py", "/etc/passwd"])
def test_no_file_beside_the_built_ones_is_served(visitor, name):
    assert visitor.get(f"/static/{name}").status_code in (308, 404)


def test_built_files_are_kept_by_browsers_and_sent_small(visitor):
    page = visitor.read("/sign-in")
    address = page.split('src="', 1)[1].split('"', 1)[0]
    answer = visitor.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert len(answer.data) < 40_000


def test_who_has_guessed_too_often_is_told_when_to_come_again(visitor):
    wrong = {"name": "wangmin", "password": "not the password"}
    answers = [visitor.post("/sign-in", wrong) for _ in range(MOST_BY_PAIR + 1)]
    assert [answer.status_code for answer in answers] == [422] * MOST_BY_PAIR + [429]
    assert answers[-1].headers["Retry-After"] == "900"
    assert 'name="password"' in answers[-1].get_data(as_text=True)
