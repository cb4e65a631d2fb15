"""Files that go in with a suggestion: taken, waiting, and part of the item from its first moment."""

import pytest
from sqlalchemy import func, select
from tests_support.people import submitted

from engine import NotFound
from tasks.accounts.errors import NotAllowed
from tasks.attachments import waiting
from tasks.attachments.content import AttachmentRefused
from tasks.attachments.models import Attachment
from tasks.attachments.service import add_to_case, read, remove
from tasks.attachments.views import Upload
from tasks.comments.queries import remarks
from tasks.demonstration.answers import Story
from tasks.drafts import service as drafts
from tasks.filing import entering
from tasks.register import service as register
from tasks.register.models import Item
from tasks.worklist.errors import FormInvalid

PDF = b"%PDF-1.7\nsomething\n%%EOF"
SUGGESTION = {
    "title": "关于修缮河滨步道的建议",
    "category": "城建交通·道路桥梁",
    "timing": "recess",
    "situation": "步道破损。",
    "measures": [{"text": "更换地砖"}],
    "no_secret": "true", "proposer_type": "individual",
}
TAKE = pytest.mark.parametrize(("account", "taker"), [("linguoqiang", register), ("sunjie", entering)])


def entered(banli, actor, taker, *files, request_id="once", **changes):
    """The item that a deputy submits, or the committee for one."""
    sent = {**SUGGESTION, "attachments": list(files), **changes}
    if taker is register:
        return register.submit(banli, actor, sent, request_id).item_id
    members = entering.entry_page(banli, actor).options["members"]
    member = next(one.value for one in members if one.label.startswith("林国强"))
    return entering.enter(banli, actor, {**sent, "proposer": member}, request_id).item_id


def sent(taker, banli, actor, name="步道.pdf", content=PDF):
    return taker.add_file(banli, actor, Upload(name, content))


def items(banli):
    with banli.reading() as session:
        return session.scalar(select(func.count()).select_from(Item).where(Item.title == SUGGESTION["title"]))


@TAKE
def test_files_go_in_with_the_item_and_are_read_by_who_may_read_its_text(banli, as_, account, taker):
    files = [sent(taker, banli, as_(account), f"{n}.pdf") for n in (1, 2)]
    item = entered(banli, as_(account), taker, *files)
    for reader in ("linguoqiang", "sunjie", "wangmin"):
        assert {one.attachment_id for one in remarks(banli, as_(reader), item).attachments} == set(files)
        assert read(banli, as_(reader), files[0]).path.read_bytes() == PDF
    for stranger in ("dingyi", "hexiulan"):
        with pytest.raises(NotFound):
            read(banli, as_(stranger), files[0])


@TAKE
def test_what_is_not_taken_is_refused_as_everywhere(banli, as_, account, taker):
    for name, content in (("page.html", b"<script>"), ("空.pdf", b""), ("setup.pdf", b"MZ\x90\x00")):
        with pytest.raises(AttachmentRefused):
            sent(taker, banli, as_(account), name, content)


@pytest.mark.parametrize(("account", "taker"), [("wangmin", register), ("sunjie", register), ("linguoqiang", entering)])
def test_only_who_may_submit_adds_files(banli, as_, account, taker):
    with pytest.raises(NotAllowed):
        sent(taker, banli, as_(account))


@TAKE
def test_until_then_a_file_is_only_its_senders(banli, as_, account, taker):
    file = sent(taker, banli, as_(account))
    assert read(banli, as_(account), file).name == "步道.pdf"
    for other in ("hexiulan", "wangmin", "admin"):
        with pytest.raises(NotFound):
            read(banli, as_(other), file)


@TAKE
def test_a_refused_form_stores_nothing_and_the_files_wait_on(banli, as_, account, taker):
    file = sent(taker, banli, as_(account))
    with pytest.raises(FormInvalid):
        entered(banli, as_(account), taker, file, situation="")
    assert items(banli) == 0
    assert [one.attachment_id for one in remarks(banli, as_("wangmin"), entered(banli, as_(account), taker, file))
            .attachments] == [file]  # fmt: skip


def test_the_files_of_another_and_those_that_went_in_elsewhere_cannot_be_named(banli, as_):
    foreign = sent(register, banli, as_("hexiulan"))
    mine = sent(register, banli, as_("linguoqiang"))
    item = entered(banli, as_("linguoqiang"), register, mine)
    of_case = add_to_case(banli, as_("linguoqiang"), item, Upload("后补.pdf", PDF))
    for file in (foreign, mine, of_case, "none"):
        with pytest.raises(FormInvalid) as refused:
            entered(banli, as_("linguoqiang"), register, file, request_id=file, title="关于修缮老桥的建议")
        assert [error.key for error in refused.value.errors] == ["attachments"]


def test_a_file_that_goes_in_elsewhere_at_the_same_moment_leaves_no_half_item(banli, as_, monkeypatch):
    file = sent(register, banli, as_("linguoqiang"))
    checked = register.checked

    def first_the_other_tab(*given):
        values = checked(*given)
        with banli.writing() as session:
            session.get_one(Attachment, file).state = "removed"
        return values

    monkeypatch.setattr(register, "checked", first_the_other_tab)
    with pytest.raises(FormInvalid) as refused:
        entered(banli, as_("linguoqiang"), register, file)
    assert [error.key for error in refused.value.errors] == ["attachments"]
    assert items(banli) == 0


def test_what_was_submitted_stays(banli, as_):
    file = sent(register, banli, as_("linguoqiang"))
    entered(banli, as_("linguoqiang"), register, file)
    with pytest.raises(NotAllowed):
        remove(banli, as_("linguoqiang"), file)


def test_a_proposer_who_asked_to_stay_unknown_is_not_named_to_the_units_beside_her_file(banli, clock, as_):
    file = sent(register, banli, as_("linguoqiang"))
    play = submitted(banli, clock, Story("cgj", ("jjdd",)), attachments=[file], confidential="true").until("draft")
    for reader, name in (("wufang", ""), ("helei", ""), ("sunjie", "林国强"), ("wangmin", "林国强")):
        (found,) = remarks(banli, as_(reader), play.item_id).attachments
        assert (reader, found.by_name, found.unit) == (reader, name, "")


def test_a_draft_that_is_thrown_away_takes_its_files_along(banli, as_):
    lin = as_("linguoqiang")
    file, form = sent(register, banli, lin), banli.forms.newest(register.FORM)
    drafts.save(banli, lin, form, {"attachments": [file]})
    assert drafts.find(banli, lin, form)[0] == {"attachments": [file]}
    drafts.forget(banli, lin, form)
    with pytest.raises(NotFound):
        read(banli, lin, file)


def test_files_that_nobody_submitted_do_not_pile_up(banli, as_, monkeypatch, clock):
    monkeypatch.setattr(waiting, "MOST_WAITING", 2)
    files = []
    for n in range(3):
        files.append(sent(register, banli, as_("linguoqiang"), f"{n}.pdf"))
        clock.move(minutes=1)
    with banli.reading() as session:
        assert [one.value for one in waiting.waiting_files(session, "linguoqiang")] == files[1:]
