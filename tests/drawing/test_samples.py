"""The samples are what they claim to be: complete, traceable to the published texts, small, and free of traces."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from tests.drawing.forms import expected
from tests.drawing.layouts import forms
from tests.drawing.redraw import ALL, SAMPLES
from tests.drawing.sources import names, source

PDFS = sorted(SAMPLES.glob("*.pdf"))
TEXTS = sorted(SAMPLES.glob("*.txt"))
ARCHIVES = sorted([*SAMPLES.glob("*.docx"), *SAMPLES.glob("*.xlsx")])
WEB = sorted(SAMPLES.glob("*.html"))
DRAWN = sorted([*PDFS, *ARCHIVES, *WEB])
CUT_NAME = "内容评估检查工具升级优化和使用", "支撑服务"


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def stem(path: Path) -> str:
    return path.name.split(".")[0]


def pages(path: Path) -> list[str]:
    with pymupdf.open(path) as document:
        return [squeezed(page.get_text()) for page in document]


def test_every_sample_is_drawn_by_a_known_recipe() -> None:
    assert [path.name for path in DRAWN] == sorted(sample.file for sample in ALL)


@pytest.mark.parametrize("name", names())
def test_expected_records_are_those_of_the_source(name: str) -> None:
    assert json.loads((SAMPLES / f"{name}.expected.json").read_text("utf-8")) == expected(source(name))


@pytest.mark.parametrize(("name", "counts"), [("cac-2024", [5, 5, 17, 9, 17]), ("cac-2025", [25, 17, 12, 17, 3, 30])])
def test_disclosures_have_all_their_indicators(name: str, counts: list[int]) -> None:
    assert [len(project.indicators) for project in source(name).projects] == counts


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_source_has_exactly_the_characters_of_the_published_text(path: Path) -> None:
    disclosure = source(stem(path))
    drawn = [disclosure.title]
    for form in forms(disclosure):
        drawn += [*form.heading, *(cell.text for cell in form.table.cells)]
    assert Counter(squeezed("".join(drawn))) == Counter(squeezed(path.read_text("utf-8")))


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_pdf_prints_every_expected_string(path: Path) -> None:
    with pymupdf.open(path) as document:
        words = {word[4] for page in document for word in page.get_text("words")}
    missing = [text for text in strings(source_records(path)) if not is_made_of(squeezed(text), words)]
    assert not missing


def source_records(path: Path) -> dict[str, Any]:
    records: dict[str, Any] = json.loads((SAMPLES / f"{stem(path)}.expected.json").read_text("utf-8"))
    return records


def strings(records: dict[str, Any]) -> Iterator[str]:
    """What must be printed as it is: amounts, dates and levels are printed in forms of their own."""
    for project in records["projects"]:
        for field in ("name", "nature", "category", "competent_department", "implementing_unit"):
            yield project[field]
        for indicator in project["indicators"]:
            yield from (indicator["level2"], indicator["level3"], indicator["target_raw"])


def is_made_of(text: str, words: set[str]) -> bool:
    """Whether a text is a run of printed pieces, however its lines and pages were broken.

    A piece is a whole word or, since words of neighbouring cells may touch, at least three characters of one.
    """
    printed, shortest = "\n".join(words), min(3, len(text))
    reached = {0}
    for end in range(1, len(text) + 1):
        pieces = (text[start:end] for start in reached)
        if any(piece in words or (len(piece) >= shortest and piece in printed) for piece in pieces):
            reached.add(end)
    return len(text) in reached


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_pdf_is_small_and_tells_nothing_of_the_machine(path: Path) -> None:
    data = path.read_bytes()
    assert len(data) < 500_000
    assert not re.search(rb"/(tmp|home|root|work|Users)/|file://|localhost", data)
    with pymupdf.open("pdf", data) as document:
        assert document.metadata["title"] == source(stem(path)).title
        assert not document.metadata["author"]


@pytest.mark.parametrize("path", ARCHIVES, ids=lambda path: path.name)
def test_office_document_is_small_and_tells_nothing_of_the_machine(path: Path) -> None:
    assert len(path.read_bytes()) < 100_000
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not re.search(rb"/(tmp|home|root|work|Users)/|file://|localhost", b"".join(parts.values()))
    assert source(stem(path)).title.encode() in parts["docProps/core.xml"]


@pytest.mark.parametrize("producer", ["weasyprint", "chromium", "writer"])
def test_page_break_cuts_a_name_in_two(producer: str) -> None:
    whole = "".join(CUT_NAME)
    texts = pages(SAMPLES / f"cac-2025.{producer}.pdf")
    assert not any(whole in text for text in texts)
    assert any(CUT_NAME[0] in text for text in texts)
