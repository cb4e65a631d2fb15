"""`python -m engine.feel FOLDER`: write the help on FEEL's functions, in English and Chinese."""

from __future__ import annotations

import sys
from pathlib import Path

from engine.feel.help import help_page

PAGES = {"feel.md": False, "feel.zh-CN.md": True}


def main(folder: str) -> None:
    """Write both pages; a test holds them to what this gives."""
    for name, chinese in PAGES.items():
        (Path(folder) / name).write_text(help_page(chinese=chinese), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
