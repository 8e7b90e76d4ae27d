"""A file of the package that holds a table."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from perftable_etl.load.export.relation import ExportColumn, Relation
from perftable_etl.system.disk import hash_of


class Resource(NamedTuple):
    """A table in the package: its columns, and its file with size and hash."""

    relation: Relation
    path: str
    bytes: int
    sha256: str


def resource_at(folder: Path, path: str, relation: Relation) -> Resource:
    """The resource whose file is there already."""
    file = folder / path
    return Resource(relation, path, file.stat().st_size, hash_of(file))


class Described(NamedTuple):
    """A table that the package adds, and its columns with their types and meanings."""

    name: str
    comment: str
    columns: Sequence[tuple[str, str, str]]


def write_rows(folder: Path, described: Described, rows: Iterable[Sequence[Any]]) -> Resource:
    """Writes such a table, which is short, as delimited text."""
    path, text = f"{described.name}.csv", [[_text(value) for value in row] for row in rows]
    with (folder / path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([name for name, _, _ in described.columns])
        writer.writerows(text)
    columns = tuple(ExportColumn(*column, is_required=False) for column in described.columns)
    return resource_at(folder, path, Relation(described.name, described.comment, columns, len(text)))


def _text(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
