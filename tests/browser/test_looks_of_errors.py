"""Error pages as they look: accessible, whole on a narrow phone, and with a way on."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from werkzeug.exceptions import HTTPException, abort

from engine.errors import Conflict
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.throttle import MOST_BY_PAIR

STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FAULTS = {
    "400": lambda: abort(400),
    "403": lambda: NotAllowed(say("Only the hub presses units and issues slips.")),
    "404": lambda: abort(404),
    "405": lambda: abort(405),
    "409": lambda: Conflict(say("The diagram has been changed meanwhile.")),
    "413": lambda: abort(413),
    "500": lambda: RuntimeError("a fault of the program"),
    "503": lambda: abort(503),
}


def raised(fault):
    try:
        return fault()
    except HTTPException as error:
        return error


def faults(page):
    found = [(one["id"], [node["target"] for node in one["nodes"]][:3])
             for one in Axe().run(page, options=STANDARD).response["violations"]]
    page.set_viewport_size({"width": 360, "height": 740})
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.set_viewport_size({"width": 1440, "height": 900})
    return found, max(wider, 0)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("status", FAULTS)
def test_an_error_page_is_accessible_and_leads_on(people, monkeypatch, status, colours):
    def broken(*_):
        raise raised(FAULTS[status])

    monkeypatch.setattr("web.statistics.views.statistics", broken)
    hub = people["wangmin"]
    hub.page.emulate_media(color_scheme=colours)
    answer = hub.go("/statistics")
    assert str(answer.status) == status
    assert faults(hub.page) == ([], 0)
    assert hub.page.locator("main a.btn, main button").count() > 0
    assert "RuntimeError" not in hub.page.content()


def test_the_page_after_too_many_sign_ins_is_accessible(people):
    stranger = people.newcomer()
    stranger.go("/sign-in")
    for _ in range(MOST_BY_PAIR + 1):
        stranger.page.fill("input[name=name]", "wangmin")
        stranger.page.fill("input[name=password]", "not the password")
        stranger.page.press("input[name=password]", "Enter")
        stranger.page.wait_for_load_state()
    assert "15" in stranger.page.inner_text("main")
    assert faults(stranger.page) == ([], 0)
