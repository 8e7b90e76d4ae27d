from __future__ import annotations

import json
from pathlib import Path

import pytest

from perftable_etl.schema import schema_text, write_schemas
from perftable_etl.schema_file import SchemaFile
from tests.outcomes import outcome_of

SCHEMAS = Path(__file__).parents[1] / "schemas"


@pytest.mark.parametrize("file", SchemaFile)
def test_the_committed_schemas_are_those_of_the_code(file: SchemaFile) -> None:
    assert (SCHEMAS / file).read_text(encoding="utf-8") == schema_text(file), "run `make schemas`"


def test_nothing_else_is_among_them() -> None:
    assert {path.name for path in SCHEMAS.iterdir()} == set(SchemaFile)


def test_they_are_written_into_a_new_folder(tmp_path: Path) -> None:
    write_schemas(tmp_path / "new" / "schemas")
    assert (tmp_path / "new" / "schemas" / "tables.sql").read_text(encoding="utf-8").startswith("CREATE TABLE meta")


def test_the_outcome_schema_names_every_field_that_is_printed() -> None:
    schema = json.loads(schema_text(SchemaFile.OUTCOME))
    assert set(schema["properties"]) == set(json.loads(outcome_of().model_dump_json()))
