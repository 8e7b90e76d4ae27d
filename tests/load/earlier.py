"""Databases as earlier versions made them."""

from __future__ import annotations

from pathlib import Path

import duckdb

from perftable_etl.load.tables import SCHEMA_VERSION

EARLIER = range(1, SCHEMA_VERSION)
"""The versions of the schema that there were. tables-v<version>.sql has the tables as each made them."""


def earlier_database(path: Path, version: int) -> Path:
    """Makes a database of that version with one document in it."""
    with duckdb.connect(path) as connection:
        connection.execute((Path(__file__).parent / f"tables-v{version}.sql").read_text(encoding="utf-8"))
        connection.execute("INSERT INTO meta VALUES (?, '0.1.0', '2026-01-01')", [version])
        connection.execute(
            "INSERT INTO documents BY NAME"
            " SELECT 'd1' AS document_id, '旧.pdf' AS file_name, 'file:///old.pdf' AS source_uri, 10 AS byte_size,"
            " 'ok' AS status, '0.1.0' AS parser_version, 'h' AS record_hash,"
            " TIMESTAMP '2026-01-02' AS ingested_at"
        )
        if version > 1:
            connection.execute("UPDATE documents SET first_seen_at = ingested_at")
    return path
