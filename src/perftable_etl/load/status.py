"""The status of a database: its last runs, what its ledger says of files, what its documents are worth."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from perftable_etl.errors import WarehouseError
from perftable_etl.load.attention import Attention, attention
from perftable_etl.load.concerns import Concern, concerns
from perftable_etl.load.database import Connection, explained, open_to_query
from perftable_etl.load.edition import require_current
from perftable_etl.load.lock import holder_of
from perftable_etl.load.place import require_database_place
from perftable_etl.load.tables import LedgerRow, LedgerState, RunRow
from perftable_etl.records import Status
from perftable_etl.system.clock import now

RECENT = 7
"""How many runs are told of: those of a week, one a night."""


class StateCount(NamedTuple):
    """How many files of one origin are in one state."""

    origin: str
    state: LedgerState
    files: int


class DocumentCount(NamedTuple):
    """How many documents have one status."""

    status: Status
    documents: int


class Contents(NamedTuple):
    """What the database says: the last runs, newest first; files by origin and state; those that failed.

    `waiting` are tried again from `retry_at` (UTC) on, `quarantined` are not before they change. `superseded` and
    `duplicates` count the projects that the views `current_*` leave out. `concerns` and `attention` are of all
    documents, and of the sources that the last sync asked.
    """

    runs: tuple[RunRow, ...]
    states: tuple[StateCount, ...]
    waiting: tuple[LedgerRow, ...]
    quarantined: tuple[LedgerRow, ...]
    documents: tuple[DocumentCount, ...]
    superseded: int
    duplicates: int
    concerns: tuple[Concern, ...]
    attention: Attention


class DatabaseStatus(NamedTuple):
    """Who works on the database now, if anybody; and its contents, which nobody can read while that job writes."""

    holder: str | None
    contents: Contents | None


def database_status(path: Path) -> DatabaseStatus:
    """The status of the database at `path`. Raises WarehouseError where it cannot be read and no job of ours is why."""
    require_database_place(path)
    holder = holder_of(path)
    try:
        return DatabaseStatus(holder, _contents(path))
    except WarehouseError:
        if holder:
            return DatabaseStatus(holder, None)
        raise


def _contents(path: Path) -> Contents:
    with closing(open_to_query(path, read_only=True)) as connection:
        require_current(connection, path)
        with explained(connection, f"{path} cannot be read"):
            return _read(connection)


def _read(connection: Connection) -> Contents:
    return Contents(
        runs=last_runs(connection, RECENT),
        states=tuple(StateCount(*row) for row in connection.execute(_STATES).fetchall()),
        waiting=_entries(connection, "failed"),
        quarantined=_entries(connection, "quarantined"),
        documents=document_counts(connection),
        superseded=_number(connection, "SELECT count(superseded_by) FROM projects"),
        duplicates=_number(connection, "SELECT count(duplicate_of) FROM projects"),
        concerns=concerns(connection),
        attention=attention(connection),
    )


def document_counts(connection: Connection) -> tuple[DocumentCount, ...]:
    """How many documents there are, by status."""
    return tuple(DocumentCount(*row) for row in connection.execute(_DOCUMENTS).fetchall())


# The ledger says how a file was read; what persons have decided since, its document says.
_STATES = """
SELECT origin, CASE WHEN state = 'review' THEN coalesce(status, state) ELSE state END AS state_now, count(*)
FROM ledger LEFT JOIN current_documents USING (document_id)
GROUP BY ALL ORDER BY ALL
"""
# A run of a time to come was begun by a clock that was wrong; it is not the last one until then.
_RUNS = f"SELECT {', '.join(RunRow._fields)} FROM runs ORDER BY started_at > ?, started_at DESC LIMIT ?"
_DOCUMENTS = "SELECT status, count(*) FROM current_documents GROUP BY ALL ORDER BY ALL"


def last_runs(connection: Connection, most: int) -> tuple[RunRow, ...]:
    """The last runs, newest first."""
    rows = connection.execute(_RUNS, [now(), most]).fetchall()
    return tuple(RunRow(*row) for row in rows)


def _entries(connection: Connection, state: LedgerState) -> tuple[LedgerRow, ...]:
    columns = ", ".join(LedgerRow._fields)
    rows = connection.execute(
        f"SELECT {columns} FROM ledger WHERE state = ? ORDER BY retry_at, source_uri", [state]
    ).fetchall()
    return tuple(LedgerRow(*row) for row in rows)


def _number(connection: Connection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])
