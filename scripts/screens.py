"""Takes the pictures of the site that README.md shows, of the samples: docs/site-overview.png and site-document.png."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.site.chromium import find_chromium

ROOT = Path(__file__).parents[1]
DOCUMENT = "cac-2025.writer.pdf"
COLOURS = 64
"""So many are enough for a page in few colours, and make its picture small."""


def main() -> None:
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        db, site = Path(folder) / "samples.duckdb", Path(folder) / "site"
        for arguments in (("ingest", "samples", "--db", db), ("report", "--db", db, "--to", site)):
            subprocess.run([sys.executable, "-m", "perftable_etl", *map(str, arguments)], cwd=ROOT, check=True)
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright.chromium.executable_path))
        page = browser.new_page(viewport={"width": 1200, "height": 780}, color_scheme="light", locale="en-US")
        page.goto((site / "index.html").as_uri())
        save(page, "site-overview.png")
        page.goto((site / "documents.html").as_uri())
        page.get_by_role("link", name=DOCUMENT).click()
        page.locator("#panel").get_by_label("Next").click()
        page.wait_for_function("() => [...document.images].every((one) => one.loading === 'lazy' || one.complete)")
        page.wait_for_timeout(1000)
        save(page, "site-document.png")
        browser.close()


def save(page: Page, name: str) -> None:
    image = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS)
    image.save(ROOT / "docs" / name, optimize=True)


if __name__ == "__main__":
    main()
