"""Every page of the county, as everybody who may be visited: words instead of codes, something in every list."""

import re

import pytest
from lxml import html
from tests_support.crawl import Crawler

from tasks.accounts.actors import demonstration_accounts
from web.application import create_app

LARGEST = 100 * 1024
CODES = {
    "a value of the program": re.compile(r"\b(None|True|False|null|undefined|NaN)\b|Decimal\("),
    "a timestamp": re.compile(r"\d{4}-\d\d-\d\dT|\+08:00|\d\d:\d\d:\d\d"),
    "a name of the program": re.compile(r"\b[a-z]+_[a-z_]+\b"),
    "a text in quotes of an expression": re.compile(r'"[A-Za-z_]+"'),
    "a place that was not filled": re.compile(r"\{\w+(:\w+)?\}|%\(\w+\)"),
    "a code of a reviewer": re.compile(r"\b(UO|UD|UC|S1|S2|S3|SV|VM|MY|NP)\b"),
    "a word of another language": re.compile(r"\b(if|then|else|lead|separate|overdue|near|urgent|satisfied|own)\b"),
}
"""What nobody should read who is no administrator or designer: they write expressions and know accounts."""
ROOMS_OF_CODES = ("admin", "designer")
MAY_BE_EMPTY = {
    "absences.listing": "not everybody goes away",
    "admin.calendar": "nobody has changed a holiday", "admin.chain": "nobody has changed the chain",
    "admin.edit": "most settings are as they came", "admin.listing": "most settings are as they came",
    "admin.preset": "the county keeps the national preset",
    "cases.show": "a case has no reply, no opinion, no rating before their time",
    "dispatch.show": "between two assignments nothing waits for the leader",
    "notices.listing": "not everybody is written to",
    "supervision.board": "a committee's own share has nobody to be named",
}  # fmt: skip
"""Pages that may show an empty list without any filter, and why that is true."""


@pytest.fixture(scope="module")
def pages(living):
    app = create_app(living)
    return [
        page
        for person in demonstration_accounts(living)
        for kind in Crawler(app, person.account, each=1).walk().values()
        for page in kind
        if page.text
    ]


def texts_of(page):
    """What is read on the page, piece by piece; what people type themselves left out."""
    tree = html.fromstring(page.text)
    for node in tree.xpath("//script|//style|//svg|//kbd|//template|//textarea|//option"):
        node.drop_tree()
    shown = tree.xpath("//body//text()[normalize-space()] | //@title | //@placeholder | //@aria-label")
    return [" ".join(str(piece).split()) for piece in shown]


@pytest.mark.parametrize("kind", CODES)
def test_nobody_reads_a_code(pages, kind):
    found = {
        (page.endpoint, text[:90])
        for page in pages
        if page.endpoint.partition(".")[0] not in ROOMS_OF_CODES
        for text in texts_of(page)
        if CODES[kind].search(text)
    }
    assert not found, "\n" + "\n".join(map(str, sorted(found)))


def test_every_page_is_smaller_than_a_hundred_kilobytes(pages):
    assert [(page.account, page.address, page.size) for page in pages if page.size >= LARGEST] == []


def test_every_list_has_something_true_to_show(pages):
    found = {
        (page.endpoint, page.account, " ".join(empty.text_content().split())[:60])
        for page in pages
        if "?" not in page.address and page.endpoint not in MAY_BE_EMPTY
        for empty in html.fromstring(page.text).xpath("//*[contains(concat(' ', @class, ' '), ' empty ')]")
    }
    assert not found, "\n" + "\n".join(map(str, sorted(found)))


@pytest.mark.parametrize(
    ("account", "address", "figures"),
    [
        ("sunjie", "/desk", ("待审查立案", "待研究", "延期待批", "待核对结案", "还没有评价", "在办重点件")),
        ("qianlei", "/office", ("待签收", "待印发答复", "待公开", "本单位逾期")),
        ("wangmin", "/", ("待我办理", "逾期", "今天到期", "本单位可认领", "我送出、等别人")),
        ("liuzheng", "/", ("逾期", "本单位可认领")),
    ],
)
def test_each_desk_has_something_of_each_kind_waiting(visitor, account, address, figures):
    tree = html.fromstring(visitor.be(account).read(address))
    told = {
        link.find("span").text_content(): link.find("strong").text_content()
        for link in tree.xpath("//nav[contains(@class, 'figs')]/a")
    }
    assert {name: told[name] for name in figures if told[name] == "0"} == {}


def test_the_administrator_reads_what_was_changed_in_two_years_and_what_was_taken_back(visitor):
    log = html.fromstring(visitor.be("chenli").read("/admin/changes")).xpath("//ul[contains(@class, 'log')]/li")
    told = [" ".join(entry.text_content().split()) for entry in log]
    assert len(told) >= 6
    assert any("撤回" in entry for entry in told)
    assert all("理由" in entry and "陈立" in entry for entry in told)
