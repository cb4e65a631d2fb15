"""Changing the table and its reviewers: the table becomes a version of its package, the reviewers a setting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.definitions import Definitions
from engine.dmn.editing import rules_of, with_rules
from engine.errors import DefinitionInvalid, NotFound
from engine.message import say
from tasks.accounts.role_names import ROLE_NAMES
from tasks.chains.table import DECISION, FILE, PACKAGE, content_of, row_of, rows_of, rule_of, spoken_name
from tasks.changes.fields import Field, FieldType
from tasks.changes.kinds import Content, Kind
from tasks.deadlines.sections import section, write_section
from tasks.forms.views import FieldError
from tasks.packages.models import Origin
from tasks.packages.queries import files_of, newest
from tasks.packages.service import deploy, package_of
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.changes.kinds import Proposal
    from tasks.directory.models import Area

MOST_REVIEWERS, MOST_ROWS, LONGEST = 15, 60, 200
NODES = "review_nodes"
SIDES = {
    "lead": "主办单位", "co": "每个会办单位", "hub": "县府办", "leadership": "县领导", "committee": "代表、提案委员会",
}  # fmt: skip


def deployed_rows(session: Session) -> Content | None:
    """The table that is in force; None before anything was deployed."""
    definitions, connection = Definitions(), session.connection()
    try:
        found = definitions.find(connection, "decision", DECISION)
    except NotFound:
        return None
    file = definitions.content(connection, found.deployment_id, found.resource)
    return content_of([row_of(rule) for rule in rules_of(file, DECISION)])


def _contents(session: Session, _area: Area) -> dict[str, Content]:
    content = deployed_rows(session)
    return {DECISION: content} if content is not None else {}


def _written_by_deploying(_session: Session, _area: Area, _subject: str, _content: Content | None) -> None:
    """Nothing: `perform` has deployed it."""


def _deploy(banli: Banli, actor: Actor, _subject: str, content: Content | None, why: str) -> None:
    """The package with this one file changed, as its next version; the gate decides whether it can run."""
    known = newest(banli, PACKAGE)
    if known is None or content is None:
        raise NotFound(say("The procedure is not deployed yet."))
    files = files_of(banli, known.deployment_id)
    rules = [rule_of(row) for row in rows_of(content)]
    files[FILE] = with_rules(files[FILE], DECISION, rules)
    try:
        deploy(banli, package_of(files), actor.account, why, origin=Origin.TABLE)
    except DefinitionInvalid as refused:
        errors = [FieldError("", "", one.message) for one in refused.problems if one.severity == "error"]
        raise FormInvalid(errors) from refused


def _check(change: Proposal) -> Iterator[FieldError]:
    if change.after is None:
        yield FieldError("", "", say("The table of review chains cannot be removed."))
        return
    rows = rows_of(change.after)
    known = section(change.session, change.area, NODES)
    if not rows or len(rows) > MOST_ROWS:
        yield FieldError("", "", say("Expected 1 to {most} rows, found {found}.", most=MOST_ROWS, found=len(rows)))
    labels = [row.label for row in rows]
    for row in rows:
        strange = [code for code in row.nodes if code not in known]
        if strange:
            yield FieldError("nodes", "", say("There is no reviewer “{code}”.", code="、".join(strange)))
        if not row.nodes and not row.expression:
            yield FieldError("nodes", "", say("{row}: name at least one reviewer.", row=row.label))
        if len(row.nodes) > MOST_REVIEWERS:
            yield FieldError("nodes", "", say("{row}: at most {n} reviewers.", row=row.label, n=MOST_REVIEWERS))
        if not row.expression and len(set(row.nodes)) != len(row.nodes):
            yield FieldError("nodes", "", say("{row}: a reviewer is named twice.", row=row.label))
        if not row.label.strip() or labels.count(row.label) > 1:
            yield FieldError("label", "", say("Each row needs a name of its own; “{row}” is taken.", row=row.label))
        if any(len(text) > LONGEST for text in (row.label, row.basis, row.note)):
            yield FieldError("basis", "", say("At most {n} characters.", n=LONGEST))


TABLE = Kind(
    "review_chain", say("Review chain"),
    (Field("lines", say("Rows"), FieldType.LINES),),
    _contents, _written_by_deploying, lambda _subject, _content: "审核流程", check=_check, perform=_deploy, sheet=False,
)  # fmt: skip


def _nodes(session: Session, area: Area) -> dict[str, Content]:
    return {code: {"code": code, **entry} for code, entry in section(session, area, NODES).items()}


def _write_node(session: Session, area: Area, code: str, content: Content | None) -> None:
    entry = None if content is None else {name: content[name] for name in ("name", "side", "roles")}
    write_section(session, area, NODES, code, entry)


def _check_node(change: Proposal) -> Iterator[FieldError]:
    if change.after is None:
        table = deployed_rows(change.session)
        using = [row.label for row in rows_of(table) if change.subject in row.nodes] if table else []
        if using:
            yield FieldError("", "", say("It still reviews in {rows}: take it out there first.", rows="、".join(using)))
        return
    if change.after["name"].count("{") != change.after["name"].count("{unit}"):
        yield FieldError("name", "", say("Only {place} may stand in braces: the unit's name.", place="{unit}"))


def _sides(_session: Session) -> Mapping[str, str]:
    return SIDES


def _roles(_session: Session) -> Mapping[str, str]:
    return {role.value: name for role, name in ROLE_NAMES.items() if role.value not in ("proposer", "admin")}


NODE = Kind(
    "review_node", say("Reviewer"),
    (
        Field("code", say("Code"), pattern=r"[A-Z][A-Z0-9]{1,5}", fixed=True,
              wrong=say("Expected 2 to 6 capital letters and digits such as S1 or FZ.")),
        Field("name", say("Name"), help=say("e.g. {example}; {place} becomes the unit's short name.",
                                           example="{unit}审核", place="{unit}")),
        Field("side", say("Whose person reviews"), FieldType.CHOICE, choices=_sides),
        Field("roles", say("In which role"), FieldType.CHOICES, choices=_roles,
              help=say("The first of these roles that somebody holds; nobody: the step is left out.")),
    ),
    _nodes, _write_node, lambda code, content: f"{spoken_name(content)}（{code}）", check=_check_node,
    subject_of=lambda content: str(content["code"]), removable=True,
)  # fmt: skip
KINDS = (TABLE, NODE)
