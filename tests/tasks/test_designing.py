"""Drafts: kept, compared, handed in, approved by a second person, rolled back; nobody loses what she drew."""

import datetime as dt

import pytest
from sqlalchemy import select
from tests_support.county import copied, made
from tests_support.people import submitted

from engine.errors import Conflict
from tasks.accounts.actors import actor_named
from tasks.accounts.errors import NotAllowed
from tasks.accounts.models import Account, RoleGrant
from tasks.deadlines.library import freeze
from tasks.deadlines.models import AreaSetting, Parameter
from tasks.demonstration.answers import Story
from tasks.designing import deploying, mending, service
from tasks.designing.comparing import differences
from tasks.designing.new_scenarios import new_scenario
from tasks.designing.queries import company, draft_files, draft_page, procedures, states
from tasks.designing.rehearsal import rehearse
from tasks.designing.scenarios import read_scenario
from tasks.packages.queries import newest, versions
from tasks.packages.service import deploy_shipped


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    return made(tmp_path_factory.mktemp("county"))


@pytest.fixture
def banli(county, tmp_path, clock):
    clock.now = dt.datetime(2026, 5, 7, 2, tzinfo=dt.UTC)
    with copied(county, tmp_path, clock) as running:
        with running.writing() as session:
            one = session.scalars(select(Account).where(Account.name == "hanbing")).one()
            session.add(RoleGrant(account_id=one.id, unit_id=one.unit_id, role="process_designer"))
        yield running


@pytest.fixture
def chenli(banli):
    return actor_named(banli, "chenli")


@pytest.fixture
def hanbing(banli):
    return actor_named(banli, "hanbing")


@pytest.fixture
def draft(banli, chenli):
    return service.open_draft(banli, chenli, "handling")


def text_of(banli, actor, draft, name):
    return draft_files(banli, actor, draft)[0][name].decode()


def write(banli, actor, draft, name, right, wrong):
    revision = next(one.revision for one in draft_page(banli, actor, draft).files if one.name == name)
    changed = text_of(banli, actor, draft, name).replace(right, wrong).encode()
    return service.save_file(banli, actor, draft, name, changed, revision)


def test_a_draft_begins_as_the_version_in_force_and_tells_what_differs(banli, chenli, draft):
    assert draft_page(banli, chenli, draft).changed == []
    write(banli, chenli, draft, "signing.bpmn", 'name="最终裁定"', 'name="主任裁定"')
    (changed,) = draft_page(banli, chenli, draft).changed
    assert (changed.name, changed.change) == ("signing.bpmn", "changed")
    files, deployed = draft_files(banli, chenli, draft)
    (difference,) = differences(deployed, files)
    (shape,) = difference.shapes
    assert (shape.element_id, shape.properties[0].before, shape.properties[0].after) == (
        "leader_ruling", "最终裁定", "主任裁定")  # fmt: skip


def test_cells_of_tables_and_fields_of_forms_are_compared_too(banli, chenli, draft):
    write(banli, chenli, draft, "review-chain.dmn", '["UO", "UC", "S1"]', '["UO", "UC", "S1", "S2"]')
    write(banli, chenli, draft, "forms/sign-in.form", '"label": "联系电话"', '"label": "手机"')
    files, deployed = draft_files(banli, chenli, draft)
    found = differences(deployed, files)
    told = {one.name: [(part.place, part.before, part.after) for part in one.parts] for one in found}
    assert told["review-chain.dmn"] == [("审核流程 #2 · 依次审核", '["UO", "UC", "S1"]', '["UO", "UC", "S1", "S2"]')]
    assert [row[2] for row in told["forms/sign-in.form"]] == ["手机"]


def test_who_saves_later_is_told_who_was_first_and_loses_nothing(banli, chenli, hanbing, draft):
    write(banli, chenli, draft, "signing.bpmn", "最终裁定", "主任裁定")
    with pytest.raises(Conflict) as conflict:
        service.save_file(banli, hanbing, draft, "signing.bpmn", b"<theirs/>", 1)
    assert conflict.value.by == "chenli"
    assert "主任裁定" in text_of(banli, chenli, draft, "signing.bpmn")


def test_an_earlier_state_comes_back(banli, chenli, draft, clock):
    write(banli, chenli, draft, "signing.bpmn", "最终裁定", "主任裁定")
    clock.move(minutes=10)
    write(banli, chenli, draft, "signing.bpmn", "主任裁定", "县长裁定")
    oldest = states(banli, chenli, draft)[-1]
    service.restore(banli, chenli, draft, oldest.id)
    assert "主任裁定" in text_of(banli, chenli, draft, "signing.bpmn")
    service.take_back(banli, chenli, draft, "signing.bpmn")
    assert draft_page(banli, chenli, draft).changed == []


def test_saves_within_five_minutes_are_one_state(banli, chenli, draft, clock):
    for word in ("甲", "乙", "丙"):
        write(banli, chenli, draft, "signing.bpmn", 'name="签收"', f'name="签收{word}"')
        write(banli, chenli, draft, "signing.bpmn", f'name="签收{word}"', 'name="签收"')
        clock.move(seconds=30)
    assert len(states(banli, chenli, draft)) == 1


def test_a_file_that_is_taken_out_leaves_the_manifest_and_can_come_back(banli, chenli, draft):
    service.remove_file(banli, chenli, draft, "scenarios/reply-passed.yaml")
    assert "reply-passed" not in text_of(banli, chenli, draft, "manifest.toml")
    rows = states(banli, chenli, draft)
    last = next(one for one in rows if one.name.endswith("reply-passed.yaml") and not one.removed)
    service.restore(banli, chenli, draft, last.id)
    assert "reply-passed" in text_of(banli, chenli, draft, "manifest.toml")


def test_colleagues_see_each_other_while_they_are_there(banli, chenli, hanbing, draft, clock):
    service.seen(banli, chenli, draft, "feedback.bpmn")
    (other,) = company(banli, hanbing, draft)
    assert (other.name, other.title) == ("陈立", "评价")
    clock.move(minutes=2)
    assert company(banli, hanbing, draft) == []


def test_four_eyes_a_second_person_approves(banli, chenli, hanbing, draft):
    with banli.writing() as session:
        row = session.scalars(select(AreaSetting).where(AreaSetting.name == "settings")).one()
        row.content = {**row.content, "deploy_four_eyes": True}
        freeze(session, row.area_id, banli.now())
    write(banli, chenli, draft, "signing.bpmn", "最终裁定", "主任裁定")
    assert deploying.hand_in(banli, chenli, draft, "统一叫法") is False
    assert newest(banli, "handling").number == 1, "nothing has taken effect yet"
    with pytest.raises(NotAllowed):
        deploying.approve(banli, chenli, draft)
    deploying.approve(banli, hanbing, draft)
    version = newest(banli, "handling")
    assert (version.number, version.by, version.approved_by) == (2, "chenli", "hanbing")


def test_a_deployment_brings_its_named_deadline_and_leaves_set_ones_alone(banli, chenli, draft):
    mending.make_deadline(banli, chenli, draft, {"name": "合法性审查", "amount": "2", "unit": "wd", "source": "办法"})
    deploying.hand_in(banli, chenli, draft, "增加时限")
    rule = banli.reference().rule("合法性审查")
    assert (rule.amount, rule.unit, rule.source) == (2, "wd", "办法")
    with banli.writing() as session:
        session.scalars(select(Parameter).where(Parameter.code == "合法性审查")).one().amount = 7
        freeze(session, 1, banli.now())
    again = service.open_draft(banli, chenli, "handling")
    write(banli, chenli, again, "signing.bpmn", "最终裁定", "主任裁定")
    deploying.hand_in(banli, chenli, again, "统一叫法")
    assert banli.reference().rule("合法性审查").amount == 7


def test_the_next_case_runs_on_the_new_version_and_running_ones_on_theirs(banli, chenli, draft, clock):
    running = submitted(banli, clock, Story("cgj"))
    write(banli, chenli, draft, "handling.bpmn", 'name="分办"', 'name="拟定承办单位"')
    deploying.hand_in(banli, chenli, draft, "改名称")
    later = submitted(banli, clock, Story("cgj"), title="关于增设夜间公交的建议")
    assert running.step("dispatch" if "dispatch" in running.open() else running.open()[0]).step_name == "分办"
    assert later.step(later.open()[0]).step_name == "拟定承办单位"
    deploying.roll_back(banli, chenli, "handling", 1, "恢复")
    third = submitted(banli, clock, Story("cgj"), title="关于增设充电桩的建议")
    assert third.step(third.open()[0]).step_name == "分办"
    (handling,) = [one for one in procedures(banli, chenli) if one.name == "handling"]
    assert [(one.number, one.running) for one in handling.versions] == [(3, 1), (2, 1), (1, 4)]


def test_an_upgrade_does_not_undo_what_people_deployed_in_the_browser(banli, chenli, draft):
    write(banli, chenli, draft, "signing.bpmn", "最终裁定", "主任裁定")
    deploying.hand_in(banli, chenli, draft, "统一叫法")
    deploy_shipped(banli)
    assert [one.origin for one in versions(banli, "handling")] == ["draft", "folder"]


def test_a_scenario_that_is_missed_is_made_by_one_click_and_named_in_the_manifest(banli, chenli, draft):
    place = {"resource": "feedback.bpmn", "element": "study"}
    made = mending.mend(banli, chenli, draft, "scenario", {}, place)
    made_text = text_of(banli, chenli, draft, made.opens)
    assert read_scenario(made_text.encode()).title == "走到“研究不满意意见”"
    assert "研究不满意意见" in read_scenario(made_text.encode()).then.passes
    assert made.opens in text_of(banli, chenli, draft, "manifest.toml")


def test_a_scenario_begins_like_another_one_and_passes_as_that_one_does(banli, chenli, draft):
    made = new_scenario(banli, chenli, draft, "scenarios/reply-passed.yaml", "  县长出国期间的答复 ")
    assert made == "scenarios/reply-passed-2.yaml"
    assert new_scenario(banli, chenli, draft, made, "再来一个") == "scenarios/reply-passed-3.yaml"
    files, _ = draft_files(banli, chenli, draft)
    played = {one.file: one for one in rehearse(banli, files).outcomes}
    assert played[made].title == "县长出国期间的答复"
    assert played[made].passed
    assert played[made].road == played["scenarios/reply-passed.yaml"].road
