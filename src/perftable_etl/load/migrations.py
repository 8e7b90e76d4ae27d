"""From the tables of an earlier version to those of this one: in one transaction, without losing a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from perftable_etl.load.database import Connection
from perftable_etl.load.ddl import added_column, comments, rebuilt, table_statements, views
from perftable_etl.load.tables import (
    AMOUNTS,
    DOCUMENTS,
    FINDINGS,
    INDICATORS,
    LEDGER,
    OTHER_FIELDS,
    PROJECTS,
    RUNS,
    SCHEMA_VERSION,
    SOURCES,
    TABLES,
    TASKS,
    UNREAD_CELLS,
    VISITS,
)


def _to_version_2() -> Iterator[str]:
    yield added_column(DOCUMENTS, "first_seen_at")
    yield "UPDATE documents SET first_seen_at = ingested_at;"
    yield added_column(DOCUMENTS, "superseded_by")
    for column in ("readings_agree", "form_kind", "content_hash", "duplicate_of"):
        yield added_column(PROJECTS, column)
    for column in ("readings_agree", "confidence"):
        yield added_column(INDICATORS, column)
    for column in ("skipped", "waiting", "quarantined", "unreached"):
        yield added_column(RUNS, column)
    yield from table_statements(LEDGER)


def _to_version_3() -> Iterator[str]:
    yield added_column(DOCUMENTS, "fingerprint")
    yield added_column(LEDGER, "fingerprint")
    yield added_column(PROJECTS, "superseded_by")
    # It is taken over more of the form than before; what is not known equals nothing.
    yield "UPDATE projects SET content_hash = NULL;"


def _to_version_4() -> Iterator[str]:
    yield from table_statements(VISITS)


def _to_version_5() -> Iterator[str]:
    # Their closed sets of values grew, and DuckDB cannot replace the check of a table.
    for table in (PROJECTS, SOURCES):
        yield from rebuilt(table)
    for column in INDICATORS_5:
        yield added_column(INDICATORS, column)
    # What was read so far had one block of targets, the year's.
    yield "UPDATE indicators SET phase = 'year';"
    yield added_column(FINDINGS, "details")
    for table in (AMOUNTS, TASKS, OTHER_FIELDS, UNREAD_CELLS):
        yield from table_statements(table)


INDICATORS_5 = (
    "phase", "area", "actual_raw", "actual_kind", "actual_operator", "actual_value", "actual_unit",
    "actual_base_value", "actual_base_unit", "score", "reason", "remark",
)  # fmt: skip

_STEPS: dict[int, Callable[[], Iterator[str]]] = {
    1: _to_version_2,
    2: _to_version_3,
    3: _to_version_4,
    4: _to_version_5,
}
"""By the version they start from."""

OLDEST = min(_STEPS)
"""The earliest version that can be migrated."""


def migrate(connection: Connection, version: int) -> None:
    """Brings tables of `version`, from OLDEST on, to SCHEMA_VERSION; to be called within a transaction."""
    for step in range(version, SCHEMA_VERSION):
        for statement in _STEPS[step]():
            connection.execute(statement)
    for table in TABLES:
        connection.execute("\n".join(comments(table)))
    connection.execute("\n".join(views()))
    connection.execute("UPDATE meta SET schema_version = ?", [SCHEMA_VERSION])
