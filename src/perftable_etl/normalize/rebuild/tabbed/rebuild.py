"""Rebuilding the grids of tabbed text: rows are read, tables found, their columns told, and each becomes a grid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.document import Block, Document, Grid, LaidOutPage, Line
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.outside import folded_outside
from perftable_etl.normalize.rebuild.rebuilt import Rebuilt
from perftable_etl.normalize.rebuild.tabbed import blank_style, missing_style
from perftable_etl.normalize.rebuild.tabbed.body import below_head
from perftable_etl.normalize.rebuild.tabbed.broken_rows import with_whole_rows
from perftable_etl.normalize.rebuild.tabbed.findings import findings_of
from perftable_etl.normalize.rebuild.tabbed.grid import make_grid
from perftable_etl.normalize.rebuild.tabbed.missing_heads import read_head
from perftable_etl.normalize.rebuild.tabbed.placement import PlacedRow
from perftable_etl.normalize.rebuild.tabbed.rows import Row, read_rows
from perftable_etl.normalize.rebuild.tabbed.stray_lines import sort_lines
from perftable_etl.normalize.rebuild.tabbed.styles import Style, style_of
from perftable_etl.normalize.rebuild.tabbed.tables import Table, find_tables
from perftable_etl.records import Finding


class _Built(NamedTuple):
    """A table's grid, the lines that it was made of, and what must be said of it."""

    grid: Grid
    lines: frozenset[int]
    findings: tuple[Finding, ...]


def rebuild(document: Document, vocabulary: Vocabulary) -> Rebuilt:
    """The document with the grids of its tables that may be forms; the lines they were made of are lines no more."""
    rows = list(read_rows(list(document.lines())))
    tables = find_tables(rows, vocabulary)
    outside = _lines_outside(rows, tables, vocabulary)
    style = style_of(tables, vocabulary)
    built = [_build(table, style, outside, vocabulary) for table in tables]
    inside = frozenset().union(*(one.lines for one in built))
    grids = [one.grid for one in built]
    pages = tuple(_page(page, inside, grids) for page in document.pages)
    return Rebuilt(Document(pages), tuple(finding for one in built for finding in one.findings))


def _lines_outside(rows: Sequence[Row], tables: Iterable[Table], vocabulary: Vocabulary) -> frozenset[str]:
    """The lines outside all tables, folded, but for words of forms: what is printed there too is no row."""
    inside = {id(row) for table in tables for row in table.rows}
    texts = (row.texts[0] for row in rows if id(row) not in inside and not row.is_tabbed)
    return folded_outside(texts, vocabulary)


def _build(table: Table, style: Style, outside: frozenset[str], vocabulary: Vocabulary) -> _Built:
    whole = with_whole_rows(table, vocabulary) if style == "blank" else table
    lines = sort_lines(whole, style, outside, vocabulary)
    placed = _placed(lines.table, style, vocabulary)
    width = max(cell.end_column for row in placed for cell in row.cells)
    used = frozenset(id(line) for row in lines.table.rows for line in row.lines)
    return _Built(make_grid(placed, width), used, tuple(findings_of(lines, placed, vocabulary)))


def _placed(table: Table, style: Style, vocabulary: Vocabulary) -> list[PlacedRow]:
    """All rows of a table in their columns."""
    return list(_in_blanks(table, vocabulary) if style == "blank" else _in_missing(table, vocabulary))


def _in_blanks(table: Table, vocabulary: Vocabulary) -> Iterator[PlacedRow]:
    width = max(row.end for row in table.rows)
    width = max([width, *(len(row.fields) for head, _ in _parts(table) for row in head)])
    is_even = len({len(row.fields) for row in table.rows if row.is_tabbed}) == 1
    first = min(table.heads, default=len(table.rows))
    yield from blank_style.place_upper(table.rows[:first], width)
    for head, body in _parts(table):
        yield from blank_style.place_head(head)
        columns = blank_style.read_head(head, width, vocabulary)
        yield from below_head(blank_style.place_body(body, columns, is_even=is_even), columns)


def _in_missing(table: Table, vocabulary: Vocabulary) -> Iterator[PlacedRow]:
    upper = table.rows[: min(table.heads, default=len(table.rows))]
    parts = list(_parts(table))
    width = max(len(row.fields) for row in table.rows)
    for head, body in parts:
        columns = read_head(head, body, vocabulary, width).head
        width = max(width, columns.width, missing_style.width_of_notes(body, columns))
    halves = read_head(*parts[0], vocabulary, width).head.halves if parts else ()
    rows = missing_style.place_upper(upper, width, halves, vocabulary)
    width = max([width, *(row.cells[-1].column + 1 for row in rows)])
    headed = [read_head(head, body, vocabulary, width) for head, body in parts]
    yield from missing_style.place_upper(upper, width, halves, vocabulary)
    for (_, body), one in zip(parts, headed, strict=True):
        yield from one.rows
        yield from below_head(missing_style.place_body(body, one.head, vocabulary), one.head)


def _parts(table: Table) -> Iterator[tuple[Sequence[Row], Sequence[Row]]]:
    """Each head of a table with the rows below it, as far as the next."""
    for at, following in pairwise([*sorted(table.heads), len(table.rows)]):
        body = at + table.heads[at]
        yield table.rows[at:body], table.rows[body:following]


def _page(page: LaidOutPage, inside: frozenset[int], grids: Sequence[Grid]) -> LaidOutPage:
    blocks: list[Block] = [
        Line(block.text.rstrip(), block.place)
        for block in page.blocks
        if isinstance(block, Line) and id(block) not in inside
    ]
    blocks += [grid for grid in grids if grid.place.page == page.number]
    blocks.sort(key=lambda block: block.place.box.y0)
    return LaidOutPage(page.number, tuple(blocks))
