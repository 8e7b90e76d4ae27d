"""What a database says, as text that is equal where two databases say the same: sorted, and without times of day."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from perftable_etl import connect
from perftable_etl.load.columns import Table
from perftable_etl.load.relation_findings import RELATION_CODES
from perftable_etl.load.tables import LEDGER, OF_DOCUMENTS

CONTENT = OF_DOCUMENTS
VOLATILE = frozenset({"ingested_at", "first_seen_at", "last_seen_at", "retry_at", "part_id"})
RELATIONS = frozenset({"superseded_by", "duplicate_of", "organization_id", "department_id"})
"""Columns that are told at the end of a run, for all documents at once; so are the findings of RELATION_CODES."""


class Row(NamedTuple):
    document_id: str | None
    code: str | None
    text: str


def export(db: Path) -> str:
    """All that was read, how it relates, and the ledger: a line for each row."""
    return "\n".join(sorted(row.text for row in _rows(db, (*CONTENT, LEDGER), VOLATILE)))


def documents(db: Path) -> dict[str, list[str]]:
    """All rows of each document by its id, whatever table they are in; how documents relate is left out."""
    found = defaultdict(list)
    for row in _rows(db, CONTENT, VOLATILE | RELATIONS):
        if row.code not in RELATION_CODES:
            found[str(row.document_id)].append(row.text)
    return {document_id: sorted(texts) for document_id, texts in found.items()}


def _rows(db: Path, tables: tuple[Table, ...], left_out: frozenset[str]) -> Iterator[Row]:
    with connect(db) as connection:
        for table in tables:
            columns = [column.name for column in table.columns if column.name not in left_out]
            for values in connection.execute(f"SELECT {', '.join(map(quoted, columns))} FROM {table.name}").fetchall():
                row = dict(zip(columns, values, strict=True))
                yield Row(
                    row["document_id"],
                    row.get("code"),
                    json.dumps({"": table.name, **row}, ensure_ascii=False, default=str),
                )


def quoted(name: str) -> str:
    return f'"{name}"'
