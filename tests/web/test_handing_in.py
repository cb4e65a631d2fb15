"""A draft that is handed in: what speaks against it is told once more, and nothing that was typed is lost."""

import pytest

from tasks.accounts.actors import actor_named
from tasks.designing import service
from tasks.designing.queries import draft_files, draft_page
from tasks.packages.queries import newest

WHY = "统一叫法，便于群众理解"


@pytest.fixture
def designer(visitor):
    return visitor.be("chenli")


@pytest.fixture
def draft(banli):
    return service.open_draft(banli, actor_named(banli, "chenli"), "handling")


def change(banli, draft, name, old, new):
    chenli = actor_named(banli, "chenli")
    text = draft_files(banli, chenli, draft)[0][name].decode()
    assert old in text
    revision = next(one.revision for one in draft_page(banli, chenli, draft).files if one.name == name)
    service.save_file(banli, chenli, draft, name, text.replace(old, new).encode(), revision)


def handed_in(designer, draft, **more):
    answer = designer.post(f"/designer/drafts/{draft}/hand-in", {"comment": WHY, **more})
    return answer.status_code, answer.get_data(as_text=True)


def test_scenarios_that_fail_are_shown_before_anything_takes_effect(banli, designer, draft):
    change(banli, draft, "signing.bpmn", "最终裁定", "主任裁定")
    status, page = handed_in(designer, draft)
    assert status == 409
    assert "没有通过" in page
    assert "仍然部署" in page
    assert WHY in page
    assert newest(banli, "handling").number == 1


def test_who_means_it_so_deploys_all_the_same(banli, designer, draft):
    change(banli, draft, "signing.bpmn", "最终裁定", "主任裁定")
    status, _ = handed_in(designer, draft, knowingly="yes")
    assert status == 303
    assert newest(banli, "handling").number == 2


def test_a_draft_that_nothing_speaks_against_is_deployed_at_once(banli, designer, draft):
    change(banli, draft, "signing.bpmn", "P3S", "P4")
    assert handed_in(designer, draft)[0] == 303
    assert newest(banli, "handling").number == 2


def test_errors_are_listed_with_the_way_to_each_and_the_reason_is_kept(banli, designer, draft):
    change(banli, draft, "signing.bpmn", "P3S", "P99")
    status, page = handed_in(designer, draft, knowingly="yes")
    assert status == 422
    assert "P99" in page
    assert f"/designer/drafts/{draft}?file=signing.bpmn" in page
    assert WHY in page
    assert "仍然部署" not in page
    assert newest(banli, "handling").number == 1


def test_a_failing_scenario_says_in_the_readers_language_why_it_stops(banli, designer, draft):
    flow = '<bpmn:sequenceFlow id="not_ready" name="否" sourceRef="reply_ready" targetRef="draft"'
    never = '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=stage = "never"</bpmn:conditionExpression>'
    change(banli, draft, "replying.bpmn", ' default="not_ready"', "")
    change(banli, draft, "replying.bpmn", f"{flow}/>", f"{flow}>{never}</bpmn:sequenceFlow>")
    _, page = handed_in(designer, draft)
    assert "停在" in page
    assert "No flow" not in page


def test_the_comparison_speaks_of_shapes_and_not_of_codes(banli, designer, draft):
    change(banli, draft, "replying.bpmn", ' default="not_ready"', "")
    page = designer.read(f"/designer/drafts/{draft}/compare")
    assert "条件都不满足时走" in page
    assert "not_ready" not in page
