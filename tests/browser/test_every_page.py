"""Every page of the application, as everybody who may see it: they are found by their links, so none is forgotten."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from people import People
from serving import served
from tests_support.crawl import Crawler
from tests_support.lively import lively

from tasks.accounts.actors import actor_named, demonstration_accounts
from web.access import NEEDS, Visitor
from web.application import create_app
from web.catalogs import catalog

STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LARGEST = 100 * 1024
NOT_LINKED = {
    "assets.file": "a style sheet, a script",
    "auth.sign_in": "asked for by everybody who is not signed in: looked at by itself",
    "portal.similar": "a fragment that htmx asks for while one writes",
    "designer.check": "asked by the editors' script",
    "designer.lists": "asked by the editors' script",
    "designer.read": "asked by the editors' script",
    "cases.diagram": "read by the diagram's script",
    "watch.diagram": "read by the diagram's script",
    "evaluation.diagram": "read by the diagram's script",
    "worklist.diagram": "read by the diagram's script",
}
"""Addresses to which no link leads, and why."""
TOLERATED = {"designer.studio": "Applying inline style"}
"""bpmn-js and dmn-js style their shapes inline; the policy refuses it, and they draw all the same."""


class House:
    """The application with its people, and what each of them found in it by following links."""

    def __init__(self, banli, app):
        self.banli, self.app = banli, app
        self.found = {account: Crawler(app, account).walk() for account in somebody_of_each_role(banli)}

    def pages(self):
        """Every page that was seen."""
        return [page for pages in self.found.values() for kind in pages.values() for page in kind]

    def first_of_each(self, times=2):
        """Of each kind of page one for the first and one for the last person who saw it."""
        kinds = {}
        for account, pages in self.found.items():
            for endpoint, kind in pages.items():
                kinds.setdefault(endpoint, []).append((account, kind[-1]))
        for seen in kinds.values():
            yield from {page.account: page for _, page in (seen[0], seen[-1])[:times]}.values()


def somebody_of_each_role(banli):
    """Accounts that differ in what they may do."""
    found = {}
    for account in demonstration_accounts(banli):
        found.setdefault(frozenset(actor_named(banli, account.account).roles), account.account)
    return list(found.values())


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with lively(tmp_path_factory.mktemp("lively")) as banli:
        yield House(banli, create_app(banli))


def told(faults):
    """One fault a line."""
    return "\n" + "\n".join(str(fault) for fault in faults)


def texts_of(page):
    """What is read on the page, piece by piece; scripts and what people typed into forms left out."""
    tree = html.fromstring(page.text)
    for node in tree.xpath("//script|//style|//textarea|//svg|//code|//pre|//kbd|//template"):
        node.drop_tree()
    shown = tree.xpath("//text()[normalize-space()] | //@aria-label | //@title | //@placeholder")
    return [" ".join(str(piece).split()) for piece in shown]


def test_every_page_is_reached_by_somebody_who_may_see_it(house):
    reached = {endpoint for pages in house.found.values() for endpoint in pages}
    readable = {rule.endpoint for rule in house.app.url_map.iter_rules() if "GET" in rule.methods}
    forgotten = readable - reached - set(NOT_LINKED)
    assert not forgotten, told(sorted(forgotten))


def test_nobody_is_led_to_a_door_that_is_closed_to_her(house):
    closed = [(page.account, page.address, page.status) for page in house.pages() if page.status != 200]
    assert not closed, told(closed)


def test_nobody_finds_a_page_that_the_table_does_not_give_her(house):
    for page in house.pages():
        if page.status == 403:
            continue
        need = NEEDS[page.endpoint]
        assert isinstance(need, Visitor) or need & actor_named(house.banli, page.account).permissions, page.address


def test_every_page_is_smaller_than_a_hundred_kilobytes(house):
    larger = [(page.address, page.size) for page in house.pages() if page.text and page.size >= LARGEST]
    assert not larger, told(larger)


def test_every_page_has_a_title_that_names_it_and_one_heading(house):
    faults = []
    for page in house.pages():
        if page.text and page.status == 200:
            tree = html.fromstring(page.text)
            title = (tree.findtext(".//title") or "").rpartition("·")[0].strip()
            headings = [" ".join(h1.text_content().split()) for h1 in tree.iter("h1")]
            if not title or len(headings) != 1 or not headings[0]:
                faults.append((page.address, title, headings))
    assert not faults, told(faults)


@pytest.mark.parametrize("language", ["zh_Hans_CN", "zh_Hant_TW", "en"])
def test_no_sentence_is_left_in_another_language(house, language):
    english = {str(message.id) for message in catalog("zh_Hans_CN") if message.id and message.string != message.id}
    sentences = {text for text in english if re.search(r"[a-z]{2}", text)}
    faults = set()
    for page in house.pages() if language == "zh_Hans_CN" else in_language(house, language):
        for text in texts_of(page) if page.text else ():
            untranslated = language != "en" and (text in sentences or re.search(r"(?:\b[A-Za-z]{2,} ){3}", text))
            # An administrator reads patterns of names and numbers, with their places.
            unfilled = not page.endpoint.startswith("admin.") and re.search(r"\{\w+\}|%\(\w+\)", text)
            if untranslated or unfilled:
                faults.add((page.endpoint, text[:80]))
    assert not faults, told(sorted(faults))


def test_every_light_can_be_asked_why_or_opens_what_it_counts(house):
    faults = []
    for page in house.pages():
        staff = page.endpoint.partition(".")[0] not in ("admin", "designer", "watch")  # their marks are no lights
        tree = html.fromstring(page.text) if page.text and staff else None
        for light in tree.xpath("//*[contains(concat(' ', @class, ' '), ' light ')]") if tree is not None else ():
            turned = set(light.get("class").split()) & {"near", "urgent", "overdue", "normal"}
            asked = light.xpath("ancestor::details[contains(@class, 'due')]//*[@class='explain']/p[normalize-space()]")
            opened = light.xpath("ancestor-or-self::*[self::a or self::td][descendant-or-self::a/@href]")
            if turned and not asked and not opened:
                faults.append((page.endpoint, " ".join(light.text_content().split())))
    assert not faults, told(faults)


def in_language(house, language):
    """The same pages for some of the people, read anew in another language."""
    for account in list(house.found)[::3]:
        reader = Crawler(house.app, account, each=1, language=language)
        for pages in house.found[account].values():
            if pages[0].text:
                yield reader.visit(pages[0].address, pages[0].endpoint)


@pytest.fixture(scope="module")
def visitors(house, browser):
    with served(house.banli) as address, People(browser, address).at_work() as people:
        yield people


def test_every_page_is_accessible_and_fits_a_narrow_phone(house, visitors):
    faults = []
    for page in house.first_of_each():
        if not page.text:
            continue
        person = visitors[page.account]
        person.complaints.clear()
        person.page.set_viewport_size({"width": 1366, "height": 768})
        person.go(page.address)
        found = Axe().run(person.page, options=STANDARD).response["violations"]
        where = (page.account, page.address)
        faults += [(*where, one["id"], [node["target"] for node in one["nodes"][:3]]) for one in found]
        person.page.set_viewport_size({"width": 360, "height": 740})
        wider = person.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wider > 0:
            faults.append((*where, "wider", wider))
        tolerated = TOLERATED.get(page.endpoint, "nothing")
        faults += [(*where, one) for one in person.complaints if not one.startswith(tolerated)]
    assert not faults, told(faults)
