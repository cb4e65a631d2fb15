"""What goes another way in the review of a reply: returned twice, class C refused, a key flag that comes late."""

import pytest
from tests_support.county import DAY
from tests_support.people import submitted

from tasks.demonstration.answers import Story

TITLE = "关于规范夜市占道经营的建议"


def chain_of(play):
    return [group.name for group in play.step("review").groups]


@pytest.fixture
def play(banli, clock):
    """The city management bureau's reply, which its own people are to review."""
    return submitted(banli, clock, Story("cgj", closing="close"), title=TITLE).until("review")


def passes(person):
    person.does("答复审核", TITLE, verdict="pass", text="同意。")


def returns(person, text, reason="no_date"):
    person.takes("答复审核", TITLE).fills(verdict="return")
    person.fills(reasons=[reason], text=text).submits()


def writes_anew(person, body, **more):
    """The handler changes the text that came back; everything else stands in the form already."""
    person.does("拟写答复", TITLE, body=f"你提出的建议收悉。{body}", **more)


def versions(person, play):
    person.go(f"/cases/{play.item_id}/replies")
    return person.reads()


def test_a_reply_is_returned_twice_and_every_version_is_kept(people, play):
    office, handler, hub = people["jianglin"], people["wufang"], people["wangmin"]
    returns(office, "请写明完成时间")
    assert "请写明完成时间" in handler.takes("拟写答复", TITLE).reads()
    assert "退办 1 次" in handler.reads()
    writes_anew(handler, "六月底前划定经营区域。")
    passes(office)
    passes(people["suntao"])
    returns(hub, "请写明责任人", reason="vague")
    told = handler.takes("拟写答复", TITLE).reads()
    assert "请写明责任人" in told
    assert "退办 2 次" in told
    writes_anew(handler, "六月底前由市政股划定经营区域。")
    assert "六月底前由市政股划定经营区域。" in office.takes("答复审核", TITLE).page.inner_text(".letter-desk")
    for reviewer in (office, people["suntao"], hub):
        passes(reviewer)
    assert office.has("印发答复", TITLE)
    kept = versions(hub, play)
    for words in ("请写明完成时间", "请写明责任人", "第 1 稿", "第 2 稿", "第 3 稿"):
        assert words in kept


def test_the_leader_refuses_class_c_and_the_unit_answers_otherwise(people, banli, standing):
    story = Story("cgj", result_class="C", closing="close")
    play = submitted(banli, standing, story, title=TITLE).until("review")
    while chain_of(play) != ["gov:gov_leader"]:
        play.do("review")
    leader, handler = people["liuzheng"], people["wufang"]
    assert "留作参考" in leader.takes("答复审核", TITLE).reads()
    returns(leader, "可以列入明年计划，不能留作参考。", reason="vague")
    assert "可以列入明年计划，不能留作参考。" in handler.takes("拟写答复", TITLE).reads()
    writes_anew(
        handler, "划定经营区域列入下半年计划。", result_class="B",
        answers=[{"text": "列入计划", "adopted": "adopted", "due": "2026-09-30", "evidence": "公告"} for _ in range(2)],
    )  # fmt: skip
    for reviewer in ("jianglin", "suntao", "wangmin", "lijianguo"):
        passes(people[reviewer])
    assert not leader.has("答复审核", TITLE), "only what stays for reference goes up to the leader"
    people["jianglin"].does(
        "印发答复", TITLE, document_number="云城管函〔2026〕9号", issued_on=DAY.date().isoformat(), signer="孙涛",
        delivery=["system"],
    )  # fmt: skip
    deputy = people["linguoqiang"]
    deputy.go(f"/portal/{play.item_id}")
    assert "划定经营区域列入下半年计划。" in deputy.reads()
    assert "不能留作参考" not in deputy.reads(), "what reviewers said among themselves stays inside"


def what_follows(person):
    """What the reviewer's page says about the way of the reply after her."""
    return person.takes("答复审核", TITLE).page.inner_text(".why-strip")


def test_a_key_flag_set_while_the_review_runs_lengthens_the_chain(people, play):
    passes(people["jianglin"])
    passes(people["suntao"])
    hub, committee = people["wangmin"], people["sunjie"]
    before = what_follows(hub)
    assert "印发" in before
    committee.go(f"/cases/{play.item_id}")
    committee.page.get_by_role("link", name="列为重点件").click()
    committee.fills(key="congress", key_note="县人大城环工委督办", key_reason="多名代表关注").submits()
    assert "重点" in committee.page.inner_text(".case-head")
    assert what_follows(hub) != before
    assert "督查" in what_follows(hub)
    passes(hub)
    assert not people["jianglin"].has("印发答复", TITLE)
    passes(people["hanbing"])
    passes(people["liuzheng"])
    assert people["jianglin"].has("印发答复", TITLE)
    hub.go(f"/cases/{play.item_id}")
    assert "审核流程 第 3 行" in hub.reads()
    unit = people["wufang"]
    unit.go(f"/cases/{play.item_id}/file")
    assert "人大重点督办建议" in unit.reads()
