"""Scanned documents from file to outcome: what is read right, and that what is not is said."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pymupdf
import pytest

from perftable_etl import parse
from perftable_etl.document import Place
from perftable_etl.extract import recognition
from perftable_etl.records import Declaration, Finding, Outcome
from tests.comparison import differences, records
from tests.drawing.mupdf import Pen, draw
from tests.drawing.redraw import SAMPLES
from tests.drawing.scan import Scanner, scan
from tests.drawing.sources import source

Parse = Callable[..., Outcome]


def first_pages(sample: str, count: int) -> bytes:
    with pymupdf.open(SAMPLES / sample) as pdf:
        pdf.select(range(count))
        data: bytes = pdf.tobytes()
        return data


PRINTED = first_pages("cac-2024.writer.pdf", 2)
COARSE = Scanner(dpi=150, skew=1.5, noise=5, jpeg_quality=70)


@pytest.fixture
def parse_bytes(tmp_path: Path) -> Parse:
    def parse_file(data: bytes, **options: object) -> Outcome:
        path = tmp_path / "scan.pdf"
        path.write_bytes(data)
        return parse(path, **options)  # type: ignore[arg-type]

    return parse_file


@pytest.fixture(scope="module")
def read_scan(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Scanner], Outcome]:
    """Reads both pages as a scanner makes them, once: it takes seconds a page."""

    @cache
    def read(scanner: Scanner) -> Outcome:
        path = tmp_path_factory.mktemp("scans") / "scan.pdf"
        path.write_bytes(scan(PRINTED, scanner))
        return parse(path)

    return read


def codes(outcome: Outcome) -> list[str]:
    return [finding.code for finding in outcome.findings]


def overlap(one: Place, other: Place) -> bool:
    a, b = one.box, other.box
    across, down = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
    return one.page == other.page and across > 1 and down > 1


def share_a_row(one: Place, other: Place) -> bool:
    """Whether two places lie beside one another or touch, as the two parts of a cell do that was cut in error."""
    return one.page == other.page and min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0) > -3


def places(declaration: Declaration, path: str) -> Iterator[Place]:
    """Where that stands whose path a line of `differences` begins with."""
    if ".indicators[" in path:
        indicator = declaration.indicators[int(path.partition(".indicators[")[2].partition("]")[0]) - 1]
        yield from (indicator.place, *(source.place for source in indicator.sources))
    else:
        field = path.rpartition(".")[2]
        yield from (source.place for source in declaration.sources if source.field == field)


def in_silence(outcome: Outcome, wrong: list[str]) -> list[str]:
    """Those differences of which no finding tells: in the value's row, or on its form where the value is missing."""
    doubts = [finding for finding in outcome.findings if finding.severity != "info"]
    return [line for line in wrong if not _is_told(outcome, line.partition(":")[0], doubts)]


def _is_told(outcome: Outcome, path: str, doubts: list[Finding]) -> bool:
    ordinal = int(path.partition("projects[")[2].partition("]")[0])
    where = list(places(outcome.declarations[ordinal - 1], path))
    if not where:
        return any(doubt.project == ordinal for doubt in doubts)
    return any(doubt.place and share_a_row(doubt.place, place) for doubt in doubts for place in where)


@pytest.mark.parametrize(
    "scanner",
    [
        pytest.param(COARSE, id="coarse and askew"),
        pytest.param(
            Scanner(dpi=300, skew=-1.2, noise=10, paper=235), id="grainy on grey paper", marks=pytest.mark.slow
        ),
    ],
)
def test_a_scanned_disclosure_is_read_like_the_printed_one(
    scanner: Scanner, parse_bytes: Parse, read_scan: Callable[[Scanner], Outcome]
) -> None:
    printed = parse_bytes(PRINTED)
    outcome = read_scan(scanner)
    wrong = differences(folded(records(outcome)["projects"]), folded(records(printed)["projects"]), "projects")
    assert len(wrong) <= 2  # of 48 fields and 25 rows
    assert in_silence(outcome, wrong) == []
    assert codes(outcome).count("page_by_ocr") == outcome.page_count


def folded(value: object) -> object:
    """Records with punctuation of one width, which recognition does not tell, and quotes of one kind."""
    if isinstance(value, dict):
        return {key: folded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [folded(item) for item in value]
    return value.translate(str.maketrans("（），：；”＞＜", "(),:;“><")) if isinstance(value, str) else value


def test_what_a_bad_scan_makes_wrong_is_told(parse_bytes: Parse) -> None:
    """Characters of 16 pixels, blurred, grainy and squeezed: too little to read them all, or all of the rules."""
    page = first_pages("cac-2025.writer.pdf", 1)
    printed = parse_bytes(page)
    outcome = parse_bytes(scan(page, Scanner(dpi=125, blur=1.0, noise=10, jpeg_quality=35)))
    assert len(outcome.declarations) == len(printed.declarations)
    wrong = differences(folded(records(outcome)["projects"]), folded(records(printed)["projects"]), "projects")
    assert wrong
    assert in_silence(outcome, wrong) == []


SMALL = source("district-2026")
DRAWN = draw(SMALL, Pen(form_per_page=True))


def test_values_have_their_confidence_and_stand_where_the_paper_has_them(
    parse_bytes: Parse, read_scan: Callable[[Scanner], Outcome]
) -> None:
    printed = parse_bytes(PRINTED)
    scanned = read_scan(COARSE)
    for before, after in zip(printed.declarations[0].indicators, scanned.declarations[0].indicators, strict=True):
        assert before.confidence is None
        assert after.confidence is not None
        assert 0 < after.confidence <= 1
        assert overlap(before.place, after.place)


def test_only_scanned_pages_are_recognised_and_are_named(parse_bytes: Parse) -> None:
    heard: list[tuple[int, int]] = []
    outcome = parse_bytes(scan(DRAWN, pages=frozenset({2})), on_page=lambda page, pages: heard.append((page, pages)))
    assert heard == [(2, outcome.page_count)]
    (finding,) = (finding for finding in outcome.findings if finding.code == "page_by_ocr")
    assert finding.severity == "info"
    assert finding.place is not None
    assert finding.place.page == 2
    assert finding.place.box == pytest.approx((0, 0, 595, 842), abs=1)


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As where the extra is not installed: its libraries cannot be imported."""
    for library in ("rapidocr", "onnxruntime", "cv2"):
        monkeypatch.setitem(sys.modules, library, None)
    for module in ("ocr", "raster.ink", "raster.pages", "raster.rules", "raster.skew"):
        monkeypatch.delitem(sys.modules, f"perftable_etl.extract.{module}", raising=False)
    monkeypatch.delattr("perftable_etl.extract.ocr", raising=False)
    recognition._reader.cache_clear()
    yield
    recognition._reader.cache_clear()


@pytest.mark.usefixtures("without_extra")
def test_without_the_extra_a_scan_fails_with_what_to_install(parse_bytes: Parse) -> None:
    outcome = parse_bytes(scan(DRAWN))
    assert (outcome.status, outcome.error_code) == ("failed", "no_text")
    assert "pip install 'perftable-etl[ocr]'" in (outcome.error_message or "")


@pytest.mark.usefixtures("without_extra")
def test_without_the_extra_the_other_pages_are_read(parse_bytes: Parse) -> None:
    outcome = parse_bytes(scan(DRAWN, pages=frozenset({1})))
    assert outcome.declarations
    (finding,) = (finding for finding in outcome.findings if finding.code == "page_without_text")
    assert finding.severity == "warning"
    assert "pip install 'perftable-etl[ocr]'" in finding.message
    assert "page_by_ocr" not in codes(outcome)


def test_nothing_of_the_extra_is_imported_for_printed_pages(tmp_path: Path) -> None:
    path = tmp_path / "printed.pdf"
    path.write_bytes(DRAWN)
    program = (
        f"import sys; from perftable_etl import parse; parse({str(path)!r});"
        "print({'rapidocr', 'onnxruntime', 'cv2'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"
