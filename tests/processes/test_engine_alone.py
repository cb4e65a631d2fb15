"""The shipped procedure on the engine alone: a new engine after every step, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from engine import ProcessEngine, in_transaction
from engine.consistency import find_faults

FOLDER = Path(__file__).resolve().parents[2] / "processes" / "handling"
SETTINGS = {"max_rounds": 2, "number_pattern_suggestion": "{seq:04}", "number_pattern_proposal": "{year}{seq:03}"}
STARTED = {
    "kind": "suggestion",
    "level": "own",
    "timing": "in_session",
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
    "opinion": [{}],
    "draft": [{"result_class": "B", "has_commitments": True}],
    "review": [{"verdict": "return"}, {"verdict": "pass"}],
    "issue": [{"issued_on": date(2026, 5, 20), "delivery": []}],
    "rate": [{"overall": "dissatisfied"}, {"overall": "satisfied"}],
    "study": [{"decision": "rehandle"}],
    "closing_review": [{"closing": "close"}],
}


def deadline(parameter, start):
    return (start if isinstance(start, date) else date(2026, 3, 27)) + timedelta(days=30 + len(parameter))


def reviewers(chain, lead, co, committee):
    return [{"code": code, "name": code, "unit": lead, "group": f"{lead}:{code}"} for code in chain]


def assign_units(job):
    lead, co = job.variables["lead_unit"], job.variables["co_units"]
    number = int(job.variables.get("round") or 0) + 1
    units = [{"unit": lead, "role": "lead"}, *({"unit": unit, "role": "co"} for unit in co)]
    return {
        "round": number,
        "role": "lead",
        "units": units,
        "clock_start": date(2026, 3, 27),
        "signatures": [],
        "reviews": [],
        "previous_chain": (job.variables.get("chain_choice") or {}).get("nodes") or [],
    }


def settle(job):
    parts = job.variables["units"]
    return {
        "lead_unit": parts[0]["unit"],
        "co_units": [part["unit"] for part in parts[1:]],
        "signatures": [{"unit": part["unit"], "handler": None, "since": date(2026, 3, 27)} for part in parts],
    }


def embed(url, clock):
    """The engine as any application would embed it."""
    return ProcessEngine(
        url,
        clock=clock,
        functions={
            "deadline": deadline,
            "setting": lambda name: SETTINGS[name],
            "unit name": lambda code: code,
            "reviewers": reviewers,
        },
        handlers={
            "number": in_transaction(lambda _job: {"number": "0001"}),
            "open-assignments": in_transaction(assign_units),
            "settle-units": in_transaction(settle),
            "accept-by-default": in_transaction(lambda _job: {}),
            "record-silence": in_transaction(lambda _job: {"overall": "none"}),
        },
    )


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
        if not waiting:
            break
        task = waiting[0]
        left = answers[task.element_id]
        engine.complete(task.id, left.pop(0) if len(left) > 1 else left[0], actor="somebody")
        steps.append(task.element_id)
        clock.move(hours=1)
        engine.close()
    assert engine.instance(case).state == "completed"
    assert engine.instance(case).variables["round"] == 2
    assert (steps.count("assign"), steps.count("draft"), steps.count("rate"), steps.count("opinion")) == (1, 3, 2, 4)
    assert steps[-3:] == ["issue", "rate", "closing_review"]
    decided = [one for one in engine.explanations(case) if one["kind"] == "decision"]
    assert {one["element_id"] for one in decided} == {"choose_chain", "decide_next"}
    engine.close()
