"""The hot statements of a command, run on the driver's own cursor.

Building SQL for each call costs ten times the statement itself (measured: 350–450 commands a second against
2,000 and more), so each text is compiled once for each dialect and its parameters are handed over as they are
stored: instants as microseconds, lists as JSON text. Statements of an application over columns with types of their own
are `typed`: then parameters and results go through what the types say.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, exists, insert, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy.engine import Connection
    from sqlalchemy.sql import ClauseElement

_DIALECTS: dict[str, Any] = {
    "sqlite": sqlite.dialect(paramstyle="qmark"),
    "postgresql": postgresql.psycopg.dialect(),  # type: ignore[no-untyped-call]
}


@dataclass(frozen=True, slots=True)
class _Text:
    """The SQL of a statement for one database."""

    sql: str
    order: tuple[str, ...] | None
    """Of its parameters, where they are positional."""
    fixed: Mapping[str, Any]
    """Values that stand in the statement itself, such as a limit."""
    stored: Mapping[str, Callable[[Any], Any]]
    """What makes a parameter what the column stores."""
    read: Sequence[Callable[[Any], Any] | None]
    """What makes each stored column of a result what the column's type says."""

    def given(self, parameters: Mapping[str, Any]) -> Any:
        """The parameters as the driver wants them."""
        if self.fixed:
            parameters = {**self.fixed, **parameters}
        if self.stored:
            parameters = {**parameters, **{name: made(parameters[name]) for name, made in self.stored.items()}}
        return parameters if self.order is None else [parameters[name] for name in self.order]

    def found(self, row: Any) -> Any:
        """A row of the result as the columns' types say it."""
        if not self.read:
            return row
        return tuple([value if made is None else made(value) for made, value in zip(self.read, row, strict=True)])


class Statement:
    """One statement with named parameters, compiled once for each database.

    Args:
        clause: the statement.
        typed: whether parameters and results go through the columns' types; else they are as the database stores them.
    """

    __slots__ = ("_clause", "_texts", "_typed")

    def __init__(self, clause: ClauseElement, *, typed: bool = False) -> None:
        self._clause = clause
        self._typed = typed
        self._texts: dict[str, _Text] = {}

    def text(self, dialect: str) -> _Text:
        """The SQL for a database."""
        found = self._texts.get(dialect)
        if found is None:
            compiled: Any = self._clause.compile(dialect=_DIALECTS[dialect])
            order = tuple(compiled.positiontup) if compiled.positiontup is not None else None
            fixed = {
                compiled.bind_names[bind]: bind.value for bind in compiled.bind_names if not bind.required}
            stored, read = _conversions(compiled, _DIALECTS[dialect]) if self._typed else ({}, ())
            found = self._texts[dialect] = _Text(str(compiled), order, fixed, stored, read)
        return found


class Insertion(Statement):
    """An INSERT into some columns of a table, or into all of them; each has a parameter of its name.

    Args:
        table: where to.
        names: the columns; None: all.
        typed: as for every statement.
        computed: further columns by name, as the database computes them; it is handed what makes a parameter by name.
    """

    __slots__ = ("_computed", "_names", "_several", "_table")

    def __init__(
        self, table: Any, names: Iterable[str] | None = None, *, typed: bool = False,
        computed: Callable[[Callable[[str], Any]], dict[str, Any]] = lambda _: {},
    ) -> None:
        self._table, self._computed = table, computed
        self._names = tuple(names or (column.name for column in table.c))
        self._several: dict[int, Statement] = {}
        super().__init__(insert(table).values(self._row(bindparam)), typed=typed)

    def _row(self, parameter: Callable[..., Any]) -> dict[str, Any]:
        columns = {name: parameter(name, type_=self._table.c[name].type) for name in self._names}
        return {**columns, **self._computed(parameter)}

    def of_rows(self, count: int) -> Statement:
        """The same for so many rows at once; the parameters of each carry its number behind their names."""
        found = self._several.get(count)
        if found is None:
            rows = [self._row(_parameters_of(number)) for number in range(count)]
            found = self._several[count] = Statement(insert(self._table).values(rows), typed=self._typed)
        return found


def _conversions(compiled: Any, dialect: Any) -> tuple[dict[str, Any], list[Any]]:
    binds = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect) for bind, name in compiled.bind_names.items()}
    columns = getattr(compiled.statement, "selected_columns", ())
    read = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    return {name: made for name, made in binds.items() if made is not None}, read if any(read) else []


def _parameters_of(number: int) -> Callable[..., Any]:
    return lambda name, **more: bindparam(_of_row(name, number), **more)


def _of_row(name: str, number: int) -> str:
    return f"{name}_{number}"


class Cursor:
    """The driver's cursor under an open SQLAlchemy transaction."""

    __slots__ = ("_connection", "_cursor", "_dialect", "_unanswered")

    def __init__(self, connection: Connection) -> None:
        self._dialect = connection.dialect.name
        self._connection: Any = connection.connection
        self._cursor: Any = self._connection.cursor()
        self._unanswered: list[tuple[Any, Callable[[int], None]]] | None = None

    @contextmanager
    def together(self) -> Iterator[None]:
        """Send what is executed in the block to PostgreSQL in one go, instead of waiting for each answer.

        In the block only `run`, `run_many` and `change` may be used, and the count that `run` answers means nothing.
        """
        if self._dialect != "postgresql":
            yield
            return
        self._unanswered = []
        try:
            with self._connection.driver_connection.pipeline():
                yield
            for cursor, check in self._unanswered:
                check(cursor.rowcount)
        finally:
            self._unanswered = None

    def change(self, statement: Statement, parameters: Mapping[str, Any], check: Callable[[int], None]) -> None:
        """Execute once, and let `check` see how many rows were changed as soon as it is known."""
        if self._unanswered is None:
            check(self.run(statement, parameters))
        else:
            self._unanswered.append((self._sent(statement, parameters), check))

    def _sent(self, statement: Statement, parameters: Mapping[str, Any]) -> Any:
        """A cursor of its own for each statement that is on its way: answers come in order, one for each."""
        cursor = self._connection.cursor()
        text = statement.text(self._dialect)
        cursor.execute(text.sql, text.given(parameters))
        return cursor

    def run(self, statement: Statement, parameters: Mapping[str, Any]) -> int:
        """Execute once; the number of rows that were changed."""
        if self._unanswered is not None:
            self._sent(statement, parameters)
            return -1
        text = statement.text(self._dialect)
        self._cursor.execute(text.sql, text.given(parameters))
        count: int = self._cursor.rowcount
        return count

    def insert_many(self, statement: Insertion, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert each row; on PostgreSQL many rows by one statement."""
        if self._dialect != "postgresql":
            self.run_many(statement, rows)
            return
        for first in range(0, len(rows), _AT_ONCE):
            some = rows[first : first + _AT_ONCE]
            if len(some) == 1:
                self.run(statement, some[0])
                continue
            self.run(statement.of_rows(len(some)), {
                _of_row(name, number): value for number, row in enumerate(some) for name, value in row.items()})

    def run_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute for each row, in one round."""
        if len(rows) == 1 or self._unanswered is not None:
            for row in rows:
                self.run(statement, row)
        elif rows:
            text = statement.text(self._dialect)
            self._cursor.executemany(text.sql, [text.given(row) for row in rows])

    def one(self, statement: Statement, parameters: Mapping[str, Any]) -> Any:
        """The first row as a tuple, or None."""
        self.run(statement, parameters)
        row = self._cursor.fetchone()
        return None if row is None else statement.text(self._dialect).found(row)

    def all(self, statement: Statement, parameters: Mapping[str, Any]) -> list[Any]:
        """All rows as tuples."""
        self.run(statement, parameters)
        text = statement.text(self._dialect)
        return [text.found(row) for row in self._cursor.fetchall()]


_AT_ONCE = 16
"""So many rows are inserted by one statement: for each number there is a statement that PostgreSQL keeps planned."""
_ACTIVE: Any = literal_column("'active'")
_OPEN: Any = literal_column("'open'")
_instance, _task, _element, _command = tables.instance, tables.user_task, tables.element_instance, tables.command
_message, _delivery, _definition = tables.message, tables.delivery, tables.definition
_INSTANCE_COLUMNS = (
    _instance.c.id, _instance.c.root_id, _instance.c.parent_id, _instance.c.parent_token, _instance.c.parent_index,
    _instance.c.definition_id, _instance.c.business_key, _instance.c.state, _instance.c.revision,
    _instance.c.reference_version, _instance.c.started, _instance.c.head, _instance.c.snapshot)

#: Which case a task belongs to, before anything is locked.
LOCATE_TASK = Statement(select(_task.c.root_id, _task.c.instance_id).where(_task.c.id == bindparam("task_id")))
#: Which case an instance belongs to.
LOCATE_INSTANCE = Statement(select(_instance.c.root_id).where(_instance.c.id == bindparam("instance_id")))
#: The lock of a case; every other row comes after it.
LOCK_ROOT = Statement(select(*_INSTANCE_COLUMNS).where(_instance.c.id == bindparam("instance_id")).with_for_update())
#: The same for the case of a task.
LOCK_ROOT_OF_TASK = Statement(
    select(*_INSTANCE_COLUMNS)
    .where(_instance.c.id == select(_task.c.root_id).where(_task.c.id == bindparam("task_id")).scalar_subquery())
    .with_for_update())
#: A descendant instance, read under the lock of its root.
READ_INSTANCE = Statement(select(*_INSTANCE_COLUMNS).where(_instance.c.id == bindparam("instance_id")))
#: The children that a call activity started and that still run.
READ_CHILDREN = Statement(select(_instance.c.id).where(
    _instance.c.parent_id == bindparam("instance_id"), _instance.c.parent_token == bindparam("token"),
    _instance.c.state == _ACTIVE).order_by(_instance.c.parent_index))
_own = _instance.alias("own")
#: The task re-read under the lock, with an earlier command with the same request id, and, where it is not the case
#: itself, its instance.
READ_TASK = Statement(
    select(
        _task.c.token, _task.c.state, _task.c.ended_by, _task.c.ended, _task.c.process_id, _task.c.element_id,
        _task.c.name, _task.c.assignee, _task.c.candidate_groups, _task.c.candidate_users, _task.c.form_id,
        _task.c.due, _task.c.due_notes, _task.c.follow_up, _task.c.priority, _task.c.created, _command.c.kind,
        _command.c.instance_id, _task.c.instance_id, *(_own.c[column.name] for column in _INSTANCE_COLUMNS))
    .select_from(
        _task.outerjoin(_command, _command.c.request_id == bindparam("request_id"))
        .outerjoin(_own, (_own.c.id == _task.c.instance_id) & (_own.c.id != _own.c.root_id)))
    .where(_task.c.id == bindparam("task_id")))
#: An earlier command with this request id.
READ_REQUEST = Statement(
    select(_command.c.kind, _command.c.instance_id, _command.c.root_id)
    .where(_command.c.request_id == bindparam("request_id")))
#: What an open task sees: the snapshot of its instance, the definition that reads it, and the task's form.
READ_OPEN = Statement(
    select(_instance.c.snapshot, _instance.c.definition_id, _task.c.form_id)
    .join_from(_task, _instance, _instance.c.id == _task.c.instance_id).where(_task.c.id == bindparam("task_id")))
#: The oldest stored message that a subscription is still in time for, and that its process has not had.
READ_STORED_MESSAGE = Statement(
    select(_message.c.id, _message.c.variables)
    .where(
        _message.c.name == bindparam("name"), _message.c.correlation_key == bindparam("key"),
        _message.c.expires > bindparam("now"),
        ~exists().where(_delivery.c.message_id == _message.c.id, _delivery.c.process_id == bindparam("process")))
    .order_by(_message.c.created, _message.c.id).limit(1))
#: A definition in its latest version; what is called with `bindingType="latest"` asks each time.
READ_LATEST_DEFINITION = Statement(
    select(_definition.c.id, _definition.c.kind, _definition.c.key, _definition.c.version, _definition.c.name,
           _definition.c.deployment_id, _definition.c.resource_name)
    .where(_definition.c.kind == bindparam("kind"), _definition.c.key == bindparam("key"))
    .order_by(_definition.c.version.desc()).limit(1))
#: Which form a task has, and the definition of whose deployment it is.
READ_FORM = Statement(
    select(_task.c.form_id, _instance.c.definition_id)
    .join_from(_task, _instance, _instance.c.id == _task.c.instance_id).where(_task.c.id == bindparam("task_id")))

INSERT_INSTANCE = Insertion(_instance)
_written: dict[str, Any] = {
    name: bindparam(f"new_{name}") for name in ("state", "revision", "ended", "head", "snapshot")}
#: Compare and set on the revision: nobody has changed the instance since it was read.
UPDATE_INSTANCE = Statement(
    update(_instance)
    .where(_instance.c.id == bindparam("instance_id"), _instance.c.revision == bindparam("revision_read"))
    .values(**_written))
#: The root of a command that changed only a descendant or a row.
UPDATE_HEAD = Statement(
    update(_instance)
    .where(_instance.c.id == bindparam("instance_id"), _instance.c.revision == bindparam("revision_read"))
    .values(revision=bindparam("new_revision"), head=bindparam("new_head")))

INSERT_TASK = Insertion(_task)
CLOSE_TASK = Statement(
    update(_task).where(_task.c.id == bindparam("task_id"), _task.c.state == _OPEN)
    .values(state=bindparam("new_state"), ended=bindparam("new_ended"), ended_by=bindparam("new_ended_by")))
ASSIGN_TASK = Statement(
    update(_task).where(_task.c.id == bindparam("task_id")).values(assignee=bindparam("new_assignee")))
RESCHEDULE_TASK = Statement(
    update(_task).where(_task.c.id == bindparam("task_id"))
    .values(due=bindparam("new_due"), due_notes=bindparam("new_notes")))

INSERT_ELEMENT = Insertion(_element)
LEAVE_ELEMENT = Statement(
    update(_element)
    .where(_element.c.instance_id == bindparam("in_instance"), _element.c.token == bindparam("at_token"))
    .values(state=bindparam("new_state"), ended=bindparam("new_ended")))
DETAIL_ELEMENT = Statement(
    update(_element)
    .where(_element.c.instance_id == bindparam("in_instance"), _element.c.token == bindparam("at_token"))
    .values(detail=bindparam("new_detail")))

INSERT_COMMAND = Insertion(_command)
INSERT_TIMER = Insertion(tables.timer)
INSERT_SUBSCRIPTION = Insertion(tables.subscription)
INSERT_JOB = Insertion(tables.job)
INSERT_INCIDENT = Insertion(tables.incident)
INSERT_MESSAGE = Insertion(tables.message)
INSERT_DELIVERY = Insertion(tables.delivery)


def _delete_armed(table: Any) -> Statement:
    return Statement(table.delete().where(
        table.c.instance_id == bindparam("in_instance"), table.c.token == bindparam("at_token"),
        table.c.element_id == bindparam("at_element")))


DELETE_TIMER = _delete_armed(tables.timer)
DELETE_SUBSCRIPTION = _delete_armed(tables.subscription)
DELETE_JOB = Statement(tables.job.delete().where(
    tables.job.c.instance_id == bindparam("in_instance"), tables.job.c.token == bindparam("at_token")))
RESOLVE_INCIDENT = Statement(
    update(tables.incident)
    .where(tables.incident.c.instance_id == bindparam("in_instance"), tables.incident.c.token == bindparam("at_token"),
           tables.incident.c.resolved.is_(None))
    .values(resolved=bindparam("new_resolved"), resolved_by=bindparam("new_resolved_by")))
