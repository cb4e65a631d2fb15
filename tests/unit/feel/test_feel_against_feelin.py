"""Where the FEEL of form-js (feelin 6.1.1) and ours differ, and that ours is what the standard says.

A form is rendered and validated by the server, so the server's FEEL decides; the editor's preview uses feelin. What
feelin answers was recorded from that version; where its package is installed with the frontend, the record is proved.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from engine.feel import Evaluation, evaluate
from engine.feel.evaluation import State
from engine.feel.values.text import literal

VARIABLES = {"x": 3, "a": None, "list": [1, 2, 3]}
MODULES = Path(__file__).resolve().parents[3] / "web" / "frontend" / "node_modules"
FEELIN = MODULES / "@bpmn-io" / "feelin"

# expression, ours, feelin's as JSON, and the clause that ours follows
DIFFERENCES = [
    ("0.1 + 0.2", "0.3", "0.30000000000000004", "10.3.2.3.1: numbers are decimal"),
    ("1 / 3", "0.3333333333333333333333333333333333", "0.3333333333333333", "10.3.2.3.1: 34 digits"),
    ("9007199254740993 + 0", "9007199254740993", "9007199254740992", "10.3.2.3.1: 34 digits"),
    ("sum([0.1, 0.2])", "0.3", "0.30000000000000004", "10.3.2.3.1: numbers are decimal"),
    ("string(0.1 + 0.2)", '"0.3"', '"0.30000000000000004"', "10.3.2.3.1: numbers are decimal"),
    ("stddev([2, 4, 7, 5])", "2.081665999466132735282297706979931", "2.0816659994661326", "10.3.2.3.1: 34 digits"),
    ("{a: 1, a: 2}", "null", '{"a":2}', "10.3.2.6: the keys of a context are different"),
    ("every i in [1, null] satisfies i > 0", "null", "false", "table 62: a conjunction with null"),
    ("some i in [1, null] satisfies i > 1", "null", "false", "table 62: a disjunction with null"),
    ('matches("abc", "[a-z-[b]]+")', "true", "null", "table 74: regular expressions of XPath"),
    ('date("2026-01-01") < date and time("2026-01-01T01:00:00")', "null", "true", "table 53: one kind is compared"),
    ("odd(1.5)", "null", "false", "table 76: whole numbers are odd or even"),
    ("[1] = 1", "null", "true", "table 53: a list is no number"),
]

AGREEMENTS = [
    *["-2 ** 2", "2 ** 3 ** 2", "1 / 0", '1 = "1"', "a = 1", "a < 1", "not(a)", "true and a", "false and a", '1 + "a"'],
    *['"a" + null', "[1, 2, 3][4]", "list[item > 1]", "[{a: 1}, {b: 2}].a", "missing", "missing()", "count(null)"],
    *["for i in 1..3 return i", "sum([])", "mean([])", 'string([1, "a", null])', 'number("1 000,5", " ", ",")'],
    *['substring("🐎b", 2)', 'string length("🐎")', 'matches("a\\nb", "a.b")', 'replace("abc", "b", "$0$0")'],
    *['split("a1b", "\\d")', 'date("2026-02-30")', 'duration("P1Y") = duration("P12M")', 'date("2026-06-01").weekday'],
    *[
        "modulo(-12, 5)",
        "round half up(2.5, 0)",
        "decimal(2.5, 0)",
        "3 in (> 2, 1)",
        "3 in [1..3)",
        "before([1..2), 2)",
    ],
    *[
        'context put({a: 1}, "b", 2)',
        'string join(["a", null, "b"], ",")',
        "distinct values([1, 1.0])",
        "mode([1, 1, 2])",
    ],
    *["x between 1 and 5", "{a: 1} = {a: 1.0}", "a or x > 2", "if a then 1 else 2", "is(1, 1.0)", "median([])"],
]


def ours(text):
    return literal(evaluate(text, VARIABLES, context=Evaluation()), State({}))


@pytest.mark.parametrize(("text", "expected", "clause"), [(each[0], each[1], each[3]) for each in DIFFERENCES])
def test_where_the_two_differ_ours_follows_the_standard(text, expected, clause):
    assert ours(text) == expected, clause


@pytest.fixture(scope="module")
def theirs():
    if not FEELIN.is_dir() or shutil.which("node") is None:
        pytest.skip(f"feelin is not installed at {FEELIN}; its recorded answers are not proved")
    program = """
      import { evaluate } from '%s/dist/index.js';
      const given = JSON.parse(process.argv[2]);
      const answers = given.map((text) => {
        const found = evaluate(text, { x: 3, a: null, list: [1, 2, 3] });
        return found && typeof found === 'object' && 'warnings' in found ? found.value : found;
      });
      process.stdout.write(JSON.stringify(answers));
    """
    texts = [*(each[0] for each in DIFFERENCES), *AGREEMENTS]
    command = ["node", "--input-type=module", "-e", program % FEELIN.as_uri(), "feelin", json.dumps(texts)]
    answers = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    return dict(zip(texts, json.loads(answers), strict=True))


@pytest.mark.parametrize(("text", "recorded"), [(each[0], each[2]) for each in DIFFERENCES])
def test_what_feelin_answers_is_still_what_was_recorded(theirs, text, recorded):
    assert theirs[text] == json.loads(recorded)


@pytest.mark.parametrize("text", AGREEMENTS)
def test_everywhere_else_the_two_agree(theirs, text):
    value = evaluate(text, VARIABLES)
    assert json.loads(json.dumps(theirs[text])) == json.loads(json.dumps(value, default=float))
