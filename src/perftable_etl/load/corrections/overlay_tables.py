"""The tables that stand between what the program read and what the views show: derived, and made anew as needed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, NamedTuple

from perftable_etl.load.column_types import DocumentId
from perftable_etl.load.columns import Column, Table


class SettledFindingRow(NamedTuple):
    """One row per finding that a person has decided. Derived from corrections."""

    finding_id: Annotated[str, "Finding: findings.finding_id"]
    document_id: DocumentId
    correction_id: Annotated[str, "Decision: corrections.correction_id"]


_SINCE = 7

_OWN_COLUMNS = (
    Column("is_removed", bool, "BOOLEAN", "Whether a person decided that it is none", since=_SINCE),
    Column("corrected_by", str, "VARCHAR", "Who corrected it last", is_required=False, since=_SINCE),
    Column("corrected_at", datetime, "TIMESTAMP", "When it was corrected last (UTC)", is_required=False, since=_SINCE),
)


def overlay_of(table: Table, name: str, comment: str) -> Table:
    """A table for rows that stand for those of another one."""
    return Table(name, comment, (*table.columns, *_OWN_COLUMNS), since=_SINCE)
