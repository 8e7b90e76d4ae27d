"""Heads of indicator tables whose merged cells leave no field: placed by the rows below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from perftable_etl.normalize.layouts.publishers import is_place
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.tabbed.body import Head
from perftable_etl.normalize.rebuild.tabbed.fit import Kind
from perftable_etl.normalize.rebuild.tabbed.heads import kinds_of
from perftable_etl.normalize.rebuild.tabbed.placement import PlacedCell, PlacedRow
from perftable_etl.normalize.rebuild.tabbed.rows import Row, full_width
from perftable_etl.normalize.rebuild.tabbed.spread import Cover, HeadCell, Problem, spread


class Headed(NamedTuple):
    """The placed rows of a head, and what they say of the columns below."""

    rows: tuple[PlacedRow, ...]
    head: Head


def read_head(rows: Sequence[Row], body: Sequence[Row], vocabulary: Vocabulary, width: int) -> Headed:
    """A head of one row or two, placed by the rows below it; its last column ends at `width`, or further right."""
    first = _head_cells(rows[0], vocabulary)
    second = [_as_part(cell) for row in rows[1:] for cell in _head_cells(row, vocabulary)]
    covers = _covers(first, second, body)
    if covers is None:
        return _by_number(rows, first, width)
    starts = [0, *accumulate(cover.width for cover in covers)]
    width = max(width, starts[-1])
    leaves = tuple(_leaves(first, second, covers))
    groups = tuple(start for start, cover in zip(starts, covers, strict=False) if not cover.parts)
    parted = (start + i for start, cover in zip(starts, covers, strict=False) for i in range(cover.parts))
    head = Head(tuple(leaves), tuple(sorted({*groups, *parted})), width)
    return Headed(tuple(_placed(rows, covers, starts, width)), head)


def _by_number(rows: Sequence[Row], first: Sequence[HeadCell], width: int) -> Headed:
    """A head whose second row does not part the first: the fields of both stand in the columns of their numbers."""
    kinds = tuple(cell.kind for cell in first)
    placed = (PlacedRow(row, tuple(PlacedCell(one, i, i + 1) for i, one in enumerate(row.fields))) for row in rows)
    return Headed(tuple(placed), Head(kinds, tuple(range(len(kinds))), width))


def _head_cells(row: Row, vocabulary: Vocabulary) -> list[HeadCell]:
    texts = [one.text for one in row.fields]
    return list(map(HeadCell, texts, kinds_of(texts, vocabulary)))


def _as_part(cell: HeadCell) -> HeadCell:
    """A cell of a second row; a place heads the targets for it."""
    return cell._replace(kind="target") if cell.kind is None and is_place(cell.text) else cell


def _covers(first: Sequence[HeadCell], second: Sequence[HeadCell], body: Sequence[Row]) -> Sequence[Cover] | None:
    """How the head covers as many columns as the rows need, the side label beside them or not; None if it cannot."""
    full = full_width(body)
    if not second and full <= len(first):
        return (Cover(1),) * len(first)
    found = [way for count in (full, full + 1) if (way := spread(_problem(first, second, body, count)))]
    return min(found)[1] if found else None


def _problem(first: Sequence[HeadCell], second: Sequence[HeadCell], body: Sequence[Row], count: int) -> Problem:
    full = [row for row in body if len(row.fields) == full_width(body)]
    columns: list[Sequence[str] | None] = [None] * (count - full_width(body))
    for index in range(full_width(body)):
        columns.append([row.fields[index].text for row in full if row.fields[index].text])
    return Problem(first, second, columns)


def _leaves(first: Sequence[HeadCell], second: Sequence[HeadCell], covers: Sequence[Cover]) -> Iterator[Kind]:
    """What each column below the head is for."""
    part = 0
    for cell, cover in zip(first, covers, strict=True):
        if cover.parts:
            yield from (one.kind for one in second[part : part + cover.parts])
            part += cover.parts
        else:
            yield from (cell.kind,) * cover.width


def _placed(rows: Sequence[Row], covers: Sequence[Cover], starts: Sequence[int], width: int) -> Iterator[PlacedRow]:
    """The rows of a head in their columns; what the second row does not part reaches down over it."""
    ends = [*starts[1:-1], width]
    yield PlacedRow(
        rows[0],
        tuple(
            PlacedCell(one, start, end, 1 if cover.parts else len(rows))
            for one, start, end, cover in zip(rows[0].fields, starts, ends, covers, strict=False)
        ),
    )
    columns = [start + i for start, cover in zip(starts, covers, strict=False) for i in range(cover.parts)]
    for row in rows[1:]:
        fields = list(zip(row.fields, columns, strict=False))
        yield PlacedRow(row, tuple(PlacedCell(one, column, column + 1) for one, column in fields))
