"""A token: one node of SpiffWorkflow's task tree, standing at one element."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

if TYPE_CHECKING:
    from engine.spiff.element import ElementSpec
    from engine.spiff.machine import Machine
    from engine.spiff.scope import Scope


class Phase(IntEnum):
    """How far a token has come at its element; a retry after an incident goes on from here."""

    ARRIVED = 0
    ENTERED = 1
    ACTIVE = 2
    COMPLETING = 3


class Token(Task):
    """A live position in an instance, child of the open scope (instance, sub-process, multi-instance) it lives in.

    `number` is unique within the instance and counts upwards; `base` is the scope it was put into, `scope` the one it
    sees (its own, when the activity has input mappings or opens a scope);
    `via` is the flow it came by; `arms` are the events that may interrupt, continue or accompany it;
    `loop` is the bookkeeping of a multi-instance; `index` the place of a body in its collection.
    """

    def __init__(
        self, machine: Machine, spec: ElementSpec, parent: Token | None, scope: Scope, number: int | None = None,
    ) -> None:
        self.number = machine.next_number() if number is None else number
        super().__init__(machine, spec, parent, TaskState.FUTURE, self.number)
        self.base = scope
        self.scope = scope
        self.phase = Phase.ARRIVED
        self.via = ""
        self.arms: dict[str, None] = {}
        self.loop: Any = None
        self.index: int | None = None
        self.stuck = False

    def _set_state(self, value: int) -> None:
        """Set the state without the library's eager log extras, which walk the whole tree."""
        self._state = value

    @property
    def machine(self) -> Machine:
        """The instance this token lives in."""
        machine: Machine = self.workflow
        return machine

    @property
    def owner(self) -> Token:
        """The token of the open scope around this one."""
        owner: Token = self.workflow.tasks[self._parent]
        return owner

    def live_children(self) -> list[Token]:
        """The tokens that live in the scope this token opened."""
        tasks = self.workflow.tasks
        return [tasks[child] for child in self._children]

    def fail(self) -> None:
        """Stand still: the fault is an incident now, and the token waits for its retry."""
        self.stuck = True
        self._set_state(TaskState.WAITING)
