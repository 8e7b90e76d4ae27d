"""Rebuilding the grids of forms whose tables have no rules, or too few, from where their text stands.

The grid that comes out is the one the form is printed in, page by page, so that one reader reads both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from perftable_etl.document import Document, Grid, LaidOutPage, Line, Page, Word
from perftable_etl.geometry.boxes import around_words
from perftable_etl.geometry.reading_order import line_text, split_lines
from perftable_etl.geometry.transform import turn
from perftable_etl.messages import Message
from perftable_etl.normalize.forms.find import loose_labels
from perftable_etl.normalize.forms.recurring_lines import MARGIN_KINDS
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.aligned.cells import cells_of
from perftable_etl.normalize.rebuild.aligned.passages import place_on
from perftable_etl.normalize.rebuild.aligned.tables import AlignedTable, grids_of, tables_of
from perftable_etl.normalize.rebuild.rebuilt import Rebuilt, with_grids
from perftable_etl.records import Finding

# labels that make a page worth looking at: fewer than a form has, for some may be wrapped or read wrong
_FEWEST_LABELS = 4
_FRAME = 2  # columns. A form's table has at least a name, a target and a label beside them
_DOUBTFUL = 0.5  # em by which a text is off the place where it should stand: a person should look


def unruled_pages(document: Document, vocabulary: Vocabulary) -> frozenset[int]:
    """The pages on which a form without rules may stand: those with its labels, and those it may go on over."""
    numbers: set[int] = set()
    for page in document.pages:
        # Rules tell columns on a page with a table; a frame around lines tells none.
        has_table = any(isinstance(block, Grid) and block.column_count > _FRAME for block in page.blocks)
        goes_on = page.number - 1 in numbers and not has_table
        if goes_on or len(loose_labels(page, vocabulary).labels) >= _FEWEST_LABELS:
            numbers.add(page.number)
    return frozenset(numbers)


def rebuild(document: Document, pages: Iterable[Page], vocabulary: Vocabulary) -> Rebuilt:
    """The document with the forms on `pages`, which it has no grids for, told by where their text stands.

    What the document has in its margins stays there.
    """
    by_number = {laid_out.number: laid_out for laid_out in document.pages}
    findings: list[Finding] = []
    clear = (_clear(page, by_number[page.number]) for page in pages)
    filled = enumerate(page for page in clear if page.words)  # a page without a word tells nothing
    for _, group in groupby(filled, lambda item: item[1].number - item[0]):
        printed = [page for _, page in group]
        setting = cells_of(printed, vocabulary)
        tables = tables_of(setting.cells, setting.em, vocabulary)
        placed = [(table, page) for page, own in zip(printed, tables, strict=True) for table in own]
        grids = grids_of(placed, vocabulary)
        for page, own in zip(printed, tables, strict=True):
            used = {word for table in own for cell in table.cells for word in cell.passage.words}
            lines = split_lines([word for word in page.words if word not in used])
            by_number[page.number] = with_grids(by_number[page.number], _lines(page, lines), grids)
        findings += (finding for table, page in placed for finding in _findings(table, page, vocabulary))
    return Rebuilt(Document(tuple(by_number.values())), tuple(findings))


def _clear(page: Page, laid_out: LaidOutPage) -> Page:
    """A page without what stands in its margins."""
    margins = [noise.place.box for noise in laid_out.noise if noise.kind in MARGIN_KINDS]
    paper = turn(page.skew, page.width, page.height)
    middles = ((word, paper.box(word.box).middle) for word in page.words) if margins else ()
    inside = {word for word, at in middles if any(box.holds(*at) for box in margins)}
    return replace(page, words=tuple(word for word in page.words if word not in inside)) if inside else page


def _lines(page: Page, lines: Iterable[Sequence[Word]]) -> Iterator[Line]:
    return (Line(line_text(words), place_on(page, around_words(words))) for words in lines)


def _findings(table: AlignedTable, page: Page, vocabulary: Vocabulary) -> Iterator[Finding]:
    """That the cells of a form were told by alignment, and where that left a doubt."""
    for cell in table.cells:
        text, place = cell.passage.text, place_on(page, cell.passage.box)
        if vocabulary.names_project(text):
            message = Message(
                "the form on page {page} has no rules between its cells; the position of the text separates them",
                page=place.page,
            )
            yield Finding(code="cells_by_alignment", severity="info", message=message, place=place)
        if cell.off > _DOUBTFUL:
            message = Message("the row of this text is not clear from its position; compare it with the page")
            yield Finding(code="alignment_doubtful", severity="warning", message=message, raw=text, place=place)
