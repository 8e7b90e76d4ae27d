"""What became of the cells of a form: which are a field or a known label, and what must be told of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from perftable_etl.document import Cell, Form, Line, Place
from perftable_etl.messages import Message
from perftable_etl.normalize.values.text import count_characters
from perftable_etl.records import Finding, FindingCode, Severity


class Closed(NamedTuple):
    """How many of a form's characters are accounted for, how many there are, and the cells that were not read."""

    accounted: int
    characters: int
    unread: tuple[Cell, ...]


@dataclass(slots=True)
class Coverage:
    """What became of the cells and heading lines of one form, the `ordinal`-th of its document."""

    ordinal: int
    findings: list[Finding] = field(default_factory=list)
    _covered: set[int] = field(default_factory=set)
    _told: set[int] = field(default_factory=set)

    def cover(self, *printed: Cell | Line) -> None:
        """These have become a field or are a known label."""
        self._covered.update(map(id, printed))

    def leave(self, printed: Cell) -> None:
        """It was taken for a known label, but stands over what is not understood."""
        self._covered.discard(id(printed))

    def report(
        self,
        code: FindingCode,
        severity: Severity,
        message: str,
        raw: str,
        place: Place | None,
        indicator: int | None = None,
    ) -> None:
        """Record a finding about this form."""
        self.findings.append(
            Finding(
                code=code,
                severity=severity,
                message=message,
                raw=raw,
                place=place,
                project=self.ordinal,
                indicator=indicator,
            )
        )

    def tell_together(self, cells: Sequence[Cell], message: str, code: FindingCode = "unknown_cell") -> None:
        """Record one finding about cells that are not understood, at the first of them."""
        self._told.update(map(id, cells))
        self.report(code, "warning", message, cells[0].text, cells[0].place)

    def has(self, cell: Cell) -> bool:
        """Whether a cell has become something."""
        return id(cell) in self._covered

    def close(self, form: Form) -> Closed:
        """What became of a form in all; whatever is not covered is reported, cells that touch as one."""
        items: Iterable[Cell | Line] = (*form.heading, *form.grid.cells)
        covered = self._covered
        left = [item for item in items if id(item) not in covered and item.text]
        for line in (item for item in left if isinstance(item, Line)):
            self.report("unknown_line", "info", "this line above the form is not understood", line.text, line.place)
        cells = [item for item in left if isinstance(item, Cell)]
        for block in _blocks([cell for cell in cells if id(cell) not in self._told]):
            self._report_unknown(block)
        characters = count_form(form)
        return Closed(characters - _characters(left), characters, tuple(cells))

    def _report_unknown(self, cells: Sequence[Cell]) -> None:
        message: str = "this cell is neither a known label nor the value of one; add its label to the layout"
        if len(cells) > 1:
            message = Message(
                "these {count} cells are neither known labels nor values of one; add their labels to the layout",
                count=len(cells),
            )
        self.report("unknown_cell", "warning", message, "\t".join(cell.text for cell in cells), cells[0].place)


def _blocks(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """Cells of one page that stand in one row, or in rows that follow each other."""
    block: list[Cell] = []
    for cell in cells:
        if block and (cell.place.page != block[-1].place.page or cell.row > max(other.end_row for other in block)):
            yield block
            block = []
        block.append(cell)
    if block:
        yield block


def count_form(form: Form) -> int:
    """All characters on a form."""
    return _characters((*form.heading, *form.repeats, *form.grid.cells))


def _characters(printed: Iterable[Cell | Line]) -> int:
    return count_characters("".join([item.text for item in printed]))
