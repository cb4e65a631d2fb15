"""What a list shows of its reader's own settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import request

from tasks.saved_views.service import Place, ViewRow, cleaned, density, views
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Saved:
    """The reader's views of this list, the filters that are on now, and the density."""

    views: Sequence[ViewRow]
    now: str
    """The filters of this address as they would be saved."""
    density: str

    @property
    def default(self) -> ViewRow | None:
        """The view with which the list opens."""
        return next((view for view in self.views if view.is_default), None)

    @property
    def opens_with(self) -> str:
        """Where to go instead, when the list is entered from elsewhere without a filter; empty: nowhere."""
        inside = urlsplit(request.referrer or "").path == request.path
        if request.args or inside or self.default is None or not self.default.query:
            return ""
        return f"{request.path}?{self.default.query}"

    @property
    def current(self) -> ViewRow | None:
        """The view whose filters are on."""
        return next((view for view in self.views if view.query == self.now), None)


def saved(place: Place) -> Saved:
    """The reader's settings of a list."""
    now = cleaned(place, request.query_string.decode("utf-8", "replace"))
    return Saved(views(the_banli(), actor(), place), now, density(the_banli(), actor()))
