"""Rebuilding the grid of flattened forms.

What stands between two labels is the first one's value; below the goals' labels two texts may be mixed; the rest are
rows, with the cells that the header names. One interpreter reads the grid that comes out, as it reads one with rules.
"""

from __future__ import annotations

from collections.abc import Sequence

from perftable_etl.document import Block, Document, Grid, LaidOutPage
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.flattened.body_text import running_text
from perftable_etl.normalize.rebuild.flattened.doubts import find_doubts
from perftable_etl.normalize.rebuild.flattened.findings import doubtful, rows_lost, strays_left_out
from perftable_etl.normalize.rebuild.flattened.form_maker import FormMaker
from perftable_etl.normalize.rebuild.flattened.forms import FlattenedForm, find_flattened_forms
from perftable_etl.normalize.rebuild.flattened.roles import Column
from perftable_etl.normalize.rebuild.flattened.rows import read_rows
from perftable_etl.normalize.rebuild.flattened.stray_lines import find_strays, lines_outside
from perftable_etl.normalize.rebuild.flattened.stream import Stream
from perftable_etl.normalize.rebuild.flattened.table import IndicatorTable, cut_table, put_table
from perftable_etl.normalize.rebuild.flattened.upper import put_upper
from perftable_etl.normalize.rebuild.flattened.widths import columns_of
from perftable_etl.normalize.rebuild.rebuilt import Rebuilt


def rebuild(document: Document, vocabulary: Vocabulary) -> Rebuilt:
    """The document with the grids of its flattened forms; the lines they were made of are lines no more."""
    stream = Stream(running_text(document, vocabulary), vocabulary)
    forms = list(find_flattened_forms(stream))
    if not forms:
        return Rebuilt(document)
    outside = lines_outside(stream, ((form.start, form.end) for form in forms))
    strays = [find_strays(stream, form.header.end, form.end, outside) for form in forms]
    tables = [cut_table(stream, form, found) for form, found in zip(forms, strays, strict=True)]
    columns = _columns(tables)
    makers = [_make(stream, *found, outside) for found in zip(forms, tables, columns, strict=True)]
    grids = [maker.grid.grid() for maker in makers]
    inside = {id(line) for maker in makers for line in maker.lines_used()}
    rebuilt = Document(tuple(_page(laid_out, inside, grids) for laid_out in document.pages))
    findings = [finding for maker in makers for finding in maker.findings]
    ends = [*(form.start for form in forms[1:]), len(stream.text)]
    for found, end in zip(strays, ends, strict=True):
        findings += [*strays_left_out(stream, found.stretches), *rows_lost(stream, found.end, end)]
    return Rebuilt(rebuilt, tuple(findings))


def _columns(tables: Sequence[IndicatorTable]) -> list[list[Column]]:
    """The columns of each table; those of tables with the same columns are as wide."""
    names = [tuple(head.column for head in table.cell_heads) for table in tables]
    pieces = {own: [table.pieces for table, other in zip(tables, names, strict=True) if other == own] for own in names}
    columns = {own: columns_of(own, alike) for own, alike in pieces.items()}
    return [columns[own] for own in names]


def _make(
    stream: Stream, form: FlattenedForm, table: IndicatorTable, columns: Sequence[Column], outside: frozenset[str]
) -> FormMaker:
    maker = FormMaker(stream)
    put_upper(maker, form, outside)
    parts = read_rows(table.pieces, columns)
    put_table(maker, table, parts)
    maker.findings += [doubtful(stream, doubt) for doubt in find_doubts(parts, columns)]
    return maker


def _page(laid_out: LaidOutPage, inside: set[int], grids: Sequence[Grid]) -> LaidOutPage:
    blocks: list[Block] = [block for block in laid_out.blocks if id(block) not in inside]
    blocks += [grid for grid in grids if grid.place.page == laid_out.number]
    blocks.sort(key=lambda block: block.place.box.y0)
    return LaidOutPage(laid_out.number, tuple(blocks))
