"""Lines without tabs among the rows of a table: which go on a cell, which are of the page, which may be either.

Above an indicator table a value may run over several lines, which a text keeps as they were. Among its rows a line
without tabs goes on a cell where that is left open; else it is no row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perftable_etl.normalize.layouts.additions import ends_form, is_of_page
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.outside import is_outside_too
from perftable_etl.normalize.rebuild.tabbed.blocks import LONGEST_LABEL, leads
from perftable_etl.normalize.rebuild.tabbed.heads import head_rows
from perftable_etl.normalize.rebuild.tabbed.rows import Row, with_more
from perftable_etl.normalize.rebuild.tabbed.styles import Style
from perftable_etl.normalize.rebuild.tabbed.tables import Table, is_title_row, meaning_of_field
from perftable_etl.normalize.values.text import is_left_open


class Sorted(NamedTuple):
    """A table without lines that are none of its rows: those of the page, those that may be rows, those joined on."""

    table: Table
    of_page: tuple[Row, ...]
    doubtful: tuple[Row, ...]
    joined: tuple[Row, ...]


def sort_lines(table: Table, style: Style, outside: frozenset[str], vocabulary: Vocabulary) -> Sorted:
    """A table with each line without tabs in its place; `outside` are the lines outside all tables, folded."""
    kept: list[Row] = []
    of_page: list[Row] = []
    doubtful: list[Row] = []
    joined: list[Row] = []
    first_head = min(table.heads, default=len(table.rows))
    for index, row in enumerate(table.rows):
        if index > first_head and _is_printed_again(row):
            of_page.append(row)
        elif row.is_tabbed or (index < first_head and _is_alone(kept, row, style, vocabulary)):
            kept.append(row)
        elif _is_of_page(row, outside) or (index > first_head and ends_form(row.texts[0])):
            of_page.append(row)
        elif kept and (index < first_head or is_left_open(_last_text(kept[-1]))):
            kept[-1] = with_more(kept[-1], kept[-1].end - 1, row.lines[0])
            joined.append(row)
        else:
            doubtful.append(row)
    return Sorted(Table(tuple(kept), head_rows(kept, vocabulary)), tuple(of_page), tuple(doubtful), tuple(joined))


def _is_alone(kept: Sequence[Row], row: Row, style: Style, vocabulary: Vocabulary) -> bool:
    """Whether a line is a cell that is alone in its row: a label, or what stands below one.

    So is the one cell beside a label that has one head beside it, where merged cells leave no field.
    """
    if not kept or meaning_of_field(row.texts[0], vocabulary).is_label:
        return bool(kept)
    above = kept[-1]
    if not above.is_tabbed:
        return meaning_of_field(above.texts[0], vocabulary).is_label
    return style == "missing" and len(above.fields) == 2 and _is_bare(above, row.texts[0], vocabulary)


def _is_bare(row: Row, below: str, vocabulary: Vocabulary) -> bool:
    """Whether a row has two labels and no value, which stands below: a label is known, or much shorter than a value."""
    second = row.fields[1].text
    is_label = vocabulary.meaning(second).is_label or len(second) <= LONGEST_LABEL < len(below)
    return leads(row, vocabulary) and is_label


def _is_printed_again(row: Row) -> bool:
    """Whether a row holds only what the head of a page has, also where tabs stand for its other cells."""
    return is_title_row(row) or (len(row.texts) == 1 and is_of_page(row.texts[0]))


def _is_of_page(row: Row, outside: frozenset[str]) -> bool:
    return _is_printed_again(row) or is_outside_too(row.texts[0], outside)


def _last_text(row: Row) -> str:
    return row.texts[-1] if row.texts else ""
