"""Who acts, as every service and query is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from tasks.accounts.permissions import Permission, Role


@dataclass(frozen=True, slots=True)
class StandIn:
    """An absent colleague whose tasks an actor may do today (代办)."""

    account: str
    name: str
    groups: frozenset[str]
    """Candidate groups of the absent colleague."""
    until: dt.date


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person with everything an authorization decision needs."""

    account: str
    person_id: int
    name: str
    unit_code: str | None
    """None for a deputy or member, who belongs to no body of the government or the congress."""
    unit_name: str
    roles: frozenset[Role]
    groups: frozenset[str]
    """Candidate groups, `"<unit code>:<role code>"`."""
    permissions: frozenset[Permission]
    locale: str
    title: str = ""
    """Office or mandate as it is printed under the name, e.g. 副县长 or 县十七届人大代表."""
    area_name: str = ""
    session_name: str = ""
    """The session that the frame shows as the current one."""
    stands_in: tuple[StandIn, ...] = ()
    """For whom the actor stands in today."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh server-side session: the token goes into the cookie and is stored nowhere else."""

    token: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class DemonstrationAccount:
    """A person whom a visitor of the demonstration can be by one click."""

    account: str
    name: str
    unit_name: str
    title: str
    about: str
    """One line on what this person does in the demonstration."""
    open_tasks: int
    most_urgent: str = ""
    """Title of the task that is due first, of her own or of her groups."""
    step_name: str = ""
    due: dt.datetime | None = None
    incidents: int = 0
    """What cannot go on by itself and waits for her, if she is an administrator."""
