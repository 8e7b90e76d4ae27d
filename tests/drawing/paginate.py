"""Sets a table on pages: row heights, page breaks, and which part of each cell each page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tests.drawing.table import Align, DrawnCell, DrawnTable

PageBreak = Literal["open", "closed", "reprinted", "sliced"]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a table may stand, and how it is broken over pages.

    A row is kept whole unless `cut_rows`. At a page break cells that go on are left `open` (no rule closes them),
    `closed`, or closed with merged labels `reprinted` on the next page; `sliced` ones are closed even where nothing but
    the text tells that they go on.
    """

    left: float
    width: float
    top: float
    bottom: float
    font_size: float
    padding: float
    cut_rows: bool
    repeat_columns: bool
    page_break: PageBreak

    @property
    def line_height(self) -> float:
        return self.font_size * 1.3

    def height(self, lines: int) -> float:
        return max(lines, 1) * self.line_height + 2 * self.padding

    def capacity(self, height: float) -> int:
        return int((height - 2 * self.padding) / self.line_height + 1e-6)


@dataclass(frozen=True, slots=True)
class Portion:
    """What one page shows of one cell; `cell` is None where it is of no form."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    lines: tuple[str, ...]
    align: Align
    whole: bool
    open_above: bool
    open_below: bool
    cell: DrawnCell | None = None


@dataclass(slots=True)
class _Strip:
    """What one page shows of one row: the lines of the cells that span no other row."""

    row: int
    y0: float
    y1: float
    lines: dict[DrawnCell, list[str]]
    goes_on: bool
    went_on: bool


@dataclass(slots=True)
class _Open:
    """A merged cell under way: where it begins on this page, and its lines not yet printed."""

    cell: DrawnCell
    y0: float
    lines: list[str]
    reprint: list[str] = field(default_factory=list)
    went_on: bool = False
    end: _Strip | None = None


def paginate(table: DrawnTable, frame: Frame, wrap: Callable[[str, float], list[str]], page: int, y: float) -> Setting:
    """Sets a whole table, beginning at `y` of `page`."""
    setting = Setting(table, frame, wrap, page, y)
    for row in range(len(table.rows)):
        setting.place(row)
    setting.finish_page(last=True)
    return setting


class Setting:
    """A table while it is being set; afterwards `portions` has everything to paint, `page` and `y` where it ended."""

    def __init__(
        self, table: DrawnTable, frame: Frame, wrap: Callable[[str, float], list[str]], page: int, y: float
    ) -> None:
        self.table, self.frame, self.page, self.y = table, frame, page, y
        self.portions: list[Portion] = []
        self._wrap = wrap
        self._strips: list[_Strip] = []
        self._open: list[_Open] = []
        self._floor = frame.top
        self._edges = _edges(table.widths, frame)

    def place(self, row: int) -> None:
        """Sets one row, breaking the page before it or within it where it does not fit."""
        left = {cell: self._lines(cell) for cell in self.table.row(row) if cell.row_span == 1}
        started = False
        while True:
            height = self._height(row, left)
            if height <= self._room() and (started or self._labels_fit(row)):
                self._strip(row, height, left, goes_on=False, went_on=started)
                return
            count = self._cut(row, left)
            if count:
                head = {cell: lines[:count] for cell, lines in left.items()}
                self._strip(row, self._room(), head, goes_on=True, went_on=started)
                left = {cell: lines[count:] for cell, lines in left.items()}
                started = True
            self._break(row)

    def finish_page(self, *, last: bool) -> None:
        """Emits what this page shows."""
        if self._strips and not last:
            self._stretch()
        for strip in self._strips:
            self._emit_row(strip)
        for span in self._open:
            self._emit_open(span)
        self._open = [span for span in self._open if span.end is None]
        self._strips.clear()

    def _lines(self, cell: DrawnCell) -> list[str]:
        width = self._edges[cell.end_column] - self._edges[cell.column] - 2 * self.frame.padding
        return self._wrap(cell.text, width / self.frame.font_size)

    def _room(self) -> float:
        return self.frame.bottom - self.y

    def _fresh(self) -> bool:
        return self.y <= self._floor

    def _height(self, row: int, left: dict[DrawnCell, list[str]]) -> float:
        """The height the row needs: its own lines, and what the merged cells that end in it have still to print."""
        own = self.frame.height(max((len(lines) for lines in left.values()), default=1))
        ending = [span for span in self._open if span.cell.end_row == row + 1]
        owed = [self.frame.height(len(span.lines)) - (self.y - span.y0) for span in ending if span.lines]
        return max([own, *owed])

    def _labels_fit(self, row: int) -> bool:
        """In closed tables a merged label is not cut: its first row waits for a page that can hold it."""
        if self.frame.page_break == "open" or self._fresh():
            return True
        merged = [cell for cell in self.table.row(row) if cell.row_span > 1]
        return all(self.frame.height(len(self._lines(cell))) <= self._room() for cell in merged)

    def _cut(self, row: int, left: dict[DrawnCell, list[str]]) -> int:
        """How many lines of the row stay on this page; 0 if it moves as a whole."""
        count = self.frame.capacity(self._room())
        tails = [cell for cell, lines in left.items() if len(lines) > count]
        if count < 1 or not tails:
            return 0
        if self._fresh():
            return count
        if not self.frame.cut_rows or self.table.rows[row] not in ("goals", "indicator"):
            return 0
        return count if self._tells(row, tails) and self._labels_fit(row) else 0

    def _tells(self, row: int, tails: Sequence[DrawnCell]) -> bool:
        """Whether a cut can be told from a new row: closed cells tell it only by the gaps beside a lone tail."""
        if self.frame.page_break in ("open", "sliced") or self.table.rows[row] == "goals":
            return True
        names_and_values = sorted(self.table.row(row), key=lambda cell: cell.column)[-2:]
        return len(tails) == 1 and tails[0] in names_and_values

    def _strip(
        self, row: int, height: float, lines: dict[DrawnCell, list[str]], *, goes_on: bool, went_on: bool
    ) -> None:
        if not went_on:
            merged = [cell for cell in self.table.row(row) if cell.row_span > 1]
            self._open += [_Open(cell, self.y, self._lines(cell)) for cell in merged]
        self._strips.append(_Strip(row, self.y, self.y + height, lines, goes_on, went_on))
        self.y += height
        for span in self._open:
            if span.cell.end_row == row + 1 and not goes_on:
                span.end = self._strips[-1]

    def _break(self, row: int) -> None:
        """Goes to the next page."""
        self.finish_page(last=False)
        self.page, self.y = self.page + 1, self.frame.top
        for span in self._open:
            span.y0, span.went_on = self.y, True
        if self.frame.repeat_columns and self.table.rows[row] == "indicator":
            self._repeat_columns()
        self._floor = self.y

    def _repeat_columns(self) -> None:
        header = self.table.rows.index("columns")
        cells = {cell: self._lines(cell) for cell in self.table.row(header) if cell.row_span == 1}
        height = self.frame.height(max(len(lines) for lines in cells.values()))
        self._strips.append(_Strip(header, self.y, self.y + height, cells, goes_on=False, went_on=False))
        self.y += height
        taken = {column for cell in cells for column in range(cell.column, cell.end_column)}
        for span in self._open:
            if span.cell.column in taken:
                span.y0 = self.y

    def _stretch(self) -> None:
        """In closed tables the last row of a page grows until the merged labels that go on are printed whole."""
        if self.frame.page_break == "open" or self._strips[-1].goes_on:
            return
        owed = [span.y0 + self.frame.height(len(span.lines)) for span in self._open if span.lines and not span.end]
        self.y = min(max([self.y, *owed]), max(self.frame.bottom, self.y))
        self._strips[-1].y1 = self.y

    def _emit_row(self, strip: _Strip) -> None:
        may_open = self.frame.page_break == "open"
        for cell, lines in strip.lines.items():
            x0, x1 = self._sides(cell)
            whole = not (strip.goes_on or strip.went_on)
            above, below = may_open and strip.went_on, may_open and strip.goes_on
            shown = tuple(lines)
            self.portions.append(
                Portion(self.page, x0, strip.y0, x1, strip.y1, shown, cell.align, whole, above, below, cell)
            )

    def _emit_open(self, span: _Open) -> None:
        may_open = self.frame.page_break == "open"
        x0, x1 = self._sides(span.cell)
        bottom = span.end.y1 if span.end else self.y
        lines, whole = self._take(span, self.frame.capacity(bottom - span.y0))
        above, below = may_open and span.went_on, may_open and span.end is None
        self.portions.append(
            Portion(self.page, x0, span.y0, x1, bottom, lines, span.cell.align, whole, above, below, span.cell)
        )

    def _take(self, span: _Open, count: int) -> tuple[tuple[str, ...], bool]:
        """The lines of a merged label that this page prints, at most `count`, and whether they are the whole label."""
        lines, span.lines = span.lines[:count], span.lines[count:]
        if not span.went_on and not span.lines and self.frame.page_break == "reprinted":
            span.reprint = lines
        elif span.reprint and len(span.reprint) <= count:
            lines = span.reprint
        return tuple(lines), not span.lines and (not span.went_on or bool(span.reprint))

    def _sides(self, cell: DrawnCell) -> tuple[float, float]:
        return self._edges[cell.column], self._edges[cell.end_column]


def _edges(widths: Sequence[float], frame: Frame) -> list[float]:
    return list(_running(frame.left, (frame.width * width / sum(widths) for width in widths)))


def _running(start: float, steps: Iterator[float]) -> Iterator[float]:
    yield start
    for step in steps:
        start += step
        yield start
