"""Looking into a snapshot from outside: what it waits for, and whether it writes back to the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.spiff import snapshot
from engine.spiff.activity import UserTask

if TYPE_CHECKING:
    from engine.spiff.compiler import CompiledProcess
    from engine.spiff.environment import Environment


@dataclass(frozen=True, slots=True)
class Examination:
    """The numbers of the tokens at user tasks, of all armed events, and whether reading and writing agree."""

    user_tasks: frozenset[int]
    arms: frozenset[tuple[int, str]]
    tokens: int
    repeatable: bool


def examine(data: bytes, process: CompiledProcess, environment: Environment) -> Examination:
    """Read a snapshot and say what is in it."""
    machine = snapshot.read(data, process, environment)
    tokens = list(machine.tasks.values())
    return Examination(
        frozenset(token.number for token in tokens if isinstance(token.task_spec, UserTask) and not token.stuck
                  and token.number in machine.tasks and token.phase == 2),
        frozenset((token.number, arm) for token in tokens for arm in token.arms),
        len(tokens), snapshot.decompress(snapshot.write(machine)) == snapshot.decompress(data))
