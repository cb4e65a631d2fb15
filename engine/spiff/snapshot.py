"""The snapshot of an instance: live tokens, open scopes and their variables, compact and byte for byte repeatable.

It never holds the specification and never the past. The first byte is the format's version; every released
format stays readable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import zstandard
from SpiffWorkflow.util.task import TaskState

from engine.errors import EngineError
from engine.message import say
from engine.spiff.machine import Machine
from engine.spiff.multi_instance import LoopState
from engine.spiff.scope import Scope
from engine.spiff.token import Phase, Token
from engine.values import encode, unpack, wrapped

if TYPE_CHECKING:
    from engine.spiff.compiler import CompiledProcess
    from engine.spiff.environment import Environment

FORMAT = 1
# Below this the time to compress (10 µs) costs more than the bytes it saves.
_COMPRESS_FROM = 2048

_compressor = zstandard.ZstdCompressor(level=3, write_content_size=True)
_decompressor = zstandard.ZstdDecompressor()


class SnapshotUnreadable(EngineError):
    """The stored state of an instance cannot be read; the case needs an administrator."""


def write(machine: Machine) -> bytes:
    """The bytes of an instance."""
    return compress(encode(_state(machine)))


def compress(plain: bytes) -> bytes:
    """Format byte, compression byte, content."""
    if len(plain) < _COMPRESS_FROM:
        return bytes((FORMAT, 0)) + plain
    return bytes((FORMAT, 1)) + _compressor.compress(plain)


def decompress(data: bytes) -> bytes:
    """The content behind the two leading bytes; raises SnapshotUnreadable for another format."""
    if len(data) < 2 or data[0] != FORMAT or data[1] > 1:
        raise SnapshotUnreadable(say("The stored state has format {found}; this version reads format {known}.",
                                     found=data[0] if data else "none", known=FORMAT))
    try:
        return data[2:] if data[1] == 0 else _decompressor.decompress(data[2:], max_output_size=1 << 28)
    except zstandard.ZstdError as error:
        raise SnapshotUnreadable(say("The stored state is damaged: {reason}", reason=str(error))) from None


def _state(machine: Machine) -> list[Any]:
    scopes: dict[int, int] = {}
    ordered: list[Scope] = []

    def place(scope: Scope) -> int:
        if id(scope) not in scopes:
            if scope.parent is not None:
                place(scope.parent)
            scopes[id(scope)] = len(ordered)
            ordered.append(scope)
        return scopes[id(scope)]

    place(machine.root.scope)
    tokens = [_token(machine.tasks[number], place) for number in sorted(machine.tasks)]
    written = [
        [-1 if scope.parent is None else scopes[id(scope.parent)],
         {name: wrapped(scope.values_[name]) for name in sorted(scope.values_)}] for scope in ordered]
    return [machine.last_number, written, tokens]


def _token(token: Token, place: Any) -> list[Any]:
    loop = token.loop
    return [
        token.number, -1 if token._parent is None else token._parent, token.task_spec.position,
        token._state, int(token.phase), token.stuck, token.via, place(token.base), place(token.scope),
        list(token.arms), token.index,
        None if loop is None else [
            loop.total, loop.started, loop.done, wrapped(loop.items), wrapped(loop.outputs), wrapped(loop.pending)]]


def read(data: bytes, process: CompiledProcess, environment: Environment) -> Machine:
    """The instance as it was written; raises SnapshotUnreadable when the bytes are none of ours."""
    plain = decompress(data)
    try:
        last_number, scopes, tokens = unpack(plain)
        machine = Machine(process, environment)
        machine.last_number = last_number
        restored: list[Scope] = []
        for parent, values in scopes:
            restored.append(Scope(None if parent < 0 else restored[parent], values))
        for fields in tokens:
            _restore(machine, restored, fields)
    except (ValueError, IndexError, KeyError, TypeError) as error:
        raise SnapshotUnreadable(say("The stored state is damaged: {reason}", reason=str(error))) from error
    return machine


def _restore(machine: Machine, scopes: list[Scope], fields: list[Any]) -> None:
    number, parent, position, state, phase, stuck, via, base, scope, arms, index, loop = fields
    spec = machine.process.positions[position]
    token = Token(machine, spec, None if parent < 0 else machine.tasks[parent], scopes[base], number)
    if parent < 0:
        machine.task_tree = token
    token._state = state
    token.phase = Phase(phase)
    token.stuck = stuck
    token.via = via
    token.scope = scopes[scope]
    token.arms = dict.fromkeys(arms)
    token.index = index
    if loop is not None:
        token.loop = LoopState(*loop)
    if state == TaskState.WAITING and hasattr(spec, "may_fire") and not stuck:
        machine.waiting_joins.add(number)


def variables(data: bytes) -> dict[str, Any]:
    """The instance variables in a snapshot, without building its tokens."""
    _, scopes, _ = unpack(decompress(data))
    root: dict[str, Any] = scopes[0][1] if scopes else {}
    return root
