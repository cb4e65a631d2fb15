"""Pictures of the guides, taken where a test stands: `BANLI_PICTURES=1` writes them, otherwise nothing happens."""

import os
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"


def picture(page, name):
    """The page as it is now, under this name."""
    if os.environ.get("BANLI_PICTURES"):
        page.wait_for_timeout(400)  # what is drawn last comes to rest
        page.screenshot(path=FOLDER / f"{name}.png")


def seen(page, name):
    """The page as a person sees it at this moment, for whoever looks on: into the folder `BANLI_SEEN`, if it is set."""
    folder = os.environ.get("BANLI_SEEN")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png")
