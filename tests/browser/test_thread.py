"""One suggestion through its whole life, by the people concerned and through the pages only.

Once it is returned by a reviewer (退办), once it is rated as dissatisfied and handled again.
"""

import pytest

TITLE = "关于规范老城区夜间停车的建议"
PHONE = "0700-8123001"


@pytest.fixture
def submitted(people):
    deputy = people["linguoqiang"]
    deputy.go("/portal/write")
    deputy.page.select_option("#f-category", index=1)
    deputy.page.click("[data-add-row]")
    deputy.fills(
        title=TITLE,
        timing="recess",
        situation="老城区夜间停车占用消防通道。",
        measures=[{"text": "机关停车场夜间错时开放"}, {"text": "划定夜间限时泊位"}],
        publish_consent=True,
        no_secret=True,
    ).submits()
    assert TITLE in deputy.reads()
    return people


def filed(people):
    for step in ("初审", "终审"):
        people["sunjie"].does(step, TITLE, result="filed")


def assigned(people):
    people["wangmin"].does(
        "分办", TITLE, handling_mode="lead", lead_unit="zjj", co_units=["jjdd", "cgj"], key="leader",
        key_note="刘副县长领办",
    )  # fmt: skip


def planned(people):
    people["zhaoqian"].does(
        "制定办理方案", TITLE, leader="吴斌", section="建设股", handler="赵倩", phone=PHONE,
        milestones=[{"measure": "踏勘", "due": "2026-05-20"}], consultation_plan="办前上门，办中再沟通一次。",
        expected_class="B",
    )  # fmt: skip


def signed_in(people):
    for office, handler in (("qianlei", "zhaoqian"), ("maxiao", "helei"), ("jianglin", "wufang")):
        people[office].does("签收", TITLE, handler=handler, phone=PHONE)


def talked(people, step):
    people["zhaoqian"].does(
        step, TITLE, mode="visit", on="2026-05-06", place="代表工作单位", highest_rank="deputy",
        participants="吴斌、赵倩", proposer_opinion="先开放机关停车场",
    )  # fmt: skip


def consulted(people):
    talked(people, "联系面商")
    for handler, head in (("helei", "tangjun"), ("wufang", "suntao")):
        people[handler].does(
            "撰写会办意见",
            TITLE,
            facts="青年路等 4 条路可划泊位。",
            measures="6月底前划线。",
            commitments=[{"what": "划线", "due": "2026-06-30"}],
            agrees="agree",
            handler="经办人",
            phone=PHONE,
        )
        people[head].does("审定会办意见", TITLE, approval="pass")
        people["zhaoqian"].does("核收会办意见", TITLE, acceptance="accept")


def drafted(people, body):
    people["zhaoqian"].does(
        "拟写答复", TITLE, result_class="B",
        answers=[
            {"text": "首批 9 个单位，夜间开放。", "adopted": "adopted", "due": "2026-06-20", "evidence": "开放公告"},
            {"text": "青年路等 4 条路划定泊位。", "adopted": "adopted", "due": "2026-06-30", "unit": "jjdd",
             "evidence": "现场照片"},
        ],
        body=body, opinions_summary="交警大队、城管局的意见已采纳。",
        disclosure="public", contact="赵倩", contact_phone=PHONE,
    )  # fmt: skip


UNIT = ("qianlei", "wubin", "zhengtao")
COUNTERSIGNERS = ("tangjun", "suntao")
HUB = ("wangmin", "lijianguo", "zhoukai", "hanbing")
ABOVE = ("sunjie", "liuzheng", "gaofeng")
REVIEWERS = (*UNIT, *COUNTERSIGNERS, *HUB, *ABOVE)


def passed(people, *, returned_by=None):
    """Everybody in whose list the review appears passes it, in the order of the chain; answers who did."""
    chain = []
    while reviewer := next((name for name in REVIEWERS if people[name].has("答复审核", TITLE)), None):
        chain.append(reviewer)
        assert len(chain) < 15, f"the chain does not end: {chain}"
        if reviewer == returned_by:
            people[reviewer].takes("答复审核", TITLE).fills(verdict="return")
            people[reviewer].page.locator('[name="reasons"]').first.check()
            people[reviewer].fills(text="“近期”请写明时间").submits()
            break
        people[reviewer].does("答复审核", TITLE, verdict="pass")
    return chain


def issued(people, number):
    people["qianlei"].does(
        "印发答复", TITLE, document_number=f"云住建函〔2026〕{number}号", issued_on="2026-05-07", signer="郑涛",
        delivery=["system"],
    )  # fmt: skip


def rated(people, attitude, result, **more):
    deputy = people["linguoqiang"]
    deputy.go("/portal")
    deputy.page.click(f".todo-first a:has-text('{TITLE}')")
    deputy.fills(contact_made="visited", attitude=attitude, result=result, **more).submits()


def test_a_suggestion_lives_through_a_return_and_a_second_round(submitted):
    people = submitted
    filed(people)
    assigned(people)
    signed_in(people)
    planned(people)
    consulted(people)
    talked(people, "办中沟通")

    drafted(people, "你们提出的建议收悉。经会同有关单位研究，机关停车场近期开放，泊位正在划定。")
    assert passed(people, returned_by="wangmin")[-1] == "wangmin"
    assert "退办 1 次" in people["zhaoqian"].takes("拟写答复", TITLE).reads()
    drafted(people, "你们提出的建议收悉。经会同有关单位研究，机关停车场 6月20日起开放，泊位 6月30日前划定。")
    chain = passed(people)
    assert {"wangmin", "liuzheng"} <= set(chain), "a key item goes to the hub and to the leader"
    issued(people, 1)

    rated(people, "satisfied", "dissatisfied", opinion="收费标准没有回答")
    people["sunjie"].does("研究不满意意见", TITLE, decision="rehandle", questions="请写明夜间收费标准。")

    signed_in(people)
    assert "请写明夜间收费标准。" in people["zhaoqian"].takes("联系面商", TITLE).reads()
    consulted(people)
    drafted(people, "你们提出的建议收悉。经会同有关单位再次研究，夜间收费每次 5 元，6月20日起执行。")
    assert "sunjie" in passed(people), "the committee reviews a reply of the second round"
    issued(people, 2)
    rated(people, "satisfied", "satisfied")

    people["qianlei"].does(
        "公开答复", TITLE, publication="full", url="https://www.example.gov.cn/1.html", published_on="2026-05-07",
        checked=True,
    )  # fmt: skip
    people["zhaoqian"].does("结案报告", TITLE, effect="夜间乱停明显减少。", evidence="照片")
    talked(people, "办后回访")
    people["wangmin"].does("结案审查", TITLE, solved="两项措施都已落实。", verdict="close")
    people["sunjie"].does("委员会核对结案", TITLE, check="agree")
    hub = people["wangmin"]
    hub.go(f"/cases/{hub.case_number(TITLE)}")
    assert "已办结" in hub.reads()
    everybody_saw_only_what_is_hers(people)


def everybody_saw_only_what_is_hers(people):
    committee, unit = people["sunjie"], people["zhaoqian"]
    number = committee.case_number(TITLE)
    committee.go(f"/cases/{number}/ratings")
    assert "收费标准没有回答" in committee.reads()
    unit.go(f"/cases/{number}")
    assert "评价" not in unit.page.inner_text("nav.tabs")
    assert unit.go(f"/cases/{number}/ratings").status == 404
    for chapter in ("", "/timeline", "/diagram", "/replies", "/consultations"):
        unit.go(f"/cases/{number}{chapter}")
        assert "收费标准没有回答" not in unit.reads()
    told = unit.page.request.get(f"{unit.address}/cases/{number}/diagram.json").json()
    assert "study" not in told["visited"] + told["active"]
    assert "dissatisfied" not in told["flows"]
    assert [person.complaints for person in people.present.values() if person is not unit and person.complaints] == []
