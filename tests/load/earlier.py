"""Databases as earlier versions made them."""

from __future__ import annotations

from pathlib import Path

import duckdb

from perftable_etl.load.tables import SCHEMA_VERSION

EARLIER = range(1, SCHEMA_VERSION)
"""The versions of the schema that there were. tables-v<version>.sql has the tables as each made them."""


def earlier_database(path: Path, version: int) -> Path:
    """Makes a database of that version with one document of one project and one indicator in it."""
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
        connection.execute(
            "INSERT INTO projects BY NAME SELECT 'p1' AS project_id, 'd1' AS document_id, 1 AS ordinal,"
            " 'shanghai' AS layout, 1 AS first_page, 1 AS last_page, '旧项目' AS name, 100.25 AS annual_funds"
        )
        connection.execute(
            "INSERT INTO indicators BY NAME SELECT 'i1' AS indicator_id, 'p1' AS project_id, 'd1' AS document_id,"
            " 1 AS ordinal, '巡查次数' AS level3, '' AS level1_raw, '' AS level2_raw, '巡查次数' AS level3_raw,"
            " '≥12(次)' AS target_raw, 'quantitative' AS kind, 1 AS page"
        )
        if version > 4:
            connection.execute("UPDATE indicators SET phase = 'year'")
        connection.execute(
            "INSERT INTO sources BY NAME SELECT 'd1' AS document_id, 'p1' AS project_id, 'annual_funds' AS field,"
            " 1 AS ordinal, '100.25' AS raw, 1 AS page"
        )
    return path
