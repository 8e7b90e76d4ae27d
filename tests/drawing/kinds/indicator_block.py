"""Prints an indicator table of some shape onto a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from tests.drawing.kinds.indicator_shape import IndicatorShape
from tests.drawing.kinds.records import Indicator
from tests.drawing.kinds.sheet import Sheet, Span
from tests.drawing.kinds.words import Words

WIDTHS: Mapping[str, float] = {
    "level1": 4.5, "level2": 5.5, "level3": 11.0, "target": 8.0, "sign": 4.0, "value": 6.5, "unit": 4.5,
    "weight": 3.5, "actual": 6.5, "score": 3.5, "reason": 7.0, "remark": 6.0, "expected": 6.5, "nature": 4.0,
}  # fmt: skip
PIECE_WORDS = {"sign": "columns.sign", "value": "columns.target", "unit": "columns.unit"}


class Column(NamedTuple):
    """A column to print: what it is for, what heads it, how many columns of the grid it takes, its head's group."""

    name: str
    head: str
    units: int
    group: str = ""
    target: int = 0


def columns_of(shape: IndicatorShape, words: Words) -> tuple[Column, ...]:
    """The columns of a table from left to right, without its side label."""
    if shape.tree == "described":
        *levels, names = _tree(shape, words)
        return (*levels, *_measures(shape, words), names)
    return (*_tree(shape, words), *_measures(shape, words))


def _tree(shape: IndicatorShape, words: Words) -> Iterator[Column]:
    group = words("sides.indicators") if shape.heads == "tree_grouped" else ""
    for level in shape.levels:
        yield Column(level, words(f"columns.{level}"), 1, group)
    if shape.tree != "levels":
        yield Column("level3", words("columns.level3"), 2 if shape.wide_names else 1, group)


def _measures(shape: IndicatorShape, words: Words) -> Iterator[Column]:
    for measure in shape.measures:
        if measure != "target":
            yield Column(measure, words(f"columns.{measure}"), 1)
        elif shape.pieces:
            group = words("groups.target") if shape.heads == "pieces_grouped" else ""
            yield from (Column(piece, words(PIECE_WORDS[piece]), 1, group) for piece in shape.pieces)
        else:
            group = words("groups.targets") if shape.heads == "targets_grouped" else ""
            yield from (Column("target", target.head, 1, group, number) for number, target in enumerate(shape.targets))


def widths_of(columns: Sequence[Column]) -> list[float]:
    """The widths of the grid's columns."""
    return [WIDTHS[column.name] / column.units for column in columns for _ in range(column.units)]


def spans_of(columns: Sequence[Column], start: int) -> list[Span]:
    """Which columns of the grid each column takes."""
    spans = []
    for column in columns:
        spans.append((start, start + column.units))
        start += column.units
    return spans


class IndicatorBlock:
    """A table to print: its shape, its columns with their spans, and its side label with the span of that."""

    def __init__(self, shape: IndicatorShape, columns: Sequence[Column], start: int, side: tuple[Span, str]) -> None:
        self.shape = shape
        self.columns = tuple(columns)
        self.spans = spans_of(columns, start)
        self.side_span, self.side = side

    def print(self, sheet: Sheet, rows: Sequence[Indicator], total: str) -> None:
        """Head, rows and total."""
        head = len(sheet.rows)
        self.print_heads(sheet)
        body = len(sheet.rows)
        self.print_rows(sheet, rows)
        self._print_side(sheet, head, body)
        if self.shape.totals:
            self._print_total(sheet, rows, total)

    def print_heads(self, sheet: Sheet) -> None:
        """One row of heads, or two where some of them stand below a head of their group."""
        is_grouped = any(column.group for column in self.columns)
        row = sheet.begin_row("columns")
        if is_grouped:
            sheet.begin_row("columns")
        cells = zip(self.columns, self.spans, strict=True)
        for group, members in groupby(cells, lambda cell: cell[0].group):
            own = list(members)
            if group:
                sheet.put((own[0][1][0], own[-1][1][1]), group, row=row)
            for column, span in own:
                high = 2 if is_grouped and not group else 1
                sheet.put(span, column.head, row=row + (1 if group else 0), rows=high)

    def print_rows(self, sheet: Sheet, rows: Sequence[Indicator]) -> None:
        """The rows, their levels merged or printed again in each."""
        first = len(sheet.rows)
        for column, span in zip(self.columns, self.spans, strict=True):
            if column.name in ("level1", "level2"):
                for text, start, count in self._levels(rows, column.name):
                    sheet.put(span, text, row=first + start, rows=count)
        for row in rows:
            sheet.begin_row("indicator")
            for column, span in zip(self.columns, self.spans, strict=True):
                if column.name not in ("level1", "level2"):
                    sheet.put(span, self._text(row, column), align="left" if column.name == "level3" else "center")

    def _levels(self, rows: Sequence[Indicator], level: str) -> Iterator[tuple[str, int, int]]:
        start = 0
        for _, members in groupby(rows, lambda row: (row.level1, row.level2 if level == "level2" else "")):
            own = list(members)
            text = self._level_text(own[0], level, rows)
            if self.shape.merged:
                yield text, start, len(own)
            else:
                yield from ((text, start + number, 1) for number in range(len(own)))
            start += len(own)

    def _level_text(self, row: Indicator, level: str, rows: Sequence[Indicator]) -> str:
        if level == "level2":
            return row.level2_printed or row.level2
        if not self.shape.weighted_levels or not self.shape.merged:
            return row.level1
        weight = sum(int(other.weight) for other in rows if other.level1 == row.level1)
        return f"{row.level1}（{weight}分）"

    def _text(self, row: Indicator, column: Column) -> str:
        if column.name == "level3":
            return row.level3
        if column.name == "target":
            return row.values[column.target].merged(self.shape.style)
        if column.name in PIECE_WORDS:
            sign, number, unit = row.values[0].pieces(self.shape.nothing)
            return {"sign": sign, "value": number, "unit": unit}[column.name]
        text: str = getattr(row, column.name)
        return text

    def _print_side(self, sheet: Sheet, head: int, body: int) -> None:
        end, span = len(sheet.rows), self.side_span
        if span[0] == span[1]:
            return
        if self.shape.side == "whole":
            sheet.put(span, self.side, row=head, rows=end - head)
        else:
            sheet.put(span, "", row=head, rows=body - head)
            sheet.put(span, self.side if self.shape.side == "below_header" else "", row=body, rows=end - body)

    def _print_total(self, sheet: Sheet, rows: Sequence[Indicator], total: str) -> None:
        """The points in all, below their columns; its label takes what stands before the first of them."""
        row = sheet.begin_row("indicator")
        numbered = {"weight": "weight", "score": "score"}
        first = next(number for number, column in enumerate(self.columns) if column.name in numbered)
        sheet.put((0, self.spans[first][0]), total, row=row)
        for column, span in list(zip(self.columns, self.spans, strict=True))[first:]:
            is_sum = column.name in numbered
            sheet.put(span, str(sum(int(getattr(one, column.name)) for one in rows)) if is_sum else "", row=row)
