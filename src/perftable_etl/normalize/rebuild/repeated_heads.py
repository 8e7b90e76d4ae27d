"""Heads of columns that a text prints again among the rows of one form, as at the top of each of its pages.

They say nothing more. The heads of another form stand below labels of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from perftable_etl.document import Block, Document, Line
from perftable_etl.normalize.layouts.vocabulary import Vocabulary

_FEWEST_COLUMNS = 3
"""Columns that a line must name to be a header."""


def without_repeated_heads(document: Document, vocabulary: Vocabulary) -> Document:
    """The document without the lines that only print again the heads above them."""
    again = set(_repeats(list(document.lines()), vocabulary))
    if not again:
        return document
    pages = (replace(page, blocks=tuple(_others(page.blocks, again))) for page in document.pages)
    return Document(tuple(pages))


def _others(blocks: Sequence[Block], again: set[int]) -> Iterator[Block]:
    return (block for block in blocks if id(block) not in again)


def _repeats(lines: Sequence[Line], vocabulary: Vocabulary) -> Iterator[int]:
    """Which lines have the very heads of the header above them, nothing but rows of indicators between."""
    header: tuple[str, ...] = ()
    for line in lines:
        texts = tuple(text for field in line.text.split("\t") if (text := field.strip()))
        if len(texts) >= _FEWEST_COLUMNS and all(vocabulary.column(text) for text in texts):
            if texts == header:
                yield id(line)
            header = texts
        elif any(vocabulary.meaning(text).label for text in texts):
            header = ()
