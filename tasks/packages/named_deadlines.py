"""Named deadlines that a package brings along: an area gets those it does not have; what it has set is never replaced.

The file `deadlines.toml` holds rows `[[deadline]]` with `code`, `name`, `amount`, `unit` (wd, cd, cm), `counts_from`
and `source`.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.message import say
from tasks.deadlines.counting import PeriodUnit
from tasks.deadlines.library import freeze
from tasks.deadlines.models import Parameter
from tasks.directory.models import Area
from tasks.packages.manifest import DEADLINES, PackageInvalid
from tasks.settings import BEIJING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

LONGEST = {PeriodUnit.WORKING_DAYS: 500, PeriodUnit.CALENDAR_DAYS: 730, PeriodUnit.MONTHS: 60}
"""The longest period of each unit; more is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class NamedDeadline:
    """A deadline that an area adds to P1–P21."""

    code: str
    name: str
    amount: int
    unit: PeriodUnit
    counts_from: str
    source: str

    def __post_init__(self) -> None:
        """Refuse what no calendar can count."""
        if not self.code.strip() or not self.name.strip():
            raise PackageInvalid(say("A named deadline needs a code and a name."))
        if not 1 <= self.amount <= LONGEST[self.unit]:
            raise PackageInvalid(
                say(
                    "The deadline “{name}” must be from 1 to {most} {unit}; found {amount}.",
                    name=self.name,
                    most=LONGEST[self.unit],
                    unit=self.unit.value,
                    amount=self.amount,
                )
            )


def read_deadlines(content: bytes) -> list[NamedDeadline]:
    """The named deadlines of a file; PackageInvalid says which row cannot be used."""
    try:
        rows: list[dict[str, Any]] = tomllib.loads(content.decode("utf-8")).get("deadline", [])
        found = [NamedDeadline(**{**row, "unit": PeriodUnit(row["unit"])}) for row in rows]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise PackageInvalid(
            say("The file of named deadlines cannot be used: {reason}.", reason=str(error))
        ) from error
    codes = [one.code for one in found]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise PackageInvalid(say("The deadline “{code}” is named twice.", code=twice))
    return found


def write_deadlines(deadlines: Iterable[NamedDeadline]) -> bytes:
    """The text of `deadlines.toml`."""
    parts = ["# 流程自带的时限：地区还没有的，部署时加到时限页；已经设定的，不改动。\n"]
    for one in deadlines:
        rows = "".join(f"{name} = {_toml(value)}\n" for name, value in asdict(one).items())
        parts.append(f"\n[[deadline]]\n{rows}")
    return "".join(parts).encode()


def adopt_deadlines(session: Session, files: Mapping[str, bytes], now: dt.datetime) -> None:
    """Add what the area does not have yet, in force from today."""
    if DEADLINES not in files:
        return
    today = now.astimezone(BEIJING).date()
    for area_id in session.scalars(select(Area.id)):
        known = set(session.scalars(select(Parameter.code).where(Parameter.area_id == area_id)))
        added = [one for one in read_deadlines(files[DEADLINES]) if one.code not in known]
        for one in added:
            session.add(Parameter(area_id=area_id, effective_from=today, **asdict(one)))
        if added:
            freeze(session, area_id, now)


def _toml(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
