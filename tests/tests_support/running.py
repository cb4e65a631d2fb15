"""Short words for driving an engine in a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine import ProcessEngine


def deploy_and_start(
    engine: ProcessEngine, diagram: bytes, variables: dict[str, Any] | None = None, **more: Any,
) -> str:
    """Deploy one diagram and start its process `p`."""
    engine.deploy({"diagram.bpmn": diagram})
    return engine.start("p", variables or {}, **more)


def open_names(engine: ProcessEngine, instance_id: str) -> list[str]:
    """The names of the open tasks, sorted."""
    return sorted(task.name for task in engine.user_tasks(instance_id))


def finish(engine: ProcessEngine, instance_id: str, name: str, values: dict[str, Any] | None = None) -> str:
    """Complete the first open task of this name; answers its id."""
    task = next(task for task in engine.user_tasks(instance_id) if task.name == name)
    engine.complete(task.id, values or {})
    return task.id


def passed(engine: ProcessEngine, instance_id: str) -> list[str]:
    """The ids of the elements that were entered, in order."""
    return [one.element_id for one in engine.history(instance_id)]
