"""Trying a draft without deploying it: a form as staff will see it, a table with values, all scenarios."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.dmn import load_model
from engine.errors import EngineError
from engine.feel import Evaluation
from engine.message import say
from tasks.decisions.queries import page_of, tried
from tasks.designing.access import require_designer
from tasks.designing.files import check_content
from tasks.forms.schema import option_sources, read_form
from tasks.forms.views import Option
from tasks.registry import SOURCES
from tasks.steps import OptionContext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.decisions.views import DecisionPage
    from tasks.forms.views import Form


@dataclass(frozen=True, slots=True)
class FormPreview:
    """A form with choices such as staff would get."""

    form: Form
    options: Mapping[str, Sequence[Option]]


def preview(banli: Banli, actor: Actor, schema: bytes) -> FormPreview:
    """The form that a schema describes, with today's choices where they need no case.

    Raises:
        FormRefused: the schema has a part that staff pages cannot show.
    """
    require_designer(actor)
    form = read_form(check_content("form", schema))
    context = OptionContext(banli.reference(), "suggestion", actor.person_id, actor.unit_code, {}, now=banli.now())
    with banli.reading() as session:
        options = {source: _choices(session, source, context) for source in sorted(option_sources(form.components))}
    return FormPreview(form, options)


def _choices(session: Session, source: str, context: OptionContext) -> Sequence[Option]:
    """Choices of a source; one that needs a case shows what it is instead."""
    example = [Option("example", str(source))]
    if source not in SOURCES:
        return example
    try:
        return SOURCES[source](session, context) or example
    except (EngineError, KeyError, AttributeError, TypeError, RuntimeError):
        return example  # it asks for a case, which a draft has not


@dataclass(frozen=True, slots=True)
class TableTrial:
    """A decision with what it answers, and the other decisions of its file."""

    page: DecisionPage
    decisions: Sequence[tuple[str, str]]


def try_table(
    banli: Banli, actor: Actor, content: bytes, decision: str, given: Mapping[str, str]
) -> TableTrial:
    """Ask a table of a draft.

    Raises:
        EngineError: the file cannot be read.
        TrialRefused: a value is not of its input's type.
    """
    require_designer(actor)
    model = load_model(check_content("table", content), functions=banli.engine.runtime.definitions.functions)
    known = [(one.id, one.name) for one in model.decisions]
    if not known:
        raise EngineError(say("The file holds no decision."))
    key = decision if decision in dict(known) else known[0][0]
    page = page_of(model, key, dict(known)[key], 0)
    typed = {one.name: given.get(one.name, "") for one in page.inputs}
    if any(text.strip() for text in typed.values()):
        context = Evaluation(clock=banli.now, reference=banli.reference())
        page = tried(model, page, typed, context)
    return TableTrial(replace(page, given=typed), known)
