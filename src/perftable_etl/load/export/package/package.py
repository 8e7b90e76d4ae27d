"""All files of a data package."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from perftable_etl.load.database import Connection
from perftable_etl.load.export.codebook import codebook
from perftable_etl.load.export.copies import copy_to_csv
from perftable_etl.load.export.dataset import Dataset
from perftable_etl.load.export.package.changes import changed_values, differences
from perftable_etl.load.export.package.citation import citation
from perftable_etl.load.export.package.croissant import croissant
from perftable_etl.load.export.package.descriptor import descriptor
from perftable_etl.load.export.package.log import CHANGES, change_log
from perftable_etl.load.export.package.readme import readme
from perftable_etl.load.export.package.resource import Described, Resource, resource_at, write_rows
from perftable_etl.load.export.relation import OnRows, Relation
from perftable_etl.load.export.validation import validation

DESCRIPTOR = "datapackage.json"

_CODEBOOK = Described(
    "codebook",
    "One row per column of the data.",
    (
        ("table", "VARCHAR", "Table"),
        ("column", "VARCHAR", "Column"),
        ("heading", "VARCHAR", "Its name in Chinese"),
        ("type", "VARCHAR", "Its type in DuckDB"),
        ("is_required", "BOOLEAN", "Whether it always has a value"),
        ("comment", "VARCHAR", "What it holds"),
    ),
)
_VALIDATION = Described(
    "validation",
    "One row per measure of the quality of the data.",
    (
        ("measure", "VARCHAR", "What is counted"),
        ("group", "VARCHAR", "Which of them; empty: all"),
        ("number", "DOUBLE", "How many"),
        ("total", "DOUBLE", "Of how many; empty: of no known number"),
        ("share", "DOUBLE", "number / total"),
    ),
)
_CHANGES = Described(
    "changes",
    "One row per value that changed since the last release, of rows that both releases have.",
    (
        ("table", "VARCHAR", "Table"),
        ("key", "VARCHAR", "Value of its key"),
        ("column", "VARCHAR", "Column"),
        ("old_value", "VARCHAR", "Value in the last release"),
        ("new_value", "VARCHAR", "Value now"),
    ),
)


class PackageRelease:
    """A data package in the making: its data set, the folder it is written to, and the release before it."""

    def __init__(self, connection: Connection, dataset: Dataset, folder: Path, earlier: Path | None) -> None:
        self._connection = connection
        self._dataset = dataset
        self._folder = folder
        self._earlier = earlier

    def write(self, relations: Sequence[Relation], on_rows: OnRows) -> None:
        """Writes all files but the checksums."""
        data = [self._write_data(relation, on_rows) for relation in relations]
        added = [
            write_rows(self._folder, _CODEBOOK, codebook(relations)),
            write_rows(self._folder, _VALIDATION, validation(self._connection)),
            *self._write_changes(data),
        ]
        self._write_json(DESCRIPTOR, descriptor(self._dataset, [*data, *added]))
        self._write_json("croissant.json", croissant(self._dataset, [*data, *added]))
        self._write_text("CITATION.cff", citation(self._dataset))
        self._write_text("README.md", readme(self._dataset, [*data, *added]))

    def _write_data(self, relation: Relation, on_rows: OnRows) -> Resource:
        on_rows(relation.name, 0)
        path = f"data/{relation.name}.csv"
        (self._folder / "data").mkdir(exist_ok=True)
        copy_to_csv(self._connection, relation, self._folder / path, with_mark=False)
        on_rows(relation.name, relation.rows)
        return resource_at(self._folder, path, relation)

    def _write_changes(self, data: Sequence[Resource]) -> list[Resource]:
        if self._earlier is None:
            self._write_text(CHANGES, change_log(self._dataset, (), None))
            return []
        found = differences(self._connection, self._earlier, self._folder, data)
        self._write_text(CHANGES, change_log(self._dataset, found, self._earlier))
        values = changed_values(self._connection, self._earlier, self._folder, data)
        return [write_rows(self._folder, _CHANGES, values)]

    def _write_json(self, name: str, content: dict[str, Any]) -> None:
        self._write_text(name, json.dumps(content, ensure_ascii=False, indent=2) + "\n")

    def _write_text(self, name: str, text: str) -> None:
        (self._folder / name).write_text(text, encoding="utf-8")
