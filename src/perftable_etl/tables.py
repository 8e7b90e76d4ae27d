"""Files that bring their tables with them and have no pages: web pages, Word documents, workbooks.

In a place of theirs, `page` is the number of the table or sheet in the file, from 1. `x0` and `x1` are columns and `y0`
and `y1` rows, from 0. Lines above a table have the rows before its first one: -1 is the line right above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from perftable_etl.document import Document, Place

UnseenKind = Literal["hidden_row", "hidden_column", "hidden_sheet", "hidden_text", "not_computed"]


class Unseen(NamedTuple):
    """What a file holds that nobody sees: by what it is hidden, its text and place; or a formula without a result."""

    kind: UnseenKind
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class TableDocument(Document):
    """A whole file as its tables: each is a page. `sheets` are the names of a workbook's sheets, empty of others."""

    sheets: tuple[str, ...] = ()
    unseen: tuple[Unseen, ...] = ()

    @property
    def part_kind(self) -> str:
        """What a page of it is called."""
        return "sheet" if self.sheets else "table"

    def anchor(self, place: Place) -> str:
        """A place as a person can follow it: Sheet1!C7, or table 2, row 7."""
        column, row = round(place.box.x0), round(place.box.y0)
        if self.sheets:
            return f"{_quoted(self.sheets[place.page - 1])}!{column_letters(column)}{row + 1}"
        return f"table {place.page}, row {row + 1}" if row >= 0 else f"table {place.page}, {-row} lines above"


def parts_of(document: Document) -> tuple[Document, ...]:
    """The parts of a document that forms stand in by themselves: each sheet of a workbook, else all of it.

    A page ends where the paper does, and a form goes on on the next; a sheet ends where its form does.
    """
    if isinstance(document, TableDocument) and document.sheets:
        return tuple(Document((page,)) for page in document.pages)
    return (document,)


def column_letters(column: int) -> str:
    """The name that sheets give a column, which is counted from 0: A, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _quoted(sheet: str) -> str:
    """The name of a sheet as formulas have it: in quotes where it is more than letters and digits."""
    return sheet if sheet.replace("_", "").isalnum() else "'" + sheet.replace("'", "''") + "'"
