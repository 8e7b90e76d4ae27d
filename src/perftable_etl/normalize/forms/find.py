"""Finding the forms in a document, cutting them out and stitching each over its pages.

A form begins at the row that gives a project its name, or at a title or the head of an indicator table that no form is
open for. It goes on over every later grid whose columns stand where the form's stand, until the next one begins or a
title that was not seen before says that something else does.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.document import Cell, Document, Form, Grid, LaidOutPage, Line, Place
from perftable_etl.geometry.boxes import around_places
from perftable_etl.normalize.forms.evidence import are_of_titled_form, header_rows, is_form
from perftable_etl.normalize.forms.labelled_form import LabelledForm, labelled_form
from perftable_etl.normalize.forms.labelling import LabelledCell, label_grid
from perftable_etl.normalize.forms.long_tables import part_by_project
from perftable_etl.normalize.forms.page_breaks import Fragment, align, stitch
from perftable_etl.normalize.forms.project_lists import holds_list
from perftable_etl.normalize.forms.table_heads import find_headers
from perftable_etl.normalize.layouts.headings import (
    is_heading,
    is_table_title,
    is_title,
    names_performance,
    read_title,
)
from perftable_etl.normalize.layouts.vocabulary import UNKNOWN, Vocabulary
from perftable_etl.normalize.values.text import fold

_FEWEST_REPEATED = 3
"""Header fields that a fragment shares with the form above it where it is another form's whose first label is lost."""

_FEWEST_LABELS = 6
"""Fewer different labels among other text are a list that mentions projects, not a form."""

_MOST_ABOVE = 3
"""Rows of a grid above the row with a project's name that may say whose form it is, and when."""

_SHORTEST_BEGINNING = 3
"""Characters. Fewer are the beginning of too many words."""

_LONGEST_ROW = 120
"""Characters. A longer line is prose that mentions labels, not a row of a form."""


@dataclass(slots=True)
class _Draft:
    """A form while its fragments are still being collected."""

    heading: tuple[Line, ...]
    fragments: list[Fragment]

    def takes(self, fragment: Fragment) -> bool:
        """Whether `fragment` can go on where this form stopped: its columns match, and it does not begin all over."""
        if fragment.page - self.fragments[-1].page > 1 or align(self.fragments, fragment) is None:
            return False
        labels = _labels_above(fragment)
        return len(labels) < _FEWEST_REPEATED or len(labels & self._labels()) < _FEWEST_REPEATED

    def _labels(self) -> set[str]:
        return set().union(*map(_labels_above, self.fragments))

    @property
    def is_form(self) -> bool:
        """Whether what was collected is a form, not another table that has some of its words."""
        has_title = any(map(_is_of_form, self.heading)) or _has_title(self.fragments[0].cells)
        return is_form(self.fragments, has_title=has_title)


@dataclass(slots=True)
class _Walk:
    """A walk through a document: the drafts so far, whether the last still goes on, and the lines since its end."""

    vocabulary: Vocabulary
    drafts: list[_Draft] = field(default_factory=list)
    is_open: bool = False
    above: list[Line] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)

    def pass_grid(self, grid: Grid) -> None:
        """Give each fragment of a grid to the form it goes on, or begin one with it, or pass it by."""
        for fragment in _cut(grid, self.vocabulary, is_open=self.is_open):
            new_titles = {fold(line.text) for line in self.above if is_table_title(line.text)} - self.titles
            if self.is_open and not fragment.starts and not new_titles and self.drafts[-1].takes(fragment):
                self.drafts[-1].fragments.append(fragment)
            else:
                self.is_open = fragment.starts or bool(fragment.headers) or self._is_told(fragment)
                if self.is_open:
                    self.drafts.append(_Draft(_heading(self.above), [fragment]))
            self.titles |= new_titles
            self.above.clear()

    def _is_told(self, fragment: Fragment) -> bool:
        """Whether a fragment lists indicators in a cell, or has a title."""
        return holds_list(fragment.cells) or self._is_titled(fragment)

    def _is_titled(self, fragment: Fragment) -> bool:
        """Whether a form's title stands above a fragment, or in its first row."""
        return any(is_title(line.text) for line in _heading(self.above)) or _has_title(fragment.cells)


def find_forms(document: Document, vocabulary: Vocabulary) -> list[LabelledForm]:
    """The forms of a document whose tables have rules, in reading order."""
    walk = _Walk(vocabulary)
    for laid_out in document.pages:
        for block in laid_out.blocks:
            if isinstance(block, Line):
                walk.above.append(block)
            else:
                walk.pass_grid(block)
    whole = (_finish(draft, vocabulary) for draft in walk.drafts if draft.is_form)
    return [form for labelled in whole for form in part_by_project(labelled, vocabulary)]


def find_unruled_pages(document: Document, vocabulary: Vocabulary) -> list[Place]:
    """Where the labels of a form stand outside every table: a form whose rules are missing, or were not found."""
    found = [(loose_labels(laid_out, vocabulary), _is_titled_text(laid_out)) for laid_out in document.pages]
    return [
        loose.place
        for loose, is_titled in found
        if loose.place and (len(loose.labels) >= _FEWEST_LABELS or (is_titled and are_of_titled_form(loose.labels)))
    ]


def _is_titled_text(laid_out: LaidOutPage) -> bool:
    """Whether a page without any table has the title of a form."""
    lines = [block for block in laid_out.blocks if isinstance(block, Line)]
    return len(lines) == len(laid_out.blocks) and any(is_title(line.text) for line in lines)


class LooseLabels(NamedTuple):
    """Labels that stand among other text, and where; no place without any."""

    place: Place | None
    labels: frozenset[str]


def loose_labels(laid_out: LaidOutPage, vocabulary: Vocabulary) -> LooseLabels:
    """The labels on a page, or beginnings of labels that narrow columns wrap, with no cell of their own."""
    found = [
        (text, label)
        for text in _loose_texts(laid_out, vocabulary)
        for part in text.text.split()
        if (label := _label_of(part, vocabulary))
    ]
    place = around_places(text.place for text, _ in found) if found else None
    return LooseLabels(place, frozenset(label for _, label in found))


def _loose_texts(laid_out: LaidOutPage, vocabulary: Vocabulary) -> Iterator[Line | Cell]:
    """The lines of a page, and the cells with a label among other text: rules stand around a table, not its cells."""
    for block in laid_out.blocks:
        if isinstance(block, Line):
            if len(block.text) <= _LONGEST_ROW:
                yield block
        else:
            yield from (cell for cell in block.cells if " " in cell.text and _is_crowded(cell, vocabulary))


def _is_crowded(cell: Cell, vocabulary: Vocabulary) -> bool:
    """Whether a cell's first line has several texts set apart, a label among them, and not its translation only."""
    parts = [part for part in cell.text.partition("\n")[0].split() if not _is_latin(part)]
    return len(parts) > 1 and sum(_label_of(part, vocabulary) is not None for part in parts) * 3 >= len(parts)


def _is_latin(text: str) -> bool:
    """Whether a text is a Latin word, as in a label's translation."""
    return text.isascii() and text.strip(".:-").isalpha()


def _label_of(text: str, vocabulary: Vocabulary) -> str | None:
    """What a text is the label of, or begins the label of."""
    return vocabulary.concept(text) or (vocabulary.begun(text) if len(text) >= _SHORTEST_BEGINNING else None)


def _cut(grid: Grid, vocabulary: Vocabulary, *, is_open: bool) -> list[Fragment]:
    """A grid cut at the rows where a project begins, together with the title rows just above them.

    Where no form `is_open` before it, the few rows above the first project are its own.
    """
    cells = label_grid(grid, vocabulary)
    headers = header_rows(find_headers(cells))
    starts = _start_rows(cells, headers)
    if starts and not is_open and min(starts) <= _MOST_ABOVE:
        starts = {0, *starts - {min(starts)}}
    cuts = sorted({0, *starts, grid.row_count})
    return [
        Fragment(
            _between(cells, first, last) if len(cuts) > 2 else cells,
            first,
            last,
            grid.boundaries,
            first in starts,
            frozenset(row for row in headers if first <= row < last),
            grid.is_rebuilt,
        )
        for first, last in pairwise(cuts)
    ]


def _between(cells: Sequence[LabelledCell], first: int, last: int) -> tuple[LabelledCell, ...]:
    """The cells in rows `first` to `last` (excluded): they fill them, and none reaches out."""
    within = (_cut_to(cell, first, last) for cell in cells if cell.row < last and cell.end_row > first)
    return tuple(sorted(within, key=lambda cell: (cell.row, cell.column)))


def _cut_to(cell: LabelledCell, first: int, last: int) -> LabelledCell:
    """The part of a cell in some rows. What a frame around two forms holds stays with the first of them."""
    if first <= cell.row and cell.end_row <= last:
        return cell
    row, end_row = max(cell.row, first), min(cell.end_row, last)
    whole = cell.cell
    part = whole._replace(row=row, row_span=end_row - row, cut_below=whole.cut_below and whole.end_row == end_row)
    if row == whole.row:
        return cell.with_cell(part)
    return LabelledCell(part._replace(text="", cut_above=False, parts=(), confidence=None), UNKNOWN)


def _start_rows(cells: Sequence[LabelledCell], headers: Container[int]) -> set[int]:
    """The rows in which a project begins: those that open with the label of its name, with the titles above.

    A text that stands alone in its row may be a title of the form below.
    """
    names = [(index, cell) for index, cell in enumerate(cells) if cell.meaning.label == "name"]
    printed = _printed_rows(cells) if names else {}
    return {
        _with_title_rows(label.row, printed)
        for index, label in names
        if label.row not in headers and _names_project(label, cells[index + 1 : index + 2], printed[label.row])
    }


def _printed_rows(cells: Iterable[LabelledCell]) -> dict[int, list[LabelledCell]]:
    """The cells with something in them by the row that they begin in."""
    rows: dict[int, list[LabelledCell]] = {}
    for cell in cells:
        if cell.cell.text:
            rows.setdefault(cell.cell.row, []).append(cell)
    return rows


def _names_project(label: LabelledCell, following: Sequence[LabelledCell], texts: Sequence[LabelledCell]) -> bool:
    """Whether the label of a project's name opens its row, `texts` being what is printed in that.

    Beside it stands a value, and not the head of another column. What stands beside the rows of a block may come first.
    """
    opens = label is texts[0] or (label is texts[1] and (_stands_beside(texts[0]) or label.ends_with_colon))
    return opens and (bool(label.inline) or any(cell.row == label.row and cell.concept is None for cell in following))


def _stands_beside(labelled: LabelledCell) -> bool:
    """Whether a cell is merged down over the rows of a block, or is known to be printed beside one."""
    return labelled.meaning.is_side or labelled.cell.row_span > 1


def _with_title_rows(row: int, texts: Mapping[int, Sequence[LabelledCell]]) -> int:
    """The first of the title rows right above `row` (2026年度, 财政项目支出绩效目标申报表), or `row` itself."""
    while [cell.is_heading for cell in texts.get(row - 1, ())] == [True]:
        row -= 1
    return row


def _labels_above(fragment: Fragment) -> set[str]:
    """The header fields, goals and amounts that a fragment has labels of, those of a table's header left out."""
    meanings = (cell.meaning for cell in fragment.cells if cell.cell.row not in fragment.headers)
    return {meaning.concept for meaning in meanings if meaning.concept and not meaning.column}


def _is_of_form(line: Line) -> bool:
    """Whether a line is a form's title, or that of a document on performance."""
    title = None if is_title(line.text) else read_title(line.text)
    return is_title(line.text) or (title is not None and names_performance(title.text))


def _has_title(cells: Sequence[LabelledCell]) -> bool:
    """Whether a form's title is one of the headings among the cells."""
    return any(cell.is_heading and is_title(cell.text) for cell in cells)


def _heading(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Of the lines above a table those that belong to it: from its title on, or the year and unit lines right above."""
    first = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        if is_heading(lines[index].text):
            first = index
        elif first - index > 1:
            break
    return tuple(lines[first:])


def _finish(draft: _Draft, vocabulary: Vocabulary) -> LabelledForm:
    stitched = stitch(draft.fragments, vocabulary)
    grid = replace(stitched.grid, is_rebuilt=any(fragment.is_rebuilt for fragment in draft.fragments))
    return labelled_form(Form(draft.heading, grid, stitched.repeats), stitched.cells)
