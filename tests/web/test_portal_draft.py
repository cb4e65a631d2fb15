"""A deputy loses nothing of what she has typed."""

from tasks.drafts.models import FormDraft

LONG = "夜市占用人行道，群众反映集中。"
TYPED = {"title": "关于规范夜市的建议", "situation": LONG, "measures.0.text": "划定区域"}


def typed(visitor):
    answer = visitor.be("linguoqiang").post("/portal/write/draft", TYPED)
    assert answer.status_code == 200
    return answer.get_json()


def test_what_was_typed_is_there_again_on_another_day_and_machine(visitor):
    assert "保存" in typed(visitor)["saved"]
    visitor.post("/sign-out")
    page = visitor.be("linguoqiang").read("/portal/write")
    assert "关于规范夜市的建议" in page
    assert LONG in page
    assert "划定区域" in page
    assert "删除草稿" in page


def test_it_is_her_own(visitor):
    typed(visitor)
    assert LONG not in visitor.be("hexiulan").read("/portal/write")


def test_it_is_thrown_away_when_she_says_so(visitor):
    typed(visitor)
    visitor.post("/portal/write/forget")
    assert LONG not in visitor.read("/portal/write")


def test_what_was_submitted_is_no_draft_any_more(visitor):
    typed(visitor)
    page = visitor.read("/portal/write")
    category = page.split('name="category"', 1)[1].split('<option value="', 2)[2].split('"', 1)[0]
    values = {**TYPED, "category": category, "timing": "recess", "no_secret": "true", "request_id": "mine",
              "proposer_type": "individual"}  # fmt: skip
    answer = visitor.post("/portal/write", values)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert LONG not in visitor.read("/portal/write")


def test_what_the_form_has_no_field_for_is_not_kept(visitor, banli):
    visitor.be("linguoqiang").post("/portal/write/draft", {"state": "filed", "title": "关于夜市的建议"})
    with banli.reading() as session:
        assert session.get_one(FormDraft, ("linguoqiang", "suggestion")).content == {"title": "关于夜市的建议"}


def test_an_office_has_no_such_draft(visitor):
    assert visitor.be("wangmin").post("/portal/write/draft", TYPED).status_code == 403
