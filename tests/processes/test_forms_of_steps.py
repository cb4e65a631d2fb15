"""Each step's form records what the handbook lists for it (§3.2); filing and tracking have tests of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tasks.forms.schema import read_form

if TYPE_CHECKING:
    from tasks.forms.views import Component

FORMS = Path(__file__).parents[2] / "processes" / "handling" / "forms"

#: Step of the handbook, form, and the keys of its fields; `list.key` stands inside a repeating list.
STEPS = [
    ("5 triage", "assign", ["handling_mode", "lead_unit", "co_units", "joint_units.part", "separate_units.part",
                            "responsible_leader", "lead_due", "co_due", "reason", "wide"]),
    ("4 key item", "assign", ["key", "key_note"]),
    ("7 sign-in", "sign-in", ["answer", "handler", "phone", "add_units"]),
    ("8 objection", "sign-in", ["objection_kind", "reason", "suggested_unit", "approver"]),
    ("8 decision", "adjustment-ruling", ["ruling", "new_unit", "ruling_reason"]),
    ("9 plan", "plan", ["leader", "section", "handler", "phone", "milestones.measure", "milestones.due",
                        "milestones.deliverable", "consultation_plan", "funds", "expected_class"]),
    ("10 consultation", "consultation", ["phase", "mode", "on", "place", "participants", "highest_rank",
                                         "proposer_opinion", "agreed"]),
    ("11 opinion", "opinion", ["facts", "measures", "agrees", "suggestion", "handler", "phone"]),
    ("11 approval", "approve-opinion", ["approval", "approval_note"]),
    ("11 bounce", "accept-opinion", ["acceptance", "bounce_reason"]),
    ("12 draft", "reply", ["result_class", "class_reason", "funds", "answers.text", "answers.adopted", "answers.due",
                           "body", "disclosure", "disclosure_reason", "contact", "contact_phone"]),
    ("13 review", "review", ["verdict", "reasons", "text", "new_class"]),
    ("14 issue", "issue", ["document_number", "issued_on", "signer", "delivery"]),
    ("15 publication", "publish", ["publication", "abstract", "url", "published_on", "checked", "refusal_reason"]),
    ("16 feedback", "feedback", ["contact_made", "highest_rank", "attitude", "result", "to_the_point", "own_class",
                                 "opinion", "asks_rehandling"]),
    ("17 decision", "committee-decision", ["decision", "questions", "explanation", "meeting_on", "minutes"]),
    ("18 extension", "extension", ["extension", "extended_to", "extension_note"]),
    ("20 report", "closing-report", ["solved", "effect", "evidence", "money", "beneficiaries", "own_verdict", "left"]),
    ("20 verdict", "closing", ["verdict", "refusal_reason", "deferred_until", "defer_reason"]),
    ("20 check", "closing-check", ["check", "check_reason"]),
    ("upper level", "hand-in", ["handed_on", "channel", "proof", "taken_up"]),
]  # fmt: skip


def keys(components: tuple[Component, ...], prefix: str = "") -> set[str]:
    found: set[str] = set()
    for component in components:
        name = f"{prefix}{component.key}" if component.key else ""
        found |= {name} if name else set()
        found |= keys(component.children, f"{name}." if name else prefix)
    return found


@pytest.mark.parametrize(("step", "form", "wanted"), STEPS, ids=[row[0] for row in STEPS])
def test_a_steps_form_has_the_handbooks_fields(step, form, wanted):
    read = read_form((FORMS / f"{form}.form").read_bytes())
    assert set(wanted) <= keys(read.components)
