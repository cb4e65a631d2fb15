"""The embedded process engine: BPMN diagrams, DMN decisions and FEEL over one database.

It knows nothing of people, pages, mail or proposals. `ProcessEngine` is its face.
"""

from engine.catalog import NameCatalog, in_transaction
from engine.errors import BpmnError, Conflict, DefinitionInvalid, EngineError, NotFound
from engine.process_engine import ProcessEngine

__all__ = [
    "BpmnError", "Conflict", "DefinitionInvalid", "EngineError", "NameCatalog", "NotFound", "ProcessEngine",
    "in_transaction",
]
