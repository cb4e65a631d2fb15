"""The committed bundle holds what the pages ask for."""

import json
import re
from pathlib import Path

import web
from web.assets import BUILD, icon, scripts, stylesheet

HOUSE = Path(web.__file__).parent
STYLES = HOUSE / "frontend" / "src" / "styles"


def test_every_built_file_of_the_manifest_is_there():
    for entry in ("app", "diagram"):
        for address in [*scripts(entry), *stylesheet(entry)]:
            assert (HOUSE / address.removeprefix("/")).is_file()


def test_nothing_is_left_over_from_an_older_build():
    manifest = json.loads((BUILD / "manifest.json").read_text())
    wanted = {name for chunk in manifest.values() for name in [chunk["file"], *chunk.get("css", [])]}
    assert {f"assets/{path.name}" for path in (BUILD / "assets").iterdir()} == wanted


def test_every_icon_of_a_page_is_in_the_bundle():
    templates = "".join(path.read_text() for path in (HOUSE / "templates").rglob("*.html"))
    rooms = (HOUSE / "navigation.py").read_text()
    used = set(re.findall(r'icon\("(\w+)"\)', templates)) | set(re.findall(r'Room\("[\w.]+", "(\w+)"', rooms))
    assert used
    for name in used:
        assert str(icon(name)).startswith('<svg class="ic"')


def test_the_two_ways_into_the_dark_show_the_same_colours():
    blocks = re.findall(r"\{([^{}]*color-scheme: dark[^{}]*)\}", (STYLES / "tokens.css").read_text())
    chosen, by_the_machine = ({line.strip() for line in block.splitlines()} for block in blocks)
    assert chosen == by_the_machine
