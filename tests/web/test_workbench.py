"""The first page tells of the work that waits: one's own, and while there is none, what one's unit may claim."""

import re

from lxml import html


def figures(visitor):
    tree = html.fromstring(visitor.read("/"))
    return {link.find("span").text_content(): (link.get("href"), int(link.find("strong").text_content()))
            for link in tree.xpath("//nav[contains(@class, 'figs')]/a")}  # fmt: skip


def rows(page):
    return re.findall(r'data-task="([^"]+)"', page)


def test_who_has_nothing_of_her_own_begins_with_what_her_unit_may_claim(visitor):
    hub = visitor.be("wangmin")
    claimable = rows(hub.read("/tasks?view=claimable"))
    assert claimable
    assert figures(hub)["待我办理"][1] == 0
    assert rows(hub.read("/"))[0] == claimable[0]
    assert rows(hub.read("/tasks")) == claimable
    assert re.search(r"待办</span><b[^>]*>(\d+)", hub.read("/"))[1] == str(len(claimable))


def test_who_has_claimed_begins_with_her_own(visitor):
    hub = visitor.be("wangmin")
    task = rows(hub.read("/tasks"))[0]
    hub.post(f"/tasks/{task}/claim")
    assert rows(hub.read("/tasks")) == [task]
    assert figures(hub)["待我办理"][1] == 1
    assert set(rows(hub.read("/"))) == {task}


def test_each_figure_of_the_first_page_opens_as_many_lines(visitor):
    hub = visitor.be("wangmin")
    for name, (address, count) in figures(hub).items():
        assert len(rows(hub.read(address))) == count, name
