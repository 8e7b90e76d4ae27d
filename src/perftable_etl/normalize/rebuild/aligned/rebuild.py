"""Rebuilding the grids of forms whose tables have no rules, or too few, from where their text stands.

The grid that comes out is the one the form is printed in, so that one interpreter reads both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from perftable_etl.document import Block, Document, Grid, LaidOutPage, Line, Noise, Page
from perftable_etl.geometry.transform import turn
from perftable_etl.messages import Message
from perftable_etl.normalize.forms.find import loose_labels
from perftable_etl.normalize.forms.margins import MARGIN_KINDS
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.aligned.form import AlignedForm, read_forms
from perftable_etl.normalize.rebuild.aligned.grid import make_grid
from perftable_etl.normalize.rebuild.aligned.passages import Passage, lines_of
from perftable_etl.normalize.rebuild.aligned.stacked_pages import stack_pages
from perftable_etl.normalize.rebuild.aligned.table import AlignedTable
from perftable_etl.normalize.rebuild.rebuilt import Rebuilt
from perftable_etl.records import Finding

_FEWEST_LABELS = 4
"""Labels that make a page worth looking at: fewer than a form has, for some may be wrapped or read wrong."""

_FRAME = 2
"""Columns. A form's table has at least a name, a target and a label beside them."""

_DOUBTFUL = 1.0
"""Lines by which a text is off the place where it should stand, or what weighs as much: a person should look."""


def unruled_pages(document: Document, vocabulary: Vocabulary) -> frozenset[int]:
    """The pages on which a form without rules may stand: those with its labels, and those it may go on over."""
    numbers: set[int] = set()
    for laid_out in document.pages:
        if len(loose_labels(laid_out, vocabulary).labels) >= _FEWEST_LABELS or (
            laid_out.number - 1 in numbers and not _has_table(laid_out)
        ):
            numbers.add(laid_out.number)
    return frozenset(numbers)


def _has_table(laid_out: LaidOutPage) -> bool:
    """Whether rules tell columns on a page; a frame around lines tells none."""
    return any(isinstance(block, Grid) and block.column_count > _FRAME for block in laid_out.blocks)


def rebuild(document: Document, pages: Iterable[Page], vocabulary: Vocabulary) -> Rebuilt:
    """The document with the forms on `pages`, which it has no grids for, told by where their text stands.

    What the document has in its margins stays there.
    """
    by_number = {laid_out.number: laid_out for laid_out in document.pages}
    findings: list[Finding] = []
    for group in _consecutive(_clear(page, by_number[page.number]) for page in pages):
        stacked = stack_pages(group)
        forms = read_forms(stacked, vocabulary)
        grids = [make_grid(form) for form in forms]
        findings += (finding for form, grid in zip(forms, grids, strict=True) for finding in _findings(form, grid))
        used = {word for form in forms for word in form.area.words()}
        left = [word for word in stacked.words if word not in used]
        for number in {word.place.page for word in used}:
            by_number[number] = _with_repeats(_with_grids(by_number[number], left, grids), forms)
    return Rebuilt(Document(tuple(by_number.values())), tuple(findings))


def _clear(page: Page, laid_out: LaidOutPage) -> Page:
    """A page without what stands in its margins."""
    margins = [noise.place.box for noise in laid_out.noise if noise.kind in MARGIN_KINDS]
    if not margins:
        return page
    paper = turn(page.skew, page.width, page.height)
    middles = [paper.box(word.box).middle for word in page.words]
    kept = (word for word, at in zip(page.words, middles, strict=True) if not any(box.holds(*at) for box in margins))
    return replace(page, words=tuple(kept))


def _consecutive(pages: Iterable[Page]) -> Iterator[list[Page]]:
    """Pages in groups of those that follow one another; a page without a word tells nothing."""
    for _, group in groupby(enumerate(page for page in pages if page.words), lambda item: item[1].number - item[0]):
        yield [page for _, page in group]


def _with_grids(laid_out: LaidOutPage, words: Iterable[Passage], grids: Iterable[Grid]) -> LaidOutPage:
    """A page with those of the grids that begin on it, and those of the words that stand on it as lines."""
    own = lines_of(word for word in words if word.place.page == laid_out.number)
    blocks: list[Block] = [Line(line.text, line.place) for line in own]
    blocks += [grid for grid in grids if grid.place.page == laid_out.number]
    blocks.sort(key=lambda block: block.place.box.y0)
    return replace(laid_out, blocks=tuple(blocks))


def _with_repeats(laid_out: LaidOutPage, forms: Iterable[AlignedForm]) -> LaidOutPage:
    """A page with the headers that it prints again among its noise: they run at the head of each page of a table."""
    words = [
        word
        for form in forms
        for table in form.area.tables()
        for word in table.repeated
        if word.place.page == laid_out.number
    ]
    noise = (Noise("running_head", line.text, line.place) for line in lines_of(words))
    return replace(laid_out, noise=(*laid_out.noise, *noise))


def _findings(form: AlignedForm, grid: Grid) -> Iterator[Finding]:
    """That a form's cells were told by alignment, and where that left a doubt."""
    message = Message(
        "the form on page {page} has no rules between its cells; the position of the text separates them",
        page=grid.place.page,
    )
    yield Finding(code="cells_by_alignment", severity="info", message=message, place=grid.place)
    for field in form.fields():
        if field.cost > _DOUBTFUL:
            yield from (_doubtful(text, "value") for text in field.texts)
    for table in form.tables():
        yield from _doubtful_rows(table)


def _doubtful_rows(table: AlignedTable) -> Iterator[Finding]:
    for row in table.rows:
        if row.doubt > _DOUBTFUL and len(row.printed) > 1:
            yield _doubtful(row.printed[0], "indicator")
    for label in table.labels:
        if label.label and label.cost > _DOUBTFUL:
            yield _doubtful(label.label, "label")


def _doubtful(passage: Passage, what: str) -> Finding:
    message = Message("the row of this {what} is not clear from its position; compare it with the page", what=what)
    return Finding(
        code="alignment_doubtful", severity="warning", message=message, raw=passage.text, place=passage.place
    )
