"""Rebuilding the grids of forms whose cells tabs part.

Each line is a row. A spreadsheet leaves a blank for each column and row that a merged cell covers, a browser leaves
nothing: then the row stands as far to the right as it has fields less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import NamedTuple

from perftable_etl.document import Cell, Document, Grid, Line
from perftable_etl.normalize.layouts.additions import ends_form, is_note, is_of_page
from perftable_etl.normalize.layouts.headings import is_heading, is_table_title
from perftable_etl.normalize.layouts.notes import begins_note
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.grid_maker import Content, GridMaker
from perftable_etl.normalize.rebuild.line_findings import broken_by_target, doubtful_row, doubtful_value, left_out
from perftable_etl.normalize.rebuild.outside import folded_outside, is_outside_too
from perftable_etl.normalize.rebuild.rebuilt import Rebuilt, with_grids
from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, is_level, may_stand_under
from perftable_etl.normalize.rebuild.tabs.grid import Placed, TableMaker
from perftable_etl.normalize.rebuild.tabs.heads import Head, head_rows, read_head
from perftable_etl.normalize.rebuild.tabs.placing import Kind, place
from perftable_etl.normalize.rebuild.tabs.rows import Row, read_rows
from perftable_etl.normalize.rebuild.tabs.upper import spread_upper, role, LONGEST_LABEL
from perftable_etl.normalize.values.text import is_left_open
from perftable_etl.records import Finding


class Table(NamedTuple):
    rows: list[Row]
    doubtful: list[Row]
    of_page: list[Row]
    joined: list[Row]


def rebuild(document: Document, vocabulary: Vocabulary) -> Rebuilt:
    """The document with the grids of its tables; the lines they were made of are lines no more."""
    rows = list(read_rows(list(document.lines())))
    grids: list[Grid] = []
    findings: list[Finding] = []
    used: set[int] = set()
    runs = list(_runs(rows, vocabulary))
    inside = {id(row) for run in runs for row in run}
    outside = folded_outside((row.texts[0] for row in rows if id(row) not in inside and not row.is_tabbed), vocabulary)
    kinds: Head | None = None
    for run in runs:
        table = _sorted(run, outside, vocabulary)
        grid, kinds, found = _grid(table, kinds, vocabulary)
        grids.append(grid)
        findings += found
        used |= {id(line) for row in table.rows for line in row.lines}
    pages = []
    for page in document.pages:
        left = (block for block in page.blocks if isinstance(block, Line) and id(block) not in used)
        pages.append(with_grids(page, (Line(line.text.rstrip(), line.place) for line in left), grids))
    return Rebuilt(Document(tuple(pages)), tuple(findings))


def _is_title_row(row: Row) -> bool:
    return len(row.texts) == 1 and row.starts[0] == 0 and (is_heading(row.texts[0]) or is_table_title(row.texts[0]))


def _runs(rows: Sequence[Row], vocabulary: Vocabulary) -> Iterator[list[Row]]:
    """Rows between headings."""
    run: list[Row] = []
    for is_title, group in groupby(rows, _is_title_row):
        own = list(group)
        tabbed = [index for index, row in enumerate(own) if row.is_tabbed]
        begins = not is_title and tabbed and _begins(own, vocabulary)
        if begins and run:
            yield _trimmed(run)
            run = []
        if run or (tabbed and not is_title):
            run += own
    if run:
        yield _trimmed(run)


def _trimmed(run: Sequence[Row]) -> Sequence[Row]:
    tabbed = [index for index, row in enumerate(run) if row.is_tabbed]
    return run[tabbed[0] : tabbed[-1] + 1]


def _begins(rows: Sequence[Row], vocabulary: Vocabulary) -> bool:
    """Whether rows below a heading begin a table, by its labels or its head."""
    heads = list(head_rows(rows, vocabulary))
    upper = rows[: heads[0].start] if heads else rows
    return (bool(heads) and heads[0].start > 0) or any(role(text, vocabulary) in ("field", "goal", "money") for row in upper for text in row.texts)


def _sorted(run: Sequence[Row], outside: frozenset[str], vocabulary: Vocabulary) -> Table:
    """The rows of a run without lines that are none."""
    table = Table([], [], [], [])
    first_head = next((r.start for r in head_rows(run, vocabulary)), len(run))
    for index, row in enumerate(run):
        text = row.texts[0]
        above = table.rows[-1] if table.rows else None
        if index > first_head and (_is_title_row(row) or (len(row.texts) == 1 and is_of_page(text))):
            table.of_page.append(row)
        elif row.is_tabbed:
            table.rows.append(row)
        elif is_outside_too(text, outside) or (index > first_head and ends_form(text)):
            table.of_page.append(row)
        elif index < first_head and (role(text, vocabulary) in ("side", "field", "goal", "money") or _heads_below(above, text, vocabulary)):
            table.rows.append(row)
        elif index < first_head or is_left_open(above.texts[-1]):
            table.rows[-1] = above.continued(above.starts[-1], row)
            table.joined.append(row)
        else:
            table.doubtful.append(row)
    return table


def _heads_below(above: Row, text: str, vocabulary: Vocabulary) -> bool:
    last = role(above.texts[-1], vocabulary)
    return last in ("goal", "field") or (len(above.fields) == 2 and last == "words" and len(text) > LONGEST_LABEL)


def _grid(table: Table, kinds: Head | None, vocabulary: Vocabulary) -> tuple[Grid, Head | None, list[Finding]]:
    rows = table.rows
    heads = list(head_rows(rows, vocabulary))
    findings: list[Finding] = [doubtful_row(" ".join(row.texts), row.place, "it has no tab, but the other rows have") for row in table.doubtful]
    upper = rows[: heads[0].start] if heads else rows
    parts = [(rows[own.start:own.stop], rows[own.stop:following]) for own, following in zip(heads, [*(h.start for h in heads[1:]), len(rows)])]
    read = [(read_head(own, body, vocabulary), body) for own, body in parts]
    width = max([len(row.fields) for row in rows] + [len(head.kinds) for head, _ in read])
    all_placed = list(spread_upper(upper, width, vocabulary))
    for head, body in read:
        all_placed += head.rows
        level1 = ""
        merges = any(not row.fields[0].text and len(row.fields) == len(head.kinds) for row in body)
        for number, row in enumerate(body):
            one = _placed(row, head, vocabulary.is_total)
            if merges: one = one._replace(merged=min(one.columns, default=0))
            texts = {column: field.text for column, field in one.fields.items()}
            above, level1 = level1, next((t for c, t in texts.items() if head.kind(c) == "level1"), level1)
            level2 = find_level2(next((t for c, t in texts.items() if head.kind(c) == "level2"), ""))
            name = find_level1(level1)
            is_other = above is level1 and (find_level2(level1) is not None if name is None else level2 is not None and not may_stand_under(level2, name))
            all_placed.append(one._replace(own=frozenset(c for c, k in enumerate(head.kinds) if (k == "level1" and is_other) or (k != "side" and not number))))
    width = max(width, *(max(one.columns, default=0) + 1 for one in all_placed))
    maker = TableMaker(width)
    for one in all_placed:
        maker.add(one)
        if why := one.doubt or next(filter(None, map(broken_by_target, one.row.texts[1:])), None):
            findings.append(doubtful_row(" ".join(one.row.texts), one.row.place, why))
    findings += [doubtful_value(row.texts[0], row.place) for row in table.joined if is_note(row.texts[0])]
    if table.of_page:
        findings.append(left_out(len(table.of_page), table.of_page[0].texts[0], table.of_page[0].place))
    return maker.grid(), None, findings


def _placed(row: Row, head: Head, is_total) -> Placed:
    kinds = head.kinds
    levels = frozenset(c for c, kind in enumerate(kinds) if kind in ("level1", "level2", "level"))
    is_note = not row.texts or begins_note(row.texts[0]) or (len(row.texts) == 1 and row.starts[0] == 0 and not is_level(row.texts[0]))
    edges = () if is_note else head.edges
    if len(row.fields) == len(kinds):
        return Placed(row, tuple(row.starts), min(row.starts, default=0), edges, levels)
    lacking = max(0, len(kinds) - len(row.fields))
    if is_note or is_total(row.texts[0]):
        columns = [0, *range(lacking + 1, len(kinds))]
        return Placed(row, tuple(columns[index] for index in row.starts), 0, () if is_note else (), levels)
    texts = [(index, row.fields[index].text) for index in row.starts]
    room = max(len(row.fields), len(kinds))
    placing = place(texts, len(row.fields), [*kinds, *["beyond"] * (room - len(kinds))])
    doubt = None if placing.is_certain else "its cells fit into the columns in two ways"
    if placing.columns[-1] >= len(kinds):
        doubt = "it has a cell to the right of all columns that have a head"
    offset = placing.columns[0] - row.starts[0]
    return Placed(row, placing.columns, offset or row.starts[0], edges, levels, doubt)
