from __future__ import annotations

import json
from pathlib import Path

import pytest

from perftable_etl.load.ddl import VIEWS
from perftable_etl.load.tables import TABLES
from perftable_etl.schema.documents import schema_text, write_schemas
from perftable_etl.schema.names import SchemaFile
from tests.outcomes import outcome_of

ROOT = Path(__file__).parents[1]
SCHEMAS = ROOT / "schemas"


def place_of(file: SchemaFile) -> Path:
    return (ROOT / "docs" if file == SchemaFile.DICTIONARY else SCHEMAS) / file


@pytest.mark.parametrize("file", SchemaFile)
def test_the_committed_schemas_are_those_of_the_code(file: SchemaFile) -> None:
    assert place_of(file).read_text(encoding="utf-8") == schema_text(file), "run `make schemas`"


def test_nothing_else_is_among_them() -> None:
    assert {path.name for path in SCHEMAS.iterdir()} == set(SchemaFile) - {SchemaFile.DICTIONARY}


def test_the_data_dictionary_has_every_column_of_every_view_and_table() -> None:
    text = schema_text(SchemaFile.DICTIONARY)
    assert all(f"### {name}\n" in text for name in (*VIEWS, *(table.name for table in TABLES)))
    assert all(f"| `{column.name}` | {column.sql_type} |" in text for table in TABLES for column in table.columns)
    assert " | None |" not in text


def test_they_are_written_into_a_new_folder(tmp_path: Path) -> None:
    write_schemas(tmp_path / "new" / "schemas")
    assert (tmp_path / "new" / "schemas" / "tables.sql").read_text(encoding="utf-8").startswith("CREATE TABLE meta")


def test_the_outcome_schema_names_every_field_that_is_printed() -> None:
    schema = json.loads(schema_text(SchemaFile.OUTCOME))
    assert set(schema["properties"]) == set(json.loads(outcome_of().model_dump_json()))
