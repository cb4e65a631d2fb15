"""A draft as a zip that equals the folder in `processes/`, going out and coming in.

What comes in is written by strangers: names are checked before anything is unpacked, sizes are counted while unpacking.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from engine.bpmn.bindings import keep_latest
from engine.bpmn.xml import XmlRefused
from engine.message import say
from tasks.designing.access import require_designer
from tasks.designing.files import LARGEST_FILE, MOST_FILES, FileRefused, check_name
from tasks.designing.service import add_file, changeable, current, find_draft, remove_file
from tasks.packages.manifest import MANIFEST, read_manifest
from tasks.packages.service import package_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

LARGEST_ARCHIVE = 10 * 1024 * 1024
LARGEST_WHOLE = 20 * 1024 * 1024
"""All files unpacked, in bytes."""
_NEVER = (1980, 1, 1, 0, 0, 0)
_CHUNK = 65536
_HARMLESS = ("__MACOSX/", ".DS_Store", "Thumbs.db")


def pack(files: Mapping[str, bytes], folder: str) -> bytes:
    """A zip of a package, all in one folder; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(f"{folder}/{name}", _NEVER), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """The files of a package in a zip, by name.

    Raises:
        FileRefused: it is no zip, too large, packed too densely, encrypted, or holds what no package holds.
    """
    if len(content) > LARGEST_ARCHIVE:
        raise FileRefused(say("The archive is larger than {limit} MB.", limit=LARGEST_ARCHIVE // 1024 // 1024))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise FileRefused(say("The file is no zip archive that can be read: {reason}", reason=str(error))) from error


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = [one for one in archive.infolist() if not one.is_dir() and not _ignored(one.filename)]
    if len(members) > MOST_FILES:
        raise FileRefused(say("A procedure holds at most {most} files.", most=MOST_FILES))
    folder = _folder([one.filename for one in members])
    files: dict[str, bytes] = {}
    whole = 0
    for member in members:
        name = check_name(member.filename.removeprefix(folder))
        if member.flag_bits & 1:
            raise FileRefused(say("“{name}” is encrypted; it cannot be read.", name=name))
        if name in files:
            raise FileRefused(say("The archive holds “{name}” twice.", name=name))
        files[name] = _bounded(archive, member, name)
        whole += len(files[name])
        if whole > LARGEST_WHOLE:
            raise FileRefused(say("The archive unpacks to more than {limit} MB.", limit=LARGEST_WHOLE // 1024 // 1024))
    return files


def _ignored(name: str) -> bool:
    return name.startswith(_HARMLESS[0]) or name.rpartition("/")[2] in _HARMLESS


def _folder(names: list[str]) -> str:
    """The folder that everything lies in, or nothing."""
    manifest = next((name for name in names if name.rpartition("/")[2] == MANIFEST), "")
    folder = manifest.removesuffix(MANIFEST)
    return folder if folder and all(name.startswith(folder) for name in names) else ""


def _bounded(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    """The content, read in pieces: the size that the archive claims is not believed."""
    parts: list[bytes] = []
    size = 0
    with archive.open(member) as stream:
        while part := stream.read(_CHUNK):
            size += len(part)
            if size > LARGEST_FILE:
                raise FileRefused(say("“{name}” unpacks to more than {limit} bytes.", name=name, limit=LARGEST_FILE))
            parts.append(part)
    return b"".join(parts)


def take_in(banli: Banli, actor: Actor, draft_id: int, files: Mapping[str, bytes]) -> int:
    """Make a draft equal to an archive's package; how many files changed.

    A manifest decides what belongs to it; single files without one are added or replace those of their name.
    """
    require_designer(actor)
    with banli.reading() as session:
        draft = changeable(session, draft_id)
        before = current(session, draft_id)
    if MANIFEST in files:
        package = package_of(files)
        if package.name != draft.package:
            raise FileRefused(
                say("The archive holds the procedure “{found}”, the draft is of “{wanted}”.",
                    found=package.name, wanted=draft.package)
            )  # fmt: skip
        wanted = dict(package.files)
        for name in [name for name in before if name not in wanted]:
            remove_file(banli, actor, draft_id, name)
    else:
        wanted = dict(files)
    for name in wanted:
        if name.endswith(".bpmn") and name in before:
            wanted[name] = _with_bindings(before[name], wanted[name])
    changed = [name for name, content in wanted.items() if before.get(name) != content]
    for name in sorted(changed, key=lambda one: one == MANIFEST):
        add_file(banli, actor, draft_id, name, wanted[name])
    return len(changed)


def _with_bindings(before: bytes, after: bytes) -> bytes:
    """What the desktop Modeler leaves out is put back; a file that cannot be read is left to the check to name."""
    try:
        return keep_latest(before, after)
    except XmlRefused:
        return after


def exported(banli: Banli, draft_id: int) -> tuple[str, bytes]:
    """File name and content of a draft's zip, its files in the order of the manifest."""
    with banli.reading() as session:
        find_draft(session, draft_id)
        files = current(session, draft_id)
    manifest = read_manifest(files[MANIFEST])
    ordered = {name: files[name] for name in (MANIFEST, *manifest.files) if name in files}
    return f"{manifest.name}.zip", pack(ordered, manifest.name)
