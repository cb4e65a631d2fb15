"""Choices on the forms of tracking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.deadlines.result_classes import result_names
from tasks.forms.views import Option
from tasks.tracking.commitments import OUTCOMES, OUTLOOKS
from tasks.tracking.look_back import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from tasks.steps import OptionContext

_HINTS = {
    "done": "写明完成日期和证明材料",
    "postponed": "写明新的时限和原因，由单位主要负责人签批",
    "changed": "写明情况，由单位主要负责人签批，抄送代表工委（提案委）",
}
_FOUND = {
    "solved": "已经解决，效果巩固",
    "upgraded": "比答复时的结果好，如留作参考的已在解决",
    "unchanged": "与答复时相同，继续跟踪",
    "relapsed": "重新办理",
}


def _outcomes(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    return [Option(code, name, _HINTS[code]) for code, name in OUTCOMES.items()]


def _outlooks(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    return [Option(code, name) for code, name in OUTLOOKS.items()]


def _verdicts(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    return [Option(code, name, _FOUND[code]) for code, name in VERDICTS.items()]


def _classes(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    return [Option(code, f"{code}类 {name}") for code, name in result_names(session).items()]


SOURCES: dict[str, Callable[[Session, OptionContext], Sequence[Option]]] = {
    "promise_outcomes": _outcomes,
    "promise_outlooks": _outlooks,
    "look_back_verdicts": _verdicts,
    "result_classes_now": _classes,
}
