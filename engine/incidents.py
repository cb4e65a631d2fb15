"""Incidents: what cannot go on by itself, in words, with retry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import insert, select

from engine import tables
from engine.identity import new_id
from engine.message import Message
from engine.rows import message_json
from engine.views import Incident

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Connection


def raise_incident(
    connection: Connection, instance_id: str, root_id: str, token: int, element_id: str, kind: str, message: Message,
    now: datetime, job_key: str | None = None,
) -> None:
    """Write an incident, unless the same place has an open one already."""
    column = tables.incident.c
    known = connection.execute(select(column.id).where(
        column.instance_id == instance_id, column.token == token, column.resolved.is_(None))).first()
    if known is None:
        connection.execute(insert(tables.incident).values(
            id=new_id(), instance_id=instance_id, root_id=root_id, token=token, element_id=element_id, kind=kind,
            message=message_json(message), job_key=job_key, created=now))


def read_message(stored: str) -> Message:
    """The message of an incident, ready to be said in any language."""
    facts = orjson.loads(stored)
    return Message(facts["template"], facts["values"])


def open_incidents(connection: Connection, root_id: str | None = None) -> list[Incident]:
    """The open incidents of a case, or of all cases, the oldest first."""
    column = tables.incident.c
    query = select(tables.incident).where(column.resolved.is_(None)).order_by(column.created, column.id)
    if root_id is not None:
        query = query.where(column.root_id == root_id)
    return [_view(row) for row in connection.execute(query)]


def _view(row: Any) -> Incident:
    said = read_message(row.message)
    return Incident(row.id, row.instance_id, row.root_id, row.element_id, row.kind, str(said), row.created,
                    row.job_key, said)
