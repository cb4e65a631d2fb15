"""The engine's tables. `user_task` is a public, read-only contract; every other table is the engine's own.

Instants are microseconds since 1970 in UTC; identifiers are short and grow with time, so that indexes grow at one end.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_micros(instant: datetime) -> int:
    """Microseconds since 1970 of an aware instant."""
    return (instant - _EPOCH) // timedelta(microseconds=1)


def from_micros(micros: int) -> datetime:
    """The aware instant (UTC) of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=micros)


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored as microseconds, the same in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:  # noqa: ARG002
        """Aware datetime to microseconds."""
        return None if value is None else to_micros(value)

    def process_result_value(self, value: Any, dialect: Any) -> Any:  # noqa: ARG002
        """Microseconds to an aware datetime in UTC."""
        return None if value is None else from_micros(value)


metadata = MetaData()

_ID = String(40)
_NAME = String(255)

deployment = Table(
    "engine_deployment", metadata,
    Column("id", _ID, primary_key=True),
    Column("created", Instant, nullable=False),
    Column("author", _NAME),
    Column("comment", Text),
)

resource = Table(
    "engine_resource", metadata,
    Column("deployment_id", _ID, primary_key=True),
    Column("name", _NAME, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
)

# One row for each thing that is deployed and has a version: a process, a decision (by id), a form.
definition = Table(
    "engine_definition", metadata,
    Column("id", _ID, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("key", _NAME, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", _NAME),
    Column("deployment_id", _ID, nullable=False, index=True),
    Column("resource_name", _NAME, nullable=False),
    UniqueConstraint("kind", "key", "version", name="uq_engine_definition_version"),
)

# A root row is the lock of its case: it carries the case's revision and the head of its history chain.
instance = Table(
    "engine_instance", metadata,
    Column("id", _ID, primary_key=True),
    Column("root_id", _ID, nullable=False),
    Column("parent_id", _ID),
    Column("parent_token", Integer),
    Column("parent_index", Integer),
    Column("definition_id", _ID, nullable=False, index=True),
    Column("business_key", _NAME),
    Column("state", String(12), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("reference_version", _NAME),
    Column("started", Instant, nullable=False),
    Column("ended", Instant),
    Column("head", LargeBinary),
    Column("snapshot", LargeBinary),
    sqlite_with_rowid=True,
)
Index("ix_engine_instance_children", instance.c.parent_id, instance.c.parent_token,
      sqlite_where=instance.c.parent_id.isnot(None), postgresql_where=instance.c.parent_id.isnot(None))
Index("ix_engine_instance_root", instance.c.root_id,
      sqlite_where=instance.c.parent_id.isnot(None), postgresql_where=instance.c.parent_id.isnot(None))
Index("ix_engine_instance_business_key", instance.c.business_key,
      sqlite_where=instance.c.business_key.isnot(None), postgresql_where=instance.c.business_key.isnot(None))

user_task = Table(
    "engine_user_task", metadata,
    Column("id", _ID, primary_key=True),
    Column("instance_id", _ID, nullable=False),
    Column("root_id", _ID, nullable=False),
    Column("token", Integer, nullable=False),
    Column("process_id", _NAME, nullable=False),
    Column("element_id", _NAME, nullable=False),
    Column("name", _NAME, nullable=False),
    Column("state", String(12), nullable=False),
    Column("form_id", _NAME),
    Column("assignee", _NAME),
    Column("candidate_groups", Text),
    Column("candidate_users", Text),
    Column("due", Instant),
    Column("due_notes", Text),
    Column("follow_up", Instant),
    Column("priority", Integer, nullable=False),
    Column("created", Instant, nullable=False),
    Column("ended", Instant),
    Column("ended_by", _NAME),
    sqlite_with_rowid=False,
)
Index("ix_engine_user_task_open", user_task.c.root_id,
      sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'"))

element_instance = Table(
    "engine_element_instance", metadata,
    Column("instance_id", _ID, primary_key=True),
    Column("token", Integer, primary_key=True),
    Column("element_id", _NAME, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("state", String(12), nullable=False),
    Column("started", Instant, nullable=False),
    Column("ended", Instant),
    Column("detail", Text),
    sqlite_with_rowid=False,
)

# One record for each command: the log that makes repetition safe and the history that is chained by hash.
command = Table(
    "engine_command", metadata,
    Column("root_id", _ID, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("instance_id", _ID, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("actor", _NAME),
    Column("at", Instant, nullable=False),
    Column("request_id", _NAME),
    Column("body", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
Index("uq_engine_command_request", command.c.request_id, unique=True,
      sqlite_where=command.c.request_id.isnot(None), postgresql_where=command.c.request_id.isnot(None))

timer = Table(
    "engine_timer", metadata,
    Column("instance_id", _ID, primary_key=True),
    Column("token", Integer, primary_key=True),
    Column("element_id", _NAME, primary_key=True),
    Column("root_id", _ID, nullable=False),
    Column("due", Instant, nullable=False),
    Column("due_notes", Text),
    Column("interval", _NAME),
    Column("remaining", Integer),
    Column("lease_until", Instant),
    Column("lease_owner", _NAME),
)
Index("ix_engine_timer_due", timer.c.due)

subscription = Table(
    "engine_subscription", metadata,
    Column("instance_id", _ID, primary_key=True),
    Column("token", Integer, primary_key=True),
    Column("element_id", _NAME, primary_key=True),
    Column("root_id", _ID, nullable=False),
    Column("process_id", _NAME, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("name", _NAME, nullable=False),
    Column("correlation_key", _NAME, nullable=False),
    Column("created", Instant, nullable=False),
)
Index("ix_engine_subscription_name", subscription.c.name, subscription.c.correlation_key)

message = Table(
    "engine_message", metadata,
    Column("id", _ID, primary_key=True),
    Column("name", _NAME, nullable=False),
    Column("correlation_key", _NAME, nullable=False),
    Column("variables", LargeBinary, nullable=False),
    Column("created", Instant, nullable=False),
    Column("expires", Instant, nullable=False),
    Column("request_id", _NAME, unique=True),
)
Index("ix_engine_message_name", message.c.name, message.c.correlation_key)

# A message goes to at most one instance of each process: the key holds that.
delivery = Table(
    "engine_delivery", metadata,
    Column("message_id", _ID, primary_key=True),
    Column("process_id", _NAME, primary_key=True),
    Column("instance_id", _ID),
    Column("delivered", Boolean, nullable=False),
    Column("claimed_until", Instant),
)
Index("ix_engine_delivery_open", delivery.c.message_id,
      sqlite_where=text("delivered = 0"), postgresql_where=text("NOT delivered"))

job = Table(
    "engine_job", metadata,
    Column("key", _ID, primary_key=True),
    Column("instance_id", _ID, nullable=False),
    Column("root_id", _ID, nullable=False),
    Column("token", Integer, nullable=False),
    Column("element_id", _NAME, nullable=False),
    Column("topic", _NAME, nullable=False),
    Column("state", String(12), nullable=False),
    Column("payload", LargeBinary),
    Column("due", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("retries", Integer, nullable=False),
    Column("lease_until", Instant),
    Column("lease_owner", _NAME),
    Column("fence", Integer, nullable=False),
    Column("created", Instant, nullable=False),
)
Index("ix_engine_job_due", job.c.due,
      sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'"))
Index("ix_engine_job_token", job.c.instance_id, job.c.token)

incident = Table(
    "engine_incident", metadata,
    Column("id", _ID, primary_key=True),
    Column("instance_id", _ID, nullable=False),
    Column("root_id", _ID, nullable=False, index=True),
    Column("token", Integer, nullable=False),
    Column("element_id", _NAME, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("message", Text, nullable=False),
    Column("job_key", _ID),
    Column("created", Instant, nullable=False),
    Column("resolved", Instant),
    Column("resolved_by", _NAME),
)

# The heads of all chains, anchored together once a day: a deleted tail is noticed without a global bottleneck.
anchor = Table(
    "engine_anchor", metadata,
    Column("day", String(10), primary_key=True),
    Column("cases", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("previous", LargeBinary),
    Column("created", Instant, nullable=False),
)
