"""Blanks that stand for tabs: what parts the columns of an indicator table's header parts cells everywhere.

Copied on Windows, from a web page or out of mail, tabs become runs of U+00A0, of U+3000 or of plain blanks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import regex

from perftable_etl.document import Document, LaidOutPage, Line
from perftable_etl.normalize.layouts.vocabulary import Vocabulary

_GAP = regex.compile(r"(?<=\S)[ \u00a0\u2000-\u200a\u3000]+(?=\S)")
_FEWEST = 3  # columns that a line must name to be a header


def with_tabs(document: Document, vocabulary: Vocabulary) -> Document:
    """The document with tabs for the blanks that part its header's columns; as it is where those are tabs or unequal.

    A tab takes the place of one blank and the others stay, so that every character keeps its place.
    """
    lines = [line for line in document.lines() if "\t" not in line.text]
    gap = next((gap for line in lines if (gap := _gap_of_header(line.text, vocabulary))), None)
    if gap is None or any("\t" in line.text for line in document.lines()):
        return document
    pattern = regex.compile(regex.escape(gap))
    return Document(tuple(_page(page, pattern, "\t" + gap[1:]) for page in document.pages))


def _gap_of_header(text: str, vocabulary: Vocabulary) -> str | None:
    """What parts the columns of a header, once or several times; None where there is none, or one plain blank."""
    gaps = [match[0] for match in _GAP.finditer(text.strip())]
    are_columns = [vocabulary.column(name) is not None for name in _GAP.split(text.strip())]
    between = {gap for gap, pair in zip(gaps, pairwise(are_columns), strict=True) if all(pair)}
    if sum(are_columns) < _FEWEST or not between:
        return None
    gap = min(between, key=len)
    return gap if gap != " " and not any(other.replace(gap, "") for other in between) else None


def _page(page: LaidOutPage, gap: regex.Pattern[str], tab: str) -> LaidOutPage:
    return replace(page, blocks=tuple(_blocks(page.blocks, gap, tab)))


def _blocks(blocks: Iterable[object], gap: regex.Pattern[str], tab: str) -> Iterable[Line]:
    for block in blocks:
        if isinstance(block, Line):
            yield Line(gap.sub(tab, block.text), block.place)
