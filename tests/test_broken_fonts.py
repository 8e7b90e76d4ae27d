"""Pages that look right and whose text layer says nothing: known for what they are, by both readers, and said so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf
import pytest

from perftable_etl import parse
from perftable_etl.document import Page
from perftable_etl.extract import mupdf, plumber, recognition
from perftable_etl.records import Outcome
from tests.comparison import differences, records
from tests.drawing.broken_fonts import MAPS, digits, han, only, remapped, unmapped
from tests.drawing.mupdf import Pen, draw
from tests.drawing.redraw import SAMPLES
from tests.drawing.sources import source

Reader = Callable[[bytes], Iterator[Page]]

DATA = draw(source("district-2026"), Pen())


def with_plumber(data: bytes) -> Iterator[Page]:
    return plumber.read_pages(data, range(1, 1000))


both_readers = pytest.mark.parametrize("read", [mupdf.read_pages, with_plumber], ids=["mupdf", "plumber"])


@both_readers
@pytest.mark.parametrize("name", MAPS)
def test_a_page_of_broken_text_needs_recognition(name: str, read: Reader) -> None:
    assert all(page.needs_recognition for page in read(remapped(DATA, MAPS[name])))
    assert not any(page.needs_recognition for page in read(DATA))


@both_readers
@pytest.mark.parametrize("kind", [han, digits])
def test_one_broken_font_of_the_page_is_enough(kind: Callable[[str], bool], read: Reader) -> None:
    assert any(page.needs_recognition for page in read(remapped(DATA, only(MAPS["private"], kind))))


@both_readers
@pytest.mark.parametrize("sample", ["cac-2024.writer.pdf", "cac-2024.weasyprint.pdf", "cac-2024.calc.pdf"])
def test_a_font_without_a_map_yields_no_made_up_characters(sample: str, read: Reader) -> None:
    page = next(read(unmapped((SAMPLES / sample).read_bytes())))
    assert page.words
    assert set("".join(word.text for word in page.words)) == {"\ufffd"}


@pytest.fixture
def without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_reader", lambda: None)


@pytest.fixture
def parse_bytes(tmp_path: Path) -> Callable[[bytes], Outcome]:
    def parse_file(data: bytes) -> Outcome:
        path = tmp_path / "broken.pdf"
        path.write_bytes(data)
        return parse(path)

    return parse_file


@pytest.mark.usefixtures("without_recognition")
def test_a_document_that_says_nothing_fails_and_says_what_would_help(parse_bytes: Callable[[bytes], Outcome]) -> None:
    outcome = parse_bytes(remapped(DATA, MAPS["unknown"]))
    assert (outcome.status, outcome.error_code) == ("failed", "no_text")
    assert "perftable-etl[ocr]" in (outcome.error_message or "")


@pytest.mark.usefixtures("without_recognition")
def test_a_document_that_says_most_is_read_for_what_it_says(parse_bytes: Callable[[bytes], Outcome]) -> None:
    outcome = parse_bytes(remapped(DATA, only(MAPS["private"], digits)))
    assert (outcome.status, len(outcome.declarations)) == ("review", len(source("district-2026").projects))
    assert "text_layer_illegible" in {finding.code for finding in outcome.findings}


@pytest.mark.usefixtures("without_recognition")
def test_an_illegible_page_among_others_is_reported(parse_bytes: Callable[[bytes], Outcome]) -> None:
    with pymupdf.open("pdf", DATA) as document, pymupdf.open("pdf", remapped(DATA, MAPS["private"])) as broken:
        document.insert_pdf(broken, to_page=0)
        outcome = parse_bytes(document.tobytes())
        count = document.page_count
    (finding,) = [finding for finding in outcome.findings if finding.code == "text_layer_illegible"]
    assert finding.place
    assert finding.place.page == count
    assert "perftable-etl[ocr]" in finding.message
    assert outcome.status == "review"
    assert outcome.declarations


def test_a_page_that_only_the_second_reader_can_read_is_taken_from_it(parse_bytes: Callable[[bytes], Outcome]) -> None:
    """Chromium's fonts say in themselves which character each glyph is; MuPDF does not look there."""
    sample = SAMPLES / "cac-2024.chromium.pdf"
    outcome, wanted = parse_bytes(unmapped(sample.read_bytes())), parse(sample)
    found = [finding for finding in outcome.findings if finding.code == "text_layer_illegible"]
    assert len(found) == outcome.page_count
    assert {finding.severity for finding in found} == {"info"}
    assert differences(records(outcome), records(wanted)) == []


def test_an_illegible_character_in_a_field_is_reported_with_its_cell(
    parse_bytes: Callable[[bytes], Outcome],
) -> None:
    """One character of a name: too little to doubt the page, too much to keep silent."""
    indicator = source("district-2026").projects[0].indicators[0]
    lost = next(character for character in indicator.level3 if _is_rare(character))
    outcome = parse_bytes(remapped(DATA, only(MAPS["unknown"], lambda character: character == lost)))
    found = [finding for finding in outcome.findings if finding.code == "illegible_character"]
    read = outcome.declarations[0].indicators[0]
    assert "\ufffd" in read.level3
    cell = next(one.place for one in read.sources if one.field == "level3")
    places = [finding.place for finding in found if finding.place]  # one for all cells of a page where they are many
    assert any(place.page == cell.page and place.box.holds(*cell.box.middle) for place in places)
    assert outcome.status == "review"


def _is_rare(character: str) -> bool:
    return han(character) and character not in "项目资金指标绩效年度预算"
