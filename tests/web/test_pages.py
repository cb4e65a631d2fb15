"""What the pages say, read as a person of the county reads them."""

import html
import re

import pytest


def first_task(visitor, view=""):
    page = visitor.read(f"/tasks?view={view}" if view else "/tasks")
    return re.search(r'data-task="([^"]+)"', page)[1]


def first_category(visitor):
    page = visitor.read("/portal/write")
    return re.search(r'<select id="f-category".*?<option value="([^"]+)"', page, re.DOTALL)[1]


def test_staff_arrive_at_the_workbench_and_a_deputy_at_her_suggestions(visitor):
    assert "先办这几件" in visitor.be("wangmin").read("/")
    assert "我的建议" in visitor.be("linguoqiang").read("/")


def test_the_strip_stands_on_a_task(visitor):
    page = visitor.be("wangmin").read(f"/tasks/{first_task(visitor, 'claimable')}")
    assert "为什么到我这里" in page
    assert "办到什么时候" in page
    assert "提交以后" in page


def test_a_task_of_the_group_is_claimed_and_put_back(visitor):
    task = first_task(visitor.be("wangmin"), "claimable")
    assert f'action="/tasks/{task}/claim"' in visitor.read(f"/tasks/{task}")
    visitor.post(f"/tasks/{task}/claim")
    assert f'action="/tasks/{task}/release"' in visitor.read(f"/tasks/{task}")
    assert task in visitor.read("/tasks?view=mine")
    visitor.post(f"/tasks/{task}/release")
    assert task not in visitor.read("/tasks?view=mine")


def test_several_tasks_are_claimed_at_once(visitor):
    page = visitor.be("wangmin").read("/tasks?view=claimable")
    tasks = re.findall(r'data-task="([^"]+)"', page)[:2]
    answer = visitor.post("/tasks/act", {"act": "claim", "task": tasks}, follow_redirects=True)
    assert f"已认领 {len(tasks)} 件" in answer.get_data(as_text=True)


def test_what_is_missing_is_said_at_the_field_and_nothing_typed_is_lost(visitor):
    task = first_task(visitor.be("wangmin"), "claimable")
    visitor.post(f"/tasks/{task}/claim")
    answer = visitor.post(f"/tasks/{task}", {"reason": "职责在住建局", "key": "no"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'href="#f-lead_unit"' in page
    assert 'id="f-lead_unit"' in page
    assert "职责在住建局" in page


def test_a_field_that_the_form_does_not_have_is_refused(visitor):
    task = first_task(visitor.be("wangmin"), "claimable")
    visitor.post(f"/tasks/{task}/claim")
    sent = {"lead_unit": "zjj", "key": "no", "assignee": "somebody"}
    answer = visitor.post(f"/tasks/{task}", sent)
    assert answer.status_code == 422
    assert "assignee" in answer.get_data(as_text=True)


def test_a_draft_is_kept_and_shown_again(visitor):
    task = first_task(visitor.be("wangmin"), "claimable")
    visitor.post(f"/tasks/{task}/claim")
    kept = visitor.post(f"/tasks/{task}/draft", {"reason": "先记下", "key": "leader"}).get_json()
    assert "已自动保存" in kept["saved"]
    assert "key_note" not in kept["hidden"]
    assert "先记下" in visitor.read(f"/tasks/{task}")


def test_a_choice_answers_which_fields_it_hides(visitor):
    task = first_task(visitor.be("wangmin"), "claimable")
    visitor.post(f"/tasks/{task}/claim")
    assert "key_note" in visitor.post(f"/tasks/{task}/draft", {"key": "no"}).get_json()["hidden"]


def test_sending_a_form_twice_is_one_act(visitor):
    task = first_task(visitor.be("wangmin"), "claimable")
    visitor.post(f"/tasks/{task}/claim")
    sent = {"handling_mode": "lead", "lead_unit": "zjj", "co_units": ["jjdd"], "key": "no", "request_id": "the-same"}
    assert visitor.post(f"/tasks/{task}", sent).status_code == 303
    assert visitor.post(f"/tasks/{task}", sent).status_code == 303


def test_the_slower_of_two_reads_who_was_first_and_finds_both_texts(app, visitor):
    task = first_task(visitor.be("wangmin"), "claimable")
    visitor.post(f"/tasks/{task}/claim")
    sent = {"handling_mode": "sole", "lead_unit": "zjj", "key": "no", "reason": "我先写的", "request_id": "one"}
    assert visitor.post(f"/tasks/{task}", sent).status_code == 303
    late = {"handling_mode": "sole", "lead_unit": "cgj", "key": "no", "reason": "我晚了一步", "request_id": "two"}
    answer = visitor.post(f"/tasks/{task}", late)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "先提交了这件事" in page
    assert "我晚了一步" in page


def test_the_list_answers_304_while_nothing_changed(visitor):
    page = visitor.be("wangmin").get("/tasks?view=claimable")
    same = visitor.get("/tasks?view=claimable", headers={"HX-Request": "true", "If-None-Match": page.headers["ETag"]})
    assert same.status_code == 304
    visitor.post(f"/tasks/{first_task(visitor, 'claimable')}/claim")
    other = visitor.get("/tasks?view=claimable", headers={"HX-Request": "true", "If-None-Match": page.headers["ETag"]})
    assert other.status_code == 200
    assert "<html" not in other.get_data(as_text=True)


def test_the_register_is_searched_by_words_of_the_title(visitor):
    page = visitor.be("wangmin").read("/cases?q=停车")
    titles = re.findall(r'class="title" href="/cases/\d+">([^<]+)<', page)
    assert titles
    assert all("停车" in title for title in titles)


@pytest.mark.parametrize("text", ["林国强", "群众反映集中", "摸清底数"])
def test_the_register_is_searched_by_people_and_text_as_its_box_promises(visitor, text):
    page = visitor.be("wangmin").read(f"/cases?q={text}")
    assert 'placeholder="编号、标题、人名、正文"' in page
    assert page.count("data-case") == 3
    assert "没有这样的办件" not in page


@pytest.mark.parametrize("chapter", ["", "/diagram", "/timeline", "/replies", "/consultations"])
def test_each_chapter_of_a_case_opens(visitor, chapter):
    assert visitor.be("wangmin").get(f"/cases/1{chapter}").status_code == 200


def test_the_diagram_comes_with_its_details_in_words(visitor):
    told = visitor.be("wangmin").get("/cases/1/diagram.json").get_json()
    assert "<bpmn:definitions" in told["xml"] or "<definitions" in told["xml"]
    assert any(detail["lines"] for detail in told["details"].values())


def test_a_deputy_submits_a_suggestion_and_follows_it(visitor):
    visitor.be("linguoqiang")
    sent = {
        "title": "关于增设河滨路路灯的建议", "category": first_category(visitor), "timing": "recess",
        "situation": "夜间照明不足。", "measures.0.text": "增设路灯 40 盏", "no_secret": "true",
        "proposer_type": "individual", "request_id": "once",
    }  # fmt: skip
    answer = visitor.post("/portal/write", sent)
    assert answer.status_code == 303
    item = visitor.read(answer.headers["Location"])
    assert "关于增设河滨路路灯的建议" in item
    assert 'class="road"' in item


def test_an_incomplete_suggestion_names_each_field(visitor):
    answer = visitor.be("linguoqiang").post("/portal/write", {"title": "路灯", "timing": "recess"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for field in ("title", "category", "situation", "no_secret"):
        assert f'href="#f-{field}"' in page


def test_another_deputy_does_not_find_my_suggestion(visitor):
    mine = re.search(r"/portal/(\d+)", visitor.be("linguoqiang").read("/portal"))[0]
    foreign = visitor.be("hexiulan").get(mine)
    assert foreign.status_code in (200, 404)
    assert visitor.get("/portal/999999").status_code == 404


def test_a_wrong_password_is_refused_in_the_same_words_as_an_unknown_name(visitor):
    known = visitor.post("/sign-in", {"name": "wangmin", "password": "wrong"})
    unknown = visitor.post("/sign-in", {"name": "nobody", "password": "wrong"})
    assert known.status_code == unknown.status_code == 422
    assert "账号或密码不对" in known.get_data(as_text=True)
    assert "账号或密码不对" in unknown.get_data(as_text=True)


@pytest.mark.parametrize(("language", "words"), [("en", "To do"), ("zh_Hant_TW", "待辦"), ("zh_Hans_CN", "待办")])
def test_the_reader_chooses_her_language(visitor, language, words):
    visitor.be("wangmin").post("/preferences", {"language": language, "back": "/tasks"})
    assert f"<h1>{words}</h1>" in visitor.read("/tasks")


def test_the_reader_chooses_a_dark_page(visitor):
    visitor.be("wangmin").post("/preferences", {"theme": "dark", "back": "/"})
    assert '<html lang="zh-CN" data-theme="dark">' in visitor.read("/")


def test_a_page_weighs_less_than_a_hundred_kilobytes(visitor):
    visitor.be("wangmin")
    for address in ("/", "/tasks?view=claimable", "/cases"):
        page = visitor.get(address).data
        assets = set(re.findall(rb'(?:src|href)="(/static/build/assets/app[^"]+)"', page))
        weight = sum(len(visitor.get(name.decode(), headers={"Accept-Encoding": "gzip"}).data) for name in assets)
        assert len(page) + weight < 100_000


def test_what_was_typed_survives_the_end_of_the_session(visitor):
    task = first_task(visitor.be("wangmin"), "claimable")
    token = visitor.token()
    visitor.http.delete_cookie("banli", domain="127.0.0.1")
    sent = {"csrf_token": token, "reason": "写了一上午", "co_units": ["jjdd", "cgj"]}
    page = visitor.http.post(f"/tasks/{task}", data=sent, **visitor.from_here).get_data(as_text=True)
    assert "登录已到期" in page
    kept = html.unescape(re.search(r'name="kept" value="([^"]+)"', page)[1])
    visitor.post("/sign-in/as", {"account": "wangmin", "next": f"/tasks/{task}", "kept": kept})
    again = visitor.read(f"/tasks/{task}")
    assert "写了一上午" in again
    assert again.count(" checked") >= 2


def test_kept_text_is_no_way_into_the_task_of_another(visitor):
    task = first_task(visitor.be("wangmin"), "claimable")
    visitor.post("/sign-in/as", {"account": "zhaoqian", "next": f"/tasks/{task}", "kept": "reason=x"})
    assert visitor.get(f"/tasks/{task}").status_code == 404
    assert 'value="x"' not in visitor.be("wangmin").read(f"/tasks/{task}")


def test_a_suggestion_survives_the_end_of_the_session(visitor):
    token = visitor.be("linguoqiang").token()
    visitor.http.delete_cookie("banli", domain="127.0.0.1")
    sent = {"csrf_token": token, "title": "关于路灯的建议", "measures.0.text": "甲", "measures.1.text": "乙"}
    page = visitor.http.post("/portal/write", data=sent, **visitor.from_here).get_data(as_text=True)
    kept = html.unescape(re.search(r'name="kept" value="([^"]+)"', page)[1])
    answer = visitor.post("/sign-in/as", {"account": "linguoqiang", "next": "/portal/write", "kept": kept})
    assert "关于路灯的建议" in answer.get_data(as_text=True)
    assert 'id="f-measures.1.text"' in answer.get_data(as_text=True)


HOSTILE = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'-alert(1)-'", "{{7654321*7}}", "{% debug %}",
    "javascript:alert(1)", "</textarea><svg onload=alert(1)>", "&lt;b&gt;", "%3Cscript%3E", "\u202eevil",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_person_becomes_part_of_a_page(visitor, text):
    visitor.be("linguoqiang")
    sent = {
        "title": "关于增设河滨路路灯的建议", "category": first_category(visitor), "timing": "recess",
        "situation": text, "analysis": text, "measures.0.text": text, "no_secret": "true",
        "proposer_type": "individual",
    }  # fmt: skip
    address = visitor.post("/portal/write", sent).headers["Location"]
    number = address.rpartition("/")[2]
    pages = [visitor.read(address)]
    visitor.be("wangmin")
    pages += [visitor.read(f"/cases/{number}"), visitor.read(f"/tasks?view=claimable&q={text}")]
    for page in pages:
        assert "<script>" not in page
        assert "<img" not in page
        assert "<svg onload" not in page
        assert "53580247" not in page
