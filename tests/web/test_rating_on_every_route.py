"""No address tells a handling unit how its reply was rated: two cases that differ only in that look alike."""

from __future__ import annotations

import io
import re

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from tests_support.people import Play, Standing

from tasks.accounts.actors import actor_named
from tasks.attachments.models import Attachment
from tasks.attachments.service import add_to_form
from tasks.attachments.views import Upload
from tasks.demonstration.answers import Story
from tasks.register.models import Item
from tasks.worklist.leaders import Paper
from tasks.worklist.service import record

COMPLAINT = "态度很好但问题没有解决"
PAPER = "纸质评价表第一页"
WORDS = ("dissatisfied", "不满意：", COMPLAINT, "研究不满意意见", PAPER, "代录")
UNIT = ("wufang", "jianglin", "suntao")
"""Handler, office and head of the unit that answered."""
CONTENT, UNHAPPY = 1, 2


@pytest.fixture(params=["herself", "on paper"])
def rated(request, banli):
    """The discontented one is rated in the system, or on paper which the committee keys in with the scan."""
    for item_id, rating in ((CONTENT, "satisfied"), (UNHAPPY, "dissatisfied")):
        play = Play(banli, Standing(banli), item_id, Story("cgj", complaint=COMPLAINT)).until("rate")
        if request.param == "on paper" and item_id == UNHAPPY:
            key_in(banli, play.step("rate"))
        else:
            play.do("rate", rating=rating)
    return banli


def key_in(banli, work):
    committee = actor_named(banli, "sunjie")
    scan = add_to_form(banli, committee, work.task_id, Upload(f"{PAPER}.pdf", b"%PDF-1.7\nrated\n%%EOF"))
    values = {"contact_made": "met", "attitude": "satisfied", "result": "dissatisfied", "opinion": COMPLAINT}
    record(banli, committee, work.task_id, Paper(work.assignee, values, [scan]), None)


def addresses(app, item_id: int) -> list[str]:
    """Every address that can be read, for this case where it names one."""
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or set(rule.arguments) - {"item_id", "chapter"} or rule.endpoint == "auth.leave":
            continue
        if "chapter" in rule.arguments:
            chapters = ("diagram", "timeline", "replies", "consultations", "file", "ratings")
            found += [f"/cases/{item_id}/{chapter}" for chapter in chapters]
        else:
            found.append(re.sub(r"<(?:int:)?item_id>", str(item_id), rule.rule))
    return sorted(set(found))


def text_of(answer) -> str:
    """What a person or a program reads: the page, or the cells of a workbook."""
    if answer.mimetype.endswith("sheet"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
        return "\n".join(str(cell) for sheet in sheets for row in sheet for cell in row)
    return answer.get_data(as_text=True)


def alike(text: str, banli, item_id: int) -> str:
    """Without what differs between two cases anyhow: ids, numbers, titles, tokens."""
    with banli.reading() as session:
        item = session.get_one(Item, item_id)
        title, number, instance = item.title, item.number, item.instance_id
    text = re.sub(rf"(?<!\d){number}(?!\d)", "…", text.replace(title, "…").replace(instance, "…"))
    text = re.sub(r"06[0-9a-z]{18}", "…", text)
    text = re.sub(r'(csrf_token" value|nonce|request_id" value)="[^"]+"', "", text)
    text = re.sub(rf"/cases/{item_id}\b|/portal/{item_id}\b|item={item_id}\b", "/case", text)
    return re.sub(r"〔2026〕\d+号", "号", text)


@pytest.mark.parametrize("account", UNIT)
def test_no_address_tells_a_rating(app, visitor, rated, account):
    visitor.be(account)
    for item_id in (CONTENT, UNHAPPY):
        for address in addresses(app, item_id):
            text = text_of(visitor.get(address))
            for word in WORDS:
                assert word not in text, (address, word)


@pytest.mark.parametrize("account", UNIT)
def test_a_contented_and_a_discontented_case_look_alike_on_every_address(app, visitor, rated, account):
    visitor.be(account)
    one, other = addresses(app, CONTENT), addresses(app, UNHAPPY)
    for first, second in zip(one, other, strict=True):
        if first == second:
            continue
        answers = visitor.get(first), visitor.get(second)
        assert answers[0].status_code == answers[1].status_code, first
        if answers[0].status_code != 200:
            continue  # a refusal carries an id of its own
        assert alike(text_of(answers[0]), rated, CONTENT) == alike(text_of(answers[1]), rated, UNHAPPY), first


@pytest.mark.parametrize("account", UNIT)
def test_lists_hold_both_cases_or_neither(visitor, rated, account):
    visitor.be(account)
    for view in ("mine", "claimable", "waiting", "done"):
        page = visitor.read(f"/tasks?view={view}")
        with rated.reading() as session:
            titles = [session.get_one(Item, item_id).title for item_id in (CONTENT, UNHAPPY)]
        assert page.count(titles[0]) == page.count(titles[1]), view


@pytest.mark.parametrize("account", UNIT)
def test_the_scan_of_a_rating_on_paper_is_as_good_as_absent(visitor, banli, account):
    play = Play(banli, Standing(banli), UNHAPPY, Story("cgj", complaint=COMPLAINT)).until("rate")
    key_in(banli, play.step("rate"))
    with banli.reading() as session:
        (scan,) = session.scalars(select(Attachment.id).where(Attachment.name == f"{PAPER}.pdf"))
    assert visitor.be("sunjie").get(f"/files/{scan}").status_code == 200
    visitor.be(account)
    theirs, nothing = visitor.get(f"/files/{scan}"), visitor.get("/files/0123456789abcdef0123456789abcdef")
    assert theirs.status_code == nothing.status_code == 404


def test_the_committee_keys_a_rating_in_on_its_page_and_finds_the_scan_beside_it(visitor, banli):
    play = Play(banli, Standing(banli), UNHAPPY, Story("cgj")).until("rate")
    task = play.step("rate").task_id
    committee = visitor.be("sunjie")
    assert f"/tasks/{task}" in committee.read(f"/cases/{UNHAPPY}/ratings")
    assert f"/tasks/{task}" in committee.read("/desk")
    assert "纸质评价，由您代录" in committee.read(f"/tasks/{task}")
    sent = {"contact_made": "met", "attitude": "satisfied", "result": "satisfied", "recorded_for": "linguoqiang"}
    refused = committee.post(f"/tasks/{task}/record", sent)
    assert refused.status_code == 422
    assert "PDF、JPG" in refused.get_data(as_text=True)
    file = (io.BytesIO(b"%PDF-1.7\nrated\n%%EOF"), "评价表.pdf")
    answer = committee.post(f"/tasks/{task}/record", {**sent, "files:recorded_scan": file})
    assert answer.status_code == 303
    page = committee.read(f"/cases/{UNHAPPY}/ratings")
    assert "纸质评价，孙洁代录" in page
    assert "评价表.pdf" in page
