"""What an installation may set from outside, read once at start."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine.errors import EngineError
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Mapping

BEIJING = ZoneInfo("Asia/Shanghai")
"""The one time zone of all wall-clock reasoning: China has no other, and no summer time."""

_YES = {"1", "true", "yes", "on"}
_NO = {"", "0", "false", "no", "off"}


class SettingInvalid(EngineError):
    """An environment variable holds something that Banli cannot use."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation: where its data is, which database it uses, whether it is a demonstration."""

    data_folder: Path
    database_url: str
    demonstration: bool = False
    secret_key: str = field(default="", repr=False)
    process_folder: Path | None = None
    """Where the process packages are read from at `banli init` and `banli deploy`; None: those that ship with Banli."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Settings from BANLI_DATA, BANLI_DATABASE_URL, BANLI_DEMONSTRATION, BANLI_SECRET_KEY and BANLI_PROCESSES."""
        given = os.environ if environment is None else environment
        folder = Path(given.get("BANLI_DATA") or "var").absolute()
        return cls(
            data_folder=folder,
            database_url=given.get("BANLI_DATABASE_URL") or f"sqlite:///{folder / 'banli.db'}",
            demonstration=_flag("BANLI_DEMONSTRATION", given.get("BANLI_DEMONSTRATION", "")),
            secret_key=given.get("BANLI_SECRET_KEY") or _kept_secret(folder),
            process_folder=Path(given["BANLI_PROCESSES"]) if given.get("BANLI_PROCESSES") else None,
        )


def _flag(name: str, text: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise SettingInvalid(
        say("Expected {name} to be 1 or 0, found “{text}”. Correct the environment.", name=name, text=text)
    )


def _kept_secret(folder: Path) -> str:
    """The installation's own secret, made once: sessions and forms must survive a restart."""
    path = folder / "secret.key"
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    folder.mkdir(parents=True, exist_ok=True)
    secret = secrets.token_urlsafe(48)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret)
    return secret
