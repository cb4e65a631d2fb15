"""Each form of filing, tracking and supervision asks for what the handbook lists for its step (§3.2, §7.7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.filing.registry import RECORDERS as FILING
from tasks.forms.schema import read_form, walk
from tasks.supervision.registry import RECORDERS as SUPERVISION
from tasks.tracking.registry import RECORDERS as TRACKING

FORMS = Path(__file__).parents[2] / "processes" / "handling" / "forms"
REVIEW = {
    "result", "grounds", "explanation", "merge_target", "convert_to", "category", "key_candidate", "urgency",
    "publish_consent", "confidential", "contains_secret",
}  # fmt: skip
SUBMISSION = {
    "title", "category", "timing", "situation", "analysis", "measures", "proposer_type", "origin", "cosigners",
    "suggested_units", "repeat_of", "wish_contact", "publish_consent", "confidential", "no_secret",
}  # fmt: skip
ASKED = {
    "suggestion": SUBMISSION,  # step 1
    "entry": SUBMISSION | {"proposer", "signed"},  # step 1, entered on behalf
    "upper-item": {  # §3.2b, first row
        "kind", "title", "situation", "external_number", "external_lead", "contact", "contact_phone", "external_due",
        "role",
    },
    "cosign": {"cosign"},  # step 1: each must confirm
    "first-review": REVIEW,  # step 2
    "final-review": REVIEW | {"first_opinion"},
    "filing-edit": {"told", "title", "category", "situation", "analysis", "measures"},
    "promise-progress": {"progress", "outlook", "evidence"},  # step 21, half-time
    "promise-fulfilment": {"outcome", "done_on", "evidence", "new_due", "explanation"},  # step 21
    "promise-signature": {"explained", "signature"},
    "tracking-result": {"commitments", "class_now"},
    "look-back-visit": {"reply_said", "class_now", "verdict", "explanation"},  # step 21: original and present result
    "look-back-confirmation": {"found", "verdict", "class_now"},
    "slip-signature": {"slip_text", "signature"},  # §7.7: signer
    "slip-explanation": {"slip_text", "explanation", "promised_on"},  # §7.7: reply area
    "slip-judgement": {"explained", "judgement", "judgement_note"},
}  # fmt: skip
COMPULSORY = {
    "suggestion": {"title", "category", "timing", "situation"},
    "first-review": {"result", "grounds", "explanation", "merge_target", "convert_to", "category"},
    "final-review": {"result", "grounds", "explanation", "merge_target", "convert_to", "category"},
    "promise-fulfilment": {"outcome", "done_on", "evidence", "new_due", "explanation"},
    "look-back-visit": {"class_now", "verdict", "explanation"},
    "slip-explanation": {"explanation", "promised_on"},
}


def components(name: str):
    return {one.key: one for one in walk(read_form((FORMS / f"{name}.form").read_bytes()).components) if one.key}


@pytest.mark.parametrize("name", sorted(ASKED))
def test_a_form_asks_for_the_fields_of_its_step(name):
    assert ASKED[name] <= set(components(name))


@pytest.mark.parametrize("name", sorted(COMPULSORY))
def test_what_is_compulsory_is_compulsory(name):
    asked = components(name)
    assert {key for key in COMPULSORY[name] if not asked[key].constraints.required} == set()


@pytest.mark.parametrize(
    ("name", "recorder"),
    [
        ("cosign", FILING["cosign"]),
        ("first-review", FILING["first_review"]),
        ("final-review", FILING["final_review"]),
        ("filing-edit", FILING["filing_edit"]),
        ("promise-progress", TRACKING["promise_progress"]),
        ("promise-fulfilment", TRACKING["promise_fulfilment"]),
        ("promise-signature", TRACKING["promise_signature"]),
        ("look-back-visit", TRACKING["look_back_visit"]),
        ("look-back-confirmation", TRACKING["look_back_confirmation"]),
        ("slip-signature", SUPERVISION["slip_signature"]),
        ("slip-explanation", SUPERVISION["slip_explanation"]),
        ("slip-judgement", SUPERVISION["slip_judgement"]),
    ],
)
def test_every_field_of_a_form_is_known_to_its_recorder(name, recorder):
    assert set(components(name)) <= recorder.fields
