"""The watch page, its diagram for the viewer, and the cases that stand at one shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from engine.message import say
from tasks.watch.queries import cases_at, watch
from web.language import tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from tasks.watch.views import ShapeLine, WatchPage

blueprint = Blueprint("watch", __name__, url_prefix="/watch")
PERIODS = {
    "year": say("Begun in the last year"),
    "quarter": say("Begun in the last three months"),
    "month": say("Begun in the last month"),
    "all": say("All years"),
}


@blueprint.get("")
def show() -> str:
    """How many cases stand at each shape, how many are overdue, how long they stay, how many come again."""
    return render_template("watch/show.html", page=_page(), periods=PERIODS)


@blueprint.get("/diagram")
def diagram() -> Response:
    """The same figures for the viewer."""
    page = _page()
    lines = {line.element_id: line for line in page.lines}
    return jsonify(
        xml=page.xml,
        visited=[name for name, line in lines.items() if line.instances and not line.standing],
        active=[name for name, line in lines.items() if line.standing],
        flows=[],
        counts={name: {"n": line.standing, "late": line.overdue} for name, line in lines.items() if line.standing},
        details={
            name: {"heading": line.name, "lines": told(line), "opens": _opens(page, line)}
            for name, line in lines.items()
        },
    )


@blueprint.get("/cases")
def cases() -> str:
    """The cases that stand at a shape."""
    page = _page()
    element = request.args.get("element", "")
    name = next((line.name for line in page.lines if line.element_id == element), "")
    found = cases_at(the_banli(), actor(), page.process_id, element)
    return render_template("watch/cases.html", page=page, name=name, rows=found.rows, total=found.total)


def told(line: ShapeLine) -> list[str]:
    """The figures of a shape in sentences."""
    said = [say("{n} stand here now, {late} of them overdue", n=line.standing, late=line.overdue)]
    if line.stay_days is not None:
        said.append(say("Stays {days} days on average", days=f"{line.stay_days:.1f}"))
    said.append(say("{n} cases came by", n=line.instances))
    if line.repeated:
        said.append(say("{share} came again", share=f"{(line.return_rate or 0) * 100:.1f}%"))
    return [tell(one) for one in said]


def _opens(page: WatchPage, line: ShapeLine) -> list[dict[str, str]]:
    if not (page.may_open_cases and line.standing):
        return []
    href = url_for("watch.cases", process=page.process_id, element=line.element_id)
    return [{"label": tell(say("The cases that stand here")), "href": href}]


def _page() -> WatchPage:
    version = request.args.get("version", "")
    return watch(
        the_banli(),
        actor(),
        request.args.get("process", ""),
        int(version) if version.isdecimal() else None,
        request.args.get("period", "year"),
    )
