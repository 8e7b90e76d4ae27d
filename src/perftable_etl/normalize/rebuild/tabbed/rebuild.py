"""Rebuilding the grids of forms whose cells tabs part.

Each line is a row. A spreadsheet leaves a blank for each column and row that a merged cell covers, a browser leaves
nothing: then a row stands as far to the right as it has fields less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perftable_etl.document import Document, Line
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.line_findings import broken_by_target, doubtful_row
from perftable_etl.normalize.rebuild.rebuilt import Rebuilt, with_grids
from perftable_etl.normalize.rebuild.tabbed.body import place_body
from perftable_etl.normalize.rebuild.tabbed.grid import Placed, make_grid
from perftable_etl.normalize.rebuild.tabbed.heads import head_rows, read_head
from perftable_etl.normalize.rebuild.tabbed.rows import TabbedRow, read_rows
from perftable_etl.normalize.rebuild.tabbed.tables import find_tables
from perftable_etl.normalize.rebuild.tabbed.upper import place_upper
from perftable_etl.records import Finding


def rebuild(document: Document, vocabulary: Vocabulary) -> Rebuilt:
    """The document with the grids of its tables; the lines they were made of are lines no more."""
    tables = list(find_tables(list(read_rows(list(document.lines()))), vocabulary))
    placed = [list(_place(table.rows, vocabulary)) for table in tables]
    grids = [make_grid(rows, max(column + 1 for one in rows for column in one.columns)) for rows in placed]
    used = {id(line) for rows in placed for one in rows for line in one.row.lines}
    pages = []
    for page in document.pages:
        left = (block for block in page.blocks if isinstance(block, Line) and id(block) not in used)
        pages.append(with_grids(page, (Line(line.text.rstrip(), line.place) for line in left), grids))
    of_lines = (finding for table in tables for finding in table.findings)
    return Rebuilt(Document(tuple(pages)), (*of_lines, *_doubts(one for rows in placed for one in rows)))


def _place(rows: Sequence[TabbedRow], vocabulary: Vocabulary) -> Iterator[Placed]:
    """The rows of a table in its columns: those above its first head, then each head and the rows below it."""
    heads = list(head_rows(rows, vocabulary))
    starts = [*(own.start for own in heads), len(rows)]
    bodies = [rows[own.stop : end] for own, end in zip(heads, starts[1:], strict=True)]
    read = [read_head(rows[own.start : own.stop], body, vocabulary) for own, body in zip(heads, bodies, strict=True)]
    width = max([*(len(row.fields) for row in rows), *(len(head.kinds) for head in read)])
    yield from place_upper(rows[: starts[0]], width, vocabulary)
    for head, body in zip(read, bodies, strict=True):
        yield from head.rows
        yield from place_body(body, head, vocabulary)


def _doubts(rows: Iterator[Placed]) -> Iterator[Finding]:
    """What speaks against rows."""
    for one in rows:
        texts = one.row.texts
        if doubt := one.doubt or next(filter(None, map(broken_by_target, texts[1:])), None):
            yield doubtful_row(" ".join(texts), one.row.lines[0].place, doubt)
