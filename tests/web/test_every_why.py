"""Every date, reviewer and light on a page can be asked why, and answers with rule, source and inputs."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

import pytest
from lxml import html
from sqlalchemy import select
from tests_support.crawl import Crawler
from tests_support.lively import lively

from tasks.accounts.actors import actor_named, demonstration_accounts
from tasks.cases.chains import review_chains
from tasks.cases.queries import case
from tasks.filing.models import UpperItem
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.supervision.models import Rectification, Slip
from tasks.tracking.models import Commitment, LookBack
from tasks.worklist.models import Work
from web.application import create_app

FACTS = ("层级", "角色", "轮次", "重点", "结果类别", "阶段", "涉及资金")
"""What the table of review chains is asked with."""
THEIR_OWN_WORDS = {"letter", "line", "answers", "prose", "keep", "why-line"}
"""The words of letters and reports, and the course of events, are themselves what a date rests on."""
CELLS = ("td", "dd", "li", "span", "p", "div")


class House:
    """The application and what its people find in it by following links."""

    def __init__(self, banli, app):
        self.banli, self.app, self.found = banli, app, {}
        self.people = {}
        for account in accounts_of(banli):
            self.people[account] = Crawler(app, account)
            self.found[account] = self.people[account].walk()

    def pages(self):
        """Every page of staff and proposers that was seen, with its tree."""
        for pages in self.found.values():
            for endpoint, kind in pages.items():
                for page in kind if endpoint.partition(".")[0] not in ("admin", "designer", "watch", "auth") else ():
                    if page.text and page.status == 200 and page.mimetype == "text/html":
                        yield page, html.fromstring(page.text)


def accounts_of(banli):
    """Somebody of each set of roles."""
    found = {}
    for one in demonstration_accounts(banli):
        found.setdefault(frozenset(actor_named(banli, one.account).roles), one.account)
    return list(found.values())


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with lively(tmp_path_factory.mktemp("why")) as banli:
        yield House(banli, create_app(banli))


def dues_of(banli):
    """Every date in the tables until which somebody must do something."""
    kept = (Work.due, Commitment.due, Rectification.due, LookBack.due, Slip.reply_by, UpperItem.external_due,
            UpperItem.inner_due)  # fmt: skip
    with banli.reading() as session:
        found = [day for column in kept for day in session.scalars(select(column)) if day is not None]
    return {day.astimezone(BEIJING).date() if isinstance(day, dt.datetime) else day for day in found}


def shows(day, text):
    """Whether the text shows this day, in prose or as tables do."""
    prose = rf"(?<!\d){day.month}月{day.day}日"
    return day.isoformat() in text or re.search(prose, text) is not None


def told(node):
    """The headings under which a date is explained."""
    parts = node.xpath(".//*[@class='explain']//dt")
    return {" ".join(part.text_content().split()) for part in parts}


def explanation_of(node):
    """What explains a text: the details it stands in, or those beside it in the same cell or line."""
    inside = node.xpath("ancestor-or-self::details[contains(@class, 'due')]")
    line = node.xpath(f"ancestor-or-self::*[{' or '.join(f'self::{tag}' for tag in CELLS)}][1]/..")
    row = node.xpath("ancestor::tr[1]")
    beside = [one for place in (*line, *row) for one in place.xpath(".//details[contains(@class, 'due')]")]
    return told([*inside, *beside][0]) if inside or beside else set()


def test_every_due_date_tells_its_rule_and_source_or_leads_there(house):
    dues, faults = dues_of(house.banli), set()
    assert len(dues) > 10, "the county has dates of many kinds"
    for page, tree in house.pages():
        for node in tree.xpath("//body//*[text()[normalize-space()]]"):
            text = "".join(node.xpath("text()"))
            if node.tag in ("script", "option", "textarea", "style") or not any(shows(day, text) for day in dues):
                continue
            classes = {name for value in node.xpath("ancestor-or-self::*/@class") for name in value.split()}
            if THEIR_OWN_WORDS & classes or node.xpath("ancestor-or-self::a[@href]"):
                continue
            if not {"规则", "依据"} <= explanation_of(node):
                faults.add((page.address, " ".join(text.split())[:60]))
    assert not faults, "\n" + "\n".join(map(str, sorted(faults)))


def test_every_light_tells_its_rule_source_and_start(house):
    faults, asked = set(), 0
    for page, tree in house.pages():
        for light in tree.xpath("//details[contains(@class, 'due')][.//*[contains(@class, 'light ')]]"):
            asked += 1
            if not {"规则", "依据", "起算日"} <= told(light):
                faults.add((page.endpoint, " ".join(light.text_content().split())[:80]))
    assert asked > 100
    assert not faults, "\n" + "\n".join(map(str, sorted(faults)))


def test_every_reviewer_of_a_chain_leads_to_the_row_that_asked_for_her_its_source_and_the_facts(house):
    endpoints, faults = set(), []
    for page, tree in house.pages():
        for reviewer in tree.xpath("//*[@data-reviewer]"):
            endpoints.add(page.endpoint)
            anchor = reviewer.xpath(".//a/@href")[0]
            reason = tree.xpath(f"//*[@id='{anchor[1:]}']") if anchor.startswith("#") else []
            pairs = {one.text_content(): one.getnext().text_content() for one in reason[0].iter("dt")} if reason else {}
            if not {"规则", "依据", *FACTS} <= set(pairs) or not re.search(r"审核流程 第 \d+ 行", pairs["规则"]):
                faults.append((page.address, reviewer.get("data-reviewer"), sorted(pairs)))
            assert pairs.get("依据"), page.address
    assert {"cases.show", "worklist.show", "signing.open_reply"} <= endpoints
    assert not faults, "\n" + "\n".join(map(str, faults))


def test_wherever_a_reviewer_of_a_running_chain_is_named_the_page_or_its_link_says_why(house):
    waiting, faults, named = reviewers_now(house.banli), [], set()
    assert len(waiting) >= 2
    for page, tree in house.pages():
        staff = house.people[page.account]
        for name, title in waiting.items():
            for row in tree.xpath(f"//tr[contains(., '{title}')] | //li[contains(., '{title}')]"):
                if name not in row.text_content() and "答复审核" not in row.text_content():
                    continue
                named.add(page.endpoint)
                links = [link for link in row.xpath(".//a/@href") if link.startswith("/")]
                if not any(explains(staff, link, name) for link in links):
                    faults.append((page.account, page.address, name))
    assert {"cases.register", "board.behind", "workbench.home", "signing.show"} <= named, sorted(named)
    assert not faults, "\n" + "\n".join(map(str, faults))


def reviewers_now(banli):
    """Whose turn it is in each chain that runs, by the title of the case."""
    hub, found = actor_named(banli, "wangmin"), {}
    with banli.reading() as session:
        for item in session.scalars(select(Item)):
            for chain in review_chains(banli, session, hub, item):
                found |= {node.name: item.title for node in chain.nodes if node.state == "now"}
    return found


def explains(person, link, name):
    """Whether the page behind a link has this reviewer with her reason."""
    page = person.visit(link, person.door(urlsplit(link).path)[0])
    return f'data-reviewer="{name}"' in page.text


def test_proposers_do_not_read_how_an_office_reviews(house):
    with house.banli.reading() as session:
        items = [item.id for item in session.scalars(select(Item)) if item.instance_id]
    proposer = actor_named(house.banli, "linguoqiang")
    assert all(not case(house.banli, proposer, item).chains for item in items if _hers(house.banli, proposer, item))


def _hers(banli, actor, item_id):
    with banli.reading() as session:
        return any(one.person_id == actor.person_id for one in session.get_one(Item, item_id).proposers)
