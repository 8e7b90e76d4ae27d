"""How wide the columns of a flattened indicator table are.

Flattened text has lost its columns, but not its line breaks. How wide a column is, the lines tell that must be its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from perftable_etl.normalize.layouts.catalogue import is_level
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.rebuild.flattened.pieces import Piece, lines_of, texts_of
from perftable_etl.normalize.rebuild.flattened.roles import Column, is_quantity
from perftable_etl.normalize.rebuild.flattened.rows import SURE, read_rows
from perftable_etl.normalize.rebuild.line_breaks import width

_MOST_NAME = 6
"""Pieces before a target that may be its row's name."""

_OF_NAME = 2 / 3
"""Of a name's width what a target's is at least, where it stands in one column."""


def columns_of(names: Sequence[ColumnName], tables: Sequence[Sequence[Piece]]) -> list[Column]:
    """The columns with these names, in their order, as wide as the pieces of all their tables tell."""
    is_apart = not {"sign", "unit"}.isdisjoint(names)
    unknown = [Column("value" if is_apart and name == "target" else name, 0.0) for name in names]
    if list(names) != ["level3", "target"]:
        return _columns_of_sure_rows(unknown, tables)
    name_width = max((widest for pieces in tables for widest in _name_widths(pieces)), default=0.0)
    return [Column("level3", name_width), Column("target", name_width * _OF_NAME)]


def _columns_of_sure_rows(columns: Sequence[Column], tables: Sequence[Sequence[Piece]]) -> list[Column]:
    """The columns as wide as their widest line in rows that can be told without their widths: signs and units can."""
    parts = [part for pieces in tables for part in read_rows(pieces, columns) if part.lead >= SURE]
    lines = [[width(line) for part in parts for line in lines_of(part.cells.get(n, ()))] for n in range(len(columns))]
    return [column._replace(width=max(own, default=0.0)) for column, own in zip(columns, lines, strict=True)]


def _name_widths(pieces: Sequence[Piece]) -> Iterator[float]:
    """The widths of the lines that must belong to a name, where nothing but a target follows it.

    The line before a target does, but for what may itself be a target at its end. Where a row's beginning shows, so
    do both of two lines between two targets, or between a label and a target.
    """
    for index, piece in enumerate(pieces):
        if not is_quantity(piece.text):
            continue
        before = pieces[max(0, index - _MOST_NAME) : index]
        name = list(takewhile(lambda one: not (is_level(one.text) or is_quantity(one.text)), reversed(before)))[::-1]
        texts = texts_of([one for one in name if one.joint != "run"])
        yield from map(width, texts if len(name) < len(before) and len(texts) <= 2 else texts[-1:])
