"""The review chain as the office reads it, how often each row was used, and trying it out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.errors import EngineError, NotFound
from engine.feel import Evaluation, unary_test
from engine.message import say
from tasks.cases.views import ItemState
from tasks.chains.changing import NODES
from tasks.chains.table import ANY, CHOICES, DECISION, ChainColumn, rows_of, spoken_name, words_of
from tasks.chains.views import ChainPage, ChainTrial, NodeView, RowView, Touched
from tasks.changes.service import allow, contents, digest_of
from tasks.deadlines.functions import reviewers
from tasks.deadlines.result_classes import result_names
from tasks.deadlines.sections import section
from tasks.directory.queries import handling_units, the_area
from tasks.register.models import Item

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.dmn import Model
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.chains.table import ChainRow

YEAR = dt.timedelta(days=365)
_BEFORE_REVIEW = (ItemState.ASSIGNING, ItemState.WAITING, ItemState.HANDLING, ItemState.REHANDLING)
TRIED: dict[str, dict[str, str]] = {
    "level": {"own": "自有", "upper": "上级交办"},
    "role": {"lead": "主办", "separate": "分别办理", "co": "会办"},
    "round": {"1": "1", "2": "2", "3": "3"},
    "key": {"no": "否", "congress": "人大重点督办", "cppcc": "政协重点", "leader": "副县长领办", "mayor": "县长领办",
            "unit": "单位领办"},
    "result_class": {"A": "A", "B": "B", "C": "C"},
    "stage": {"first": "首次答复", "second": "二次答复"},
    "funds": {"false": "否", "true": "是"},
}  # fmt: skip
"""What a made-up reply may be like."""


def chain_page(banli: Banli, actor: Actor, trial: Mapping[str, str] | None = None) -> ChainPage:
    """The table in force; with a made-up reply, also which row it meets and who would review."""
    allow(actor)
    content = contents(banli, "review_chain").get(DECISION)
    if content is None:
        raise NotFound(say("The procedure is not deployed yet."))
    definition, model = banli.engine.decision_model(DECISION)
    rows = rows_of(content)
    names = node_names(banli)
    used = uses(banli)
    return ChainPage(
        version=definition.version,
        columns=columns(model),
        rows=[
            RowView(row, [words_of(test) for test in row.tests],
                    [NodeView(code, names.get(code, code)) for code in row.nodes], used[row.id]) for row in rows
        ],
        remarks=[problem.message for problem in model.check()],
        choices=conditions(banli),
        trial=_tried(banli, model, trial) if trial is not None else None,
        seen=digest_of(content),
    )  # fmt: skip


def columns(model: Model) -> list[ChainColumn]:
    """The conditions of the table, in order."""
    table: Any = getattr(model.element(DECISION), "logic", None)
    return [ChainColumn(clause.label or clause.text, clause.text.strip()) for clause in table.inputs]


def conditions(banli: Banli) -> dict[str, dict[str, str]]:
    """What may be chosen in each column; the result classes by their local labels."""
    with banli.reading() as session:
        classes = {f'"{code}"': f"{code}类（{name}）" for code, name in result_names(session).items()}
    return {**CHOICES, "result_class": classes}


def node_names(banli: Banli) -> dict[str, str]:
    """Every reviewer by its code, as an office calls it."""
    with banli.reading() as session:
        nodes = section(session, the_area(session), NODES)
    return {code: spoken_name(node) for code, node in nodes.items()}


def uses(banli: Banli) -> Counter[str]:
    """How often each row decided within a year, by its id."""
    found = banli.engine.decided(DECISION, banli.now() - YEAR)
    return Counter(rule for decided in found for rule in decided.rules)


def touched(banli: Banli, row: ChainRow, found: Sequence[ChainColumn]) -> Touched:
    """How many replies met the row within a year, and how many running cases may still meet it."""
    places = {column.name: place for place, column in enumerate(found)}
    with banli.reading() as session:
        items = session.scalars(select(Item).where(Item.state.in_(_BEFORE_REVIEW))).all()
    waiting = sum(
        all(_may_match(row.tests[places[name]], value) for name, value in _facts(item).items() if name in places)
        for item in items
    )
    return Touched(uses(banli)[row.id], waiting)


def _facts(item: Item) -> dict[str, Any]:
    """What is known of a case before its reply is written."""
    return {"level": item.level, "key": item.key_kind, "round": item.round}


def _may_match(test: str, value: Any) -> bool:
    if test == ANY:
        return True
    try:
        return bool(unary_test(test, value, {}))
    except EngineError:
        return True


def _tried(banli: Banli, model: Model, given: Mapping[str, str]) -> ChainTrial:
    values: dict[str, Any] = {name: given.get(name, next(iter(known))) for name, known in TRIED.items()}
    values["round"] = int(values["round"]) if str(values["round"]).isdigit() else 1
    values["funds"] = values["funds"] == "true"
    reference = banli.reference()
    context = Evaluation(clock=banli.now, reference=reference)
    try:
        outcome = model.evaluate(DECISION, {**values, "previous_chain": ["S1"]}, context=context)
    except EngineError as fault:
        return ChainTrial("", "", "", (), (), fault.message)
    if outcome.value is None:
        return ChainTrial("", "", "", (), (), say("No row fits: such a reply could not be reviewed."))
    explained: Any = outcome.explanation.get("rules", ())
    rules = [str(rule["id"]) for rule in explained]
    with banli.reading() as session:
        units = [unit.code for unit in handling_units(session)[:2]]
    try:
        committee = reference.unit_of_kind("npc_office").code
        noted: Any = reviewers(reference, outcome.value["nodes"], units[0], units[1:], committee)
    except EngineError:
        noted = None
    steps, left_out = _steps(banli, noted)
    met = rules[0] if rules else ""
    return ChainTrial(met, str(outcome.value["row"]), str(outcome.value["basis"]), steps, left_out)


def _steps(banli: Banli, noted: Any) -> tuple[Sequence[str], Sequence[str]]:
    if noted is None:
        return (), ()
    names = node_names(banli)
    steps = [f"{node['name']}" or names.get(node["code"], node["code"]) for node in noted.value]
    return steps, list(noted.notes["left_out"])
