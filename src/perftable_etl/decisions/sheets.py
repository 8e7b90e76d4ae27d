"""Reading a sheet of decisions, as a program for tables saved it: CSV, or a workbook."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from pathlib import Path

from perftable_etl.errors import OutputError, ReadError, SheetError
from perftable_etl.extract.office import read_rows
from perftable_etl.formats import ODS, XLS, XLSX, signed
from perftable_etl.load.corrections.lines import Line
from perftable_etl.load.corrections.sheet import SheetRow, sheet_text, unguarded

_WORKBOOKS = {XLSX, XLS, ODS}
_LARGEST_CELL = 10_000_000


def read_sheet(path: Path) -> list[Line]:
    """The lines of a sheet, by their numbers in the file. Raises SheetError where it is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SheetError(f"{path} cannot be read ({error.strerror}). Check the path and its permissions.") from error
    try:
        rows = _rows(data)
        return list(_lines(rows))
    except (ReadError, csv.Error, ValueError) as error:
        raise SheetError(f"{path} is no sheet of decisions: {error}") from error


def write_sheet(path: Path, rows: Iterable[SheetRow]) -> None:
    """Writes a sheet as CSV. Raises OutputError."""
    try:
        path.write_bytes(sheet_text(rows).encode())
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror}). Check the folder and its permissions."
        ) from error


def _rows(data: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """The filled rows of a file, each with its number."""
    if (found := signed(data)) in _WORKBOOKS and found:
        return iter(read_rows(data, found.name))
    return _csv_rows(_decoded(data))


def _decoded(data: bytes) -> str:
    """Text as Excel saves it: UTF-8 with a mark, UTF-16, or the encoding of Chinese Windows."""
    for encoding in ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("it is neither UTF-8 nor GB18030. Save it as CSV UTF-8.")


def _csv_rows(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    csv.field_size_limit(_LARGEST_CELL)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    return ((number, row) for number, row in enumerate(reader, 1) if any(row))


def _lines(rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Line]:
    found = iter(rows)
    _, head = next(found, (1, ()))
    names = [unguarded(name).lower() for name in head]
    if "verdict" not in names:
        raise ValueError("its first row has no column verdict. Write a sheet with: perftable-etl review --csv OUT")
    known = set(SheetRow._fields)
    for number, row in found:
        cells = {name: unguarded(text) for name, text in zip(names, row, strict=False) if name in known}
        yield Line(number, SheetRow(**cells))
