"""The history of a case: one record for each command, chained by hash from the first to the head in the root row.

A record's hash covers the record before it, so a changed, removed, swapped or inserted record is noticed; the
head stands in the root row and in the daily anchor, so a removed tail is noticed too.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from engine import tables
from engine.spiff.snapshot import compress, decompress
from engine.values import encode, pack, unpack, wrapped

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Connection

GENESIS = b"\0" * 32


@dataclass(frozen=True, slots=True)
class Record:
    """One command as the chain holds it; `at` in microseconds, `body` packed payload and element events."""

    root_id: str
    revision: int
    instance_id: str
    kind: str
    actor: str | None
    at: int
    request_id: str | None
    body: bytes

    def hash(self, previous: bytes) -> bytes:
        """The record's link: over the link before it and everything in the record."""
        facts = [self.root_id, self.revision, self.instance_id, self.kind, self.actor, self.at, self.request_id]
        return hashlib.sha256(previous + encode(facts) + self.body).digest()


def write_body(payload: dict[str, Any], events: list[Any]) -> bytes:
    """What a command was given, and which elements it entered and left."""
    return compress(encode([wrapped(payload), events]))


def read_body(body: bytes) -> tuple[dict[str, Any], list[Any]]:
    """The payload and the element events of a record."""
    payload, events = unpack(decompress(body))
    return payload, events


def verify(connection: Connection, root_id: str) -> list[str]:
    """What is wrong with a case's chain; empty when every record fits and the last one is the head."""
    columns = tables.command.c
    rows = connection.execute(
        select(columns.root_id, columns.revision, columns.instance_id, columns.kind, columns.actor, columns.at,
               columns.request_id, columns.body, columns.hash)
        .where(columns.root_id == root_id).order_by(columns.revision)).all()
    root = connection.execute(
        select(tables.instance.c.revision, tables.instance.c.head).where(tables.instance.c.id == root_id)).one_or_none()
    faults = []
    previous = GENESIS
    for expected, row in enumerate(rows, start=1):
        if row.revision != expected:
            faults.append(f"{root_id}: expected record {expected}, found {row.revision}")
            break
        record = Record(row.root_id, row.revision, row.instance_id, row.kind, row.actor, tables.to_micros(row.at),
                        row.request_id, bytes(row.body))
        if record.hash(previous) != bytes(row.hash):
            faults.append(f"{root_id}: record {expected} does not fit the record before it")
            break
        previous = bytes(row.hash)
    if root is None:
        faults.append(f"{root_id}: records without a case")
    elif not faults and (root.revision != len(rows) or bytes(root.head or b"") != previous):
        faults.append(f"{root_id}: the case is at revision {root.revision}, its records end at {len(rows)}")
    return faults


def anchor(connection: Connection, now: datetime) -> bytes:
    """Write the day's anchor over the heads of all chains, once; the digest to print or to keep elsewhere."""
    day = now.date().isoformat()
    found = connection.execute(select(tables.anchor.c.digest).where(tables.anchor.c.day == day)).scalar()
    if found is not None:
        return bytes(found)
    previous = connection.execute(
        select(tables.anchor.c.digest).order_by(tables.anchor.c.day.desc()).limit(1)).scalar()
    digest = hashlib.sha256(bytes(previous or GENESIS))
    cases = 0
    root = tables.instance.c
    for row in connection.execute(
            select(root.id, root.revision, root.head).where(root.parent_id.is_(None)).order_by(root.id)):
        digest.update(pack([row.id, row.revision, bytes(row.head or b"")]))
        cases += 1
    connection.execute(insert(tables.anchor).values(
        day=day, cases=cases, digest=digest.digest(), previous=previous, created=now))
    return digest.digest()
