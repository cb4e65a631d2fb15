"""The manifest of a package: its name, its title, the process that starts it, and its files in order."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import EngineError
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Iterable

MANIFEST = "manifest.toml"
DEADLINES = "deadlines.toml"
"""Named deadlines that a package brings along (handbook §4.2, the row “named”)."""


class PackageInvalid(EngineError):
    """A folder that is no process package, or a form in it that cannot be rendered."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package is called and holds."""

    name: str
    title: str
    process: str
    files: tuple[str, ...]

    def with_files(self, files: Iterable[str]) -> Manifest:
        """The same package with other files: known ones keep their place, new ones follow."""
        wanted = set(files) - {MANIFEST}
        kept = [name for name in self.files if name in wanted]
        return Manifest(self.name, self.title, self.process, (*kept, *sorted(wanted - set(kept))))

    def write(self) -> bytes:
        """The text of `manifest.toml`."""
        rows = "".join(f"  {_quoted(name)},\n" for name in self.files)
        text = (
            "# What `banli deploy` takes from this folder, as one deployment.\n\n"
            f"name = {_quoted(self.name)}\ntitle = {_quoted(self.title)}\nprocess = {_quoted(self.process)}\n"
            f"files = [\n{rows}]\n"
        )
        return text.encode()


def read_manifest(content: bytes, file: str = MANIFEST) -> Manifest:
    """The manifest in a file; PackageInvalid says what is wrong with it."""
    try:
        read = tomllib.loads(content.decode("utf-8"))
        files = tuple(str(name) for name in read["files"])
        return Manifest(str(read["name"]), str(read["title"]), str(read["process"]), files)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise PackageInvalid(
            say("The manifest {file} cannot be used: {reason}.", file=file, reason=str(error))
        ) from error


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
