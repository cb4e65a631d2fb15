"""Forms as deployed, read once for each content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tasks.forms.schema import read_form

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine import ProcessEngine
    from tasks.forms.views import Form

_KEPT = 200


class FormLibrary:
    """Reads the forms of tasks and the newest version of a form by its id."""

    def __init__(self, engine: ProcessEngine) -> None:
        self._engine = engine
        self._read: dict[bytes, Form] = {}

    def of_task(self, task_id: str, session: Session | None = None) -> Form:
        """The form of a task, in the version that its case runs on; an empty one when the step has none."""
        content = self._engine.form_file(task_id, session.connection() if session is not None else None)
        return self._form(content) if content is not None else _EMPTY

    def opened(self, task_id: str, session: Session) -> tuple[Form, dict[str, Any]]:
        """The form of an open task, and all variables that are seen from it."""
        variables, content = self._engine.open_task(task_id, session.connection())
        return self._form(content) if content is not None else _EMPTY, variables

    def newest(self, form_id: str) -> Form:
        """The newest version of a form that belongs to no task (a submission)."""
        with self._engine.database.reading() as connection:
            content = self._engine.runtime.definitions.form(connection, "", form_id)
        return self._form(content)

    def _form(self, content: bytes) -> Form:
        form = self._read.get(content)
        if form is None:
            form = read_form(content)
            if len(self._read) >= _KEPT:
                self._read.clear()
            self._read[content] = form
        return form


def _empty() -> Form:
    return read_form(b'{"id": "empty", "name": "", "components": []}')


_EMPTY = _empty()
