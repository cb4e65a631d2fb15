"""What the worklist refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import EngineError
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.forms.views import FieldError


class FormInvalid(EngineError):
    """Something in the form must be corrected before it can be submitted; `errors` names each field."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__(say("{n} things must be corrected before this can be submitted.", n=len(errors)))
        self.errors = tuple(errors)
