"""All kinds of settings together, each from the feature that owns its data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.accounts.changing import KINDS as ACCOUNTS
from tasks.chains.changing import KINDS as CHAINS
from tasks.deadlines.changing import KINDS as DEADLINES
from tasks.directory.changing import KINDS as DIRECTORY
from tasks.register.changing import KINDS as REGISTER

if TYPE_CHECKING:
    from tasks.changes.kinds import Kind

KINDS: dict[str, Kind] = {kind.code: kind for kind in (*DEADLINES, *CHAINS, *DIRECTORY, *ACCOUNTS, *REGISTER)}
