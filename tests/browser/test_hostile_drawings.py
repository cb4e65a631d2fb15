"""What a hostile file says in its names is shown as text, in the studio and on the pages of staff; nothing runs."""

import json
from xml.sax.saxutils import quoteattr

import pytest
from drawing import READY, Studio
from tests_support.people import submitted

from tasks.accounts.actors import actor_named
from tasks.demonstration.answers import Story
from tasks.designing import deploying, service
from tasks.designing.queries import draft_files

PAYLOAD = """"><img src=x onerror="window.hacked=1"><svg onload=window.hacked=1>{{7*7}}${7*7}<%= 7*7 %>"""


def hostile(files):
    """The shipped files with the payload in every kind of name."""
    name = quoteattr(PAYLOAD)
    diagram = files["handling.bpmn"].decode()
    for plain in ('name="分办"', 'name="县府办"', 'name="是否并案"', 'name="建议提案办理"'):
        diagram = diagram.replace(plain, f"name={name}")
    table = files["chasing.dmn"].decode()
    start = table.index('<decision id="')
    opening = table[start : table.index(">", start)]
    changed = opening[: opening.index(' name="')] + f" name={name}"
    form = json.loads(files["forms/assign.form"])
    form["name"] = PAYLOAD
    form["components"][0]["label"] = PAYLOAD
    form["components"][0]["description"] = PAYLOAD
    text = f"# {PAYLOAD}\n[x](javascript:window.hacked=1)"
    form["components"].append({"type": "text", "id": "hostile", "text": text})
    return {
        "handling.bpmn": diagram.encode(),
        "chasing.dmn": table.replace(opening, changed).encode(),
        "forms/assign.form": json.dumps(form).encode(),
        "scenarios/hostile.yaml": f"title: {json.dumps(PAYLOAD)}\nprocess: {json.dumps(PAYLOAD)}\n".encode(),
    }


@pytest.fixture
def draft(banli):
    designer = actor_named(banli, "chenli")
    number = service.open_draft(banli, designer, "handling")
    for name, content in hostile(draft_files(banli, designer, number)[0]).items():
        service.add_file(banli, designer, number, name, content)
    return number


def harmless(page):
    return page.evaluate("() => window.hacked === undefined") and page.locator("img[src=x]").count() == 0


def test_the_studio_shows_hostile_names_as_text(people, draft):
    studio = Studio(people["chenli"])
    for name in ("handling.bpmn", "chasing.dmn", "forms/assign.form", "scenarios/hostile.yaml"):
        studio.person.go(f"/designer/drafts/{draft}?file={name}")
        studio.page.wait_for_selector("[data-studio][data-ready=yes]", timeout=READY)
        if name.endswith(".bpmn"):
            studio.page.locator("g.djs-shape", has_text="img src").first.click(force=True)
        studio.page.wait_for_timeout(400)
        assert harmless(studio.page), name
    for part in ("compare", "states", "rehearsal"):
        studio.person.go(f"/designer/drafts/{draft}/{part}")
        assert harmless(studio.page), part
        assert "img src=x" in studio.page.inner_text("main")


def test_a_deployed_hostile_name_is_text_for_staff_too(people, banli, clock, draft):
    designer = actor_named(banli, "chenli")
    service.remove_file(banli, designer, draft, "scenarios/hostile.yaml")
    deploying.hand_in(banli, designer, draft, PAYLOAD)
    play = submitted(banli, clock, Story("cgj"))
    hub = people["wangmin"]
    (work,) = [play.step(element) for element in play.open()]
    for address in ("/tasks?view=claimable", f"/tasks/{work.task_id}", f"/cases/{play.item_id}",
                    f"/cases/{play.item_id}/diagram", "/watch?process=handling", "/decisions", "/board"):  # fmt: skip
        hub.go(address)
        if hub.page.locator("[data-diagram]").count():
            hub.page.wait_for_selector("[data-diagram][data-ready]")
            hub.page.wait_for_timeout(200)
        assert harmless(hub.page), address
    people["chenli"].go("/designer")
    assert harmless(people["chenli"].page)
    assert "img src=x" in people["chenli"].page.inner_text("main"), "the reason is shown as it was typed"
