"""Result classes (办理结果分类): a canonical class behind every letter, and the local label that pages show (§4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.message import say
from tasks.changes.fields import Field, FieldType
from tasks.changes.kinds import Content, Kind
from tasks.database import remembered
from tasks.deadlines.models import AreaSetting
from tasks.deadlines.sections import section, write_section
from tasks.forms.views import FieldError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from tasks.changes.kinds import Proposal
    from tasks.directory.models import Area

SECTION = "result_classes"
CANONICAL = {
    "SOLVED": "已经解决或基本解决", "IN_PROGRESS": "正在解决", "PLANNED": "列入计划",
    "CONDITIONAL": "条件不具备，以后解决", "REFERENCE": "留作参考", "UPWARD": "需上级解决",
}  # fmt: skip
SHIPPED: dict[str, Content] = {
    "A": {"name": "已经解决或基本解决", "canonical": ["SOLVED"]},
    "B": {"name": "正在解决或列入计划", "canonical": ["IN_PROGRESS", "PLANNED"]},
    "C": {"name": "留作参考", "canonical": ["CONDITIONAL", "REFERENCE"]},
}
"""What an area has that has set none of its own."""


_CLASSES = select(AreaSetting.content).where(AreaSetting.name == SECTION).limit(1)


def result_classes(session: Session) -> Mapping[str, Content]:
    """The classes of the area by their letter, in order."""
    content = remembered(session, SECTION, lambda: session.scalar(_CLASSES))
    return dict(sorted(content.items())) if content else SHIPPED


def result_names(session: Session) -> dict[str, str]:
    """The local label of each class: what every page, list and letter shows."""
    return {code: str(entry["name"]) for code, entry in result_classes(session).items()}


def _contents(session: Session, area: Area) -> dict[str, Content]:
    return dict(sorted((section(session, area, SECTION) or SHIPPED).items()))


def _write(session: Session, area: Area, code: str, content: Content | None) -> None:
    if not section(session, area, SECTION):
        for letter, entry in SHIPPED.items():
            write_section(session, area, SECTION, letter, entry)
    write_section(session, area, SECTION, code, content)


def _check(change: Proposal) -> Iterator[FieldError]:
    if change.after is None:
        return
    for code, entry in _contents(change.session, change.area).items():
        if code != change.subject and entry["name"] == change.after["name"]:
            yield FieldError("name", "", say("Class {code} is called so already.", code=code))
    solved = "SOLVED" in change.after["canonical"]
    if change.subject == "A" and not solved:
        yield FieldError("canonical", "", say("Class A counts as solved everywhere: it must keep that meaning."))
    if solved and change.subject != "A":
        yield FieldError("canonical", "", say("Only class A may mean solved: a label must not close a case."))


RESULT_CLASS = Kind(
    "result_class", say("Result class"),
    (
        Field("name", say("Local label"), help=say("What pages, lists and letters show.")),
        Field("canonical", say("Means"), FieldType.CHOICES, choices=lambda _session: CANONICAL,
              help=say("What it is compared by with other areas.")),
    ),
    _contents, _write, lambda code, content: f"{code}类（{content.get('name', '')}）", check=_check,
)  # fmt: skip
