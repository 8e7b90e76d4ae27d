"""Every sample gives exactly its expected records, and everything in them stands where it says it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from openpyxl import load_workbook

from perftable_etl import parse
from perftable_etl.document import Box, Place
from perftable_etl.records import Declaration, Indicator, Outcome, Source
from tests.comparison import differences, records, squeezed
from tests.drawing.redraw import SAMPLES
from tests.golden import golden_path, golden_text

PDFS = sorted(SAMPLES.glob("*.pdf"))
TEXTS = sorted(SAMPLES.glob("*.txt"))
OFFICE = sorted([*SAMPLES.glob("*.docx"), *SAMPLES.glob("*.xlsx")])
WEB = sorted(SAMPLES.glob("*.html"))


@lru_cache
def workbook(path: Path) -> Any:
    return load_workbook(path)


def name(path: Path) -> str:
    return path.name


every_sample = pytest.mark.parametrize("path", PDFS + TEXTS + OFFICE + WEB, ids=name)
every_office = pytest.mark.parametrize("path", OFFICE + WEB, ids=name)
every_pdf = pytest.mark.parametrize("path", PDFS, ids=name)
every_text = pytest.mark.parametrize("path", TEXTS, ids=name)


@lru_cache
def outcome(path: Path) -> Outcome:
    return parse(path)


@lru_cache
def expected(path: Path) -> dict[str, Any]:
    stem = path.name.partition(".")[0]
    records: dict[str, Any] = json.loads((SAMPLES / f"{stem}.expected.json").read_text("utf-8"))
    return records


@every_sample
def test_records_are_exactly_the_expected_ones(path: Path) -> None:
    assert not differences(records(outcome(path)), expected(path))


@every_sample
def test_every_character_is_accounted_for(path: Path) -> None:
    assert outcome(path).coverage == 1.0
    assert {finding.code for finding in outcome(path).findings}.isdisjoint({"unknown_cell", "unknown_line"})


@every_sample
def test_nothing_has_changed(path: Path) -> None:
    """The whole outcome is that of the golden file; where it changed for the better, `make golden` says so."""
    assert golden_text(outcome(path)).splitlines() == golden_path(path).read_text("utf-8").splitlines()


@pytest.mark.parametrize(("stem", "indicators"), [("cac-2024", 53), ("cac-2025", 104)])
def test_counts_are_those_of_the_published_disclosures(stem: str, indicators: int) -> None:
    for path in (path for path in PDFS + TEXTS + OFFICE + WEB if path.name.startswith(f"{stem}.")):
        assert sum(len(declaration.indicators) for declaration in outcome(path).declarations) == indicators


@every_sample
def test_what_is_printed_is_kept_beside_what_it_means(path: Path) -> None:
    """`target_raw` has each printed character; where the file is text, nothing else is the same as printed either."""
    for declaration, project in zip(outcome(path).declarations, expected(path)["projects"], strict=True):
        printed = [row["target_raw"] for row in project["indicators"]]
        assert [squeezed(indicator.target.raw) for indicator in declaration.indicators] == list(map(squeezed, printed))
        assert [source.raw for indicator in declaration.indicators for source in indicator.sources[-1:]] == [
            indicator.target.raw for indicator in declaration.indicators
        ]


@every_sample
def test_every_value_has_its_source(path: Path) -> None:
    for declaration in outcome(path).declarations:
        fields = {**dict(declaration), **dict(declaration.funding)}
        sourced = {source.field for source in declaration.sources}
        values = {
            field for field in expected(path)["projects"][0] if field != "indicators" and fields[field] is not None
        }
        assert values == sourced
        for indicator in declaration.indicators:
            assert {"level2", "level3", "target"} <= {source.field for source in indicator.sources}


@every_pdf
def test_boxes_hold_what_they_are_the_boxes_of(path: Path) -> None:
    """A cell that a page break cuts is placed on its first page: there stands how it begins."""
    page_texts = characters(path)
    for source in sources(outcome(path)):
        shown, raw = inside(page_texts, source.place), squeezed(source.raw)
        assert shown
        assert shown == raw or (raw.startswith(shown) and reaches_the_end(outcome(path), source.place)), source


@every_sample
def test_a_row_is_placed_at_its_name_and_target(path: Path) -> None:
    for declaration, indicator in indicators(outcome(path)):
        cells = [source.place for source in indicator.sources if source.field in ("level3", "target")]
        first = min(place.page for place in cells)
        assert indicator.place == Place(first, Box.around(place.box for place in cells if place.page == first))
        assert declaration.first_page <= first <= declaration.last_page


@every_text
def test_lines_and_columns_hold_what_they_are_the_places_of(path: Path) -> None:
    """The one name that a page break cuts is placed where it begins."""
    cut = []
    pages = [page.split("\n") for page in path.read_text("utf-8-sig").split("\f")]
    for source in sources(outcome(path)):
        place = source.place
        rows = pages[place.page - 1][int(place.box.y0) : int(place.box.y1)]
        shown = squeezed("".join(row[int(place.box.x0) : int(place.box.x1)] for row in rows))
        if squeezed(source.raw) not in shown:
            cut.append((shown, source.raw))
    assert cut in ([], [("内容评估检查工具升级优化和使用", "内容评估检查工具升级优化和使用\n支撑服务")])


@every_office
def test_anchors_name_the_cells_that_values_stand_in(path: Path) -> None:
    """On sheets by openpyxl, which reads the cell that an anchor names; of tables the number and the row."""
    for source in sources(outcome(path)):
        assert source.anchor
        if path.suffix != ".xlsx":
            assert re.fullmatch(r"table [1-6], row [0-9]+|table [1-6], [0-9]+ lines above", source.anchor)
        else:
            sheet, _, cell = source.anchor.partition("!")
            assert source.raw in str(workbook(path)[sheet][cell].value)


def sources(outcome: Outcome) -> Iterator[Source]:
    for declaration in outcome.declarations:
        yield from declaration.sources
    for _, indicator in indicators(outcome):
        yield from indicator.sources


def indicators(outcome: Outcome) -> Iterator[tuple[Declaration, Indicator]]:
    return ((declaration, indicator) for declaration in outcome.declarations for indicator in declaration.indicators)


Characters = list[list[tuple[str, float, float]]]


@lru_cache
def characters(path: Path) -> Characters:
    """Every character on every page with its middle, as MuPDF alone reads it, in reading order."""
    with pymupdf.open(path) as document:
        return [list(_page_characters(page)) for page in document]


def _page_characters(page: pymupdf.Page) -> Iterator[tuple[str, float, float]]:
    lines = (line for block in page.get_text("rawdict")["blocks"] for line in block.get("lines", ()))
    for line in sorted(lines, key=lambda line: (round(line["bbox"][1]), line["bbox"][0])):
        for character in (character for span in line["spans"] for character in span["chars"]):
            x0, y0, x1, y1 = character["bbox"]
            yield character["c"], (x0 + x1) / 2, (y0 + y1) / 2


def inside(pages: Characters, place: Place) -> str:
    """The text whose characters have their middle in a place's box."""
    x0, y0, x1, y1 = place.box
    return squeezed("".join(c for c, x, y in pages[place.page - 1] if x0 <= x < x1 and y0 <= y < y1))


def reaches_the_end(outcome: Outcome, place: Place) -> bool:
    """Whether nothing of the outcome stands below this place on its page: only there may a cell be cut."""
    others: list[Box] = [source.place.box for source in sources(outcome) if source.place.page == place.page]
    return place.box.y1 >= max(box.y1 for box in others) - 1
