"""In which unit (元, 万元) the amounts of a form count: what is printed on it, else on its document, never a guess.

A unit stands beside the block of money (项目资金（元）), above the table (单位：万元) or in an amount's label.
One under the document's title or on its cover (金额单位：万元) holds for all its forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perftable_etl.document import Document, Line, Place, lines_before_grid
from perftable_etl.messages import Message
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.printed import FieldText
from perftable_etl.normalize.layouts.headings import is_table_title, read_title
from perftable_etl.normalize.layouts.labels import label_key
from perftable_etl.normalize.values.money import figures_with_units, long_figure, money_unit, parse_money, states_unit


class PrintedUnit(NamedTuple):
    """A money unit, in yuan, and the text that prints it."""

    yuan: Decimal
    text: str
    place: Place | None


def units_in(texts: Iterable[tuple[str, Place | None]]) -> list[PrintedUnit]:
    """The units that texts name, in their order."""
    return [PrintedUnit(yuan, text, place) for text, place in texts if (yuan := money_unit(text))]


_LONGEST_UNIT = 8
"""Characters. A longer text names a unit by the way."""


def units_beside(others: Iterable[FieldText]) -> list[PrintedUnit]:
    """The units that stand in a cell of their own, beside a label that says so (金额单位： | 万元)."""
    short = [printed for printed in others if len(printed.raw) <= _LONGEST_UNIT and not money_unit(printed.label)]
    return units_in((f"{label_key(printed.label)}:{printed.raw}", printed.place) for printed in short)


def document_unit(document: Document) -> Decimal | None:
    """The unit that a document prints before its first table and under its own title, not under that of a table."""
    blocks = (block for page in document.pages for block in page.blocks)
    lines = list(lines_before_grid(blocks))
    return next(
        (yuan for at, line in enumerate(lines) if (yuan := money_unit(line.text)) and _is_general(lines[:at])), None
    )


def _is_general(above: Sequence[Line]) -> bool:
    """Whether the nearest title among the lines above is the document's."""
    titles = (line.text for line in reversed(above) if read_title(line.text) or is_table_title(line.text))
    return read_title(next(titles, "")) is not None


def choose_unit(printed: Sequence[PrintedUnit], of_labels: Sequence[PrintedUnit], coverage: Coverage) -> Decimal | None:
    """The unit that a form prints, the nearest to its amounts first; that two of them differ is reported."""
    units = [*printed, *of_labels]
    other = next((unit for unit in units if unit.yuan != units[0].yuan), None)
    if other:
        message = Message(
            "the form prints two units of money, {first} and {other}; compare its amounts with the page",
            first=units[0].text,
            other=other.text,
        )
        coverage.report("money_unit_conflict", "warning", message, other.text, other.place)
    return units[0].yuan if units else None


def units_of_labels(cells: Iterable[LabelledCell]) -> list[PrintedUnit]:
    """The units that labels of money name, of whatever amounts (资金金额（万元）)."""
    return units_in((cell.text, cell.cell.place) for cell in cells if cell.meaning.money)


def units_in_prose(cells: Sequence[LabelledCell]) -> list[PrintedUnit]:
    """The units that texts give to figures which stand alone in another cell: 874.18, and 劳动监察874.18万元."""
    figures = {figure for cell in cells if (figure := long_figure(cell.text))}
    return [
        PrintedUnit(yuan, cell.text, cell.cell.place)
        for cell in cells
        for figure, yuan in figures_with_units(cell.text)
        if figure in figures
    ]


def labels_of(values: Iterable[FieldText]) -> Iterator[tuple[str, Place | None]]:
    """The labels of fields, each with the place of its value, if that is not blank."""
    return ((printed.label, printed.place if printed.cells else None) for printed in values)


def report_assumed(unit: str, amounts: Iterable[FieldText], coverage: Coverage) -> None:
    """Say that no unit is printed for the form's amounts, unless each of them names its own, or is nothing."""
    bare = next((printed for printed in amounts if parse_money(printed.raw) and not states_unit(printed.raw)), None)
    if bare:
        message = Message(
            "the form prints no unit of money; its amounts are read in {unit}; compare them with the page", unit=unit
        )
        coverage.report("money_unit_assumed", "warning", message, bare.raw, bare.place)
