"""The desk of filing, entering for others, items of an upper level, and what a writer is shown."""

import re

import pytest
from sqlalchemy import select

from tasks.filing.models import UpperItem
from tasks.register.models import Item, ItemProposer

ENTRY = {
    "title": "关于修缮河滨步道的建议", "category": "城建交通·道路桥梁", "timing": "recess", "situation": "步道破损。",
    "measures.0.text": "更换地砖", "no_secret": "true", "proposer_type": "individual",
}  # fmt: skip
UPPER = {
    "kind": "suggestion", "role": "co", "external_number": "市0217", "external_due": "2026-07-31",
    "external_lead": "市住建局", "contact": "张工", "contact_phone": "0700-8123001",
    "title": "关于统筹市域停车资源的建议", "category": "城建交通·道路桥梁", "situation": "停车资源不均。",
    "measures.0.text": "共享停车位",
}  # fmt: skip


def person(visitor, address, name):
    page = visitor.read(address)
    return re.search(rf'<option value="(\d+)"[^>]*>{name}', page)[1]


def item_of(banli, title):
    with banli.reading() as session:
        return session.scalars(select(Item).where(Item.title == title)).one()


def test_the_committee_enters_an_item_on_behalf(visitor, banli):
    visitor.be("sunjie")
    proposer = person(visitor, "/filing/enter", "何秀兰")
    answer = visitor.post("/filing/enter", {**ENTRY, "proposer": proposer, "request_id": "once"})
    assert answer.status_code == 303
    item = item_of(banli, ENTRY["title"])
    assert item.entered_by == "sunjie"
    again = visitor.post("/filing/enter", {**ENTRY, "proposer": proposer, "request_id": "once"})
    assert again.headers["Location"] == answer.headers["Location"], "sent twice it is one item"
    assert ENTRY["title"] in visitor.be("hexiulan").read("/portal")


def test_signatures_on_paper_need_no_confirmation(visitor, banli):
    visitor.be("sunjie")
    proposer = person(visitor, "/filing/enter", "何秀兰")
    other = person(visitor, "/filing/enter", "周明华")
    visitor.post("/filing/enter", {**ENTRY, "proposer": proposer, "cosigners": other, "signed": "true"})
    with banli.reading() as session:
        rows = session.scalars(select(ItemProposer).join(Item).where(Item.title == ENTRY["title"])).all()
        assert [row.confirmed_at is not None for row in rows] == [True, True]


def test_an_incomplete_entry_says_what_is_missing(visitor):
    answer = visitor.be("sunjie").post("/filing/enter", {**ENTRY, "title": ""})
    assert answer.status_code == 422
    assert 'href="#f-proposer"' in answer.get_data(as_text=True)


@pytest.mark.parametrize(("account", "address"), [
    ("wangmin", "/filing/enter"), ("sunjie", "/filing/upper"), ("linguoqiang", "/filing"), ("qianlei", "/filing"),
])  # fmt: skip
def test_everybody_has_doors_of_her_own(visitor, account, address):
    assert visitor.be(account).get(address).status_code == 403


def test_the_hub_registers_an_item_of_an_upper_level(visitor, banli):
    answer = visitor.be("wangmin").post("/filing/upper", {**UPPER, "request_id": "once"})
    assert answer.status_code == 303
    item = item_of(banli, UPPER["title"])
    assert (item.level, item.filed_at is not None) == ("upper", True)
    with banli.reading() as session:
        row = session.get_one(UpperItem, item.id)
    assert row.inner_due.date().isoformat() == "2026-07-17", "ten working days before the date of the upper level"
    page = visitor.read("/filing")
    assert "市0217" in page
    assert "上级交办件内部提前" in page


def test_the_upload_is_recorded_with_proof(visitor, banli):
    visitor.be("wangmin").post("/filing/upper", UPPER)
    address = f"/filing/upper/{item_of(banli, UPPER['title']).id}/uploaded"
    refused = visitor.post(address, {"on": "2026-05-07", "proof": ""}, follow_redirects=True)
    assert "凭证" in refused.get_data(as_text=True)
    taken = visitor.post(address, {"on": "2026-05-07", "proof": "回执 88", "adopted": "yes"}, follow_redirects=True)
    assert "回执 88" in taken.get_data(as_text=True)
    assert "已采纳" in taken.get_data(as_text=True)


def test_a_date_of_the_upper_level_that_has_passed_is_refused(visitor):
    answer = visitor.be("wangmin").post("/filing/upper", {**UPPER, "external_due": "2026-05-01"})
    assert answer.status_code == 422


def test_similar_items_are_shown_while_a_title_is_typed(visitor):
    page = visitor.be("hexiulan").read("/portal/similar?title=关于解决城区停车难的建议")
    assert "关于解决老城区停车难问题的建议" in page
    assert "关于提升完善公厕设施的建议" not in page
    assert visitor.read("/portal/similar?title=") == ""


def test_a_deputy_says_how_and_whence_she_submits(visitor, banli):
    visitor.be("linguoqiang")
    visitor.post("/portal/write", {
        **ENTRY, "proposer_type": "individual", "origin": "走访", "wish_contact": "meeting", "repeat_of": "years",
        "suggested_units": ["zjj", "cgj"], "confidential": "true",
    })  # fmt: skip
    item = item_of(banli, ENTRY["title"])
    assert (item.origin, item.wish_contact, item.repeat_of, item.confidential) == ("走访", "meeting", "years", True)
    assert (item.wished_units, item.suggested_units) == (["zjj", "cgj"], "住建局、城管局")


def test_what_comes_after_the_cut_off_is_an_item_of_the_recess(visitor, banli):
    visitor.be("linguoqiang").post("/portal/write", {**ENTRY, "timing": "in_session"})
    assert item_of(banli, ENTRY["title"]).timing == "recess"
    assert 'value="recess" checked' in visitor.read("/portal/write")
