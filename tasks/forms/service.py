"""Validation of what was sent, by the same schema that rendered the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.feel import evaluate
from engine.message import say
from tasks.forms import checks
from tasks.forms.coercion import WrongType, coerce
from tasks.forms.schema import walk
from tasks.forms.views import FILES, Component, ComponentType, FieldError, Form, Option, Validated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def validate(
    form: Form,
    submitted: Mapping[str, Any],
    variables: Mapping[str, Any],
    options: Mapping[str, Sequence[Option]],
) -> Validated:
    """Typed values of the visible fields, and every error with the path of its field.

    A key that the schema does not declare is an error; the value of a hidden or read-only field is left out.
    """
    checked = _Level(variables, options)
    values = checked.run(form.components, submitted, prefix="")
    return Validated(values, tuple(checked.errors))


def visible(form: Form, values: Mapping[str, Any], variables: Mapping[str, Any]) -> frozenset[str]:
    """Ids of the components that are shown with these values; children of a hidden group are hidden with it."""
    typed = _typed(form.components, values)
    return frozenset(component.id for component in _shown(form.components, {**variables, **typed}))


def hidden(form: Form, values: Mapping[str, Any], variables: Mapping[str, Any]) -> frozenset[str]:
    """Paths of the fields that these raw or typed values hide, rows of lists included (`answers.2.due`).

    Components that hold no value (groups, texts) are named by their id. Half-typed values are no error.
    """
    return frozenset(_hidden(form.components, values, variables, ""))


def is_hidden(component: Component, scope: Mapping[str, Any]) -> bool:
    """Whether the component's FEEL condition hides it; a condition that is null shows it."""
    return component.hide is not None and evaluate(component.hide, scope) is True


def _shown(components: Iterable[Component], scope: Mapping[str, Any]) -> Iterable[Component]:
    for component in components:
        if is_hidden(component, scope):
            continue
        yield component
        if component.type is ComponentType.GROUP:
            yield from _shown(component.children, scope)


def _hidden(
    components: tuple[Component, ...], values: Mapping[str, Any], variables: Mapping[str, Any], prefix: str
) -> Iterable[str]:
    typed = _typed(components, values)
    scope = {**variables, **typed}
    shown = {id(component) for component in _shown(components, scope)}
    for component in walk(components):
        if id(component) not in shown:
            yield prefix + component.key if component.key is not None else component.id
        elif component.type is ComponentType.DYNAMICLIST and component.key is not None:
            for index, row in enumerate(typed[component.key] or ()):
                yield from _hidden(component.children, row, scope, f"{prefix}{component.key}.{index}.")


def _fields(components: Iterable[Component]) -> dict[str, Component]:
    return {component.key: component for component in walk(components) if component.key is not None}


def _typed(components: Iterable[Component], values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _quietly(component, values.get(key)) for key, component in _fields(components).items()}


def _quietly(component: Component, value: object) -> Any:
    try:
        return coerce(component, value)
    except WrongType:
        return None


class _Level:
    """One pass over a form or over one row of a list, collecting errors."""

    def __init__(self, variables: Mapping[str, Any], options: Mapping[str, Sequence[Option]]) -> None:
        self.variables = variables
        self.options = options
        self.errors: list[FieldError] = []

    def run(self, components: tuple[Component, ...], submitted: Mapping[str, Any], prefix: str) -> dict[str, Any]:
        """The typed values of one level."""
        fields = _fields(components)
        for key in submitted:
            if key not in fields:
                self.errors.append(
                    FieldError(prefix + key, key, say("This form has no field “{key}”. Reload the page.", key=key))
                )
        typed: dict[str, Any] = {}
        wrong: dict[str, WrongType] = {}
        for key, component in fields.items():
            try:
                typed[key] = coerce(component, submitted.get(key))
            except WrongType as error:
                typed[key], wrong[key] = None, error
        scope = {**self.variables, **typed}
        values: dict[str, Any] = {}
        for component in _shown(components, scope):
            name = component.key
            if name is None or component.read_only:
                continue
            path = prefix + name
            if name in wrong:
                self.errors.append(FieldError(path, component.label, wrong[name].message))
                continue
            values[name] = self._checked(component, typed[name], path, scope)
        return values

    def _checked(self, component: Component, value: Any, path: str, scope: Mapping[str, Any]) -> Any:
        if component.type is ComponentType.DYNAMICLIST:
            value = self._rows(component, value, path, scope)
        source = FILES if component.type is ComponentType.FILEPICKER else component.options_source or ""
        choices = self.options.get(source, component.options)
        for message in checks.problems(component, value, choices):
            self.errors.append(FieldError(path, component.label, message))
        return value

    def _rows(
        self, component: Component, rows: list[dict[str, Any]], path: str, scope: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        checked: list[dict[str, Any]] = []
        for index, row in enumerate(rows[: checks.MOST_ROWS + 1]):
            if component.can_add_remove and not any(row.values()):
                continue  # an empty row that a person added and left
            level = _Level(scope, self.options)
            checked.append(level.run(component.children, row, f"{path}.{index}."))
            self.errors.extend(level.errors)
        return checked
