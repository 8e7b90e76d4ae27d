"""The slower producers still print every character; skipped where their programs are not installed."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections import Counter
from collections.abc import Callable, Sequence

import pymupdf
import pytest

from tests.drawing import html, office
from tests.drawing.composition import Block, Plan, compose
from tests.drawing.html import Style
from tests.drawing.office import Paper
from tests.drawing.sources import names, source
from tests.drawing.table import DrawnTable

Draw = Callable[[str, Sequence[Block]], bytes]


def program(*commands: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not any(map(shutil.which, commands)), reason=f"needs {commands[0]}")


def module(name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(importlib.util.find_spec(name) is None, reason=f"needs {name}")


def chromium(title: str, blocks: Sequence[Block]) -> bytes:
    return html.chromium(title, blocks, Style())


def weasyprint(title: str, blocks: Sequence[Block]) -> bytes:
    return html.weasyprint(title, blocks, Style())


def writer(title: str, blocks: Sequence[Block]) -> bytes:
    return office.writer(title, blocks, Paper())


def calc(title: str, blocks: Sequence[Block]) -> bytes:
    return office.calc(title, blocks, Paper())


@pytest.mark.slow
@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(chromium, marks=program("chromium", "chromium-browser", "google-chrome")),
        pytest.param(weasyprint, marks=module("weasyprint")),
        pytest.param(writer, marks=[program("soffice"), module("docx")]),
        pytest.param(calc, marks=[program("soffice"), module("openpyxl")]),
    ],
)
def test_every_character_is_printed(draw: Draw, name: str) -> None:
    disclosure = source(name)
    blocks = list(compose(disclosure, Plan()))
    cells = "".join(cell.text for block in blocks if isinstance(block, DrawnTable) for cell in block.cells)
    with pymupdf.open("pdf", draw(disclosure.title, blocks)) as document:
        printed = "".join(page.get_text() for page in document)
    assert not characters(cells) - characters(printed)


def characters(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s", "", text))
