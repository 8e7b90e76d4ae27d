"""The rows of tabbed text and their fields.

Each line is a row, but for a cell that holds line breaks: a spreadsheet quotes it, and its row goes on to the line that
closes the quotation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import NamedTuple

from perftable_etl.document import Line, Place

_QUOTE = '"'
_MOST_LINES = 60  # that one row may go over: more are a quotation mark that nothing closes


class Field(NamedTuple):
    """What stands between two tabs, and where; a blank stands where its tab does."""

    text: str
    place: Place

    def joined(self, other: Field) -> Field:
        """It with what goes on in the next line."""
        (page, box), text = self.place, "\n".join(filter(None, (self.text, other.text)))
        return Field(text, Place(page, box.union(other.place.box)) if other.place.page == page else self.place)


class TabbedRow(NamedTuple):
    """The fields of one row, and the lines that it was printed in."""

    fields: tuple[Field, ...]
    lines: tuple[Line, ...]

    @property
    def is_tabbed(self) -> bool:
        """Whether a tab parts its cells: else it is a line that may be a cell, a heading or no part of a table."""
        return "\t" in self.lines[0].text

    @property
    def starts(self) -> list[int]:
        """Which fields have a text."""
        return [index for index, one in enumerate(self.fields) if one.text]

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of its fields, blanks left out."""
        return tuple(one.text for one in self.fields if one.text)

    def continued(self, more: TabbedRow, at: int = -1) -> TabbedRow:
        """The row with one of its fields going on in the first one of `more`, whose others follow."""
        before, field, *after = self.fields[:at], *self.fields[at:]
        fields = (*before, field.joined(more.fields[0]), *more.fields[1:], *after)
        return TabbedRow(fields, (*self.lines, *more.lines))


def read_rows(lines: Sequence[Line]) -> Iterator[TabbedRow]:
    """The rows that lines in reading order are printed in, those without a tab too."""
    index = 0
    while index < len(lines):
        count = _lines_of_row(lines[index : index + _MOST_LINES])
        row = reduce(
            TabbedRow.continued, (TabbedRow(tuple(_fields(line)), (line,)) for line in lines[index : index + count])
        )
        yield row if count == 1 else row._replace(fields=tuple(map(_unquoted, row.fields)))
        index += count


def _lines_of_row(lines: Sequence[Line]) -> int:
    """How many lines a row goes over: one, unless its last field opens a quotation that a later line closes."""
    _, tab, last = lines[0].text.rpartition("\t")
    if not tab or not last.strip().startswith(_QUOTE) or last.count(_QUOTE) % 2 == 0:
        return 1
    of_page = (line for line in lines[1:] if line.place.page == lines[0].place.page)
    return next((count for count, line in enumerate(of_page, 2) if line.text.count(_QUOTE) % 2), 1)


def _fields(line: Line) -> Iterator[Field]:
    position = 0
    for part in line.text.split("\t"):
        text = part.strip()
        start = position + (len(part) - len(part.lstrip()) if text else 0)
        yield Field(text, Place(line.place.page, line.place.box._replace(x0=start, x1=start + len(text))))
        position += len(part) + 1


def _unquoted(one: Field) -> Field:
    if "\n" not in one.text:
        return one
    text = one.text.removeprefix(_QUOTE).removesuffix(_QUOTE).replace(_QUOTE * 2, _QUOTE)
    return one._replace(text="\n".join(map(str.strip, text.split("\n"))).strip())
