"""Deadlines, lights and result classes as an administrator changes them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from engine.message import say
from tasks.changes.fields import Field, FieldType
from tasks.changes.kinds import Content, Kind
from tasks.deadlines.counting import PeriodUnit
from tasks.deadlines.models import Parameter
from tasks.deadlines.result_classes import RESULT_CLASS
from tasks.deadlines.rule_groups import GROUPS, LISTS
from tasks.deadlines.sections import section, write_section
from tasks.deadlines.years import HOLIDAY_YEAR
from tasks.forms.views import FieldError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from tasks.changes.kinds import Proposal
    from tasks.directory.models import Area

UNIT_WORDS = {"wd": "个工作日", "cd": "天", "cm": "个月"}
LONGEST = {PeriodUnit.WORKING_DAYS: 500, PeriodUnit.CALENDAR_DAYS: 730, PeriodUnit.MONTHS: 60}
"""The longest period of each unit; more is a slip of the pen."""
LIGHT_NAMES = {
    "default": "其他环节", "sign_in": "签收", "objection": "申请调整的裁定", "consultation": "面商",
    "opinion": "会办意见", "reply": "答复", "rehandling": "重办答复", "review": "每一道审核", "commitment": "承诺事项",
}  # fmt: skip
_LEGAL = {"P8": 3, "P9": 6}
"""Months that the Deputies Law (art. 51) allows for a reply; a longer rule would be unlawful."""
_ROW = ("name", "amount", "unit", "counts_from", "source", "not_after", "effective_from")


def _units(_session: Session) -> Mapping[str, str]:
    return UNIT_WORDS


def _deadlines(session: Session, area: Area) -> dict[str, Content]:
    """By code: the newest version, and the earlier ones under `earlier`."""
    rows = session.scalars(
        select(Parameter).where(Parameter.area_id == area.id).order_by(Parameter.code, Parameter.effective_from)
    )
    found: dict[str, Content] = {}
    for row in rows:
        version = {**{name: getattr(row, name) for name in _ROW}, "effective_from": row.effective_from.isoformat()}
        former = found.get(row.code)
        earlier = [] if former is None else [*former["earlier"], _version(former)]
        found[row.code] = {"code": row.code, **version, "earlier": earlier}
    return dict(sorted(found.items(), key=lambda entry: _place(entry[0])))


def _version(content: Content) -> Content:
    return {name: content[name] for name in _ROW}


def _place(code: str) -> tuple[int, int, str]:
    """P1, P2, …, P21, then the named ones by their code."""
    digits = "".join(char for char in code[1:] if char.isdigit())
    numbered = code.startswith("P") and code[1:2].isdigit()
    return (0 if numbered else 1, int(digits or 0), code)


def with_version(before: Content | None, fields: Mapping[str, Any]) -> Content:
    """A deadline after somebody has typed a new version of it: the former one is kept until the new one begins."""
    after = {"not_after": "", **fields}
    if before is None:
        return {**after, "earlier": []}
    earlier = list(before["earlier"])
    if after["effective_from"] != before["effective_from"]:
        earlier.append(_version(before))
    return {**after, "code": before["code"], "earlier": earlier}


def in_force(content: Content, today: dt.date) -> Content | None:
    """The version that holds today; None while the first one is still to come."""
    versions = [*content["earlier"], _version(content)]
    begun = [one for one in versions if one["effective_from"] <= today.isoformat()]
    return begun[-1] if begun else None


def _write_deadline(session: Session, area: Area, code: str, content: Content | None) -> None:
    session.execute(delete(Parameter).where(Parameter.area_id == area.id, Parameter.code == code))
    if content is None:
        return
    for version in (*content["earlier"], _version(content)):
        begins = dt.date.fromisoformat(version["effective_from"])
        session.add(Parameter(area_id=area.id, code=code, **{**version, "effective_from": begins}))


def _check_deadline(change: Proposal) -> Iterator[FieldError]:
    before, after = change.before, change.after
    if after is None:
        if before is not None and not before["earlier"] and _place(change.subject)[0] == 0:
            yield FieldError("", "", say("A deadline that diagrams count with cannot be removed, only changed."))
        return
    unit, amount = PeriodUnit(after["unit"]), after["amount"]
    if amount > LONGEST[unit]:
        yield FieldError("amount", "", say("At most {most} {unit}.", most=LONGEST[unit], unit=UNIT_WORDS[unit]))
    if change.subject in _LEGAL and _months(amount, unit) > _LEGAL[change.subject]:
        yield FieldError(
            "amount", "", say("The Deputies Law, art. 51, allows at most {n} months.", n=_LEGAL[change.subject])
        )
    newer = before is not None and len(after["earlier"]) >= len(before["earlier"])
    if newer and before is not None and after["effective_from"] < before["effective_from"]:
        yield FieldError(
            "effective_from", "",
            say("A version is in force from {day}: expected that day or a later one.", day=before["effective_from"]),
        )  # fmt: skip


def _months(amount: int, unit: PeriodUnit) -> float:
    return amount if unit is PeriodUnit.MONTHS else amount / (30.5 if unit is PeriodUnit.CALENDAR_DAYS else 20)


def _amend_deadline(frozen: dict[str, Any], code: str, content: Content | None) -> None:
    """In the frozen data of a case: this one rule, and no other."""
    rows = [row for row in frozen["parameters"] if row["code"] != code]
    if content is not None:
        rows.append({"code": code, **{name: content[name] for name in _ROW if name != "effective_from"}})
    frozen["parameters"] = sorted(rows, key=lambda row: row["code"])


DEADLINE = Kind(
    "deadline", say("Deadline"),
    (
        Field("code", say("Code"), pattern=r"[A-Z][A-Z0-9]{0,7}", fixed=True,
              wrong=say("Expected capital letters and digits such as P5 or FZSC; at most 8.")),
        Field("name", say("Name")),
        Field("amount", say("Amount"), FieldType.NUMBER, least=0, most=730),
        Field("unit", say("Unit"), FieldType.CHOICE, choices=_units),
        Field("counts_from", say("Counts from"),
              help=say("The event from which it is counted; that day does not count.")),
        Field("not_after", say("Not later than"), FieldType.MONTH_DAY, required=False,
              help=say("A fixed day of each year such as 06-30; the earlier one holds.")),
        Field("source", say("Source"), help=say("The rule that says so, e.g. 本区办法第十二条.")),
        Field("effective_from", say("In force from"), FieldType.DAY),
    ),
    _deadlines, _write_deadline, lambda code, content: f"{content.get('name', '')}（{code}）", compose=with_version,
    check=_check_deadline, amend=_amend_deadline, noted=lambda code: f'"rule":"{code}"',
    subject_of=lambda content: str(content["code"]), removable=True,
)  # fmt: skip


def _lights(session: Session, area: Area) -> dict[str, Content]:
    return dict(section(session, area, "lights"))


def _write_light(session: Session, area: Area, stage: str, content: Content | None) -> None:
    write_section(session, area, "lights", stage, content)


def _check_light(change: Proposal) -> Iterator[FieldError]:
    if change.after is not None and change.after["urgent"] > change.after["near"]:
        yield FieldError(
            "urgent", "", say("Expected a number not above that of “due soon”: orange comes after yellow.")
        )


def _light_units(_session: Session) -> Mapping[str, str]:
    return {code: UNIT_WORDS[code] for code in ("wd", "cd")}


LIGHT = Kind(
    "light", say("Light"),
    (
        Field("unit", say("Days are counted as"), FieldType.CHOICE, choices=_light_units),
        Field("near", say("Due soon when at most so many are left"), FieldType.NUMBER, least=0, most=180),
        Field("urgent", say("Urgent when at most so many are left"), FieldType.NUMBER, least=0, most=180),
    ),
    _lights, _write_light, lambda stage, _content: LIGHT_NAMES.get(stage, stage), check=_check_light,
)  # fmt: skip


KINDS = (DEADLINE, HOLIDAY_YEAR, LIGHT, RESULT_CLASS, *GROUPS, LISTS)
