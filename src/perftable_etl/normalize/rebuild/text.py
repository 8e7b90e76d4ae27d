"""Text files: which rebuilder makes the grids of their forms."""

from __future__ import annotations

from collections.abc import Iterator

from perftable_etl.document import Block, Document, LaidOutPage, Line
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.flattened import rebuild as flattened
from perftable_etl.normalize.rebuild.rebuilt import Rebuilt
from perftable_etl.normalize.rebuild.tabbed import rebuild as tabbed
from perftable_etl.normalize.rebuild.tabbed.blanks import with_tabs
from perftable_etl.normalize.rebuild.tabbed.heads import is_head
from perftable_etl.normalize.rebuild.tabbed.rows import read_rows

_FEWEST = 3
"""Lines of a form with tabs between words of its frame that make a text one of tables."""


def rebuild(document: Document, vocabulary: Vocabulary) -> Rebuilt:
    """The document with the grids of its forms: from tabs where its forms have them, else from its lines alone."""
    document = with_tabs(document, vocabulary)
    if _is_tabbed(document, vocabulary):
        return tabbed.rebuild(document, vocabulary)
    return flattened.rebuild(_without_last_tabs(document), vocabulary)


def _is_tabbed(document: Document, vocabulary: Vocabulary) -> bool:
    """Whether tabs part the words of a form: in the head of its indicator table, or in several lines."""
    rows = [row for row in read_rows(list(document.lines())) if row.is_tabbed]
    if any(is_head(row, vocabulary) for row in rows):
        return True
    return sum(len(row.texts) > 1 and any(_is_word(text, vocabulary) for text in row.texts) for row in rows) >= _FEWEST


def _is_word(text: str, vocabulary: Vocabulary) -> bool:
    meaning = vocabulary.meaning(text)
    return meaning.is_label or meaning.is_level


def _without_last_tabs(document: Document) -> Document:
    """The document without tabs that end its lines: without columns they stand for nothing."""
    return Document(tuple(LaidOutPage(page.number, tuple(_blocks(page))) for page in document.pages))


def _blocks(page: LaidOutPage) -> Iterator[Block]:
    for block in page.blocks:
        is_tabbed = isinstance(block, Line) and block.text.endswith("\t")
        yield Line(block.text.rstrip(), block.place) if is_tabbed and isinstance(block, Line) else block
