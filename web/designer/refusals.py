"""Refusals to a script: the same sentences as on pages, as JSON."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from flask import Response, jsonify, make_response

from engine.errors import Conflict, EngineError, NotFound
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.designing.queries import names_of_people
from web.language import moment, tell
from web.visitor import the_banli

if TYPE_CHECKING:
    from collections.abc import Callable

_STATUS: tuple[tuple[type[EngineError], int], ...] = ((NotFound, 404), (NotAllowed, 403), (Conflict, 409))


def in_json(view: Callable[..., Response]) -> Callable[..., Response]:
    """A view whose refusals are read by a script."""

    @wraps(view)
    def answered(*args: object, **kwargs: object) -> Response:
        try:
            return view(*args, **kwargs)
        except EngineError as refused:
            status = next((code for kind, code in _STATUS if isinstance(refused, kind)), 422)
            return make_response(jsonify(message=_sentence(refused)), status)

    return answered


def _sentence(refused: EngineError) -> str:
    if isinstance(refused, Conflict) and refused.by and refused.at:
        names = names_of_people(the_banli(), {refused.by})
        who = say("({name}, {at})", name=names.get(refused.by, refused.by), at=moment(refused.at))
        return f"{tell(refused.message)} {tell(who)}"
    return tell(refused.message)
