"""Any number of disclosures out of a few drawn ones: texts are changed in place, by others of the same length.

MuPDF draws page contents without compression, each text as the hexadecimal digits of its UTF-16, so that a text can be
exchanged in the bytes of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pymupdf

from tests.drawing.forms import DrawnDisclosure, Printed
from tests.drawing.mupdf import Pen, draw
from tests.drawing.sources import source

UNIT = "网络安全和信息化"
"""What stands in names and titles of the drawn disclosures, and names the unit in the changed ones."""

HEADING = "项目经费情况说明"
"""What stands over the pages before the form."""

PROJECT = "项目0000000"
AMOUNT = 123_456
PROJECTS_PER_UNIT = 20

INDICATORS_PER_FORM = len(source("cac-2024").projects[0].indicators)

PAGES_BEFORE = 3
"""Pages of a budget without a form."""

KINDS = ("form", "budget", "form", "pages", "pages")
"""What documents are, in turn: a form, a budget with one form, pages of a budget without."""


class Template(NamedTuple):
    """A drawn disclosure, and what is changed in it."""

    kind: str
    data: bytes

    def changed(self, number: int) -> bytes:
        """The disclosure with this number, of fewer than a million: a unit, a project and an amount of its own."""
        data = _exchanged(self.data, UNIT, f"第{number // PROJECTS_PER_UNIT:05}单位")
        data = _exchanged(data, HEADING, f"说明{number:06}")
        data = _exchanged(data, PROJECT, f"项目{number:07}")
        return _exchanged(data, f"{AMOUNT:,}", f"{100_000 + number % 900_000:,}")


def templates() -> dict[str, Template]:
    """One of each kind."""
    drawn = _drawn()
    pages = _pages_before(draw(drawn, Pen(preface=True)))
    form = draw(drawn)
    found = {"form": form, "budget": _together(pages, form), "pages": pages}
    return {kind: Template(kind, data) for kind, data in found.items()}


def write_corpus(folder: Path, documents: int) -> None:
    """Writes this many disclosures below `folder`, a thousand a folder; those that are there stay."""
    known = templates()
    for number, path in _paths(folder, documents):
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(known[KINDS[number % len(KINDS)]].changed(number))


def forms_among(documents: int) -> int:
    """How many of as many disclosures have a form."""
    return sum(KINDS[number % len(KINDS)] != "pages" for number in range(documents))


def _paths(folder: Path, documents: int) -> Iterator[tuple[int, Path]]:
    for number in range(documents):
        yield number, folder / f"{number // 1000:04}" / f"{number:07}.pdf"


def _exchanged(data: bytes, text: str, other: str) -> bytes:
    before, after = _in_hex(text), _in_hex(other)
    assert len(before) == len(after), (text, other)
    return data.replace(before, after)


def _in_hex(text: str) -> bytes:
    return text.encode("utf-16-be").hex().encode()


def _drawn() -> DrawnDisclosure:
    """One project with all its indicators."""
    whole = source("cac-2024")
    amount = Printed.money(f"{AMOUNT:,}.00")
    first = replace(
        whole.projects[0],
        name=Printed.plain(PROJECT),
        annual_funds=amount,
        annual_fiscal_appropriation=amount,
    )
    return replace(whole, projects=(first,))


def _pages_before(data: bytes) -> bytes:
    """The page before the form, several times, with a number of its own for each document."""
    with pymupdf.open(stream=data) as document:
        document.select([0] * PAGES_BEFORE)
        return bytes(document.tobytes(no_new_id=True))


def _together(pages: bytes, form: bytes) -> bytes:
    with pymupdf.open(stream=pages) as document, pymupdf.open(stream=form) as other:
        document.insert_pdf(other)
        return bytes(document.tobytes(no_new_id=True))
