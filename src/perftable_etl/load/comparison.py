"""Two snapshots side by side: what became of the documents of the earlier one, and what is new, apart from that."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from perftable_etl.load.database import ATTACHED, Connection, attach_beside, explained, open_to_query
from perftable_etl.load.profile import Profile, profile
from perftable_etl.load.rules import PROFILED
from perftable_etl.records import Record

_BEFORE = "before"
_SHARED = "shared_documents"
_IS_SHARED = f"document_id IN (SELECT document_id FROM {_SHARED})"
_IS_OTHER = f"document_id NOT IN (SELECT document_id FROM {_SHARED})"


class NewDocuments(Record):
    """The documents that the earlier snapshot does not have, and their rows."""

    documents: int
    failed: int
    projects: int
    indicators: int


class SnapshotComparison(NamedTuple):
    """`before` and `now` profile the documents that both snapshots hold.

    `documents_before` counts those of the earlier one, `documents_kept` those that are still there. `lost_rows` has, by
    table, the rows of the others.
    """

    before: Profile
    now: Profile
    documents_before: int
    documents_kept: int
    lost_rows: Mapping[str, int]
    new: NewDocuments


def compare(earlier: Path, later: Path) -> SnapshotComparison:
    """Compares two databases with our tables. Raises WarehouseError where one cannot be read."""
    with closing(open_to_query(later, read_only=True)) as connection:
        attach_beside(connection, earlier, _BEFORE)
        with explained(connection, f"{later} cannot be compared with {earlier}"):
            connection.execute(
                f"CREATE TEMP TABLE {_SHARED} AS SELECT document_id FROM {_BEFORE}.main.documents"
                f" SEMI JOIN {ATTACHED}.main.documents USING (document_id)"
            )
            return _comparison(connection)


def _comparison(connection: Connection) -> SnapshotComparison:
    return SnapshotComparison(
        before=profile(connection, _BEFORE, _IS_SHARED),
        now=profile(connection, ATTACHED, _IS_SHARED),
        documents_before=_count(connection, f"{_BEFORE}.main.documents"),
        documents_kept=_count(connection, _SHARED),
        lost_rows={
            table.name: _count(connection, f"{_BEFORE}.main.{table.name} WHERE {_IS_OTHER}") for table in PROFILED
        },
        new=_new_documents(connection),
    )


def _new_documents(connection: Connection) -> NewDocuments:
    documents = f"{ATTACHED}.main.documents WHERE {_IS_OTHER}"
    return NewDocuments(
        documents=_count(connection, documents),
        failed=_count(connection, f"{documents} AND status = 'failed'"),
        projects=_count(connection, f"{ATTACHED}.main.projects WHERE {_IS_OTHER}"),
        indicators=_count(connection, f"{ATTACHED}.main.indicators WHERE {_IS_OTHER}"),
    )


def _count(connection: Connection, rows: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0])
