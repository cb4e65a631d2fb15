"""Comments and files through the pages."""

import io
import re

import orjson
import pytest
from sqlalchemy import select
from tests_support.county import DAY
from tests_support.diagrams import chain, end, process, start, user_task
from tests_support.people import submitted

from tasks.attachments.content import LARGEST
from tasks.demonstration.answers import Story
from tasks.demonstration.player import step_named
from tasks.handling.models import TaskSubmission

PDF = b"%PDF-1.7\nsomething\n%%EOF"
HTML = b"<script>alert(1)</script>"


class StandingClock:
    """The county's clock stands still."""

    def __call__(self):
        return DAY

    def move(self, **_span):
        """No time passes."""


@pytest.fixture
def play(banli):
    return submitted(banli, StandingClock(), Story("cgj")).until("draft")


def file(content=PDF, name="批复.pdf"):
    return (io.BytesIO(content), name)


def send(visitor, play, content=PDF, name="批复.pdf", **more):
    sent = {"file": file(content, name), "audience": "office", **more}
    return visitor.post(
        f"/cases/{play.item_id}/files", sent, content_type="multipart/form-data", follow_redirects=True
    ).get_data(as_text=True)


def address(page):
    return re.search(r'href="(/files/[0-9a-f]{32})"', page)[1]


def test_a_file_of_the_case_is_given_out_as_a_download_that_no_browser_interprets(visitor, play):
    page = send(visitor.be("wufang"), play)
    assert "已保存1个文件" in page
    answer = visitor.be("wangmin").get(address(page))
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_file_is_as_good_as_absent_for_the_proposer_and_for_another_unit(visitor, play):
    found = address(send(visitor.be("wufang"), play))
    for stranger in ("linguoqiang", "dingyi"):
        assert visitor.be(stranger).get(found).status_code == 404
    assert visitor.post(f"{found}/remove").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (HTML, "page.html", "不接受"),
        (HTML, "page.pdf", "必须以.txt结尾"),
        (b"", "empty.pdf", "是空文件"),
        (PDF + b"0" * LARGEST, "large.pdf", "超过15 MB"),
    ],
)
def test_what_is_not_taken_is_said_in_words(visitor, play, content, name, words):
    page = send(visitor.be("wufang"), play, content, name)
    assert words in page
    assert 'href="/files/' not in page


def test_a_comment_stands_on_the_case_and_on_the_task_for_whom_it_is_meant(visitor, play):
    visitor.be("wufang")
    sent = {"comment": "<b>请先核对车位数</b>", "audience": "office", "request_id": "mine"}
    for _ in range(2):
        visitor.post(f"/cases/{play.item_id}/comments", sent)
    task = play.step("draft").task_id
    for page in (visitor.read(f"/tasks/{task}"), visitor.be("wangmin").read(f"/cases/{play.item_id}")):
        assert page.count("&lt;b&gt;请先核对车位数&lt;/b&gt;") == 1
    assert "请先核对车位数" not in visitor.be("linguoqiang").read(f"/portal/{play.item_id}")


def test_an_empty_comment_is_not_kept(visitor, play):
    answer = visitor.be("wufang").post(f"/cases/{play.item_id}/comments", {"comment": " "}, follow_redirects=True)
    assert "请先写点内容" in answer.get_data(as_text=True)


FORM = {
    "id": "scan",
    "name": "上传扫描件",
    "components": [
        {"type": "filepicker", "key": "scan", "label": "扫描件", "multiple": True, "validate": {"required": True}},
        {"type": "textfield", "key": "note", "label": "备注"},
    ],
}
DIAGRAM = process(
    start()
    + user_task(
        "scan",
        '<zeebe:formDefinition formId="scan"/><zeebe:taskHeaders><zeebe:header key="recorder" value="kept"/>'
        "</zeebe:taskHeaders>",
        groups="fb:hub_officer",
    )
    + end()
    + chain("start", "scan", "end")
)


@pytest.fixture
def scanning(banli):
    banli.engine.deploy({"small.bpmn": DIAGRAM, "scan.form": orjson.dumps(FORM)})
    banli.engine.start("p", {}, business_key="1")
    return step_named(banli, 1, "scan").task_id


def test_a_form_takes_files_without_a_script(visitor, banli, scanning):
    visitor.be("wangmin")
    refused = visitor.post(f"/tasks/{scanning}", {"note": "一页"}, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert "请为“扫描件”添加文件" in refused.get_data(as_text=True)
    sent = {"note": "一页", "files:scan": file()}
    assert visitor.post(f"/tasks/{scanning}", sent, content_type="multipart/form-data").status_code == 303
    page = visitor.read("/cases/1")
    assert visitor.get(address(page)).data == PDF
    with banli.reading() as session:
        kept = session.scalars(select(TaskSubmission).where(TaskSubmission.task_id == scanning)).one()
        assert kept.content["scan"] == [address(page).rpartition("/")[2]]


def test_a_file_that_is_refused_is_said_at_its_field_and_the_rest_stays(visitor, scanning):
    visitor.be("wangmin")
    sent = {"note": "一页", "files:scan": file(HTML, "page.html")}
    answer = visitor.post(f"/tasks/{scanning}", sent, content_type="multipart/form-data")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'href="#f-scan"' in page
    assert 'value="一页"' in page


def test_a_script_sends_a_file_first_and_names_it_afterwards(visitor, scanning):
    visitor.be("wangmin")
    told = visitor.post(f"/tasks/{scanning}/files", {"file": file()}, content_type="multipart/form-data").get_json()
    assert told["name"] == "批复.pdf"
    visitor.post(f"/tasks/{scanning}/draft", {"scan": told["id"], "note": "一页"})
    assert f'value="{told["id"]}" checked' in visitor.read(f"/tasks/{scanning}")
    assert visitor.post(f"/tasks/{scanning}", {"scan": told["id"]}).status_code == 303


def test_a_file_of_another_task_cannot_be_named(visitor, play, scanning):
    foreign = address(send(visitor.be("wangmin"), play)).rpartition("/")[2]
    assert visitor.post(f"/tasks/{scanning}", {"scan": foreign}).status_code == 422


def test_a_script_reads_why_a_file_was_refused(visitor, scanning):
    visitor.be("wangmin")
    sent = {"file": file(HTML, "page.html")}
    answer = visitor.post(f"/tasks/{scanning}/files", sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "不接受" in answer.get_json()["refused"]
