"""The names of what the outside may rely on."""

from __future__ import annotations

from enum import StrEnum


class SchemaFile(StrEnum):
    """The files of schemas/, and the data dictionary of docs/."""

    TABLES = "tables.sql"
    DECLARATION = "declaration.schema.json"
    OUTCOME = "outcome.schema.json"
    SNAPSHOT = "snapshot.schema.json"
    RUN_REPORT = "run-report.schema.json"
    VOCABULARY = "vocabulary.schema.json"
    LAYOUT = "layout.schema.json"
    DICTIONARY = "data-dictionary.md"
