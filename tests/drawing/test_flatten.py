"""Flattened text has the characters of the form, and in the published file's own layout also its lines."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.drawing import sources
from tests.drawing.flatten import Broken, Tabbed, broken, printed_lines, tabbed
from tests.drawing.forms import DrawnDisclosure
from tests.drawing.layouts import forms
from tests.drawing.redraw import SAMPLES


def characters(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s", "", text))


def printed(disclosure: DrawnDisclosure) -> Counter[str]:
    every = [disclosure.title]
    for form in forms(disclosure):
        every += [*form.heading, *(cell.text for cell in form.table.cells)]
    return characters("".join(every))


@pytest.mark.parametrize("name", sources.names())
@pytest.mark.parametrize("style", [Tabbed(), Tabbed(spans=True), Tabbed(rows_per_page=18, page_mark="\f")])
def test_tabs_keep_every_character(name: str, style: Tabbed) -> None:
    disclosure = sources.source(name)
    assert characters(tabbed(disclosure, style)) == printed(disclosure)


@pytest.mark.parametrize("name", sources.names())
@pytest.mark.parametrize(
    "style", [Broken(), Broken(spaced=True, loose=True), Broken(lines_per_page=40, cut_names=True, interleaved=True)]
)
def test_broken_lines_keep_every_character(name: str, style: Broken) -> None:
    disclosure = sources.source(name)
    assert characters(broken(disclosure, style)) == printed(disclosure)


@pytest.mark.parametrize("name", sources.names())
def test_printed_lines_keep_every_character(name: str) -> None:
    disclosure = sources.source(name)
    assert not printed(disclosure) - characters(printed_lines(disclosure))


def test_tabs_look_like_the_published_text() -> None:
    disclosure = sources.source("cac-2024")
    published = [line.strip() for line in (SAMPLES / "cac-2024.txt").read_text("utf-8").splitlines()]
    drawn = [line.strip() for line in tabbed(disclosure).splitlines()]
    shared = sum((Counter(published) & Counter(drawn)).values())
    assert shared / len(published) > 0.8


def test_broken_lines_look_like_the_published_text() -> None:
    disclosure = sources.source("cac-2025")
    published = (SAMPLES / "cac-2025.txt").read_text("utf-8").split()
    drawn = broken(disclosure, Broken(total=42.5, spaced=True)).split()
    shared = sum((Counter(published) & Counter(drawn)).values())
    assert shared / len(published) > 0.6
