"""What the outside may rely on, generated from the code: JSON Schemas, the SQL of tables, the data dictionary."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode

from perftable_etl.load.ddl import ddl
from perftable_etl.load.dictionary import data_dictionary
from perftable_etl.load.snapshots import Snapshot
from perftable_etl.normalize.layouts.layout import Family
from perftable_etl.normalize.layouts.words import Words
from perftable_etl.records import Declaration, Outcome
from perftable_etl.report.run_report import RunReport
from perftable_etl.schema.names import SchemaFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


_RECORDS: Mapping[SchemaFile, type[BaseModel]] = {
    SchemaFile.DECLARATION: Declaration,
    SchemaFile.OUTCOME: Outcome,
    SchemaFile.SNAPSHOT: Snapshot,
    SchemaFile.RUN_REPORT: RunReport,
}
_WRITTEN_BY_PEOPLE: Mapping[SchemaFile, type[BaseModel]] = {SchemaFile.VOCABULARY: Words, SchemaFile.LAYOUT: Family}


def schema_text(file: SchemaFile) -> str:
    """What one of the files should hold now."""
    if file == SchemaFile.TABLES:
        return ddl()
    if file == SchemaFile.DICTIONARY:
        return data_dictionary()
    if file in _WRITTEN_BY_PEOPLE:
        return _json_schema(_WRITTEN_BY_PEOPLE[file], "validation")
    return _json_schema(_RECORDS[file], "serialization")


def write_schemas(folder: Path) -> None:
    """Writes all schemas into `folder`. The data dictionary is for people, and has its place among the documents."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in set(SchemaFile) - {SchemaFile.DICTIONARY}:
        (folder / file).write_text(schema_text(file), encoding="utf-8")


def _json_schema(record: type[BaseModel], mode: JsonSchemaMode) -> str:
    schema = {"$schema": DIALECT} | record.model_json_schema(mode=mode)
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
