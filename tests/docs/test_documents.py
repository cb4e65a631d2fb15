"""Every command and program in README and guides is run in the form in which it stands there."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.feel.__main__ import PAGES
from engine.feel.help import help_page

ROOT = Path(__file__).resolve().parents[2]
GUIDES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
#: Commands that go on until they are told to stop, and what they print once they are ready.
LASTING = {"serve": "http://127.0.0.1:", "worker": "Ctrl+C"}
#: Seconds that a command may take on a busy machine, where two minutes may not be enough: two years are played.
SLOW = {"demo": 480}
#: What the test answers when a command asks.
TYPED = {"password": "a-long-passphrase\na-long-passphrase\n"}
ORDER = ("demo", "init", "password", "deploy", "import", "play", "simulate", "decide", "serve", "worker", "doctor")


def blocks(language):
    return [
        (guide, content) for guide in GUIDES for found, content in BLOCK.findall(guide.read_text(encoding="utf-8"))
        if found == language]


def commands():
    """The distinct `banli` commands of all guides, those first that prepare for others."""
    lines = {
        line.split("#")[0].strip() for _, content in blocks("sh") for line in content.splitlines()
        if line.strip().startswith("./banli")}
    return sorted(lines, key=lambda line: (ORDER.index(shlex.split(line)[1]), line))


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """A data folder in which the guides' commands follow one another."""
    folder = tmp_path_factory.mktemp("guides")
    (folder / "items.xlsx").write_bytes((ROOT / "processes" / "demonstration" / "items.xlsx").read_bytes())
    return folder


def environment(folder):
    return {**os.environ, "BANLI_DATA": str(folder / "data"), "BANLI_LANGUAGE": "zh_Hans_CN"}


def arguments(line, folder):
    """The command as our interpreter runs it; a port of its own, files of the reader from the data folder."""
    words = shlex.split(line)[1:]
    words = ["0" if word == "8080" else word for word in words]
    words = [str(folder / word) if word == "items.xlsx" else word for word in words]
    return [sys.executable, "-m", "web.cli", *words]


@pytest.mark.parametrize("line", commands())
def test_the_command_runs_as_it_stands(line, installation):
    name = shlex.split(line)[1]
    if name in LASTING:
        run_until_ready(arguments(line, installation), installation, LASTING[name])
        return
    done = subprocess.run(
        arguments(line, installation), cwd=ROOT, env=environment(installation), input=TYPED.get(name, ""),
        capture_output=True, text=True, timeout=SLOW.get(name, 120), check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def run_until_ready(command, folder, ready):
    """Start, wait for the line that says so, end by SIGINT, and expect a clean end."""
    process = subprocess.Popen(
        command, cwd=ROOT, env={**environment(folder), "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True)
    output = []
    try:
        for text in process.stdout:
            output.append(text)
            if ready in text:
                break
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=30)
        output.append(rest)
    finally:
        process.kill()
        process.stdout.close()
    assert ready in "".join(output)
    assert "Traceback" not in "".join(output)


@pytest.mark.parametrize("guide", [guide for guide in GUIDES if "```python" in guide.read_text(encoding="utf-8")],
                         ids=lambda guide: guide.name)
def test_the_programs_of_a_guide_run(guide):
    programs = [content for found, content in BLOCK.findall(guide.read_text(encoding="utf-8")) if found == "python"]
    done = subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning", "-c", "\n".join(programs)], cwd=ROOT, capture_output=True,
        text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_link_and_picture_is_there(guide):
    missing = [link for link in LINK.findall(guide.read_text(encoding="utf-8")) if not (guide.parent / link).exists()]
    assert missing == []


def test_every_picture_is_shown_by_a_guide_and_made_by_a_script():
    scripts = [*(ROOT / "docs").glob("make_*.py"), *(ROOT / "tests" / "browser").glob("test_*.py")]
    makers = "".join(script.read_text(encoding="utf-8") for script in scripts)
    shown = "".join(guide.read_text(encoding="utf-8") for guide in GUIDES)
    pictures = [path for path in (ROOT / "docs" / "pictures").iterdir() if path.is_file()]
    assert [path.name for path in pictures if f"pictures/{path.name}" not in shown] == []
    assert [path.name for path in pictures if f'"{path.stem}"' not in makers] == []


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_help_on_functions_is_current(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == help_page(chinese=PAGES[name])


def test_every_make_target_of_the_readme_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {
        target for guide in GUIDES[:2] for target in re.findall(r"make ([a-z]+)", guide.read_text(encoding="utf-8"))}
    assert {target for target in named if f"\n{target}:" not in makefile} == set()
