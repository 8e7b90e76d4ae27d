"""Rebuilding the grids of forms whose tables have no rules, or too few, from where their text stands.

The grid that comes out is the one the form is printed in, so that one interpreter reads both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from perftable_etl.document import Document, Grid, LaidOutPage, Line, Noise, Page
from perftable_etl.geometry.transform import turn
from perftable_etl.messages import Message
from perftable_etl.normalize.forms.find import loose_labels
from perftable_etl.normalize.forms.margins import MARGIN_KINDS
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.aligned.form import AlignedForm, read_forms
from perftable_etl.normalize.rebuild.aligned.grid import make_grid
from perftable_etl.normalize.rebuild.aligned.stacked_pages import Passage, lines_of, stack_pages
from perftable_etl.normalize.rebuild.rebuilt import Rebuilt, with_grids
from perftable_etl.records import Finding

# labels that make a page worth looking at: fewer than a form has, for some may be wrapped or read wrong
_FEWEST_LABELS = 4
_FRAME = 2  # columns. A form's table has at least a name, a target and a label beside them
# lines by which a text is off the place where it should stand, or what weighs as much: a person should look
_DOUBTFUL = 1.0


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

    What the document has in its margins stays there. Headers that a page prints again are among its noise.
    """
    by_number = {laid_out.number: laid_out for laid_out in document.pages}
    findings: list[Finding] = []
    clear = (_clear(page, by_number[page.number]) for page in pages)
    filled = enumerate(page for page in clear if page.words)  # a page without a word tells nothing
    for _, group in groupby(filled, lambda item: item[1].number - item[0]):
        stacked = stack_pages([page for _, page in group])
        forms = read_forms(stacked, vocabulary)
        grids = [make_grid(form) for form in forms]
        findings += (finding for form, grid in zip(forms, grids, strict=True) for finding in _findings(form, grid))
        used = {word for form in forms for section in form.sections for word in section.area.words()}
        left = [word for word in stacked.words if word not in used]
        again = [word for form in forms for table in form.tables() for word in table.area.repeated]
        for number in {word.place.page for word in used}:
            page = by_number[number]
            noise = (Noise("running_head", line.text, line.place) for line in _lines_on(number, again))
            lines = (Line(line.text, line.place) for line in _lines_on(number, left))
            by_number[number] = with_grids(replace(page, noise=(*page.noise, *noise)), lines, grids)
    return Rebuilt(Document(tuple(by_number.values())), tuple(findings))


def _lines_on(number: int, words: Iterable[Passage]) -> list[Passage]:
    return lines_of(word for word in words if word.place.page == number)


def _clear(page: Page, laid_out: LaidOutPage) -> Page:
    """A page without what stands in its margins."""
    margins = [noise.place.box for noise in laid_out.noise if noise.kind in MARGIN_KINDS]
    paper = turn(page.skew, page.width, page.height)
    middles = ((word, paper.box(word.box).middle) for word in page.words) if margins else ()
    inside = {word for word, at in middles if any(box.holds(*at) for box in margins)}
    return replace(page, words=tuple(word for word in page.words if word not in inside)) if inside else page


def _findings(form: AlignedForm, grid: Grid) -> Iterator[Finding]:
    """That a form's cells were told by alignment, and where that left a doubt."""
    message = Message(
        "the form on page {page} has no rules between its cells; the position of the text separates them",
        page=grid.place.page,
    )
    yield Finding(code="cells_by_alignment", severity="info", message=message, place=grid.place)
    for section in form.sections:
        for field in section.fields:
            yield from (_doubtful(text, "value") for text in field.texts if field.cost > _DOUBTFUL)
    for table in form.tables():
        for row in table.rows:
            if row.doubt > _DOUBTFUL and len(row.printed) > 1:
                yield _doubtful(row.printed[0], "indicator")
        for label in table.labels:
            if label.label and label.cost > _DOUBTFUL:
                yield _doubtful(label.label, "label")


def _doubtful(text: Passage, what: str) -> Finding:
    message = Message("the row of this {what} is not clear from its position; compare it with the page", what=what)
    return Finding(code="alignment_doubtful", severity="warning", message=message, raw=text.text, place=text.place)
