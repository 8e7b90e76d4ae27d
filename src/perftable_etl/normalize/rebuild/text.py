"""Text files: which rebuilder makes the grids of their forms."""

from __future__ import annotations

from collections.abc import Iterator

from perftable_etl.document import Block, Document, Grid, LaidOutPage, Line
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.flattened import rebuild as flattened
from perftable_etl.normalize.rebuild.rebuilt import Rebuilt
from perftable_etl.normalize.rebuild.tabbed import rebuild as tabbed
from perftable_etl.normalize.rebuild.tabbed.blanks import with_tabs
from perftable_etl.normalize.rebuild.tabbed.heads import is_head
from perftable_etl.normalize.rebuild.tabbed.rows import Row, read_rows

_FEWEST = 3  # lines of a form with tabs between words of its frame that make a text one of tables


def rebuild(document: Document, vocabulary: Vocabulary) -> Rebuilt:
    """The document with the grids of its forms: from tabs where its forms have them, else from its lines alone.

    Where the head of no indicator table has tabs, lines that have some may be of one that is broken into lines.
    """
    document = with_tabs(document, vocabulary)
    rows = [row for row in read_rows(list(document.lines())) if row.is_tabbed]
    if any(is_head(row, vocabulary) for row in rows):
        return tabbed.rebuild(document, vocabulary)
    rebuilt = flattened.rebuild(_without_last_tabs(document), vocabulary)
    if _has_grid(rebuilt.document) or sum(_parts_words(row, vocabulary) for row in rows) < _FEWEST:
        return rebuilt
    return tabbed.rebuild(document, vocabulary)


def _has_grid(document: Document) -> bool:
    return any(isinstance(block, Grid) for page in document.pages for block in page.blocks)


def _parts_words(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether tabs part a word of a form's frame from something else in a row."""
    return len(row.texts) > 1 and any(_is_word(text, vocabulary) for text in row.texts)


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
