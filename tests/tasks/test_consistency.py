"""The rows of casework agree with the engine's, and a contradiction is found."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from tests_support.people import submitted

from engine.consistency import find_faults as find_engine_faults
from tasks.consistency import find_faults
from tasks.demonstration.answers import Story


def test_a_case_leaves_no_contradiction_at_any_step(banli_on_both, clock):
    play = submitted(banli_on_both, clock, Story("zjj", ("jjdd",), result_class="B"))
    returned = False
    while waiting := play.open():
        assert find_faults(play.banli) == []
        returning = waiting[0] == "review" and not returned
        play.do(waiting[0], returned_for="请写明时间" if returning else "")
        returned = returned or returning
    assert find_faults(play.banli) == []
    assert list(find_engine_faults(play.banli.engine.runtime)) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE work SET state = 'cancelled' WHERE state = 'open'", "in no list"),
        ("UPDATE work SET assignee = 'helei' WHERE state = 'open'", "another person"),
        ("UPDATE work SET state = 'open' WHERE element_id = 'assign'", "is not open"),
        ("UPDATE item SET returns = 7", "7 returns"),
        ("UPDATE item SET state = 'closed'", "closed in one place"),
        ("UPDATE reply SET state = 'in_review'", "do not match"),
        ("UPDATE item SET instance_id = NULL", "no running case"),
        ("DELETE FROM case_hand", "had a part"),
    ],
)
def test_a_contradiction_is_found(banli, clock, change, found):
    submitted(banli, clock, Story("cgj")).until("rate")
    assert find_faults(banli) == []
    with banli.writing() as session:
        session.execute(text(change))
    assert any(found in str(fault) for fault in find_faults(banli))
