"""What became of the cells of a form: which are a field or a known label, and what must be told of the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from perftable_etl.document import Cell, Form, Line, Place
from perftable_etl.normalize.values.text import count_characters
from perftable_etl.records import Finding, FindingCode, Severity


@dataclass(slots=True)
class Coverage:
    """What became of the cells and heading lines of one form, the `ordinal`-th of its document."""

    ordinal: int
    findings: list[Finding] = field(default_factory=list)
    _covered: set[int] = field(default_factory=set)
    _told: set[int] = field(default_factory=set)

    def cover(self, *printed: Cell | Line) -> None:
        """These have become a field or are a known label."""
        for item in printed:
            self._covered.add(id(item))

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

    def close(self, form: Form) -> tuple[int, int]:
        """Characters accounted for and characters on the form; whatever is not covered is reported."""
        accounted = sum(count_characters(cell.text) for cell in form.repeats)
        characters = accounted
        printed: Iterable[Cell | Line] = (*form.heading, *form.grid.cells)
        for item in printed:
            if not item.text:
                continue
            count = count_characters(item.text)
            characters += count
            if id(item) in self._covered:
                accounted += count
            elif id(item) not in self._told:
                self._report_unknown(item)
        return accounted, characters

    def _report_unknown(self, item: Cell | Line) -> None:
        if isinstance(item, Cell):
            message = "this cell is neither a known label nor the value of one; add its label to the layout"
            self.report("unknown_cell", "warning", message, item.text, item.place)
        else:
            self.report("unknown_line", "info", "this line above the form is not understood", item.text, item.place)


def count_form(form: Form) -> int:
    """All characters on a form."""
    printed: Iterable[Cell | Line] = (*form.heading, *form.repeats, *form.grid.cells)
    return sum(count_characters(item.text) for item in printed)
