"""The shipped procedure on the engine alone: a new engine after every step, on both databases."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from engine import ProcessEngine, in_transaction
from engine.consistency import find_faults

FOLDER = Path(__file__).resolve().parents[2] / "processes" / "handling"
SETTINGS = {
    "merge_keeps_number": True,
    "max_rounds": 2,
    "overall_rule": "worst",
    "reply_date": "issue",
    "number_pattern_suggestion": "{seq:04}",
    "number_pattern_proposal": "{year}{seq:03}",
    "assign_together": True,
    "plan_required": False,
    "consult_midway": False,
    "consult_after": False,
}
STARTED = {
    "item": "1",
    "kind": "suggestion",
    "level": "own",
    "timing": "in_session",
    "filed": True,
    "key": "no",
    "proposer": "lin",
    "hub": "fb",
    "committee": "rd:npc_reviewer",
    "committee_unit": "rd",
    "submitted_on": date(2026, 3, 1),
    "session_closed": date(2026, 3, 2),
}
#: What each person answers; a list is answered in turn, its last entry for ever.
ANSWERS = {
    "assign": [{"lead_unit": "zjj", "co_units": ["jjdd", "cgj"], "key": "no"}],
    "sign_in": [{"answer": "accept", "handler": "somebody"}],
    "consult": [{}],
    "opinion": [{"bounced": False, "opinion_returned": False}],
    "approve_opinion": [{"opinion_returned": False}],
    "accept_opinion": [{"bounced": False}],
    "draft": [{"result_class": "B", "disclosure": "public", "reviews": [], "passed": []}],
    "review": [{"verdict": "return"}, {"verdict": "pass"}],
    "issue": [{"issued_on": date(2026, 5, 20), "delivery": [], "disclosure": "public", "merged": []}],
    "publish": [{}],
    "closing_report": [{}],
    "rate": [{"overall": "dissatisfied"}, {"overall": "satisfied"}],
    "study": [{"decision": "rehandle"}],
    "closing_review": [{"verdict": "close"}],
    "closing_check": [{"closing_agreed": True}],
}
START = date(2026, 3, 27)


def deadline(parameter, start):
    return (start if isinstance(start, date) else START) + timedelta(days=30 + len(parameter))


def reviewers(chain, lead, co, committee):
    return [{"code": code, "name": code, "unit": lead, "group": f"{lead}:{code}"} for code in chain]


def opened(number, lead, co, previous=()):
    units = [{"unit": lead, "role": "lead"}, *({"unit": unit, "role": "co"} for unit in co)]
    return {
        "position": 1, "mode": "lead", "role": "lead", "lead_unit": lead, "co_units": co, "units": units,
        "round": number, "clock_start": START, "reply_rule": "P8", "reply_due": None, "reply_basis": "",
        "co_due": None, "previous_chain": list(previous),
    }  # fmt: skip


def assign_units(job):
    answer = opened(1, job.variables["lead_unit"], job.variables["co_units"])
    return {"answers": [answer], "lead_unit": answer["lead_unit"], "round": 1}


def next_round(job):
    nodes = (job.variables.get("chain_choice") or {}).get("nodes") or []
    answer = opened(job.variables["round"] + 1, job.variables["lead_unit"], job.variables["co_units"], nodes)
    return {**answer, "mandate": answer, "signatures": [], "decision": None}


def settle(job):
    parts = job.variables["units"]
    return {
        "lead_unit": parts[0]["unit"],
        "co_units": [part["unit"] for part in parts[1:]],
        "signatures": [{"unit": part["unit"], "handler": None, "since": START} for part in parts],
    }


def facts(_job):
    return {"key": "no", "funds": False, "has_commitments": True, "passed": []}


def embed(url, clock):
    """The engine as any application would embed it."""
    handlers = {
        "number": lambda _job: {"number": "0001"},
        "open-assignments": assign_units,
        "open-round": next_round,
        "settle-units": settle,
        "reply-facts": facts,
        "record-silence": lambda _job: {"overall": "none"},
    }
    named = {topic for path in FOLDER.glob("*.bpmn") for topic in topics(path)}
    return ProcessEngine(
        url,
        clock=clock,
        functions={
            "deadline": deadline,
            "setting": lambda name: SETTINGS[name],
            "unit name": lambda code: code,
            "reviewers": reviewers,
            "agreed date": lambda day, _basis, _start: day,
            "after waiting": lambda day, _waits: day,
            "session cutoff": lambda day: datetime.combine(day, datetime.min.time()),
        },
        handlers={topic: in_transaction(handlers.get(topic, lambda _job: {})) for topic in named},
    )


def topics(path):
    """The task types that a diagram names."""
    text = path.read_text(encoding="utf-8")
    return [part.split('"', 1)[0] for part in text.split('<zeebe:taskDefinition type="')[1:]]


def test_one_suggestion_from_intake_to_closing_with_a_restart_after_every_step(database_url, clock):
    engine = embed(database_url, clock)
    files = {
        str(path.relative_to(FOLDER)): path.read_bytes()
        for path in FOLDER.rglob("*")
        if path.suffix in {".bpmn", ".dmn", ".form"}
    }
    engine.deploy(files)
    case = engine.start("handling", STARTED, business_key="1")
    engine.close()
    answers = {element: list(given) for element, given in ANSWERS.items()}
    steps = []
    while True:
        engine = embed(database_url, clock)
        assert find_faults(engine.runtime) == []
        waiting = engine.user_tasks(case)
        if not waiting and steps == ["assign"]:
            assert engine.publish_message("assigned-together", correlation_key="1", variables={}) == 1
            engine.close()
            continue
        if not waiting:
            break
        task = next((one for one in waiting if one.element_id in {"rate", "study"}), waiting[0])
        left = answers[task.element_id]
        engine.complete(task.id, left.pop(0) if len(left) > 1 else left[0], actor="somebody")
        steps.append(task.element_id)
        clock.move(hours=1)
        engine.close()
    assert engine.incidents() == []
    assert engine.instance(case).state == "completed"
    assert (steps.count("assign"), steps.count("draft"), steps.count("rate"), steps.count("opinion")) == (1, 3, 2, 4)
    assert sorted(steps[-4:]) == ["closing_check", "closing_report", "closing_review", "publish"]
    decided = [one for one in engine.explanations(case) if one["kind"] == "decision"]
    assert {one["element_id"] for one in decided} == {"choose_chain", "decide_next"}
    engine.close()
