"""What a serving process costs while nobody and while somebody asks: memory and a share of a core."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
REST_SECONDS = 20
REQUESTS = 300


def main() -> None:
    """Serve the demonstration county, let it idle, ask it for pages, and print."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "BANLI_DATA": folder, "PYTHONUNBUFFERED": "1", "BANLI_LANGUAGE": "en"}
        process = subprocess.Popen(
            [sys.executable, "-m", "web.cli", "demo", "--port", "0"], cwd=ROOT, env=environment,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            address = next(match.group() for line in process.stdout if (match := re.search(r"http://[\d.:]+", line)))
            measure(psutil.Process(process.pid), address)
        finally:
            process.terminate()
            process.wait(30)
            process.stdout.close()


def measure(process: psutil.Process, address: str) -> None:
    """Idle share of a core, then memory after some hundred pages."""
    time.sleep(2)
    before = process.cpu_times()
    time.sleep(REST_SECONDS)
    after = process.cpu_times()
    busy = (after.user + after.system - before.user - before.system) / REST_SECONDS
    began = time.perf_counter()
    for _ in range(REQUESTS):
        urllib.request.urlopen(f"{address}/sign-in", timeout=10).read()  # noqa: S310 - our own address
    spent = (time.perf_counter() - began) / REQUESTS
    memory = process.memory_info().rss / 1024 / 1024
    print(f"idle {busy:.2%} of a core (at most 1 %); {memory:.0f} MB after {REQUESTS} pages (at most 200); "
          f"a page {spent * 1000:.1f} ms")
