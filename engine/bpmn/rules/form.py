"""Forms that user tasks show are in the deployment or known to the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.gate import Look


def check(look: Look) -> Iterator[Problem]:
    """Unknown form ids; a task without a form is remarked upon."""
    deployed = set(look.sources.forms.values())
    known = None if look.catalog is None else getattr(look.catalog, "forms", None)
    for diagram, _, element in look.sources.elements():
        if element.user_task is None:
            continue
        form, name = element.user_task.form, element.name or element.id
        if form is None:
            yield Problem("form", element.id, say("“{name}” has no form; people can only confirm it.", name=name),
                          "hint", diagram.resource)
        elif not form.startswith("=") and form not in (known or ()) and form not in deployed \
                and (look.sources.forms or known is not None):
            yield Problem("form", element.id, say(
                "“{name}” shows the form “{form}”, which is not in the deployment.", name=name, form=form),
                "error", diagram.resource)
