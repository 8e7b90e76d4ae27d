"""The site as a person uses it, in a real Chromium, from the disk. `open_page` hears errors and foreign requests."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import duckdb
import pymupdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from perftable_etl.load.warehouse import Warehouse
from perftable_etl.pipeline import parse
from tests.cli.script import run_script
from tests.site.conftest import PDF, SAMPLE, SHEET, TEXT, Open, Site, given

pytestmark = pytest.mark.apart

PRINTED = "=100.00(项)"
CORRECTED = [("进博会社会好评率", "≥99.00(%)", "王小明")]


def pages_of(site: Site) -> dict[str, str]:
    """One address of each kind of page."""
    return {
        "overview": (site.folder / "index.html").as_uri(),
        "documents": (site.folder / "documents.html").as_uri(),
        **{name: site.page(name) for name in (PDF, SHEET, TEXT)},
    }


def lit_box(page: Page) -> tuple[int, list[float]]:
    """The page of the box that is lit, and its corners in pixels of the drawn image."""
    number, corners = page.evaluate(
        """() => {
            const box = document.querySelector("#sheets rect.lit").getBoundingClientRect();
            const sheet = document.querySelector("#sheets rect.lit").closest(".sheet");
            const image = sheet.querySelector("img");
            const frame = image.getBoundingClientRect();
            const [x, y] = [image.naturalWidth / frame.width, image.naturalHeight / frame.height];
            return [Number(sheet.dataset.page), [(box.left - frame.left) * x, (box.top - frame.top) * y,
                (box.right - frame.left) * x, (box.bottom - frame.top) * y]];
        }"""
    )
    return number, corners


def test_a_document_is_searched_for_sorted_and_opened(site: Site, open_page: Open) -> None:
    page = open_page((site.folder / "index.html").as_uri())
    page.get_by_role("link", name="Documents", exact=True).click()
    page.get_by_role("searchbox").fill("青岚 2026")
    expect(page.locator("#shown")).to_have_text("1 of 4 documents")
    page.get_by_role("searchbox").fill("")
    page.locator(".tabulator-col[tabulator-field=file_name]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tabulator-row .file a")).to_have_text(sorted([PDF, SHEET, TEXT, SAMPLE]))
    page.get_by_role("link", name=SAMPLE).click()
    page.get_by_role("heading", level=1).get_by_text("青岚区绿化和市容管理局").wait_for()


def test_an_indicator_lights_its_box_over_its_words(site: Site, open_page: Open) -> None:
    page = open_page(site.page(PDF))
    page.locator(".target", has_text=PRINTED).first.hover()
    number, corners = lit_box(page)
    image = given(site.folder / "printed" / site.key(PDF) / "printed.js")["pages"][number - 1]
    natural = page.evaluate("() => document.querySelector('#sheets img').naturalWidth")
    scale = natural / image["width"]
    with pymupdf.open(site.files / PDF) as pdf:
        (word,) = (word for word in pdf[number - 1].get_text("words") if PRINTED in word[4])
    (source,) = (
        source
        for project in site.record(PDF)["projects"]
        for row in project["indicators"]
        for source in row["sources"]
        if (source["field"], source["raw"]) == ("target", PRINTED)
    )
    assert corners == pytest.approx([source[side] * scale for side in ("x0", "y0", "x1", "y1")], abs=2)
    x0, y0, x1, y1 = (side * scale for side in word[:4])
    assert corners[0] - 2 <= x0 < x1 <= corners[2] + 2
    assert corners[1] - 2 <= y0 < y1 <= corners[3] + 2


def test_a_box_lights_its_indicator(site: Site, open_page: Open) -> None:
    page = open_page(site.page(PDF))
    page.locator(".target", has_text=PRINTED).first.hover()
    lit = page.locator("#sheets rect.lit").first
    lit.click()
    assert PRINTED in page.locator("#record .lit").first.inner_text()


@pytest.mark.parametrize("name", [SHEET, TEXT])
def test_a_file_without_pages_shows_its_cells_or_lines(name: str, site: Site, open_page: Open) -> None:
    page = open_page(site.page(name))
    page.locator(".target", has_text=PRINTED).first.hover()
    assert PRINTED in page.locator("#sheets .lit").first.inner_text()


def test_links_lead_to_a_page_an_indicator_and_a_finding(site: Site, open_page: Open) -> None:
    record = site.record(PDF)
    finding = next(row for row in record["findings"] if row["severity"] == "warning")
    page = open_page(f"{site.page(PDF)}#finding-{finding['finding_id']}")
    assert finding["message"] in page.locator(".finding.current").inner_text()
    indicator = record["projects"][0]["indicators"][0]
    page.goto(f"{site.page(PDF)}#indicator-{indicator['indicator_id']}")
    assert indicator["level3"] in page.locator(".indicator.lit").inner_text()
    page.goto(f"{site.page(PDF)}#page-1")
    page.locator("#page-1").wait_for()


def test_decisions_by_keys_reach_the_database_and_a_fresh_report(own_site: Site, open_page: Open) -> None:
    own_site.build()
    page = open_page(own_site.page(PDF))
    page.keyboard.press("r")
    page.keyboard.type("王小明")
    page.keyboard.press("Enter")
    page.keyboard.press("r")
    expect(page.locator("#progress")).to_have_text("1 of 6 decided")
    page.keyboard.press("c")
    page.keyboard.type("≥99.00(%)")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: own_site.key(PDF) not in url)
    expect(page.locator("#progress")).to_have_text("2 of 6 decided")
    page.keyboard.press("a")
    expect(page.locator("#progress")).to_have_text("4 of 6 decided")
    page.keyboard.press("w")
    expect(page.locator("#progress")).to_have_text("5 of 6 decided")
    page.keyboard.press("u")
    expect(page.locator("#progress")).to_have_text("4 of 6 decided")
    page.reload()
    with page.expect_download() as download:
        page.keyboard.press("s")
    sheet = own_site.db.with_name("decisions.csv")
    download.value.save_as(sheet)
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        assert [(row["verdict"], row["all_alike"]) for row in csv.DictReader(file)] == [
            ("confirmed", ""),
            ("corrected", "yes"),
        ]
    assert run_script("corrections", "apply", sheet, "--db", own_site.db).returncode == 0
    assert corrected_rows(own_site.db) == CORRECTED
    read_otherwise(own_site)
    assert corrected_rows(own_site.db) == CORRECTED
    assert corrected_rows(new_database(own_site)) == CORRECTED
    own_site.build()
    page.goto((own_site.folder / "index.html").as_uri())
    page.get_by_role("button", name="Forget them").click()
    expect(page.locator("#progress")).to_have_text("0 of 2 decided")
    assert page.get_by_role("button", name="Save decisions").is_hidden()
    page.goto(own_site.page(PDF))
    corrected = page.locator(".indicator", has_text="进博会社会好评率")
    assert "≥99.00(%)" in corrected.locator(".target").inner_text()
    assert "corrected by 王小明" in corrected.inner_text()
    assert "=99.00(项)" in corrected.locator(".corrected").inner_text()


def corrected_rows(db: Path) -> list[tuple[str, ...]]:
    with duckdb.connect(db, read_only=True) as connection:
        return connection.execute(
            "SELECT DISTINCT level3, target_raw, corrected_by FROM current_indicators WHERE corrected_by IS NOT NULL"
        ).fetchall()


def read_otherwise(site: Site) -> None:
    """All files are read again by a parser that knows less."""
    with Warehouse(site.db, "a changed parser") as warehouse:
        for path in site.files.iterdir():
            warehouse.store(parse(path).model_copy(update={"title": None, "fingerprint": "a changed parser"}))
        warehouse.relate()


def new_database(site: Site) -> Path:
    """A database of the same files, with the decisions of the other."""
    new, carried = site.db.with_name("new.duckdb"), site.db.with_name("carried.csv")
    assert run_script("corrections", "export", "--db", site.db, "--to", carried).returncode == 0
    assert run_script("ingest", site.files, "--db", new).returncode == 0
    assert run_script("corrections", "apply", carried, "--db", new).returncode == 0
    return new


@pytest.mark.parametrize("kind", ["overview", "documents", PDF, SHEET, TEXT])
def test_everybody_can_use_each_kind_of_page(kind: str, site: Site, open_page: Open) -> None:
    page = open_page(pages_of(site)[kind])
    assert violations(page) == []
    page.get_by_role("button", name="Dark").click()
    assert violations(page) == []
    for width in (360, 3840):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe finds. It would load style sheets again, which the policy of the pages forbids."""
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found]


def test_language_and_theme_are_switched_and_remembered(site: Site, open_page: Open) -> None:
    page = open_page((site.folder / "index.html").as_uri(), locale="zh-CN", theme="dark")
    assert page.get_by_role("heading", level=1).inner_text() == "概览"
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Light").click()
    page.goto(site.page(PDF))
    assert page.locator("html").get_attribute("data-theme") == "light"
    assert page.locator(".project h3").first.inner_text() == "Indicators"


def test_what_a_file_says_is_text_everywhere(own_site: Site, open_page: Open, tmp_path: Path) -> None:
    hostile = (
        "<script>document.title='run'</script>]]>\"'&amp;<img src=x onerror=alert(1)>\u202e\u2066反\u2028"
        + "长" * 10_000
    )
    columns = {
        "documents": ("file_name", "title", "organization", "error_message", "source_uri"),
        "projects": ("name", "annual_goal", "implementing_unit"),
        "indicators": ("level1", "level2", "level3", "target_raw", "unit"),
        "sources": ("raw",),
        "findings": ("message", "raw", "code"),
        "amounts": ("label_raw",),
    }
    with duckdb.connect(own_site.db) as connection:
        for table, names in columns.items():
            for name in names:
                connection.execute(f"UPDATE {table} SET {name} = ?", [hostile])
    shutil.rmtree(own_site.folder, ignore_errors=True)
    own_site.build()
    start = hostile[:60]
    for address in (
        "index.html",
        "documents.html",
        *(f"documents/{path.name}" for path in (own_site.folder / "documents").iterdir()),
    ):
        page = open_page((own_site.folder / address).as_uri(), width=360)
        assert start in page.locator("main").inner_text()
        assert page.locator("main script, main img[src=x]").count() == 0
        assert page.title() != "run"
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        page.close()
