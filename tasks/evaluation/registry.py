"""What the steps of the evaluation register: recorders, handlers, choices, first values, checks, the subject."""

from __future__ import annotations

from tasks.evaluation.evaluations import SUBJECT
from tasks.evaluation.forms import CHECKS, OPTIONS, PREFILL
from tasks.evaluation.handlers import HANDLERS
from tasks.evaluation.recorders import RECORDERS
from tasks.evaluation.sheets import beside, head
from tasks.steps import Steps, Subject

STEPS = Steps(
    recorders=RECORDERS,
    handlers=lambda _library: HANDLERS,
    options=OPTIONS,
    prefill=PREFILL,
    checks=CHECKS,
    subjects={SUBJECT: Subject(head, beside)},
)
