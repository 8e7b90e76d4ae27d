"""The tables of tabbed text: runs of rows that belong to one form.

A heading ends a table, unless rows go on below it as where a page prints the title again; so does the row that gives a
project its name, once the table has one. Lines without tabs among the rows stay with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perftable_etl.document import Box, Cell, Place
from perftable_etl.normalize.forms.labelling import label
from perftable_etl.normalize.layouts.headings import is_heading, is_table_title
from perftable_etl.normalize.layouts.vocabulary import Meaning, Vocabulary
from perftable_etl.normalize.rebuild.tabbed.heads import head_rows, is_head
from perftable_etl.normalize.rebuild.tabbed.rows import Row

_FEWEST_LABELS = 2
"""Labels of a form that a table without the head of an indicator table must have to be one."""

_FEWEST_ROWS = 2

_MOST_PROSE = 3
"""Sentences below each other that may stand among the rows of a table. More of them part two tables."""

_LONGEST_LINE = 30
"""Characters of a line that is no sentence."""

_NOWHERE = Place(1, Box(0, 0, 0, 0))


class Table(NamedTuple):
    """The rows of one table, lines without tabs among them, and where its heads stand (`head_rows`)."""

    rows: tuple[Row, ...]
    heads: dict[int, int]


def find_tables(rows: Sequence[Row], vocabulary: Vocabulary) -> list[Table]:
    """The tables among all rows of a document that may be forms."""
    runs = (_trimmed(run, vocabulary) for run in _runs(rows, vocabulary))
    tables = (Table(tuple(run), head_rows(run, vocabulary)) for run in runs)
    return [table for table in tables if _may_be_form(table, vocabulary)]


def _may_be_form(table: Table, vocabulary: Vocabulary) -> bool:
    if len(table.rows) < _FEWEST_ROWS:
        return False
    labels = {name for row in table.rows for text in row.texts if (name := named(text, vocabulary))}
    return bool(table.heads) or len(labels) >= _FEWEST_LABELS


def named(text: str, vocabulary: Vocabulary) -> str | None:
    """What a field is the label of above an indicator table, also where it holds the value too."""
    return meaning_of_field(text, vocabulary).above


def meaning_of_field(text: str, vocabulary: Vocabulary) -> Meaning:
    """What a field may be, also one that holds a label and its value."""
    return label(Cell(text, 0, 0, 1, 1, _NOWHERE), vocabulary).meaning


def is_title_row(row: Row) -> bool:
    """Whether a row is a heading: a line without tabs, or a cell that is alone at the left of its row."""
    if len(row.texts) != 1 or row.first > 0:
        return False
    return is_heading(row.texts[0]) or is_table_title(row.texts[0])


def _runs(rows: Sequence[Row], vocabulary: Vocabulary) -> Iterator[list[Row]]:
    run: list[Row] = []
    for index, row in enumerate(rows):
        if run and (_ends_run(rows, index, vocabulary) or _begins_form(run, row, vocabulary)):
            yield run
            run = []
        if run or (row.is_tabbed and not is_title_row(row)):
            run.append(row)
    if run:
        yield run


def _trimmed(run: list[Row], vocabulary: Vocabulary) -> list[Row]:
    """A run without the lines below its last row."""
    end = max(index + 1 for index, row in enumerate(run) if row.is_tabbed)
    return run[:end]


def _ends_run(rows: Sequence[Row], index: int, vocabulary: Vocabulary) -> bool:
    """Whether a heading, or prose, ends the table above it."""
    if is_title_row(rows[index]):
        return not _goes_on(rows, index + 1, vocabulary)
    return len(rows) >= index + _MOST_PROSE and all(map(_is_prose, rows[index : index + _MOST_PROSE]))


def _is_prose(row: Row) -> bool:
    return not row.is_tabbed and len(row.lines[0].text) > _LONGEST_LINE


def _goes_on(rows: Sequence[Row], start: int, vocabulary: Vocabulary) -> bool:
    """Whether a table goes on below a heading: rows follow, and no label of another form before the next heading."""
    count = 0
    for row in rows[start:]:
        if is_title_row(row) and count:
            return True
        if not row.is_tabbed:
            continue
        if is_head(row, vocabulary) and count > 1:
            return False
        if any(named(text, vocabulary) for text in row.texts):
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
