"""Text files: which rebuilder makes the grids of their forms, and what parts their cells.

Copied on Windows, from a web page or out of mail, tabs become runs of U+00A0, of U+3000 or of plain blanks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import regex

from perftable_etl.document import Document, Grid, Line
from perftable_etl.normalize.forms.recurring_lines import without_repeated_heads
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.flattened import rebuild as flattened
from perftable_etl.normalize.rebuild.rebuilt import Rebuilt
from perftable_etl.normalize.rebuild.tabbed import rebuild as tabbed
from perftable_etl.normalize.rebuild.tabbed.heads import head_rows
from perftable_etl.normalize.rebuild.tabbed.rows import read_rows

_FEWEST_COLUMNS = 3  # that a line must name to be a header
_GAP = regex.compile(r"(?<=\S)[ \u00a0\u2000-\u200a\u3000]+(?=\S)")


def rebuild(document: Document, vocabulary: Vocabulary) -> Rebuilt:
    """The document with the grids of its forms: from tabs where its forms have them, else from its lines alone.

    Where the head of no indicator table has tabs, lines that have some may be of one that is broken into lines.
    """
    document = without_repeated_heads(_with_tabs(document, vocabulary), vocabulary)
    rows = [row for row in read_rows(list(document.lines())) if row.is_tabbed]
    if rows and any(head_rows(rows, vocabulary)):
        return tabbed.rebuild(document, vocabulary)
    # Tabs that end lines stand for nothing without columns.
    rebuilt = flattened.rebuild(_with_lines(document, str.rstrip), vocabulary)
    has_grid = any(isinstance(block, Grid) for page in rebuilt.document.pages for block in page.blocks)
    return rebuilt if has_grid or not rows else tabbed.rebuild(document, vocabulary)


def _with_tabs(document: Document, vocabulary: Vocabulary) -> Document:
    """The document with tabs for the blanks that part its header's columns; as it is where those are tabs or unequal.

    A tab takes the place of one blank and the others stay, so that every character keeps its place.
    """
    texts = [line.text for line in document.lines()]
    gap = next((gap for text in texts if (gap := _gap_of_header(text, vocabulary))), None)
    if gap is None or any("\t" in text for text in texts):
        return document
    return _with_lines(document, lambda text: text.replace(gap, "\t" + gap[1:]))


def _gap_of_header(text: str, vocabulary: Vocabulary) -> str | None:
    """What parts the columns of a header, once or several times; None where there is none, or one plain blank."""
    gaps = {*_GAP.findall(text)} - {" "}
    gap = min(gaps, key=len, default="")
    if not gap or any(other.replace(gap, "") for other in gaps):
        return None
    return gap if sum(vocabulary.column(name) is not None for name in text.split(gap)) >= _FEWEST_COLUMNS else None


def _with_lines(document: Document, change: Callable[[str], str]) -> Document:
    """The document with the texts of its lines changed."""
    pages = []
    for page in document.pages:
        lines = (replace(block, text=change(block.text)) for block in page.blocks if isinstance(block, Line))
        pages.append(replace(page, blocks=tuple(lines)))
    return Document(tuple(pages))
