"""Files and comments beside a case: what is taken, and who reads it."""

from __future__ import annotations

import io
import zipfile

import orjson
import pytest
from sqlalchemy import select
from tests_support.people import submitted

from engine import NotFound
from tasks.accounts.errors import NotAllowed
from tasks.attachments.content import LARGEST, AttachmentRefused, clean_name, kind_of
from tasks.attachments.models import Attachment
from tasks.attachments.service import add_to_case, add_to_form, read, remove
from tasks.attachments.storage import FOLDER
from tasks.attachments.views import Upload
from tasks.comments import service as comments
from tasks.comments.queries import remarks
from tasks.demonstration.answers import Story
from tasks.forms.schema import FormRefused, read_form
from tasks.forms.service import validate
from tasks.forms.views import FILES, Option
from tasks.register.models import Item
from tasks.worklist.errors import FormInvalid

PDF = b"%PDF-1.7\nsomething\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
JPG = b"\xff\xd8\xff\xe0" + b"0" * 20


def packed(*names):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        for name in names:
            file.writestr(zipfile.ZipInfo(name), "<x/>")
    return whole.getvalue()


DOCX = packed("[Content_Types].xml", "word/document.xml")
XLSX = packed("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "批复.pdf", "pdf"),
        (PNG, "图.PNG", "png"),
        (JPG, "现场.jpeg", "jpg"),
        (DOCX, "答复.docx", "docx"),
        (XLSX, "台账.xlsx", "xlsx"),
        ("说明\n".encode(), "说明.txt", "txt"),
        ("说明\n".encode("gb18030"), "说明.txt", "txt"),
    ],
)
def test_a_file_is_known_by_its_content(content, name, kind):
    assert kind_of(content, name) == kind


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.txt"),
        (b"<script>alert(1)</script>", "page.html"),
        (PDF, "picture.png"),
        (b"MZ\x90\x00" + b"\x00" * 40, "setup.pdf"),
        (b"just words", "letter.pdf"),
        (packed("word/document.xml"), "half.docx"),
        (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macro.docx"),
        (packed("[Content_Types].xml", "word/document.xml", "xl/workbook.xml"), "both.docx"),
        (DOCX, "table.xlsx"),
        (DOCX[:60], "torn.docx"),
        (b"a\x00b", "zero.txt"),
        (PDF, "no ending"),
        (PDF + b"0" * LARGEST, "large.pdf"),
    ],
)
def test_what_is_not_taken_or_not_what_its_name_says_is_refused(content, name):
    with pytest.raises(AttachmentRefused):
        kind_of(content, name)


def test_a_document_that_would_fill_the_disk_is_refused():
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<x/>")
        file.writestr("word/document.xml", b"0" * (301 * 1024 * 1024))
    with pytest.raises(AttachmentRefused):
        kind_of(whole.getvalue(), "bomb.docx")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\文件\\批复.pdf", "批复.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ('答复"<件>".pdf', "答复__件__.pdf"),
        (".pdf", "附件.pdf"),
        ("CON.pdf", "附件CON.pdf"),
        ("长" * 300 + ".pdf", "长" * 100 + ".pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
    ],
)
def test_a_name_is_cleaned(name, kept):
    assert clean_name(name, "pdf") == kept


@pytest.fixture
def play(banli, clock):
    """A case that the city-management bureau leads and the traffic police helps with."""
    return submitted(banli, clock, Story("cgj", ("jjdd",))).until("draft")


def added(banli, actor, play, audience="", content=PDF, **more):
    return add_to_case(banli, actor, play.item_id, Upload("批复.pdf", content), audience=audience, **more)


def sees(banli, actor, play):
    try:
        found = remarks(banli, actor, play.item_id)
    except NotFound:
        return None
    return ([file.attachment_id for file in found.attachments], [comment.text for comment in found.comments])


def test_the_same_content_lies_on_the_disk_once(banli, play, as_):
    for actor in ("wufang", "helei"):
        added(banli, as_(actor), play)
    kept = [path for path in (banli.settings.data_folder / FOLDER).rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in kept] == [PDF]


def test_a_file_is_read_back_as_it_was_by_who_may_read_the_case(banli, play, as_):
    file = added(banli, as_("wufang"), play)
    for reader in ("wufang", "helei", "wangmin", "sunjie"):
        assert read(banli, as_(reader), file).path.read_bytes() == PDF
    for stranger in ("dingyi", "luhua", "fanglan"):
        with pytest.raises(NotFound):
            read(banli, as_(stranger), file)


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("unit", {"helei", "maxiao"}),
        ("office", {"helei", "maxiao", "wufang", "wangmin", "sunjie"}),
        ("", {"helei", "maxiao", "wufang", "wangmin", "sunjie"}),
        ("all", {"helei", "maxiao", "wufang", "wangmin", "sunjie", "linguoqiang"}),
    ],
)
def test_what_a_unit_adds_reaches_whom_it_is_meant_for(banli, play, as_, audience, readers):
    file = added(banli, as_("helei"), play, audience)
    comments.write(banli, as_("helei"), play.item_id, "车位数已核", audience=audience)
    for account in ("helei", "maxiao", "wufang", "wangmin", "sunjie", "linguoqiang"):
        expected = ([file], ["车位数已核"]) if account in readers else ([], [])
        assert (account, sees(banli, as_(account), play)) == (account, expected)
        if account not in readers:
            with pytest.raises(NotFound):
                read(banli, as_(account), file)


def test_what_stands_beside_a_step_on_a_rating_is_for_those_who_may_read_ratings(banli, clock, as_):
    play = submitted(banli, clock, Story("cgj", complaint="没有解决")).until("rate")
    play.do("rate", rating="dissatisfied")
    task = play.step("study").task_id
    file = added(banli, as_("sunjie"), play, "office", task_id=task)
    comments.write(banli, as_("sunjie"), play.item_id, "不满意，建议重办", audience="all", task_id=task)
    assert sees(banli, as_("sunjie"), play) == ([file], ["不满意，建议重办"])
    for unit in ("wufang", "jianglin", "suntao", "wangmin"):
        assert sees(banli, as_(unit), play) == ([], [])
        with pytest.raises(NotFound):
            read(banli, as_(unit), file)


def test_the_committee_writes_for_itself_unless_it_says_otherwise(banli, play, as_):
    comments.write(banli, as_("sunjie"), play.item_id, "等评价后再看")
    assert sees(banli, as_("wufang"), play) == ([], [])
    assert sees(banli, as_("sunjie"), play) == ([], ["等评价后再看"])


def test_a_file_of_a_form_is_nobodys_but_the_holders_until_it_is_submitted(banli, play, as_):
    task = play.step("draft").task_id
    file = add_to_form(banli, as_("wufang"), task, Upload("附图.png", PNG))
    assert read(banli, as_("wufang"), file).name == "附图.png"
    for other in ("jianglin", "helei", "wangmin"):
        with pytest.raises(NotFound):
            read(banli, as_(other), file)
    with pytest.raises(NotFound):
        add_to_form(banli, as_("helei"), task, Upload("附图.png", PNG))
    assert sees(banli, as_("wufang"), play) == ([], [])


def test_what_was_not_chosen_is_laid_aside_when_the_form_is_submitted(banli, play, as_):
    task = play.step("draft").task_id
    file = add_to_form(banli, as_("wufang"), task, Upload("附图.png", PNG))
    play.do("draft")
    with pytest.raises(NotFound):
        read(banli, as_("wufang"), file)
    with banli.reading() as session:
        assert session.scalars(select(Attachment.state).where(Attachment.id == file)).one() == "removed"


def test_a_proposer_who_asked_to_stay_unknown_stays_unknown_to_the_units(banli, play, as_):
    with banli.writing() as session:
        session.get_one(Item, play.item_id).confidential = True
    comments.write(banli, as_("linguoqiang"), play.item_id, "请先看现场")
    added(banli, as_("linguoqiang"), play)
    for reader, name in (("wufang", ""), ("wangmin", "林国强")):
        found = remarks(banli, as_(reader), play.item_id)
        assert [found.comments[0].by_name, found.attachments[0].by_name] == [name, name]


def test_only_who_added_it_takes_it_away(banli, play, as_):
    file = added(banli, as_("wufang"), play)
    with pytest.raises(NotAllowed):
        remove(banli, as_("jianglin"), file)
    remove(banli, as_("wufang"), file)
    assert sees(banli, as_("wangmin"), play) == ([], [])
    with pytest.raises(NotFound):
        read(banli, as_("wufang"), file)


def test_a_comment_is_written_once_and_taken_away_by_its_author(banli, play, as_):
    number = [comments.write(banli, as_("wufang"), play.item_id, "请尽快", request_id="mine") for _ in range(2)]
    assert number[0] == number[1]
    with pytest.raises(NotFound):
        comments.remove(banli, as_("jianglin"), number[0])
    comments.remove(banli, as_("wufang"), number[0])
    assert sees(banli, as_("wangmin"), play) == ([], [])


@pytest.mark.parametrize("text", ["", "  ", "长" * 2001])
def test_a_comment_says_something_and_not_too_much(banli, play, as_, text):
    with pytest.raises(FormInvalid):
        comments.write(banli, as_("wufang"), play.item_id, text)


PICKER = {"type": "filepicker", "key": "scan", "label": "扫描件", "multiple": True, "accept": ".pdf,.jpg"}


def errors(picker, chosen):
    form = read_form(orjson.dumps({"id": "f", "components": [picker]}))
    known = {FILES: [Option("a", "一.pdf"), Option("b", "二.jpg"), Option("c", "三.docx")]}
    return [error.key for error in validate(form, {"scan": chosen}, {}, known).errors]


@pytest.mark.parametrize(
    ("changes", "chosen", "wrong"),
    [
        ({}, ["a", "b"], False),
        ({}, [], False),
        ({"validate": {"required": True}}, [], True),
        ({"multiple": False}, ["a", "b"], True),
        ({"multiple": False}, ["a"], False),
        ({"properties": {"maxItems": "1"}}, ["a", "b"], True),
        ({}, ["c"], True),
        ({}, ["of another task"], True),
    ],
)
def test_a_file_field_takes_what_its_schema_says(changes, chosen, wrong):
    assert bool(errors({**PICKER, **changes}, chosen)) == wrong


def test_a_file_field_inside_a_list_is_refused():
    rows = {"type": "dynamiclist", "path": "rows", "components": [PICKER]}
    with pytest.raises(FormRefused):
        read_form(orjson.dumps({"id": "f", "components": [rows]}))
