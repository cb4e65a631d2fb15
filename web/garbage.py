"""When Python looks for garbage: among what requests leave behind, not through all that the program stands on.

A look through everything takes a tenth of a second, and whoever asked for a page just then waits for it.
"""

from __future__ import annotations

import gc
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask, Response

WARM = 100
"""After so many answers deployed diagrams, forms, templates and statements are in memory too."""
_OFTEN = (10_000, 20, 20)


def spare(app: Flask) -> None:
    """What is in memory now, and what the first pages leave there to stay, is not looked through again."""
    gc.set_threshold(*_OFTEN)
    _settle()
    answers = count(1)

    @app.after_request
    def settle_when_warm(response: Response) -> Response:
        if next(answers) == WARM:
            _settle()
        return response


def _settle() -> None:
    gc.collect()
    gc.freeze()
