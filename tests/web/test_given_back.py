"""No refusal takes from somebody what she has written; and a broken page of errors still says a sentence."""

import pytest
from lxml import html

from web import errors

HERE, ELSEWHERE = "http://127.0.0.1:8000/cases/1", "http://example.invalid/"
WORDS = "请先到现场看一看，再定主办单位。"
REMARK = {"comment": WORDS, "audience": "handling", "csrf_token": "of yesterday"}


def remark(visitor, referer=HERE, **fields):
    headers = {"Referer": referer, "Accept": "text/html"}
    return visitor.post("/cases/1/comments", {**REMARK, **fields}, headers=headers)


def text(answer):
    return answer.get_data(as_text=True)


def test_a_form_that_has_expired_gives_back_what_was_written_and_leads_back(visitor):
    answer = remark(visitor.be("wangmin"))
    assert answer.status_code == 400
    assert WORDS in text(answer)
    assert 'href="/cases/1"' in text(answer)


def test_words_that_another_site_sends_are_not_shown(visitor):
    assert WORDS not in text(remark(visitor.be("wangmin"), ELSEWHERE))


def test_passwords_and_tokens_are_never_given_back(visitor):
    page = text(remark(visitor.be("wangmin"), password="秘密的口令一二三", new_password="另一个口令一二三"))
    assert "口令" not in page
    assert "of yesterday" not in page


def test_what_was_sent_after_the_session_had_ended_is_given_back_after_signing_in(visitor):
    visitor.be("wangmin")
    token = visitor.token()
    visitor.http.delete_cookie("banli", domain="127.0.0.1")
    answer = remark(visitor, csrf_token=token)
    assert answer.status_code == 401
    assert "登录已到期" in text(answer)
    kept = html.fromstring(text(answer)).xpath("//input[@name='kept']/@value")[0]
    page = text(visitor.post("/sign-in/as", {"account": "wangmin", "kept": kept, "next": "/cases/1"}))
    assert WORDS in page
    assert 'href="/cases/1"' in page


def test_nobody_is_led_elsewhere_by_what_is_given_back(visitor):
    sent = {"account": "wangmin", "kept": f"comment={WORDS}", "next": "https://example.invalid/"}
    assert "example.invalid" not in text(visitor.post("/sign-in/as", sent))


def test_an_error_on_our_side_gives_it_back_too(visitor, monkeypatch):
    monkeypatch.setitem(visitor.http.application.view_functions, "remarks.write", lambda **_: 1 / 0)
    visitor.be("wangmin")
    answer = remark(visitor, csrf_token=visitor.token())
    assert answer.status_code == 500
    assert WORDS in text(answer)
    assert "ZeroDivisionError" not in text(answer)


def test_a_broken_page_of_errors_still_says_what_to_do(visitor, monkeypatch):
    def broken(*_args, **_values):
        raise RuntimeError

    monkeypatch.setitem(visitor.http.application.view_functions, "workbench.home", broken)
    visitor.be("wangmin")
    monkeypatch.setattr(errors, "render_template", broken)
    answer = visitor.get("/")
    assert answer.status_code == 500
    assert "请稍后再试" in text(answer) or "再试" in text(answer)


@pytest.mark.parametrize("short", ["zjj", "2026-06-10", "06h1a52faxq1vyy43kv7-15"])
def test_codes_and_dates_are_not_called_writing(visitor, short):
    assert "您写的内容" not in text(remark(visitor.be("wangmin"), comment=short))
