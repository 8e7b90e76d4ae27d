"""Prints labels with their values to the right of them onto a sheet, one to three in a row."""

from __future__ import annotations

from collections.abc import Sequence

from tests.drawing.kinds.choice import Choice
from tests.drawing.kinds.sheet import Sheet

Pair = tuple[str, str]


def print_pairs(sheet: Sheet, pairs: Sequence[Pair], choose: Choice) -> None:
    """Rows of pairs; the last value of a row reaches the end of the table."""
    left = list(pairs)
    while left:
        count = min(choose.integer(1, 3), len(left), sheet.end // 2)
        row, left = left[:count], left[count:]
        spans = sheet.cut(0, [share for _ in row for share in (2, 3)])
        sheet.put_row("header", spans, (text for pair in row for text in pair))
