"""From the tables of an earlier version to those of this one: in one transaction, without losing a row.

What a version added follows from the tables (`Since`); here stands what it made of the rows that were there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perftable_etl.load.columns import Table
from perftable_etl.load.database import Connection
from perftable_etl.load.ddl import added_column, comments, rebuilt, table_statements, views
from perftable_etl.load.tables import DOCUMENTS, INDICATORS, LEDGER, PROJECTS, SCHEMA_VERSION, SOURCES, TABLES

_UPDATES: Mapping[int, tuple[str, ...]] = {
    2: ("UPDATE documents SET first_seen_at = ingested_at;",),
    # The hash is taken over more of the form than before; what is not known equals nothing.
    3: ("UPDATE projects SET content_hash = NULL;",),
    # What was read so far had one block of targets, the year's.
    5: ("UPDATE indicators SET phase = 'year';",),
}
"""What a version made of the rows that were there."""

_REBUILT: Mapping[int, tuple[Table, ...]] = {5: (PROJECTS, INDICATORS, SOURCES), 6: (DOCUMENTS,), 7: (LEDGER,)}
"""The tables whose closed sets of values a version made larger: DuckDB cannot replace a check."""

OLDEST = 1
"""The earliest version that can be migrated."""


def migrate(connection: Connection, version: int) -> None:
    """Brings tables of `version`, from OLDEST on, to SCHEMA_VERSION; to be called within a transaction."""
    for reached in range(version + 1, SCHEMA_VERSION + 1):
        for statement in _step(reached):
            connection.execute(statement)
    for table in TABLES:
        connection.execute("\n".join(comments(table)))
    connection.execute("\n".join(views()))
    connection.execute("UPDATE meta SET schema_version = ?", [SCHEMA_VERSION])


def _step(version: int) -> Iterator[str]:
    """What makes tables of the version before those of this one."""
    for table in TABLES:
        yield from _additions(table, version)
    yield from _UPDATES.get(version, ())
    for table in _REBUILT.get(version, ()):
        yield from rebuilt(table)


def _additions(table: Table, version: int) -> Iterator[str]:
    if table.since == version:
        yield from table_statements(table)
    elif table.since < version:
        yield from (added_column(table, column) for column in table.columns if column.since == version)
