"""The tables of tabbed text: runs of rows that belong to one form.

A heading ends a table, unless rows go on below it as where a page prints the title again; so does the row that gives a
project its name, once the table has one. Lines without tabs among the rows stay with them: they are cells alone in
their rows, go on a cell, or are of the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from perftable_etl.document import Box, Cell, Place
from perftable_etl.normalize.forms.labelling import label
from perftable_etl.normalize.layouts.additions import ends_form, is_of_page
from perftable_etl.normalize.layouts.headings import is_heading, is_table_title
from perftable_etl.normalize.layouts.vocabulary import Meaning, Vocabulary
from perftable_etl.normalize.layouts.words import GOALS
from perftable_etl.normalize.rebuild.outside import is_outside_too
from perftable_etl.normalize.rebuild.tabbed.heads import head_rows, is_head
from perftable_etl.normalize.rebuild.tabbed.rows import Row, full_width, together, with_more
from perftable_etl.normalize.values.text import is_left_open

Style = Literal["blank", "missing"]
"""How a text leaves out what merged cells cover: a blank field for each column and row, or no field at all."""

LONGEST_LABEL = 20
"""Characters. A longer text is a value, however little is known of it."""

_FEWEST_LABELS = 2  # labels of a form that a table without the head of an indicator table must have to be one
_FEWEST_ROWS = 2
_FEWEST_CELLS = 3  # of the first row of a block whose label has more beside it than one value
_MOST_PROSE = 3  # sentences below each other that may stand among the rows of a table; more of them part two tables
_LONGEST_LINE = 30  # characters of a line that is no sentence
_EVEN = 0.7  # the share of rows with one count of fields from which on that is the count of all: others are broken
_MOST_LINES = 8  # that one row is broken into at most

_NOWHERE = Place(1, Box(0, 0, 0, 0))


class Table(NamedTuple):
    """The rows of one table, lines without tabs among them, and where its heads stand (`head_rows`).

    `of_page` are lines of the page, `doubtful` those that may be rows, `joined` those that go on a cell.
    """

    rows: tuple[Row, ...]
    heads: dict[int, int]
    of_page: tuple[Row, ...] = ()
    doubtful: tuple[Row, ...] = ()
    joined: tuple[Row, ...] = ()

    @property
    def is_even(self) -> bool:
        """Whether all rows have the same count of fields."""
        return len({len(row.fields) for row in self.rows if row.is_tabbed}) == 1

    @property
    def upper(self) -> tuple[Row, ...]:
        """The rows above the first head."""
        return self.rows[: min(self.heads, default=len(self.rows))]

    def parts(self) -> Iterator[tuple[Sequence[Row], Sequence[Row]]]:
        """Each head with the rows below it, as far as the next."""
        for at, following in pairwise([*sorted(self.heads), len(self.rows)]):
            body = at + self.heads[at]
            yield self.rows[at:body], self.rows[body:following]


def find_tables(rows: Sequence[Row], vocabulary: Vocabulary) -> list[Table]:
    """The tables among all rows of a document that may be forms."""
    runs = (run[: max(index + 1 for index, row in enumerate(run) if row.is_tabbed)] for run in _runs(rows, vocabulary))
    tables = (Table(tuple(run), head_rows(run, vocabulary)) for run in runs)
    return [table for table in tables if _may_be_form(table, vocabulary)]


def _may_be_form(table: Table, vocabulary: Vocabulary) -> bool:
    names = (meaning_of_field(text, vocabulary).above for row in table.rows for text in row.texts)
    labels = set(filter(None, names))
    return len(table.rows) >= _FEWEST_ROWS and (bool(table.heads) or len(labels) >= _FEWEST_LABELS)


def meaning_of_field(text: str, vocabulary: Vocabulary) -> Meaning:
    """What a field may be, also one that holds a label and its value."""
    return label(Cell(text, 0, 0, 1, 1, _NOWHERE), vocabulary).meaning


def leads(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether more rows may stand beside the first cell of a row: no field has more than one value."""
    meaning, *others = (meaning_of_field(one.text, vocabulary) for one in row.fields)
    if meaning.label in GOALS or meaning.is_side:
        return bool(others)
    holds_pairs = len(others) > 1 and _is_field(others[1]) and not others[0].is_label
    return meaning.label is None and len(row.fields) >= _FEWEST_CELLS and not holds_pairs


def _is_field(meaning: Meaning) -> bool:
    return meaning.label is not None and meaning.label not in GOALS


def _is_title_row(row: Row) -> bool:
    """Whether a row is a heading: a line without tabs, or a cell that is alone at the left of its row."""
    return len(row.texts) == 1 and not row.first and (is_heading(row.texts[0]) or is_table_title(row.texts[0]))


def _runs(rows: Sequence[Row], vocabulary: Vocabulary) -> Iterator[list[Row]]:
    run: list[Row] = []
    for index, row in enumerate(rows):
        if run and (_ends_run(rows[index:], vocabulary) or _begins_form(run, row, vocabulary)):
            yield run
            run = []
        if run or (row.is_tabbed and not _is_title_row(row)):
            run.append(row)
    if run:
        yield run


def _ends_run(rows: Sequence[Row], vocabulary: Vocabulary) -> bool:
    """Whether a heading, or prose, ends the table above it."""
    if _is_title_row(rows[0]):
        return not _goes_on(rows[1:], vocabulary)
    is_prose = [not row.is_tabbed and len(row.lines[0].text) > _LONGEST_LINE for row in rows[:_MOST_PROSE]]
    return len(is_prose) == _MOST_PROSE and all(is_prose)


def _goes_on(rows: Sequence[Row], vocabulary: Vocabulary) -> bool:
    """Whether a table goes on below a heading: rows follow, and no label of another form before the next heading."""
    count = 0
    for row in rows:
        if _is_title_row(row) and count:
            return True
        if row.is_tabbed:
            names_field = any(meaning_of_field(text, vocabulary).above for text in row.texts)
            if names_field or (count > 1 and is_head(row, vocabulary)):
                return False
            count += 1
    return count > 0


def _begins_form(run: Sequence[Row], row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row gives a project its name, in a table that has one already, or rows of indicators."""
    return _gives_name(row, vocabulary) and any(_gives_name(one, vocabulary) or is_head(one, vocabulary) for one in run)


def _gives_name(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row begins with the label of a project's name, a value beside it."""
    if not row.is_tabbed or not row.texts or meaning_of_field(row.texts[0], vocabulary).label != "name":
        return False
    return len(row.texts) > 1 and vocabulary.concept(row.texts[1]) is None


def style_of(tables: Sequence[Table], vocabulary: Vocabulary) -> Style:
    """How most rows that go on beside a label show it: they begin with a blank, or they lack a field.

    Where no row shows it, rows of unequal counts of fields do.
    """
    firsts = [first for table in tables for first in _firsts(table, vocabulary)]
    blanks = sum(first > 0 for first in firsts)
    if not firsts:
        return "blank" if all(table.is_even for table in tables) else "missing"
    return "missing" if len(firsts) > 2 * blanks else "blank"


def _firsts(table: Table, vocabulary: Vocabulary) -> Iterator[int]:
    """The first fields with a text of rows that stand beside a label: of indicators, or of money."""
    if not table.heads:
        rows = [row for row in table.rows if row.is_tabbed]
        yield from (row.first for row in rows if row.first or len(row.fields) != len(rows[0].fields))
        return
    yield from _beside_money(table.upper, vocabulary)
    head, body = next(table.parts())
    width = len(head[0].fields)
    yield from (row.first for row in head[1:] if row.first or len(row.fields) < width)
    width = max(width, full_width(body))
    yield from (row.first for row in body if row.is_tabbed and (row.first or len(row.fields) < width))


def _beside_money(rows: Sequence[Row], vocabulary: Vocabulary) -> Iterator[int]:
    """The same of rows of money below one that begins with a label for all of them."""
    is_beside = False
    for row in rows:
        if row.texts and row.is_tabbed and vocabulary.meaning(row.texts[0]).money:
            if is_beside:
                yield row.first
        else:
            is_beside = row.first == 0 and any(vocabulary.meaning(text).money for text in row.texts[1:])


def sort_lines(table: Table, style: Style, outside: frozenset[str], vocabulary: Vocabulary) -> Table:
    """A table with each line without tabs in its place; `outside` are the lines outside all tables, folded."""
    kept: list[Row] = []
    of_page: list[Row] = []
    doubtful: list[Row] = []
    joined: list[Row] = []
    first_head = min(table.heads, default=len(table.rows))
    for index, row in enumerate(table.rows):
        is_again = _is_title_row(row) or (len(row.texts) == 1 and is_of_page(row.texts[0]))
        if index > first_head and is_again:
            of_page.append(row)
        elif row.is_tabbed or (index < first_head and _is_alone(kept, row, style, vocabulary)):
            kept.append(row)
        elif is_again or is_outside_too(row.texts[0], outside) or (index > first_head and ends_form(row.texts[0])):
            of_page.append(row)
        elif kept and (index < first_head or is_left_open("".join(kept[-1].texts[-1:]))):
            kept[-1] = with_more(kept[-1], kept[-1].end - 1, row)
            joined.append(row)
        else:
            doubtful.append(row)
    return Table(tuple(kept), head_rows(kept, vocabulary), tuple(of_page), tuple(doubtful), tuple(joined))


def _is_alone(kept: Sequence[Row], row: Row, style: Style, vocabulary: Vocabulary) -> bool:
    """Whether a line is a cell that is alone in its row: a label, or what stands below one.

    So is the one cell beside a label that has one head beside it, where merged cells leave no field.
    """
    if not kept or meaning_of_field(row.texts[0], vocabulary).is_label:
        return bool(kept)
    above = kept[-1]
    if not above.is_tabbed:
        return meaning_of_field(above.texts[0], vocabulary).is_label
    if style == "blank" or len(above.fields) != 2 or not leads(above, vocabulary):
        return False
    second = above.fields[1].text
    return vocabulary.meaning(second).is_label or len(second) <= LONGEST_LABEL < len(row.texts[0])


def with_whole_rows(table: Table, vocabulary: Vocabulary) -> Table:
    """A table with its broken rows put together: of lines that give the count together, each is one row."""
    counts = Counter(len(row.fields) for row in table.rows if row.is_tabbed)
    ((count, often),) = counts.most_common(1)
    if often < _EVEN * sum(counts.values()) or often == len(table.rows):
        return table
    rows: list[Row] = []
    index = 0
    while index < len(table.rows):
        lines = _lines_of_row(table.rows[index : index + _MOST_LINES], count)
        rows.append(together(table.rows[index : index + lines]))
        index += lines
    return Table(tuple(rows), head_rows(rows, vocabulary))


def _lines_of_row(rows: Sequence[Row], count: int) -> int:
    """How many of these lines give a row of so many fields together; 1 where none do."""
    fields = len(rows[0].fields)
    for number, (before, row) in enumerate(pairwise(rows), start=2):
        if not rows[0].is_tabbed or fields >= count or not (before.fields[-1].text and row.fields[0].text):
            return 1
        fields += len(row.fields) - 1
        if fields == count:
            return number
    return 1
