"""A site of a few files, and pages of a real Chromium that may fetch nothing but files of the disk."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from perftable_etl.ingest.limits import DEFAULT_LIMITS
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.pipeline import parse
from perftable_etl.report.site.site import SiteOrder, SiteResult, build_site
from tests.drawing.flatten import printed_lines
from tests.drawing.forms import DrawnDisclosure, Printed
from tests.drawing.layouts import forms
from tests.drawing.mupdf import draw
from tests.drawing.office_sheet import write_xlsx
from tests.drawing.sources import source
from tests.site.chromium import find_chromium

SAMPLES = Path(__file__).parents[2] / "samples"
PDF, SHEET, TEXT, SAMPLE = "expo.pdf", "fair.xlsx", "games.txt", "district-2026.writer.pdf"


class Site(NamedTuple):
    """A database, its files, and the site about it."""

    db: Path
    files: Path
    folder: Path

    def page(self, file_name: str) -> str:
        """The address of the page about a file."""
        return (self.folder / "documents" / f"{self.key(file_name)}.html").as_uri()

    def key(self, file_name: str) -> str:
        """What the files about a document are named by."""
        rows = self.data("documents")
        return next(str(row["document_id"])[:16] for row in rows if row["file_name"] == file_name)

    def data(self, name: str) -> Any:
        """What the pages are given by a name."""
        return given(self.folder / "data" / f"{name}.js")

    def record(self, file_name: str) -> Any:
        """What the page about a file is given."""
        return given(self.folder / "records" / f"{self.key(file_name)}.js")

    def build(self) -> SiteResult:
        """Makes the site anew."""
        return build_site(SiteOrder(self.db, self.folder, (), 1, DEFAULT_LIMITS))


def given(path: Path) -> Any:
    """The data in a script."""
    return json.loads(path.read_text("utf-8").partition(",")[2].rpartition(")")[0])


def disclosure(project: str) -> DrawnDisclosure:
    """A project with three indicators, of which the last two have a unit that contradicts their names."""
    whole = source("cac-2025")
    drawn = whole.projects[4]
    first, second, third = drawn.indicators
    third = replace(third, target=replace(third.target, text="=99.00(项)"))
    named = replace(drawn, name=Printed.plain(project), indicators=(first, second, third))
    return replace(whole, projects=(named,))


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Files of three kinds and a sample in a database, and no site yet."""
    folder = tmp_path_factory.mktemp("site")
    files = folder / "files"
    files.mkdir()
    (files / PDF).write_bytes(draw(disclosure("进博会保障")))
    (files / SHEET).write_bytes(write_xlsx(forms(disclosure("消博会保障"))))
    (files / TEXT).write_text(printed_lines(disclosure("世博会保障")), encoding="utf-8")
    shutil.copy(SAMPLES / SAMPLE, files)
    with Warehouse(folder / "db.duckdb", "tests") as warehouse:
        run = warehouse.start_run()
        for name in (PDF, SHEET, TEXT, SAMPLE):
            warehouse.store(parse(files / name))
        warehouse.relate()
        warehouse.finish_run(run)
    return Site(folder / "db.duckdb", files, folder / "report")


@pytest.fixture(scope="session")
def site(read: Site) -> Site:
    """The site of them, which no test changes."""
    read.build()
    return read


@pytest.fixture
def own_site(read: Site, tmp_path: Path) -> Site:
    """A copy of the database, of which a test makes and changes a site."""
    shutil.copy(read.db, tmp_path / "db.duckdb")
    return Site(tmp_path / "db.duckdb", read.files, tmp_path / "report")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        program = find_chromium(playwright.chromium.executable_path)
        opened = playwright.chromium.launch(executable_path=program)
        yield opened
        opened.close()


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens an address in a window of its own. At the end no page has complained, or asked for more than files."""
    heard: list[str] = []
    contexts = []

    def open_page(address: str, *, width: int = 1280, theme: Any = "light", locale: str = "en-US") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=theme, locale=locale, offline=True
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", partial(_hear_console, heard))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", partial(_hear_request, heard))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert heard == []


def _hear_console(heard: list[str], message: ConsoleMessage) -> None:
    if message.type in {"error", "warning"}:
        heard.append(message.text)


def _hear_request(heard: list[str], request: Request) -> None:
    if not request.url.startswith(("file:", "blob:")):
        heard.append(request.url)
