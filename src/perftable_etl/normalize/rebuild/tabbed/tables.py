"""The tables of tabbed text: rows between headings, without the lines among them that are none.

A heading ends a table, unless rows go on below it as where a page prints the title again. Lines without tabs among the
rows are cells alone in their rows, go on a cell, or are of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from perftable_etl.normalize.forms.recurring_lines import folded_outside, is_outside_too
from perftable_etl.normalize.layouts.additions import ends_form, is_of_page
from perftable_etl.normalize.layouts.headings import is_heading, is_table_title
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.line_findings import doubtful_row, left_out
from perftable_etl.normalize.rebuild.tabbed.heads import head_rows
from perftable_etl.normalize.rebuild.tabbed.rows import TabbedRow
from perftable_etl.records import Finding


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
    """The rows below each heading that labels stand below; others go on with the table above them."""
    runs: list[list[TabbedRow]] = []
    for is_title, group in groupby(rows, _is_title):
        own = list(group)
        has_labels = any(vocabulary.meaning(text).above for row in own for text in row.texts)
        if not is_title and any(row.is_tabbed for row in own) and (not runs or has_labels):
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
    return row.starts == (0,) and (is_heading(row.texts[0]) or is_table_title(row.texts[0]))


def _table(run: Sequence[TabbedRow], outside: frozenset[str], vocabulary: Vocabulary) -> TabbedTable:
    """The rows of a run, each line without tabs in its place."""
    rows: list[TabbedRow] = []
    of_page: list[TabbedRow] = []
    findings: list[Finding] = []
    head = next((own.start for own in head_rows(run, vocabulary)), len(run))
    for index, row in enumerate(run):
        text = row.texts[0]
        if len(row.texts) == 1 and _is_added(row, outside, is_below=index > head):
            of_page.append(row)
        elif row.is_tabbed or (
            index < head and any(vocabulary.meaning(one).is_label for one in (text, rows[-1].texts[-1]))
        ):
            rows.append(row)
        elif index < head:
            rows[-1] = rows[-1].continued(row, rows[-1].starts[-1])
        else:
            findings.append(doubtful_row(text, row.lines[0].place, "it has no tab, but the other rows have"))
    if of_page:
        findings.append(left_out(len(of_page), of_page[0].texts[0], of_page[0].lines[0].place))
    return TabbedTable(tuple(rows), tuple(findings))


def _is_added(row: TabbedRow, outside: frozenset[str], *, is_below: bool) -> bool:
    """Whether a text alone in its row is of the page, or of what follows the form where it stands below its head."""
    text = row.texts[0]
    if is_of_page(text) or (is_below and _is_title(row)):
        return True
    return not row.is_tabbed and (is_outside_too(text, outside) or (is_below and ends_form(text)))
