"""`make pictures`: the pictures in README and guides, taken from the living demonstration in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]


def sign_in(browser: Browser, address: str, account: str, size: dict[str, int]) -> Page:
    """A fresh window, signed in by the demonstration's one click."""
    page = browser.new_context(viewport=size, locale="zh-CN", reduced_motion="reduce").new_page()  # type: ignore[arg-type]
    page.goto(f"{address}/sign-in")
    page.locator(f'button[value="{account}"], form:has(input[value="{account}"]) button').first.click()
    page.wait_for_load_state("networkidle")
    return page


def take(browser: Browser, address: str) -> None:
    """Every picture."""
    strangers = browser.new_context(viewport=DESK, locale="zh-CN", reduced_motion="reduce").new_page()
    strangers.goto(f"{address}/sign-in")
    save(strangers, "sign-in")
    hub = sign_in(browser, address, "wangmin", DESK)
    save(hub, "workbench")
    hub.goto(f"{address}/tasks?view=claimable")
    save(hub, "worklist")
    hub.locator("main table a.title").first.click()
    save(hub, "review")
    hub.goto(f"{address}/cases?state=in_review&kind=suggestion")
    hub.locator("main table a.title").first.click()
    save(hub, "case")
    hub.goto(f"{address}/board")
    save(hub, "board")
    hub.goto(f"{address}/supervision")
    save(hub, "supervision")
    hub.goto(f"{address}/statistics?year=2025&kind=suggestion")
    save(hub, "statistics")
    save(sign_in(browser, address, "linguoqiang", DESK), "portal")
    save(sign_in(browser, address, "liuzheng", PHONE), "leader-phone")


def save(page: Page, name: str) -> None:
    """One picture, once the page and its diagram are at rest."""
    page.wait_for_load_state("networkidle")
    if page.locator("[data-diagram]").count():
        page.locator("[data-diagram] .djs-container").first.wait_for()
    page.screenshot(path=FOLDER / f"{name}.png")


def main() -> None:
    """Serve a fresh county, or the one in the data folder that is named, and take the pictures."""
    browser_path = shutil.which("chromium")
    if browser_path is None:
        sys.exit("chromium is missing: apt-get install chromium")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = sys.argv[1] if len(sys.argv) > 1 else scratch
        command = [sys.executable, "-u", "-m", "web.cli", "demo", "--port", "0"]
        server = subprocess.Popen(
            command, cwd=ROOT, env={"BANLI_DATA": folder, "PATH": ""}, stdout=subprocess.PIPE, text=True)
        try:
            said = (re.search(r"http://[\d.:]+\d", line) for line in server.stdout or ())
            address = next(found.group() for found in said if found)
            with sync_playwright() as playwright:
                take(playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS), address)
        finally:
            server.terminate()
            server.wait(30)


if __name__ == "__main__":
    main()
