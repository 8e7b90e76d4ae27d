"""The rows of tabbed text and their fields.

Each line is a row, but for a cell that holds line breaks: a spreadsheet quotes it, and its row goes on to the line that
closes the quotation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
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

    def unquoted(self) -> Field:
        """It without the quotation marks around a text of several lines, and those doubled within."""
        text = self.text.removeprefix(_QUOTE).removesuffix(_QUOTE).replace(_QUOTE * 2, _QUOTE)
        return self._replace(text=text.strip()) if "\n" in self.text else self


class TabbedRow(NamedTuple):
    """The fields of one row, and the lines that it was printed in."""

    fields: tuple[Field, ...]
    lines: tuple[Line, ...]

    @property
    def is_tabbed(self) -> bool:
        """Whether a tab parts its cells: else it is a line that may be a cell, a heading or no part of a table."""
        return "\t" in self.lines[0].text

    @property
    def starts(self) -> tuple[int, ...]:
        """Which fields have a text."""
        return tuple(index for index, one in enumerate(self.fields) if one.text)

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of its fields, blanks left out."""
        return tuple(one.text for one in self.fields if one.text)

    @property
    def is_open(self) -> bool:
        """Whether its last field opens a quotation that it does not close."""
        text = self.fields[-1].text
        return len(self.fields) > 1 and text.startswith(_QUOTE) and text.count(_QUOTE) % 2 == 1

    def continued(self, more: TabbedRow, at: int = -1) -> TabbedRow:
        """The row with one of its fields going on in the first one of `more`, whose others follow."""
        before, field, *after = self.fields[:at], *self.fields[at:]
        fields = (*before, field.joined(more.fields[0]), *more.fields[1:], *after)
        return TabbedRow(fields, (*self.lines, *more.lines))


def read_rows(lines: Sequence[Line]) -> Iterator[TabbedRow]:
    """The rows that lines in reading order are printed in, those without a tab too."""
    rows = [TabbedRow(tuple(_fields(line)), (line,)) for line in lines]
    index = 0
    while index < len(rows):
        longer = accumulate(rows[index : index + _MOST_LINES], TabbedRow.continued)
        row = next((row for row in longer if not row.is_open), rows[index])
        yield row._replace(fields=tuple(map(Field.unquoted, row.fields)))
        index += len(row.lines)


def _fields(line: Line) -> Iterator[Field]:
    position = 0
    for part in line.text.split("\t"):
        text = part.strip()
        start = position + (len(part) - len(part.lstrip()) if text else 0)
        yield Field(text, Place(line.place.page, line.place.box._replace(x0=start, x1=start + len(text))))
        position += len(part) + 1
