"""What a file is by its content, and what it may be called: the name that a browser sends is only a wish."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile

from engine.errors import EngineError
from engine.message import say

LARGEST = 15 * 1024 * 1024
"""Bytes of one file."""
LONGEST_NAME = 100
_MOST_PARTS = 5_000
_LARGEST_UNPACKED = 300 * 1024 * 1024
_ENDINGS = {"jpeg": "jpg"}
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
_STRANGE = re.compile(r'[<>:"|?*\\/]')
_SIGNATURES = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))
_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
KINDS = ("pdf", "docx", "xlsx", "jpg", "png", "txt")
MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
    "txt": "text/plain",
}


class AttachmentRefused(EngineError):
    """A file that is too large, empty, of a kind that is not taken, or not what its name says."""


def kind_of(content: bytes, name: str) -> str:
    """The kind of a file, read from its content and compared with its ending.

    Raises:
        AttachmentRefused: see the message.
    """
    if not content:
        raise AttachmentRefused(say("“{name}” is empty.", name=name))
    if len(content) > LARGEST:
        limit = LARGEST // (1024 * 1024)
        raise AttachmentRefused(say("“{name}” is larger than {limit} MB.", name=name, limit=limit))
    found = _sniffed(content)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if found is None or (ending and _ENDINGS.get(ending, ending) not in KINDS):
        kinds = "、".join(KINDS)
        raise AttachmentRefused(say("“{name}” is not taken: only {kinds} are.", name=name, kinds=kinds))
    if _ENDINGS.get(ending, ending) != found:
        raise AttachmentRefused(
            say("“{name}” is a {found} file by its content: its name must end in .{found}.", name=name, found=found)
        )
    return found


def clean_name(name: str, kind: str) -> str:
    """A name that is safe in every folder and header: no path, no hidden characters, the right ending."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    visible = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    stem = visible.rpartition(".")[0] if "." in visible else visible
    stem = _STRANGE.sub("_", " ".join(stem.split())).strip(". ")
    if not stem or _RESERVED.match(stem):
        stem = f"附件{stem}"
    return f"{stem[:LONGEST_NAME]}.{kind}"


def _sniffed(content: bytes) -> str | None:
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return "txt" if _is_text(content) else None


def _office(content: bytes) -> str | None:
    """Which Office document a zip is; none where it carries macros, or would fill the disk when unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    names = {part.filename for part in parts}
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        return None
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    kinds = [kind for part, kind in _OFFICE.items() if part in names]
    return kinds[0] if len(kinds) == 1 else None


def _is_text(content: bytes) -> bool:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(unicodedata.category(char) == "Cc" and char not in "\t\n\r\f" for char in text)
    return False
