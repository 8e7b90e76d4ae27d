"""Measures a site of 1,000 documents: how long it takes to make, its size, its pages, and 300 decisions by keys.

Usage: make bench-site. The documents are drawn, read and kept in build/bench-site; later calls find them there.
Processor time is told beside the time that passed, for machines with other work to do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from tests.drawing.forms import Printed
from tests.drawing.mupdf import draw
from tests.drawing.sources import source
from tests.site.chromium import find_chromium

DOCUMENTS = 1_000
DECISIONS = 300
BUILD = Path(__file__).parents[1] / "build" / "bench-site"


class Cost(NamedTuple):
    """Seconds of a process: from its start to its end, and what it used of processors."""

    passed: float
    used: float


def main() -> None:
    files, db, site = BUILD / "files", BUILD / "site.duckdb", BUILD / "site"
    if not db.exists():
        prepare(files)
        timed("ingest", str(files), "--db", str(db), "--workers", "2")
    shutil.rmtree(site, ignore_errors=True)
    tell("site", timed("report", "--db", str(db), "--to", str(site), "--workers", "2"))
    tell("site again", timed("report", "--db", str(db), "--to", str(site), "--workers", "2"))
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    print(f"size: {size / 1e6:.0f} MB")  # noqa: T201
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright.chromium.executable_path))
        page = browser.new_page()
        for name in ("index.html", "documents.html", f"documents/{first_document(site)}"):
            print(f"{name}: opens in {opened(page, (site / name).as_uri()):.2f} s")  # noqa: T201
        print(f"{DECISIONS} decisions by keys: {decided(page, DECISIONS):.1f} s")  # noqa: T201
        browser.close()


def prepare(folder: Path) -> None:
    """Disclosures of one project each on one page or two. A unit in some contradicts a name, which a person decides."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    whole = source("cac-2025")
    for number in range(DOCUMENTS):
        form = whole.projects[number % len(whole.projects)]
        named = replace(form, name=Printed.plain(f"{form.name.text}第{number}期"))
        (folder / f"{number:04}.pdf").write_bytes(draw(replace(whole, projects=(named,))))


def timed(*arguments: str) -> Cost:
    before, started = os.times(), perf_counter()
    subprocess.run([sys.executable, "-m", "perftable_etl", *arguments], check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    used = after.children_user - before.children_user + after.children_system - before.children_system
    return Cost(perf_counter() - started, used)


def tell(what: str, cost: Cost) -> None:
    print(f"{what}: {cost.passed:.1f} s, {cost.used:.1f} s of processors")  # noqa: T201


def first_document(site: Path) -> str:
    """The name of the page of a document with something to decide."""
    queue = (site / "data" / "queue.js").read_text("utf-8")
    return f"{queue.partition('findings')[2].split(',')[1].strip(chr(34))}.html"


def opened(page: Page, address: str) -> float:
    started = perf_counter()
    page.goto(address)
    page.locator("main h1, main table").first.wait_for()
    return perf_counter() - started


def decided(page: Page, count: int) -> float:
    """Seconds for as many decisions, from document to document."""
    page.keyboard.press("r")
    page.keyboard.type("bench")
    page.keyboard.press("Enter")
    started = perf_counter()
    while progress(page) < count:
        before, address = progress(page), page.url
        page.keyboard.press("r")
        page.wait_for_function(
            "([before, address]) => location.href !== address || Number("
            "document.getElementById('progress').textContent.split(' ')[0]) > before",
            arg=[before, address],
        )
    return perf_counter() - started


def progress(page: Page) -> int:
    page.wait_for_function("() => /^[0-9]/.test(document.getElementById('progress')?.textContent ?? '')")
    return int(page.locator("#progress").inner_text().split(" ")[0].replace(",", ""))


if __name__ == "__main__":
    main()
