"""The contents in the data folder: one file for each content, named by its hash, written once."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.settings import Settings

FOLDER = "attachments"


def keep(settings: Settings, content: bytes) -> str:
    """Store a content and answer its SHA-256; the same content twice is one file.

    It is on the disk before the row that names it: a crash between the two leaves a file too many, never one too few.
    """
    digest = hashlib.sha256(content).hexdigest()
    place = place_of(settings, digest)
    if place.exists():
        return digest
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, waiting = tempfile.mkstemp(dir=place.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(waiting).replace(place)
    except BaseException:
        Path(waiting).unlink(missing_ok=True)
        raise
    return digest


def place_of(settings: Settings, digest: str) -> Path:
    """Where a content lies; folders by the first four digits, so that none grows too full."""
    return settings.data_folder / FOLDER / digest[:2] / digest[2:4] / digest
