"""A table while it is composed: rows below each other on one grid of columns, each cut at some of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.drawing.table import Align, DrawnCell, DrawnTable, RowKind

Span = tuple[int, int]


class Sheet:
    """Rows on a grid whose columns have these widths."""

    def __init__(self, widths: Sequence[float]) -> None:
        self.widths = tuple(widths)
        self.rows: list[RowKind] = []
        self._cells: list[DrawnCell] = []

    @property
    def end(self) -> int:
        """The number of columns."""
        return len(self.widths)

    def begin_row(self, kind: RowKind) -> int:
        """Begins a row, and gives its number."""
        self.rows.append(kind)
        return len(self.rows) - 1

    def put(self, span: Span, text: str, *, row: int | None = None, rows: int = 1, align: Align = "center") -> None:
        """A cell in the row that was begun last, or in `row`."""
        start, end = span
        at = len(self.rows) - 1 if row is None else row
        self._cells.append(DrawnCell(text, at, start, rows, end - start, align))

    def put_row(self, kind: RowKind, spans: Iterable[Span], texts: Iterable[str]) -> int:
        """A row of cells."""
        row = self.begin_row(kind)
        for span, text in zip(spans, texts, strict=True):
            self.put(span, text, row=row)
        return row

    def whole(self, kind: RowKind, text: str, align: Align = "center") -> None:
        """A row of one cell."""
        self.begin_row(kind)
        self.put((0, self.end), text, align=align)

    def cut(self, start: int, shares: Sequence[float]) -> list[Span]:
        """The columns from `start` on in so many spans, as near to these shares of the width as the grid has lines."""
        widths = self.widths[start:]
        spans, first, wanted = [], start, 0.0
        for number, share in enumerate(shares):
            wanted += share / sum(shares) * sum(widths)
            most = self.end - (len(shares) - number - 1)
            end = min(range(first + 1, most + 1), key=lambda column: abs(sum(self.widths[start:column]) - wanted))
            spans.append((first, self.end if number == len(shares) - 1 else end))
            first = end
        return spans

    def table(self) -> DrawnTable:
        """The table."""
        cells = tuple(sorted(self._cells, key=lambda cell: (cell.row, cell.column)))
        return DrawnTable(cells, tuple(self.rows), self.widths)
