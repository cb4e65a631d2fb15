"""The first day of a county: no case yet, and every page says how the first one comes."""

import re

import pytest
from lxml import html
from tests_support.county import SITTING, opened
from tests_support.crawl import Crawler
from tests_support.visitor import Visitor

from tasks.directory.setup import establish
from tasks.packages.service import deploy_shipped
from web.application import create_app

FIRST_DAY = {
    "wangmin": ["还没有办件", "登记上级交办件", "交办清单"],
    "zhoukai": ["还没有办件"],
    "sunjie": ["还没有办件", "代录入"],
    "qianlei": ["还没有办件"],
    "zhaoqian": ["还没有办件"],
    "linguoqiang": ["还没有建议", "提出建议"],
    "liuzheng": ["没有待签的事项"],
    "chenli": ["打开草稿"],
}


@pytest.fixture(scope="module")
def new_county(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("new")) as banli:
        establish(banli, banli.process_folder / "demonstration" / "county.toml", SITTING)
        deploy_shipped(banli, actor="banli init")
        yield create_app(banli)


@pytest.fixture(scope="module")
def first_day(new_county):
    return {account: Crawler(new_county, account, each=1).walk() for account in FIRST_DAY}


def pages(found):
    return [page for kind in found.values() for page in kind]


@pytest.mark.parametrize("account", FIRST_DAY)
def test_the_first_page_says_how_things_begin(new_county, account):
    text = Visitor(new_county).be(account).read("/sign-in")  # who is signed in already is led to her first page
    for words in FIRST_DAY[account]:
        assert words in text


def test_every_page_of_an_empty_county_opens(first_day):
    broken = [(page.account, page.address, page.status) for found in first_day.values() for page in pages(found)
              if page.status != 200]  # fmt: skip
    assert broken == []


def test_no_empty_page_speaks_another_language(first_day):
    faults = set()
    for found in first_day.values():
        for page in pages(found):
            if page.endpoint.startswith(("admin.", "designer.", "watch.")) or not page.text:
                continue
            tree = html.fromstring(page.text)
            for node in tree.xpath("//script|//style|//textarea|//svg|//code|//pre|//kbd|//template"):
                node.drop_tree()
            faults |= {piece.strip() for piece in tree.itertext() if re.search(r"(?:\b[A-Za-z]{2,} ){2}", piece)}
    assert faults == set()


def test_nothing_is_divided_by_nothing(first_day):
    (page,) = first_day["wangmin"]["statistics.show"]
    assert "0/0" in page.text
    assert "0.0%" not in page.text


def test_a_register_without_a_case_does_not_blame_the_filters(first_day):
    (page,) = first_day["wangmin"]["cases.register"]
    assert "还没有办件" in page.text


def test_no_evaluation_is_offered_where_nothing_was_handled(first_day):
    (page,) = first_day["wangmin"]["evaluation.show"]
    assert "还没有可以考核的年度" in page.text
    assert "启动考核</button>" not in page.text
