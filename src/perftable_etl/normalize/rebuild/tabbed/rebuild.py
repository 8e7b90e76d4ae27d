"""Rebuilding the grids of forms whose cells tabs part.

Each line is a row. A spreadsheet leaves a blank for each column and row that a merged cell covers, a browser leaves
nothing; which of both a text has is told by all its tables together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perftable_etl.document import Document, Line
from perftable_etl.normalize.layouts.additions import is_note
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.line_findings import broken_by_target, doubtful_row, doubtful_value, left_out
from perftable_etl.normalize.rebuild.outside import folded_outside
from perftable_etl.normalize.rebuild.rebuilt import Rebuilt, with_grids
from perftable_etl.normalize.rebuild.tabbed.body import below_head, place_blanks, place_lacking, width_of_notes
from perftable_etl.normalize.rebuild.tabbed.grid import PlacedRow, Spread, make_grid
from perftable_etl.normalize.rebuild.tabbed.heads import place_head, read_head, spread_head
from perftable_etl.normalize.rebuild.tabbed.rows import Row, read_rows
from perftable_etl.normalize.rebuild.tabbed.tables import Table, find_tables, sort_lines, style_of, with_whole_rows
from perftable_etl.normalize.rebuild.tabbed.upper import place_upper, spread_blocks
from perftable_etl.records import Finding


def rebuild(document: Document, vocabulary: Vocabulary) -> Rebuilt:
    """The document with the grids of its tables that may be forms; the lines they were made of are lines no more."""
    rows = list(read_rows(list(document.lines())))
    tables = find_tables(rows, vocabulary)
    inside = {id(row) for table in tables for row in table.rows}
    texts = (row.texts[0] for row in rows if id(row) not in inside and not row.is_tabbed)
    outside = folded_outside(texts, vocabulary)
    style = style_of(tables, vocabulary)
    if style == "blank":
        tables = [with_whole_rows(table, vocabulary) for table in tables]
    tables = [sort_lines(table, style, outside, vocabulary) for table in tables]
    place = _in_blanks if style == "blank" else _in_missing
    placed = [list(place(table, vocabulary)) for table in tables]
    used = {id(line) for table in tables for row in table.rows for line in row.lines}
    grids = [make_grid(own) for own in placed]
    pages = []
    for page in document.pages:
        left = (block for block in page.blocks if isinstance(block, Line) and id(block) not in used)
        pages.append(with_grids(page, (Line(line.text.rstrip(), line.place) for line in left), grids))
    found = (one for table, own in zip(tables, placed, strict=True) for one in _findings(table, own))
    return Rebuilt(Document(tuple(pages)), tuple(found))


def _in_blanks(table: Table, vocabulary: Vocabulary) -> Iterator[PlacedRow]:
    width = max([*(row.end for row in table.rows), *(len(row.fields) for head, _ in table.parts() for row in head)])
    yield from place_upper([_as_printed(row) for row in table.upper], width)
    for rows, body in table.parts():
        spreads = [_as_printed(row) for row in rows]
        yield from place_head(spreads, max(len(row.fields) for row in rows))
        head = read_head(spreads, width, vocabulary)
        yield from below_head(place_blanks(body, head, is_even=table.is_even), head)


def _as_printed(row: Row) -> Spread:
    return Spread(row, {index: row.fields[index] for index in row.starts}, len(row.fields))


def _in_missing(table: Table, vocabulary: Vocabulary) -> Iterator[PlacedRow]:
    parts = [(spread_head(rows, body, vocabulary), body) for rows, body in table.parts()]
    width = max(len(row.fields) for row in table.rows)
    for spreads, body in parts:
        head = read_head(spreads, width, vocabulary)
        width = max(head.width, width_of_notes(body, head))
    halves = read_head(parts[0][0], width, vocabulary).halves if parts else ()
    upper = list(spread_blocks(table.upper, halves, vocabulary))
    width = max([width, *(max(spread.fields) + 1 for spread in upper)])
    yield from place_upper(upper, width)
    for spreads, body in parts:
        head = read_head(spreads, width, vocabulary)
        yield from place_head(spreads, width)
        yield from below_head(place_lacking(body, head, vocabulary), head)


def _findings(table: Table, placed: Sequence[PlacedRow]) -> Iterator[Finding]:
    """All that must be said of one table."""
    for row in table.doubtful:
        yield doubtful_row(" ".join(row.texts), row.place, "it has no tab, but the other rows have")
    for one in placed:
        if doubt := one.doubt or next(filter(None, map(broken_by_target, one.row.texts[1:])), None):
            yield doubtful_row(" ".join(one.row.texts), one.row.place, doubt)
    for row in table.joined:
        if is_note(row.texts[0]):
            yield doubtful_value(row.texts[0], row.place)
    if table.of_page:
        first = table.of_page[0]
        yield left_out(len(table.of_page), first.texts[0], first.place)
