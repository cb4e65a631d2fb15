"""Who reviews a reply, and why: for each reviewer the row of the table that asked for her, and with which facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.feel import Noted
from tasks.cases.access import hidden_from, is_proposer
from tasks.cases.secrecy import veil_over
from tasks.deadlines.functions import reviewers
from tasks.handling.queries import replies

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from engine.views import Called
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.deadlines.reference import ReferenceData
    from tasks.handling.views import ReplyRecord, ReviewRecord
    from tasks.register.models import Item

DECISION = "review_chain"


@dataclass(frozen=True, slots=True)
class ChainReason:
    """One answer of the table of review chains: it asked for everybody who is named by its row."""

    key: str
    at: dt.datetime
    decision: str
    """Key of the decision, for the page of its table."""
    table: str
    version: int
    row: str
    """As the table calls it, e.g. 第 7 行."""
    position: int
    """Of the row in the table, from 1."""
    basis: str
    note: str
    """Chinese data: what the table says beside the row."""
    inputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChainNode:
    """One reviewer of a chain."""

    name: str
    state: str
    """`done`, `return`, `now` or `ahead`."""
    reason: str
    """Key of the answer of the table that asked for it."""
    who: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ReviewChain:
    """The reviewers of one unit's reply of one round, in their order, with the reasons of each."""

    instance_id: str
    unit: str
    round: int
    stage: str
    """`first` or `second` (二次答复)."""
    nodes: Sequence[ChainNode]
    reasons: Sequence[ChainReason]
    left_out: Sequence[str]
    """Nodes of the row that nobody holds."""


def review_chains(
    banli: Banli, session: Session, actor: Actor, item: Item, instance_id: str | None = None
) -> list[ReviewChain]:
    """The chains of all replies of an item, newest first; with an instance, only of the reply that it writes.

    Proposers do not read how an office reviews.
    """
    if item.instance_id is None or is_proposer(actor, item):
        return []
    root_id = banli.engine.instance(instance_id).root_id if instance_id is not None else item.instance_id
    family = banli.engine.family(root_id)
    answered = _answers(banli, root_id, instance_id)
    if not answered:
        return []
    veil = veil_over(banli, family, hidden_from(actor, item))
    versions = replies(session, item.id)
    return [
        _chain(banli, one, answered[one.id], versions)
        for one in reversed(family)
        if one.id in answered and not veil.hides(one.process_id, answered[one.id][0]["element_id"])
    ]


def _answers(banli: Banli, root_id: str, instance_id: str | None) -> dict[str, list[dict[str, Any]]]:
    """By instance: what the table answered, in order."""
    answers: dict[str, list[dict[str, Any]]] = {}
    for found in banli.engine.explanations(root_id):
        if found["kind"] == "decision" and found.get("id") == DECISION:
            answers.setdefault(found["instance_id"], []).append(found)
    return {name: told for name, told in answers.items() if instance_id in (None, name)}


def _chain(
    banli: Banli, run: Called, answers: Sequence[dict[str, Any]], versions: Sequence[ReplyRecord]
) -> ReviewChain:
    facts = banli.engine.instance(run.id).variables
    reference = banli.reference()
    unit = reference.unit(str(facts["lead_unit"])).short_name
    round_, stage = int(facts.get("round") or 1), str(facts.get("stage") or "first")
    mine = [one for one in versions if (one.unit, one.round, one.stage) == (unit, round_, stage)]
    reasons = _reasons(run.id, answers)
    asked = _asked(reference, answers[-1], facts)
    return ReviewChain(
        instance_id=run.id,
        unit=unit,
        round=round_,
        stage=stage,
        nodes=_nodes([str(node["name"]) for node in asked.value], reasons, mine, running=run.ended is None),
        reasons=list({one.key: one for one in reversed(reasons)}.values())[::-1],
        left_out=tuple(asked.notes.get("left_out", ())),
    )


def _asked(reference: ReferenceData, answer: Mapping[str, Any], facts: Mapping[str, Any]) -> Any:
    """The reviewers that the row names, by the directory of today; nodes that the area has removed are left out."""
    codes = [code for code in _result(answer).get("nodes", []) if code in reference.review_nodes]
    if not codes:
        return Noted([], {})
    return reviewers(reference, codes, facts["lead_unit"], facts.get("co_units"), facts["committee_unit"])


def _nodes(
    names: Sequence[str], reasons: Sequence[ChainReason], versions: Sequence[ReplyRecord], *, running: bool
) -> list[ChainNode]:
    newest = versions[0].reviews if versions else ()
    said = {review.node_name: review for review in newest}
    order = list(dict.fromkeys([*(review.node_name for review in newest if review.node_name not in names), *names]))
    waits = running and all(review.verdict != "return" for review in newest)
    nodes: list[ChainNode] = []
    for name in order:
        review = said.get(name)
        if review is not None:
            nodes.append(_done(name, review, reasons))
            continue
        turn = waits and all(node.state in ("done", "return") for node in nodes)
        nodes.append(ChainNode(name, "now" if turn else "ahead", reasons[-1].key))
    return nodes


def _done(name: str, review: ReviewRecord, reasons: Sequence[ChainReason]) -> ChainNode:
    """Asked for by what the table had answered when the verdict was given."""
    asked = next((one for one in reversed(reasons) if one.at <= review.at), reasons[0])
    return ChainNode(name, "return" if review.verdict == "return" else "done", asked.key, review.by, review.at)


def _reasons(instance_id: str, answers: Sequence[Mapping[str, Any]]) -> list[ChainReason]:
    """One for each answer; the same row asked with the same facts keeps its key, so that it is told once."""
    keys: dict[tuple[object, ...], str] = {}
    reasons = []
    for answer in answers:
        inputs = _inputs(answer)
        same = (_result(answer).get("row"), *inputs.items())
        key = keys.setdefault(same, f"{instance_id}-{len(keys) + 1}")
        reasons.append(_reason(key, answer, inputs))
    return reasons


def _result(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    value = answer.get("value")
    return value if isinstance(value, dict) else {}


def _inputs(answer: Mapping[str, Any]) -> dict[str, str]:
    return {str(one.get("label") or one.get("expression")): str(one.get("value")) for one in answer.get("inputs") or ()}


def _reason(key: str, answer: Mapping[str, Any], inputs: Mapping[str, str]) -> ChainReason:
    result = _result(answer)
    rules: Sequence[Mapping[str, Any]] = answer.get("rules") or ()
    matched: Mapping[str, Any] = rules[0] if rules else {}
    return ChainReason(
        key=key,
        at=answer["at"],
        decision=str(answer["id"]),
        table=str(answer.get("decision") or ""),
        version=int(answer.get("version") or 0),
        row=str(result.get("row") or ""),
        position=int(matched.get("index") or 0),
        basis=str(result.get("basis") or ""),
        note=str(matched.get("annotation") or ""),
        inputs=inputs,
    )
