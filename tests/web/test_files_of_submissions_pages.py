"""Files sent with a suggestion, through the pages: with and without a script."""

import io
import re

import pytest

PDF = b"%PDF-1.7\nsomething\n%%EOF"
HTML = b"<script>alert(1)</script>"
TYPED = {
    "title": "关于修缮河滨步道的建议", "category": "城建交通·道路桥梁", "timing": "recess", "situation": "步道破损。",
    "measures.0.text": "更换地砖", "no_secret": "true", "proposer_type": "individual",
}  # fmt: skip
FORMS = pytest.mark.parametrize(("account", "address"), [("linguoqiang", "/portal/write"), ("sunjie", "/filing/enter")])


def post(visitor, address, *files, **changes):
    sent = {**TYPED, **changes}
    if address == "/filing/enter":
        sent["proposer"] = re.search(r'<option value="(\d+)"[^>]*>林国强', visitor.read(address))[1]
    if files:
        sent["files:attachments"] = [(io.BytesIO(content), name) for content, name in files]
    return visitor.post(address, sent, content_type="multipart/form-data")


def addresses(page):
    return re.findall(r'href="(/files/[0-9a-f]{32})"', page)


@FORMS
def test_files_go_in_without_a_script_and_stand_on_the_case_and_in_the_portal(visitor, account, address):
    visitor.be(account)
    assert 'enctype="multipart/form-data"' in visitor.read(address)
    answer = post(visitor, address, (PDF, "现状.pdf"), (PDF, "方案.pdf"))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    number = answer.headers["Location"].rpartition("/")[2]
    for reader, place in (("linguoqiang", "portal"), ("wangmin", "cases"), ("sunjie", "cases")):
        page = visitor.be(reader).read(f"/{place}/{number}")
        assert "现状.pdf" in page
        assert [visitor.get(one).data for one in addresses(page)] == [PDF, PDF]


@FORMS
def test_a_refused_file_is_said_at_its_field_and_the_good_one_stays_chosen(visitor, account, address):
    visitor.be(account)
    answer = post(visitor, address, (PDF, "现状.pdf"), (HTML, "page.html"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'href="#f-attachments"' in page
    assert "不接受" in page
    assert "步道破损。" in page
    chosen = re.search(r'name="attachments" value="(\w+)" checked', page)[1]
    assert post(visitor, address, attachments=chosen).status_code == 303


@FORMS
def test_a_mistake_elsewhere_in_the_form_loses_no_file(visitor, account, address):
    answer = post(visitor.be(account), address, (PDF, "现状.pdf"), situation="")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert re.search(r'name="attachments" value="\w+" checked', page)
    assert "现状.pdf" in page


@FORMS
def test_a_script_sends_a_file_first_and_names_it_afterwards(visitor, account, address):
    visitor.be(account)
    sent = {"file": (io.BytesIO(PDF), "现状.pdf")}
    told = visitor.post(f"{address}/files", sent, content_type="multipart/form-data").get_json()
    assert told["name"] == "现状.pdf"
    assert post(visitor, address, attachments=told["id"]).status_code == 303


def test_a_draft_names_the_files_that_were_sent(visitor):
    visitor.be("linguoqiang")
    sent = {"file": (io.BytesIO(PDF), "现状.pdf")}
    told = visitor.post("/portal/write/files", sent, content_type="multipart/form-data").get_json()
    visitor.post("/portal/write/draft", {"title": "关于夜市的建议", "attachments": told["id"]})
    page = visitor.read("/portal/write")
    assert f'value="{told["id"]}" checked' in page
    assert "现状.pdf" in page
    visitor.post("/portal/write/forget")
    assert "现状.pdf" not in visitor.read("/portal/write")
    assert visitor.get(f"/files/{told['id']}").status_code == 404


def test_only_who_may_submit_sends_files(visitor):
    for account, address in (("wangmin", "/portal/write/files"), ("linguoqiang", "/filing/enter/files")):
        sent = {"file": (io.BytesIO(PDF), "现状.pdf")}
        answer = visitor.be(account).post(address, sent, content_type="multipart/form-data")
        assert answer.status_code == 403
