"""What the outside may rely on, generated from the code: the JSON Schema of the records and of layout files, the SQL of tables."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode

from perftable_etl.load.ddl import ddl
from perftable_etl.load.snapshots import Snapshot
from perftable_etl.normalize.layouts.layout import Family
from perftable_etl.normalize.layouts.words import Words
from perftable_etl.records import Declaration, Outcome
from perftable_etl.report.run_report import RunReport
from perftable_etl.schema_file import SchemaFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_text(file: SchemaFile) -> str:
    """What one of the files should hold now."""
    match file:
        case SchemaFile.TABLES:
            return ddl()
        case SchemaFile.DECLARATION:
            return _json_schema(Declaration)
        case SchemaFile.OUTCOME:
            return _json_schema(Outcome)
        case SchemaFile.SNAPSHOT:
            return _json_schema(Snapshot)
        case SchemaFile.RUN_REPORT:
            return _json_schema(RunReport)
        case SchemaFile.VOCABULARY:
            return _json_schema(Words, "validation")
        case SchemaFile.LAYOUT:
            return _json_schema(Family, "validation")


def write_schemas(folder: Path) -> None:
    """Writes all schemas into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in SchemaFile:
        (folder / file).write_text(schema_text(file), encoding="utf-8")


def _json_schema(record: type[BaseModel], mode: JsonSchemaMode = "serialization") -> str:
    schema = {"$schema": DIALECT} | record.model_json_schema(mode=mode)
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
