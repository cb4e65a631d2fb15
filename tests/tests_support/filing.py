"""Cases that stand before their filing: the process `filing` by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tasks.accounts.actors import actor_named
from tasks.demonstration.answers import Story
from tasks.register.intake import NewItem, add_item, case_variables
from tests_support.people import SUGGESTION, Play

if TYPE_CHECKING:
    from tasks.bootstrap import Banli

SOLE = Story("zjj")


def before_filing(
    banli: Banli, clock: Any, story: Story = SOLE, *, account: str = "linguoqiang", **changes: Any
) -> Play:
    """An item that has just come in, and the process `filing` begun for it."""
    facts = {
        **{name: SUGGESTION[name] for name in ("title", "category", "timing", "situation")},
        "kind": "suggestion",
        "analysis": "",
        "measures": [row["text"] for row in SUGGESTION["measures"]],
        "proposers": [actor_named(banli, account).person_id],
        "suggested_units": "",
        "publish_consent": True,
        "submitted_at": clock(),
        "request_id": None,
        **changes,
    }
    with banli.writing() as session:
        item = add_item(session, NewItem(**facts))
        variables = case_variables(session, item)
        item_id = item.id
    banli.engine.start("filing", variables, business_key=str(item_id), actor=account)
    return Play(banli, clock, item_id, story)
