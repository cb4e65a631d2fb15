"""The token game: can a marking still reach the end? Asked before a token is moved by hand.

A marking is how many tokens stand before or at each element of one scope, and on each flow into a join. Whatever
is chosen on the way, an end must remain reachable; a marking from which a token can never leave a join is what makes
a move illegal.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.bpmn.model import Element, Process
    from engine.spiff.token import Token

    Marking = tuple[tuple[str, str], ...]

_MOST_MARKINGS = 20_000
_MOST_TOKENS = 12


def can_end(process: Process, tokens: Iterable[tuple[str, str]]) -> bool:
    """Whether tokens at (element, flow they came by) all reach an end whatever is chosen on the way.

    From every marking that can come up a way to the end must remain; a search that grows beyond its bounds
    answers False, since nothing is known then.
    """
    start: Marking = tuple(sorted(tokens))
    before: dict[Marking, list[Marking]] = {start: []}
    queue = deque([start])
    while queue:
        marking = queue.popleft()
        for following in _steps(process, marking):
            if following in before:
                before[following].append(marking)
                continue
            if len(following) > _MOST_TOKENS or len(before) > _MOST_MARKINGS:
                return False
            before[following] = [marking]
            queue.append(following)
    return _all_lead_to_the_end(before)


def _all_lead_to_the_end(before: dict[Marking, list[Marking]]) -> bool:
    """Walk back from the empty marking; what is not met on the way is a dead end."""
    if () not in before:
        return False
    met: set[Marking] = {()}
    queue: deque[Marking] = deque([()])
    while queue:
        for earlier in before[queue.popleft()]:
            if earlier not in met:
                met.add(earlier)
                queue.append(earlier)
    return len(met) == len(before)


def place_of(token: Token) -> tuple[str, str]:
    """Where a live token stands in the game."""
    return token.task_spec.element.id, token.via


def _steps(process: Process, marking: Marking) -> Iterator[Marking]:
    counted = Counter(marking)
    done: set[str] = set()
    for element_id, _via in counted:
        if element_id in done:
            continue
        done.add(element_id)
        element = process.elements[element_id]
        if _joins(element):
            yield from _join(process, counted, element)
        else:
            place = next(place for place in counted if place[0] == element_id)
            rest = counted - Counter([place])
            for leaving in _leave(process, element):
                yield _marking(rest + leaving)


def _joins(element: Element) -> bool:
    return element.type in {"parallelGateway", "inclusiveGateway"} and len(element.incoming) > 1


def _join(process: Process, counted: Counter[tuple[str, str]], element: Element) -> Iterator[Marking]:
    waiting = {via for place, via in counted if place == element.id}
    if element.type == "parallelGateway" and waiting != set(element.incoming):
        return
    if element.type == "inclusiveGateway" and not waiting:
        return
    rest = counted - Counter((element.id, via) for via in waiting)
    for leaving in _leave(process, element):
        yield _marking(rest + leaving)


def _leave(process: Process, element: Element) -> Iterator[Counter[tuple[str, str]]]:
    """The tokens that may come out of an element, one possibility after the other."""
    flows = [(process.flows[flow].target, flow) for flow in element.outgoing]
    if element.type in {"exclusiveGateway", "eventBasedGateway"}:
        yield from (Counter([flow]) for flow in flows)
    elif element.type == "inclusiveGateway" and len(flows) > 1:
        yield from (Counter([flow]) for flow in flows)
        yield Counter(flows)
    else:
        yield Counter(flows)
    for boundary in process.boundaries(element.id):
        if boundary.interrupting:
            yield Counter((process.flows[flow].target, flow) for flow in boundary.outgoing)
    if element.type == "intermediateThrowEvent" and element.event and element.event.kind == "link":
        yield from (
            Counter([(other.id, "")]) for other in process.elements.values()
            if other.type == "intermediateCatchEvent" and other.event and other.event.kind == "link"
            and other.event.name == element.event.name)


def _marking(counted: Counter[tuple[str, str]]) -> Marking:
    return tuple(sorted(counted.elements()))
