"""What no form took, though it looks like part of one: the rest of a form after a page that was not expected, the
second file of a form split in two, a table drawn with characters.

It is held against the document as its forms were found in it, by places: whatever stands in a cell, a heading or a
repeated header of a form was taken. Prose and other tables between forms show no such marks and are no part of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import regex

from perftable_etl.document import Block, Cell, Document, Form, Grid, LaidOutPage, Line, Place
from perftable_etl.geometry.boxes import around_places
from perftable_etl.normalize.interpret.hallmarks import NOTHING, TITLED, Hallmarks, find_hallmarks
from perftable_etl.normalize.interpret.titled_tables import says_something, titled_tables
from perftable_etl.normalize.layouts.catalogue import is_level
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.values.text import count_characters

_REACH = 12
"""Rows without any mark that may stand between two with one: a goal's lines, names without levels."""

_BOUND = regex.compile(r"\p{Han}[^\t]*\t\s*[≥≤=><＝]\s*[0-9][0-9.,]*\s*[(（][^\t()（）]{1,6}[)）]$")
"""A name, and beside it a sign, a number and its unit in brackets: only targets are printed so."""

_FEWEST_BOUNDS = 2

_LONGEST_NARROW = 4
"""Characters of a line that a narrow cell is wrapped into."""

_MOST_LINES = 4
"""Lines that the name of a level is wrapped over."""


class UnreadRow(NamedTuple):
    """A printed line, or the cells of one row of a table with tabs between them.

    `marks` are what of a form it shows; `is_marked` says whether it shows any, or another row of its table does.
    """

    text: str
    place: Place
    marks: Hallmarks
    is_marked: bool

    def titled(self) -> UnreadRow:
        """The same in a table below the title of a form."""
        return self._replace(marks=self.marks | TITLED, is_marked=True)


class UnreadText(NamedTuple):
    """Rows below each other on one page, of which no form took any."""

    rows: tuple[UnreadRow, ...]

    @property
    def marks(self) -> Hallmarks:
        """What its rows show together."""
        marks = NOTHING
        for row in self.rows:
            marks |= row.marks
        return marks

    @property
    def text(self) -> str:
        """Its rows as lines."""
        return "\n".join(row.text for row in self.rows)

    @property
    def place(self) -> Place:
        """Where it stands."""
        return around_places(row.place for row in self.rows)

    @property
    def characters(self) -> int:
        """How many characters it has, white space left out."""
        return sum(count_characters(row.text) for row in self.rows)


def find_unread(document: Document, forms: Sequence[Form], vocabulary: Vocabulary) -> list[UnreadText]:
    """The unread_texts of a document that look like part of a form and that none of its `forms` took.

    Where a form stands on the same page, or before, less tells that they are the rest of it; the page right before it
    may be one of its own, bound in the wrong order.
    """
    first_page = min((form.pages[0] for form in forms), default=None)
    taken = frozenset().union(*map(_places, forms))
    runs = (run for laid_out in document.pages for run in _untaken(laid_out, taken, vocabulary))
    unread_texts = (UnreadText(tuple(rows)) for run in runs for rows in _parts(run))
    return [unread_text for unread_text in unread_texts if _is_unread(unread_text, first_page)]


def _is_unread(unread_text: UnreadText, first_page: int | None) -> bool:
    marks, page = unread_text.marks, unread_text.place.page
    if marks.is_form or sum(_BOUND.search(row.text) is not None for row in unread_text.rows) >= _FEWEST_BOUNDS:
        return True
    if first_page is None or page < first_page - 1:
        return False
    return (
        marks.goes_on if page >= first_page else any(row.marks.levels and "\t" in row.text for row in unread_text.rows)
    )


def _places(form: Form) -> list[Place]:
    """Where everything stands that a form took."""
    cells = (*form.grid.cells, *form.repeats)
    whole = [cell.place for cell in cells if not cell.parts]
    cut = [place for cell in cells for _, place in cell.parts]
    return [*(line.place for line in form.heading), *whole, *cut]


def _untaken(laid_out: LaidOutPage, taken: frozenset[Place], vocabulary: Vocabulary) -> Iterator[list[UnreadRow]]:
    """The rows of a page that no form took, those together with nothing taken between them."""
    for is_taken, rows in groupby(_rows(laid_out, taken, vocabulary), key=lambda row: row is None):
        if not is_taken:
            yield [row for row in rows if row]


def _rows(laid_out: LaidOutPage, taken: frozenset[Place], vocabulary: Vocabulary) -> Iterator[UnreadRow | None]:
    """The lines and rows of cells on a page; None for each that a form took, and for a table that it took all of."""
    titled = titled_tables(laid_out.blocks)
    for is_narrow, blocks in groupby(laid_out.blocks, _is_narrow):
        rows = [row for block in blocks for row in _rows_of_block(block, taken, vocabulary, titled)]
        if is_narrow and None not in rows:
            rows[:1] = [_with_levels(row, [one.text for one in rows if one], vocabulary) for row in rows[:1] if row]
        yield from rows


def _rows_of_block(
    block: Block, taken: frozenset[Place], vocabulary: Vocabulary, titled: Collection[int]
) -> Iterator[UnreadRow | None]:
    if isinstance(block, Grid):
        rows = list(_rows_of_grid(block, taken, vocabulary))
        is_titled = id(block) in titled and any(rows) and says_something(block)
        return (row and row.titled() for row in rows) if is_titled else iter(rows)
    return iter((None if block.place in taken else _row(block.text, block.place, vocabulary),))


def _is_narrow(block: Block) -> bool:
    """Whether a block is a line as short as those that narrow cells are wrapped into."""
    return isinstance(block, Line) and len(block.text) <= _LONGEST_NARROW


def _with_levels(row: UnreadRow, lines: Sequence[str], vocabulary: Vocabulary) -> UnreadRow:
    """The first of some narrow lines, with the names of levels that they are together."""
    names = (_level_over_lines(lines[start : start + _MOST_LINES]) for start in range(len(lines)))
    marks = row.marks | find_hallmarks(" ".join(name for name in names if name), vocabulary)
    return row._replace(marks=marks, is_marked=marks != NOTHING)


def _level_over_lines(lines: Sequence[str]) -> str | None:
    """The name of a level that is wrapped over the first lines."""
    names = ("".join(lines[:count]) for count in range(len(lines), 1, -1))
    return next(filter(is_level, names), None)


def _row(text: str, place: Place, vocabulary: Vocabulary) -> UnreadRow:
    marks = find_hallmarks(text, vocabulary)
    return UnreadRow(text, place, marks, marks != NOTHING)


def _rows_of_grid(grid: Grid, taken: frozenset[Place], vocabulary: Vocabulary) -> Iterator[UnreadRow | None]:
    """The rows of a table with something in them. A cell over several rows stands in its first."""
    printed = [cell for cell in grid.cells if cell.text]
    if printed and taken.issuperset([cell.place for cell in printed]):  # as of nearly all tables
        return iter((None,))
    by_row = groupby(printed, key=lambda cell: cell.row)
    rows = [_row_of_cells([cell for cell in cells if not _is_taken(cell, taken)], vocabulary) for _, cells in by_row]
    is_marked = any(row and row.is_marked for row in rows)
    return (row and row._replace(is_marked=is_marked) for row in rows)


def _is_taken(cell: Cell, taken: frozenset[Place]) -> bool:
    return any(place in taken for _, place in cell.printed)


def _row_of_cells(cells: Sequence[Cell], vocabulary: Vocabulary) -> UnreadRow | None:
    if not cells:
        return None
    text = "\t".join("".join(cell.text.split("\n")) for cell in cells)
    return _row(text, around_places(cell.place for cell in cells), vocabulary)


def _parts(rows: Sequence[UnreadRow]) -> Iterator[list[UnreadRow]]:
    """Of rows without a gap the stretches that begin and end with a mark, with few rows without one between."""
    part: list[UnreadRow] = []
    waiting: list[UnreadRow] = []
    for row in rows:
        if not row.is_marked:
            waiting.append(row)
            continue
        if part and len(waiting) > _REACH:
            yield part
            part = []
        part += [*waiting, row] if part else [row]
        waiting = []
    if part:
        yield part
