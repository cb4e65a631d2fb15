"""Pictures of the guides, taken where a test stands: `BANLI_PICTURES=1` writes them, otherwise nothing happens."""

import os
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"


def picture(page, name):
    """The page as it is now, under this name."""
    if os.environ.get("BANLI_PICTURES"):
        page.wait_for_timeout(400)  # what is drawn last comes to rest
        page.screenshot(path=FOLDER / f"{name}.png")
