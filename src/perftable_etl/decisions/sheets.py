"""Reading a sheet of decisions, as a program for tables saved it: CSV, or a workbook."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path

from perftable_etl.errors import OutputError, ReadError, SheetError
from perftable_etl.extract.office import read_rows
from perftable_etl.formats import ODS, XLS, XLSX, signed
from perftable_etl.load.corrections.lines import SheetLine
from perftable_etl.load.corrections.sheet import SheetRow, sheet_text, unguarded
from perftable_etl.load.link_applying import LinkLine
from perftable_etl.load.link_sheet import LinkSheetRow, link_sheet_text

_WORKBOOKS = {XLSX, XLS, ODS}
_LARGEST_CELL = 10_000_000


def read_sheet(path: Path) -> list[SheetLine]:
    """The lines of a sheet, by their numbers in the file. Raises SheetError where it is none."""
    lines = read_lines(path, "verdict", "Write a sheet with: perftable-etl review --csv OUT")
    return [SheetLine(number, SheetRow(**_known(cells, SheetRow._fields))) for number, cells in lines]


def read_link_sheet(path: Path) -> list[LinkLine]:
    """The lines of a sheet of links. Raises SheetError where it is none."""
    lines = read_lines(path, "decision", "Write a sheet with: perftable-etl links --csv OUT")
    return [LinkLine(number, LinkSheetRow(**_known(cells, LinkSheetRow._fields))) for number, cells in lines]


def read_lines(path: Path, needed: str, advice: str) -> list[tuple[int, Mapping[str, str]]]:
    """The cells of each line by the names of their columns; one column must be there. Raises SheetError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SheetError(f"{path} cannot be read ({error.strerror}). Check the path and its permissions.") from error
    try:
        return list(_lines(_rows(data), needed, advice))
    except (ReadError, csv.Error, ValueError) as error:
        raise SheetError(f"{path} is no sheet of decisions: {error}") from error


def _known(cells: Mapping[str, str], columns: Iterable[str]) -> dict[str, str]:
    return {name: cells[name] for name in columns if name in cells}


def write_sheet(path: Path, rows: Iterable[SheetRow]) -> None:
    """Writes a sheet as CSV. Raises OutputError."""
    _write(path, sheet_text(rows))


def write_link_sheet(path: Path, rows: Iterable[LinkSheetRow]) -> None:
    """Writes a sheet of links as CSV. Raises OutputError."""
    _write(path, link_sheet_text(rows))


def _write(path: Path, text: str) -> None:
    try:
        path.write_bytes(text.encode())
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


def _lines(
    rows: Iterable[tuple[int, Sequence[str]]], needed: str, advice: str
) -> Iterator[tuple[int, Mapping[str, str]]]:
    found = iter(rows)
    _, head = next(found, (1, ()))
    names = [unguarded(name).lower() for name in head]
    if needed not in names:
        raise ValueError(f"its first row has no column {needed}. {advice}")
    for number, row in found:
        yield number, {name: unguarded(text) for name, text in zip(names, row, strict=False)}
