"""What one act on a task asks of the database: few statements and one commit, so that a hub's busy hour stays quick."""

from __future__ import annotations

import pytest
from sqlalchemy import event
from tests_support.people import submitted

from tasks.demonstration.answers import Story, fill_by
from tasks.worklist.models import TaskDraft
from tasks.worklist.service import complete, open_task, save_draft

MOST = {"assign": 90, "sign_in": 80, "draft": 84, "review": 50}
"""Statements of everything that `complete` does: checks, the command with its rows and history, the receipt."""


@pytest.fixture
def play(banli, clock):
    return submitted(banli, clock, Story("cgj"))


@pytest.fixture
def asked(banli):
    """Every statement that reaches the database, whoever sends it; to be cleared by the test."""
    found: list[str] = []

    def note(statement):
        if not statement.startswith("--"):  # what a full-text index does inside itself
            found.append(statement)

    def listen(connection, _record):
        connection.set_trace_callback(note)

    event.listen(banli.database, "connect", listen)
    banli.database.dispose()
    yield found
    event.remove(banli.database, "connect", listen)


@pytest.mark.parametrize("element", MOST)
def test_completing_a_task_takes_few_statements_and_one_commit(play, banli, as_, asked, element):
    while play.open() != [element]:
        play.do(play.open()[0])
    work = play.step(element)
    person = as_(work.assignee or {"assign": "wangmin", "sign_in": "jianglin", "review": "jianglin"}[element])
    values = fill_by(play.story, play.clock())(open_task(banli, person, work.task_id))
    asked.clear()
    complete(banli, person, work.task_id, values, "once")
    assert len(asked) <= MOST[element]
    assert asked.count("COMMIT") == 1
    assert sum(statement.startswith("BEGIN IMMEDIATE") for statement in asked) == 1


def test_the_draft_goes_with_the_very_transaction_that_completes_the_task(play, banli, as_):
    officer, task = as_("wangmin"), play.step("assign").task_id
    values = fill_by(play.story, play.clock())(open_task(banli, officer, task))
    save_draft(banli, officer, task, values)
    complete(banli, officer, task, values, "once")
    with banli.reading() as session:
        assert session.get(TaskDraft, (task, "wangmin")) is None
