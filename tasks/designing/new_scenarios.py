"""A scenario more: like one that the draft has, for it knows already what such a case brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.message import say
from tasks.designing.files import MOST_FILES, FileKind, FileRefused
from tasks.designing.queries import draft_files
from tasks.designing.scenarios import ScenarioInvalid, read_scenario, scenario_like, write_scenario
from tasks.designing.service import add_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

_ENDING = f".{FileKind.SCENARIO}"


def new_scenario(banli: Banli, actor: Actor, draft_id: int, like: str, title: str) -> str:
    """Another scenario of a draft that begins like one it has; its file name.

    Raises:
        FileRefused: it has no title, or there is no such scenario to begin with.
        ScenarioInvalid: the one to begin with cannot be read.
    """
    title = title.strip()
    if not title:
        raise FileRefused(say("Give the scenario a title: what it is about, in one sentence."))
    files, _ = draft_files(banli, actor, draft_id)
    if not like.endswith(_ENDING) or like not in files:
        raise FileRefused(say("Choose a scenario of this draft to begin with; found “{name}”.", name=like[:80]))
    name = _free_name(files, like)
    add_file(banli, actor, draft_id, name, scenario_like(files[like], title))
    return name


def scenario_through(
    banli: Banli, actor: Actor, draft_id: int, files: Mapping[str, bytes], process: str, shape: str
) -> str:
    """A scenario that is to come by a shape: like the first of its process, else nearly empty; its file name."""
    name = _free_name(files, f"scenarios/{process}{_ENDING}")
    add_file(banli, actor, draft_id, name, _beginning(files, process, shape))
    return name


def _beginning(files: Mapping[str, bytes], process: str, shape: str) -> bytes:
    title = f"走到“{shape}”"
    for name in sorted(one for one in files if one.endswith(_ENDING)):
        try:
            if read_scenario(files[name]).process == process:
                return scenario_like(files[name], title, passes=shape)
        except ScenarioInvalid:
            continue
    return write_scenario(title, process, shape)


def _free_name(files: Mapping[str, bytes], like: str) -> str:
    stem = like.removesuffix(_ENDING)
    shorter, _, number = stem.rpartition("-")
    if shorter and number.isdecimal():
        stem = shorter
    return next(name for count in range(2, MOST_FILES + 3) if (name := f"{stem}-{count}{_ENDING}") not in files)
