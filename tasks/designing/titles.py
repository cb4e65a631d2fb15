"""What a file is called by people: the name that its author gave it inside."""

from __future__ import annotations

import re
from functools import lru_cache

import orjson
import yaml

from tasks.packages.manifest import DEADLINES, MANIFEST

_PROCESS = re.compile(rb'<(?:\w+:)?process\b[^>]*?\bname="([^"]*)"')
_DECISION = re.compile(rb'<(?:\w+:)?decision\b[^>]*?\bname="([^"]*)"')
_TITLE = re.compile(r"^title:\s*(.+)$", re.MULTILINE)
_SETTINGS = {MANIFEST: "流程目录", DEADLINES: "自带时限"}


@lru_cache(maxsize=1024)
def title_of(name: str, content: bytes) -> str:
    """The title in a file; its name where there is none or it cannot be read."""
    if name in _SETTINGS:
        return _SETTINGS[name]
    ending = name.rpartition(".")[2]
    plain = name.rpartition("/")[2].rpartition(".")[0]
    if ending in {"bpmn", "dmn"}:
        found = (_PROCESS if ending == "bpmn" else _DECISION).search(content)
        return _unescaped(found[1].decode("utf-8", "replace")) if found and found[1] else plain
    try:
        if ending == "form":
            return str(orjson.loads(content).get("name") or plain)
        if ending == "yaml":
            written = _TITLE.search(content.decode("utf-8"))
            return str(yaml.safe_load(written[1])) if written else plain
    except (orjson.JSONDecodeError, AttributeError, UnicodeDecodeError, yaml.YAMLError):
        pass
    return plain


def _unescaped(text: str) -> str:
    for sign, written in (("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&#10;", " "), ("&amp;", "&")):
        text = text.replace(sign, written)
    return text
