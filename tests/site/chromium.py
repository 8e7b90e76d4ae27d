"""A real Chromium for the tests of the site: the one that is named, the system's, or Playwright's own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OF_MACOS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
MISSING = (
    "The tests of the site need Chromium, and there is none. Type one of these:\n"
    "  apt-get install chromium fonts-noto-cjk    # on Debian\n"
    "  .venv/bin/playwright install chromium      # elsewhere\n"
    "or name one in the environment: CHROMIUM=/path/to/chromium"
)


def find_chromium(of_playwright: str) -> str:
    """The program to start. Fails the test where there is none, with what to type."""
    if named := os.environ.get("CHROMIUM"):
        return named
    found = next(filter(None, map(shutil.which, NAMES)), None)
    others = (str(OF_MACOS), of_playwright)
    program = found or next((path for path in others if Path(path).is_file()), None)
    if program is None:
        pytest.fail(MISSING, pytrace=False)
    return program
