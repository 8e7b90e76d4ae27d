"""Rebuilding the grid of flattened forms.

What stands between two labels is the first one's value; below the goals' labels two texts may be mixed; the rest are
rows, with the cells that the header names. One interpreter reads the grid that comes out, as it reads one with rules.
"""

from __future__ import annotations

from collections.abc import Sequence

from perftable_etl.document import Document, Line
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.flattened.doubts import find_doubts
from perftable_etl.normalize.rebuild.flattened.findings import strays_found
from perftable_etl.normalize.rebuild.flattened.forms import FlattenedForm, find_flattened_forms
from perftable_etl.normalize.rebuild.flattened.roles import Column
from perftable_etl.normalize.rebuild.flattened.rows import columns_of, read_rows
from perftable_etl.normalize.rebuild.flattened.stray_lines import find_strays, lines_outside
from perftable_etl.normalize.rebuild.flattened.stream import Stream, running_text
from perftable_etl.normalize.rebuild.flattened.table import FormMaker, IndicatorTable, cut_table, put_table
from perftable_etl.normalize.rebuild.flattened.upper import put_upper
from perftable_etl.normalize.rebuild.line_findings import doubtful_row
from perftable_etl.normalize.rebuild.rebuilt import Rebuilt, with_grids


def rebuild(document: Document, vocabulary: Vocabulary) -> Rebuilt:
    """The document with the grids of its flattened forms; the lines they were made of are lines no more."""
    stream = Stream(running_text(document, vocabulary), vocabulary)
    forms = list(find_flattened_forms(stream))
    if not forms:
        return Rebuilt(document)
    outside = lines_outside(stream, ((form.start, form.end) for form in forms))
    strays = [find_strays(stream, form.header.end, form.end, outside) for form in forms]
    tables = [cut_table(stream, form, found) for form, found in zip(forms, strays, strict=True)]
    makers = [_make(stream, *found, outside) for found in zip(forms, tables, _columns(tables), strict=True)]
    grids = [maker.grid.grid() for maker in makers]
    inside = {id(line) for maker in makers for line in maker.lines_used()}
    pages = []
    for page in document.pages:
        left = (block for block in page.blocks if isinstance(block, Line) and id(block) not in inside)
        pages.append(with_grids(page, left, grids))
    findings = [finding for maker in makers for finding in maker.findings]
    for found, end in zip(strays, [*(form.start for form in forms[1:]), len(stream.text)], strict=True):
        findings += strays_found(stream, found, end)
    return Rebuilt(Document(tuple(pages)), tuple(findings))


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
    for doubt in find_doubts(parts, columns):
        row = doubt.row.pieces
        place = stream.place(row[0].stretches[0][0], row[-1].stretches[-1][1])
        maker.findings.append(doubtful_row(" ".join(piece.text for piece in row), place, doubt.rule))
    return maker
