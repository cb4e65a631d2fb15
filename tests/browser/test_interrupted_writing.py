"""Connection or session gone: it is said in plain words, and what was typed is saved by itself afterwards."""

import pytest
from drawing import Studio

TYPED = "停车设施的职责在住建局，已经和两家单位商量过。"
AT_ONCE = "window.dispatchEvent(new Event('online'))"
"""What a browser tells a page when the connection is back; the page would else try again after some seconds."""


@pytest.fixture
def writing(people):
    hub = people["wangmin"]
    hub.go("/tasks?view=claimable")
    hub.page.locator("tr[data-step='分办'] a.title").first.click()
    hub.page.wait_for_selector("#task-form")
    return hub


def saved(page):
    page.wait_for_selector(".saved:not(.failed):text-matches('保存')")


def failed(page, words):
    page.wait_for_selector(f".saved.failed:has-text('{words}')")


def test_what_is_typed_while_the_connection_is_gone_is_saved_when_it_is_back(writing):
    page = writing.page
    page.context.set_offline(True)
    writing.fills(reason=TYPED)
    failed(page, "连接中断")
    page.context.set_offline(False)
    saved(page)
    page.reload()
    assert TYPED in page.input_value('[name="reason"]')


def test_a_session_that_ended_is_named_and_after_signing_in_elsewhere_the_page_goes_on(writing):
    page = writing.page
    other = page.context.new_page()
    other.goto(writing.address + "/")
    other.locator("details.me > summary").click()
    other.get_by_role("button", name="退出").click()
    writing.fills(reason=TYPED)
    failed(page, "登录已过期")
    other.click('button[name="account"][value="wangmin"]')
    other.wait_for_selector("details.me")
    page.evaluate(AT_ONCE)
    saved(page)
    page.locator(".dock button.primary").click()  # with the new token, the form's own check is what answers
    page.wait_for_selector("main [data-first-error]")
    assert TYPED in page.input_value('[name="reason"]')


def test_somebody_else_who_signed_in_meanwhile_gets_nothing_of_it(writing):
    page = writing.page
    other = page.context.new_page()
    other.goto(writing.address + "/")
    other.locator("details.me > summary").click()
    other.get_by_role("button", name="退出").click()
    other.click('button[name="account"][value="zhoukai"]')
    other.wait_for_selector("details.me")
    writing.fills(reason=TYPED)
    failed(page, "登录已过期")


def test_a_drawing_is_kept_while_the_connection_is_gone(people):
    studio = Studio(people["chenli"]).opens_a_draft()
    page = studio.page
    studio.file("scenarios/reply-passed.yaml")
    page.context.set_offline(True)
    page.locator("textarea.plain-text").press_sequentially("# ")
    page.wait_for_selector("[data-state][data-kind=bad]:has-text('连不上服务器')")
    page.context.set_offline(False)
    page.wait_for_selector("[data-state]:not([data-kind=bad]):has-text('保存')")
