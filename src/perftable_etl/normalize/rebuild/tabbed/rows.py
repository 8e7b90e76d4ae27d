"""The rows of tabbed text and their fields.

A spreadsheet quotes a cell that holds line breaks, so its row goes on to the line that closes the quotation. A line
without a tab is a row's only where a table has cells that are alone in theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import NamedTuple

import regex

from perftable_etl.document import Line, Place

_QUOTE = '"'
_MOST_LINES = 60  # that one row may go over: more are a quotation mark that nothing closes
_UNUSUAL = 0.1  # the share of a table's rows that may be wider than the others: those have a cell too many
_BREAKS = regex.compile(r"\s*\n\s*")


class Field(NamedTuple):
    """What stands between two tabs, and where; a blank stands where its tab does."""

    text: str
    place: Place


class Row(NamedTuple):
    """The fields of one row, and the lines that it was printed in."""

    fields: tuple[Field, ...]
    lines: tuple[Line, ...]

    @property
    def place(self) -> Place:
        """Where its first line stands."""
        return self.lines[0].place

    @property
    def is_tabbed(self) -> bool:
        """Whether a tab parts its cells: else it is a line that may be a cell, a heading or no part of a table."""
        return "\t" in self.lines[0].text

    @property
    def starts(self) -> list[int]:
        """Which fields have a text."""
        return [index for index, one in enumerate(self.fields) if one.text]

    @property
    def first(self) -> int:
        """Which field is the first with a text."""
        return next(iter(self.starts), 0)

    @property
    def end(self) -> int:
        """How many fields there are up to the last with a text."""
        return max(self.starts, default=-1) + 1

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of its fields, blanks left out."""
        return tuple(one.text for one in self.fields if one.text)


def read_rows(lines: Sequence[Line]) -> Iterator[Row]:
    """The rows that lines in reading order are printed in, those without a tab too."""
    index = 0
    while index < len(lines):
        count = _lines_of_row(lines[index : index + _MOST_LINES])
        row = together([Row(tuple(_fields(line)), (line,)) for line in lines[index : index + count]])
        yield row if count == 1 else row._replace(fields=tuple(map(_unquoted, row.fields)))
        index += count


def together(rows: Sequence[Row]) -> Row:
    """The lines of one row put together: the last field of each and the first of the next are one cell."""
    return reduce(_together, rows)


def _together(row: Row, more: Row) -> Row:
    joined = _joined(row.fields[-1], more.fields[0])
    return Row((*row.fields[:-1], joined, *more.fields[1:]), (*row.lines, *more.lines))


def with_more(row: Row, at: int, more: Row) -> Row:
    """A row whose field `at` goes on in the line below."""
    joined = _joined(row.fields[at], more.fields[0])
    return Row((*row.fields[:at], joined, *row.fields[at + 1 :]), (*row.lines, *more.lines))


def full_width(body: Sequence[Row]) -> int:
    """How many fields the rows have that lack none."""
    widths = sorted((len(row.fields) for row in body), reverse=True)
    return widths[int(_UNUSUAL * len(widths))] if widths else 0


def _lines_of_row(lines: Sequence[Line]) -> int:
    """How many lines a row goes over: one, unless a field of it opens a quotation that a later line closes."""
    is_open = False
    for count, line in enumerate(lines, start=1):
        is_open = line.place.page == lines[0].place.page and _stays_open(line.text, is_open=is_open)
        if not is_open:
            return count if line.place.page == lines[0].place.page else 1
    return 1


def _stays_open(text: str, *, is_open: bool) -> bool:
    first, tab, rest = text.partition("\t")
    if is_open and not (first.rstrip().endswith(_QUOTE) and first.count(_QUOTE) % 2):
        return True
    last = rest.rpartition("\t")[2].strip()
    return bool(tab) and last.startswith(_QUOTE) and last.count(_QUOTE) % 2 == 1


def _fields(line: Line) -> Iterator[Field]:
    position = 0
    for part in line.text.split("\t"):
        text = part.strip()
        start = position + (len(part) - len(part.lstrip()) if text else 0)
        yield Field(text, Place(line.place.page, line.place.box._replace(x0=start, x1=start + len(text))))
        position += len(part) + 1


def _joined(one: Field, other: Field) -> Field:
    page, box = one.place
    text = "\n".join(filter(None, (one.text, other.text)))
    return Field(text, Place(page, box.union(other.place.box)) if other.place.page == page else one.place)


def _unquoted(one: Field) -> Field:
    if "\n" not in one.text:
        return one
    text = one.text.removeprefix(_QUOTE).removesuffix(_QUOTE).replace(_QUOTE * 2, _QUOTE)
    return one._replace(text=_BREAKS.sub("\n", text.strip()))
