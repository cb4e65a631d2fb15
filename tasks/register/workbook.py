"""Reading an uploaded workbook without trusting it: measured first, then parsed in a child process with limits."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import orjson

from engine.errors import EngineError
from engine.message import say

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_ENTRIES = 500
LARGEST_RATIO = 200
MOST_ROWS = 5_000
_WALL_SECONDS = 60
_READER = Path(__file__).with_name("workbook_reader.py")


class WorkbookRefused(EngineError):
    """A file that is no workbook, is too large, or could not be read within its limits."""


def read_rows(path: Path) -> list[list[Any]]:
    """The rows of the first sheet, as texts, numbers, booleans and dates in ISO form."""
    _measure(path)
    # -I: the child sees neither the environment's PYTHONPATH nor the current folder.
    command = [sys.executable, "-I", str(_READER), str(path), str(MOST_ROWS)]
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and our own file
            command, capture_output=True, timeout=_WALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise WorkbookRefused(say("The workbook took too long to read. Save it again with the plain data.")) from error
    if child.returncode != 0:
        raise WorkbookRefused(
            say("Expected an Excel workbook (.xlsx) that can be read. Open it in Excel and save it again.")
        )
    rows: list[list[Any]] = orjson.loads(child.stdout)
    if len(rows) > MOST_ROWS:
        raise WorkbookRefused(say("At most {most} rows can be imported at once. Split the sheet.", most=MOST_ROWS))
    return rows


def _measure(path: Path) -> None:
    """Sizes and counts as the archive declares them; a lie is caught by the child's limits."""
    if not path.is_file():
        raise WorkbookRefused(say("There is no file {file}.", file=path.name))
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise WorkbookRefused(
            say("The file has {size} MB; at most {most} MB are accepted.", size=size >> 20, most=LARGEST_FILE >> 20)
        )
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise WorkbookRefused(
            say("Expected an Excel workbook (.xlsx), found another kind of file. Save it as .xlsx.")
        ) from error
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or unpacked > LARGEST_RATIO * max(size, 1):
        raise WorkbookRefused(say("The workbook is far larger than it looks and was not opened."))
    if any("vbaproject" in entry.filename.lower() for entry in entries):
        raise WorkbookRefused(say("The workbook contains macros. Save it as .xlsx without macros."))
