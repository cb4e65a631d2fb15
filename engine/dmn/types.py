"""Item definitions as FEEL types, with their allowed values (DMN 1.5, 7.3.2 and 10.3.2.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.dmn.namespaces import FEEL_NAMESPACES
from engine.feel import FeelError, compile_unary_tests
from engine.feel.types import ANY, BUILT_IN_TYPES, ConstrainedType, ContextType, FunctionType, ListType, Type

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.dmn.elements import Definitions, ItemDefinition
    from engine.feel.evaluation import State


class TypeTable:
    """The types that a model defines or imports, by the names it refers to them with."""

    def __init__(
        self,
        definitions: Definitions,
        imports: Mapping[str, TypeTable],
        report: Callable[[str, FeelError], None],
    ) -> None:
        self._definitions = definitions
        self._items = {each.name: each for each in definitions.item_definitions}
        self._imports = imports
        self._report = report
        self._resolved: dict[str, Type] = {}
        self._resolving: set[str] = set()

    def resolve(self, name: str | None) -> Type | None:
        """The type of a reference; None if the model knows no such type, or if there is no reference."""
        if not name:
            return None
        found = self._own(name)
        if found is not None:
            return found
        prefix, separator, rest = name.partition(":")
        if separator:
            return self._prefixed(prefix, rest)
        if name in BUILT_IN_TYPES:
            return BUILT_IN_TYPES[name]
        return self._imported(name)

    def _own(self, name: str) -> Type | None:
        if name in self._resolved:
            return self._resolved[name]
        item = self._items.get(name)
        if item is None:
            return None
        if name in self._resolving:
            # A type within itself: how deep it goes is known by the values only.
            return ANY
        self._resolving.add(name)
        self._resolved[name] = resolved = self._type(item)
        self._resolving.discard(name)
        return resolved

    def _prefixed(self, prefix: str, name: str) -> Type | None:
        namespace = self._definitions.prefixes.get(prefix)
        if namespace in FEEL_NAMESPACES or prefix == "feel":
            return BUILT_IN_TYPES.get(name)
        if namespace == self._definitions.namespace:
            return self._own(name)
        for each in self._definitions.imports:
            if each.namespace == namespace and each.name in self._imports:
                return self._imports[each.name].resolve(name)
        return None

    def _imported(self, name: str) -> Type | None:
        for import_name, table in self._imports.items():
            if not import_name:
                found = table.resolve(name)
                if found is not None:
                    return found
            elif name.startswith(import_name + "."):
                return table.resolve(name[len(import_name) + 1 :])
        return None

    def _type(self, item: ItemDefinition) -> Type:
        if item.parameters is not None:
            parameters = tuple(self.resolve(each.type_ref) or ANY for each in item.parameters)
            return FunctionType(parameters, self.resolve(item.result_ref) or ANY)
        if item.components:
            base: Type = ContextType(tuple((each.name, self._type(each)) for each in item.components), lenient=True)
        else:
            base = self.resolve(item.type_ref) or ANY
        base = self._constrained(item.name, base, item.allowed_values)
        if item.is_collection:
            base = ListType(base)
        return self._constrained(item.name, base, item.constraint)

    def _constrained(self, name: str, base: Type, tests: str | None) -> Type:
        if not tests:
            return base
        try:
            compiled = compile_unary_tests(tests)
        except FeelError as error:
            self._report(name, error)
            return base

        def passes(state: State, value: object) -> bool | None:
            return compiled.test(state, value)

        return ConstrainedType(name, base, passes)

    def allowed_values(self, name: str | None) -> str | None:
        """The text of the allowed values of one of the model's own types."""
        item = self._items.get(name or "")
        return item.allowed_values if item is not None and not item.is_collection else None

    def special_members(self) -> set[str]:
        """Names of components anywhere in the types, for the parser to recognise those of several words."""
        found: set[str] = set()
        waiting = list(self._items.values())
        while waiting:
            item = waiting.pop()
            found.update(each.name for each in item.components)
            waiting.extend(item.components)
        for table in self._imports.values():
            found |= table.special_members()
        return found
