"""A diagram edited by hand changes the behaviour after `banli deploy`, with no code change; running cases stay."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests_support.people import submitted

from tasks.accounts.actors import actor_named
from tasks.demonstration.answers import Story
from tasks.settings import BEIJING
from tasks.worklist.service import complete, open_task

ROOT = Path(__file__).resolve().parents[2]
JOINT = Story("zjj", ("jjdd",))
OLD_DUE = ("=if timing = &quot;recess&quot; then deadline(&quot;P1&quot;, submitted_on) "
           "else deadline(&quot;P2&quot;, session_closed)")
LEGALITY = """
    <bpmn:userTask id="legality" name="合法性审查">
      <bpmn:extensionElements>
        <zeebe:formDefinition formId="legality"/>
        <zeebe:assignmentDefinition candidateGroups="=[lead_unit + &quot;:unit_deputy&quot;]"/>
        <zeebe:taskSchedule dueDate="=add working days(date(now()), 2)"/>
        <zeebe:taskHeaders><zeebe:header key="recorder" value="kept"/></zeebe:taskHeaders>
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="to_legality" sourceRef="draft" targetRef="legality"/>
"""
FORM = {"id": "legality", "type": "default", "components": [
    {"type": "radio", "key": "lawful", "id": "lawful", "label": "审查意见", "validate": {"required": True},
     "values": [{"label": "合法", "value": "yes"}, {"label": "需修改", "value": "no"}]}]}


@pytest.fixture
def package(tmp_path):
    """A copy of the shipped procedure that a designer may edit."""
    folder = tmp_path / "edited" / "handling"
    shutil.copytree(ROOT / "processes" / "handling", folder)
    return folder


def edit(folder, name, *changes):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def deploy(banli, folder):
    """The real command, in a process of its own, on the database of the running installation."""
    environment = {**os.environ, "BANLI_DATA": str(banli.settings.data_folder), "BANLI_LANGUAGE": "zh_Hans_CN",
                   "BANLI_DATABASE_URL": banli.settings.database_url}
    return subprocess.run(
        [sys.executable, "-m", "web.cli", "deploy", str(folder)], cwd=ROOT, env=environment, capture_output=True,
        text=True, timeout=60, check=False)


def test_a_deadline_a_step_and_a_field_reach_the_next_case_and_no_running_one(banli, clock, package):
    running = submitted(banli, clock, JOINT)
    edit(package, "handling.bpmn", (OLD_DUE, "=add working days(submitted_on, 2)"))
    edit(package, "replying.bpmn",
         ('<bpmn:sequenceFlow id="to_facts" sourceRef="draft"',
          f'{LEGALITY}<bpmn:sequenceFlow id="to_facts" sourceRef="legality"'))
    edit(package, "manifest.toml", ('"forms/assign.form",', '"forms/assign.form",\n  "forms/legality.form",'))
    (package / "forms" / "legality.form").write_text(json.dumps(FORM), encoding="utf-8")
    form = json.loads((package / "forms" / "assign.form").read_text(encoding="utf-8"))
    form["components"].append({"type": "textfield", "key": "hotline", "id": "hotline", "label": "12345 工单号"})
    (package / "forms" / "assign.form").write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
    done = deploy(banli, package)
    assert done.returncode == 0, done.stderr
    assert "handling" in done.stdout

    fresh = submitted(banli, clock, JOINT, title="关于治理占道停车的建议")
    work = fresh.step("assign")
    assert work.due.astimezone(BEIJING).date() == dt.date(2026, 3, 31), "two working days after Friday 27 March"
    hub = actor_named(banli, "wangmin")
    page = open_task(banli, hub, work.task_id)
    assert "hotline" in {component.key for component in page.form.components}
    complete(banli, hub, work.task_id,
             {"handling_mode": "lead", "lead_unit": "zjj", "co_units": ["jjdd"], "key": "no", "hotline": "W-2026-17"},
             request_id="typed")
    instance = next(task for task in banli.engine.user_tasks(work.root_id)).root_id
    assert banli.engine.instance(instance).variables["hotline"] == "W-2026-17"
    fresh.until("draft").do("draft")
    assert fresh.open() == ["legality"]
    legality = fresh.step("legality")
    complete(banli, actor_named(banli, "wubin"), legality.task_id, {"lawful": "yes"}, request_id="lawful")
    assert fresh.open() == ["review"]

    assert "hotline" not in {
        component.key for component in open_task(banli, hub, running.step("assign").task_id).form.components}
    running.until("draft").do("draft")
    assert running.open() == ["review"], "the running case knows no legality review"


def test_a_broken_diagram_is_refused_with_its_shape_and_changes_nothing(banli, clock, package):
    edit(package, "handling.bpmn", ('formId="assign"', 'formId="assign2"'))
    done = deploy(banli, package)
    assert done.returncode == 1
    assert "assign2" in done.stderr
    assert "Traceback" not in done.stderr
    play = submitted(banli, clock, JOINT)
    assert banli.engine.instance(play.step("assign").root_id).version == 1
