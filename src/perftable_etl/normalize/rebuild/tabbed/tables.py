"""The tables of tabbed text: rows between headings, without the lines among them that are none.

A heading ends a table, unless rows go on below it as where a page prints the title again. Lines without tabs among the
rows are cells alone in their rows, go on a cell, or are of the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from perftable_etl.normalize.forms.recurring_lines import folded_outside, is_outside_too
from perftable_etl.normalize.layouts.additions import ends_form, is_note, is_of_page
from perftable_etl.normalize.layouts.headings import is_heading, is_table_title
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.line_findings import doubtful_row, doubtful_value, left_out
from perftable_etl.normalize.rebuild.tabbed.heads import head_rows
from perftable_etl.normalize.rebuild.tabbed.rows import TabbedRow
from perftable_etl.normalize.rebuild.tabbed.upper import LABELS, role
from perftable_etl.normalize.values.text import is_left_open
from perftable_etl.records import Finding

_EVEN = 0.7  # the share of rows with one count of fields from which on that is the count of all: others are broken


class TabbedTable(NamedTuple):
    """The rows of a table, and what must be said of the lines among them."""

    rows: tuple[TabbedRow, ...]
    findings: tuple[Finding, ...]


def find_tables(rows: Sequence[TabbedRow], vocabulary: Vocabulary) -> Iterator[TabbedTable]:
    """The tables of a document."""
    runs = [_trimmed(run) for run in _runs(rows, vocabulary)]
    inside = {id(row) for run in runs for row in run}
    lines = (row.texts[0] for row in rows if id(row) not in inside and not row.is_tabbed)
    outside = folded_outside(lines, vocabulary)
    return (_table(run, outside, vocabulary) for run in runs)


def _runs(rows: Iterable[TabbedRow], vocabulary: Vocabulary) -> list[list[TabbedRow]]:
    runs: list[list[TabbedRow]] = []
    for is_title, group in groupby(rows, _is_title):
        own = list(group)
        if not is_title and any(row.is_tabbed for row in own) and (not runs or _begins_table(own, vocabulary)):
            runs.append([])
        if runs:
            runs[-1] += own
    return runs


def _trimmed(run: Sequence[TabbedRow]) -> Sequence[TabbedRow]:
    """A run from its first row with tabs to its last."""
    tabbed = [index for index, row in enumerate(run) if row.is_tabbed]
    return run[tabbed[0] : tabbed[-1] + 1]


def _is_title(row: TabbedRow) -> bool:
    """Whether a row is a heading: a line without tabs, or a cell that is alone at the left of its row."""
    return row.starts == [0] and (is_heading(row.texts[0]) or is_table_title(row.texts[0]))


def _begins_table(rows: Sequence[TabbedRow], vocabulary: Vocabulary) -> bool:
    """Whether rows below a heading begin a table: they have labels, or more than those of a head that is repeated."""
    first = next((own.start for own in head_rows(rows, vocabulary)), 0)
    upper = rows[:first] if first else rows
    return first > 0 or any(role(text, vocabulary) in LABELS for row in upper for text in row.texts)


def _table(run: Sequence[TabbedRow], outside: frozenset[str], vocabulary: Vocabulary) -> TabbedTable:
    """The rows of a run, each line without tabs in its place."""
    rows: list[TabbedRow] = []
    of_page: list[TabbedRow] = []
    findings: list[Finding] = []
    head = next((own.start for own in head_rows(run, vocabulary)), len(run))
    count = _usual_count(run)
    for index, row in enumerate(run):
        text = row.texts[0]
        if index > head and (_is_title(row) or (len(row.texts) == 1 and is_of_page(text))):
            of_page.append(row)
        elif rows and _is_rest(row, rows[-1], count):
            rows[-1] = rows[-1].continued(row)
        elif row.is_tabbed or (index < head and _is_cell(text, rows[-1], vocabulary)):
            rows.append(row)
        elif is_of_page(text) or is_outside_too(text, outside) or (index > head and ends_form(text)):
            of_page.append(row)
        elif index < head or is_left_open(rows[-1].texts[-1]):
            rows[-1] = rows[-1].continued(row, rows[-1].starts[-1])
            findings += [doubtful_value(text, row.lines[0].place)] if is_note(text) else []
        else:
            findings.append(doubtful_row(text, row.lines[0].place, "it has no tab, but the other rows have"))
    if of_page:
        findings.append(left_out(len(of_page), of_page[0].texts[0], of_page[0].lines[0].place))
    return TabbedTable(tuple(rows), tuple(findings))


def _usual_count(rows: Sequence[TabbedRow]) -> int:
    """How many fields most rows have; 0 where they differ."""
    counts = Counter(len(row.fields) for row in rows if row.is_tabbed)
    ((count, often),) = counts.most_common(1)
    return count if often >= _EVEN * counts.total() else 0


def _is_rest(row: TabbedRow, above: TabbedRow, count: int) -> bool:
    """Whether a line break in a cell has broken a row in two: together they have the usual count of fields."""
    is_broken = above.is_tabbed and row.is_tabbed and bool(above.fields[-1].text and row.fields[0].text)
    return is_broken and len(above.fields) < count == len(above.fields) + len(row.fields) - 1


def _is_cell(text: str, above: TabbedRow, vocabulary: Vocabulary) -> bool:
    """Whether a line is a cell that is alone in its row: a label, or what stands below one."""
    own, last = role(text, vocabulary), role(above.texts[-1], vocabulary)
    return own in LABELS or last in LABELS or (len(above.fields) == 2 and (own, last) == ("text", "words"))
