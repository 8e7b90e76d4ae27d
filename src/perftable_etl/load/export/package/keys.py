"""Which columns tell the rows of a table apart, and which lead to rows of another."""

from __future__ import annotations

from perftable_etl.load.export.relation import Relation

_KEYS = {
    "documents": "document_id",
    "projects": "project_id",
    "indicators": "indicator_id",
    "amounts": "amount_id",
    "tasks": "task_id",
    "findings": "finding_id",
    "corrections": "correction_id",
    "runs": "run_id",
    "ledger": "source_uri",
    "flat_projects": "project_id",
    "flat_indicators": "indicator_id",
}

_LEADING = {"document_id": "documents", "project_id": "projects", "indicator_id": "indicators"}
"""The tables that columns of these names lead to."""

_FREE = frozenset({"ledger"})
"""Tables that keep ids of rows which may be gone."""


def key_of(relation: Relation) -> str | None:
    """The column that tells its rows apart; None: no column alone does."""
    key = _KEYS.get(relation.name)
    return key if key in relation.column_names else None


def references_of(relation: Relation, exported: frozenset[str]) -> dict[str, str]:
    """Its columns that lead to rows of exported tables, and the tables."""
    if relation.name in _FREE:
        return {}
    return {
        column: table
        for column, table in _LEADING.items()
        if column in relation.column_names and table in exported and table != relation.name
    }
