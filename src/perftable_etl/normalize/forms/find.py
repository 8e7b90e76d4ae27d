"""Finding the forms in a document, cutting them out and stitching each over its pages.

A form begins at the row that gives a project its name, or at a title or the head of an indicator table that no form is
open for. It goes on over every later grid whose columns stand where the form's stand, until the next one begins or a
title that was not seen before says that something else does.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.document import Cell, Document, Grid, LaidOutPage, Line, Place
from perftable_etl.geometry.boxes import around_places
from perftable_etl.normalize.forms.evidence import are_of_titled_form, header_rows
from perftable_etl.normalize.forms.fragments import Fragment
from perftable_etl.normalize.forms.labelled_form import LabelledForm
from perftable_etl.normalize.forms.labelling import LabelledCell, label_grid
from perftable_etl.normalize.forms.long_tables import part_by_project
from perftable_etl.normalize.forms.open_forms import OpenForm, has_title_row
from perftable_etl.normalize.forms.project_lists import holds_list
from perftable_etl.normalize.forms.table_heads import find_headers
from perftable_etl.normalize.layouts.headings import (
    is_continued,
    is_heading,
    is_table_title,
    is_title,
)
from perftable_etl.normalize.layouts.vocabulary import UNKNOWN, Vocabulary
from perftable_etl.normalize.values.text import fold

_FEWEST_LABELS = 6
"""Fewer different labels among other text are a list that mentions projects, not a form."""

_MOST_ABOVE = 3
"""Rows of a grid above the row with a project's name that may say whose form it is, and when."""

_SHORTEST_BEGINNING = 3
"""Characters. Fewer are the beginning of too many words."""

_LONGEST_ROW = 120
"""Characters. A longer line is prose that mentions labels, not a row of a form."""


@dataclass(slots=True)
class _Walk:
    """A walk through a document: the forms so far, whether the last still goes on, and the lines since its end.

    `waiting` are rows of the pages right before that no form took; `unseen_page` is the last page that is an image.
    """

    vocabulary: Vocabulary
    forms: list[OpenForm] = field(default_factory=list)
    is_open: bool = False
    above: list[Line] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    waiting: list[Fragment] = field(default_factory=list)
    unseen_page: int = 0

    def pass_page(self, laid_out: LaidOutPage) -> None:
        """Pass the lines and grids of a page. Of one that is an image nobody knows what it has."""
        if laid_out.is_scan and not laid_out.blocks:
            self.unseen_page = laid_out.number
        waiting, self.waiting = self.waiting, []
        for block in laid_out.blocks:
            if isinstance(block, Line):
                self.above.append(block)
            else:
                self._pass_grid(block)
        self._put_in_order(waiting, laid_out.number)

    def _pass_grid(self, grid: Grid) -> None:
        """Give each fragment of a grid to the form it goes on, or begin one with it, or pass it by."""
        for fragment in _cut(grid, self.vocabulary, is_open=self.is_open):
            titles = {fold(line.text) for line in self.above if _heads_another(line)}
            if self.forms and self._goes_on(self.forms[-1], fragment, titles - self.titles):
                self.is_open = True
            else:
                self.is_open = fragment.starts or bool(fragment.headers) or self._is_told(fragment)
                if self.is_open:
                    self.forms.append(OpenForm(_heading(self.above), [fragment], self.vocabulary))
                else:
                    self.waiting.append(fragment)
            self.titles |= titles
            self.above.clear()

    def _goes_on(self, form: OpenForm, fragment: Fragment, new_titles: Container[str]) -> bool:
        """Give a fragment to a form if it is a part of it, or a page of it printed again."""
        if not fragment.starts and form.has_printed(fragment):
            form.copies.append(fragment)
        elif self._is_part(form, fragment, new_titles):
            form.fragments.append(fragment)
        else:
            return False
        return True

    def _is_part(self, form: OpenForm, fragment: Fragment, new_titles: Container[str]) -> bool:
        if self.is_open and not new_titles and not fragment.starts and form.takes(fragment):
            return True
        if fragment.starts:
            return self.is_open and not new_titles and form.repeats_top(fragment)
        is_headed = bool(new_titles and fragment.headers)
        return self.unseen_page <= form.last_page and not is_headed and form.resumes(fragment)

    def _put_in_order(self, waiting: list[Fragment], page: int) -> None:
        """Give what the pages right before this one have of the form that begins on it to that form."""
        form = self.forms[-1] if self.forms else None
        if form is None or form.fragments[0].page != page:
            self.waiting = [*waiting, *self.waiting] if self.waiting else []
            return
        form.fragments += (fragment for fragment in waiting if form.precedes(fragment))
        before = self.forms[-2] if len(self.forms) > 1 else None
        stray = before.stray if before and before.last_page == page - 1 else None
        if before and stray and form.precedes(stray):
            before.fragments.remove(stray)
            form.fragments.append(stray)

    def _is_told(self, fragment: Fragment) -> bool:
        """Whether a fragment lists indicators in a cell, or has a title."""
        return holds_list(fragment.cells) or self._is_titled(fragment)

    def _is_titled(self, fragment: Fragment) -> bool:
        """Whether a form's title stands above a fragment, or in its first row."""
        return any(is_title(line.text) for line in _heading(self.above)) or has_title_row(fragment.cells)


def find_forms(document: Document, vocabulary: Vocabulary) -> list[LabelledForm]:
    """The forms of a document whose tables have rules, in reading order."""
    walk = _Walk(vocabulary)
    for laid_out in document.pages:
        walk.pass_page(laid_out)
    whole = (form.finished() for form in walk.forms if form.is_form)
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
    return LabelledCell.of(part._replace(text="", cut_above=False, parts=(), confidence=None), UNKNOWN)


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
        if cell.text:
            rows.setdefault(cell.row, []).append(cell)
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


def _heads_another(line: Line) -> bool:
    """Whether a line may be the title of a table that begins below it."""
    return is_table_title(line.text) and not is_continued(line.text)


def _heading(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Of the lines above a table those that belong to it: from its title on, or the year and unit lines right above."""
    first = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        if is_heading(lines[index].text):
            first = index
        elif first - index > 1:
            break
    return tuple(lines[first:])
