"""FEEL values as a reader of a table writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal


def shown(value: object) -> str:
    """A value in FEEL's own notation: texts in quotes, lists in brackets, null as null."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {shown(one)}" for name, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(shown(one) for one in value) + "]"
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value)
