"""All capabilities together: what diagrams and forms may name, and the functions behind the names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import NotFound
from engine.message import say
from tasks.annual.registry import STEPS as ANNUAL
from tasks.evaluation.registry import STEPS as EVALUATION
from tasks.filing.registry import STEPS as FILING
from tasks.forms.schema import option_sources
from tasks.handling.registry import STEPS as HANDLING
from tasks.supervision.registry import STEPS as SUPERVISION
from tasks.tracking.registry import STEPS as TRACKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from engine import ProcessEngine
    from tasks.deadlines.library import ReferenceLibrary
    from tasks.forms.views import FieldError, Form, Option
    from tasks.steps import CheckContext, OptionContext, PrefillContext, Steps, Subject

FEATURES: tuple[Steps, ...] = (HANDLING, FILING, EVALUATION, TRACKING, SUPERVISION, ANNUAL)


def _together(part: str) -> dict[str, Any]:
    """One dictionary of all features; a name that two of them claim is a mistake of ours."""
    found: dict[str, Any] = {}
    for feature in FEATURES:
        for name, function in getattr(feature, part).items():
            if name in found:
                raise ValueError(f"Two capabilities register {part} under the name {name!r}")
            found[name] = function
    return found


RECORDERS: dict[str, Callable[..., Any]] = _together("recorders")
SOURCES: dict[str, Callable[[Session, OptionContext], Sequence[Option]]] = _together("options")
NEEDS: dict[str, frozenset[str]] = _together("needs")
SUBJECTS: dict[str, Subject] = _together("subjects")
_PREFILL = _together("prefill")
_CHECKS = _together("checks")


def handlers(library: ReferenceLibrary, engine_of: Callable[[], ProcessEngine]) -> dict[str, Callable[..., Any]]:
    """What service tasks may name, by task type; `engine_of` is asked only while a job runs."""
    found: dict[str, Callable[..., Any]] = {}
    for feature in FEATURES:
        found |= {**feature.handlers(library), **feature.jobs(engine_of)}
    return found


def options_for(session: Session, form: Form, context: OptionContext) -> dict[str, Sequence[Option]]:
    """The choices of every source that a form names."""
    found: dict[str, Sequence[Option]] = {}
    for source in sorted(option_sources(form.components)):
        if source not in SOURCES:
            known = ", ".join(sorted(SOURCES))
            raise NotFound(
                say("The form “{form}” names the choices “{source}”; known are: {known}.",
                    form=form.id, source=source, known=known)
            )  # fmt: skip
        found[source] = SOURCES[source](session, context)
    return found


def prefilled(recorder: str, context: PrefillContext) -> dict[str, Any]:
    """First values of a form by its recorder, as plain texts and lists."""
    fill = _PREFILL.get(recorder)
    return fill(context) if fill is not None else {}


def check(recorder: str, values: Mapping[str, Any], context: CheckContext) -> tuple[FieldError, ...]:
    """Everything that is wrong between the fields of a form; fields that are wrong themselves are not judged here."""
    found = _CHECKS.get(recorder)
    return tuple(found(values, context)) if found is not None else ()
