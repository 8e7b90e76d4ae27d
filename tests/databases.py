"""Databases to try commands on."""

from __future__ import annotations

from pathlib import Path

from perftable_etl.load.warehouse import Warehouse
from tests.outcomes import outcome_of


def store_documents(path: Path, *contents: bytes) -> Path:
    """A database at `path` with a document of each of these contents."""
    with Warehouse(path) as warehouse:
        for content in contents:
            warehouse.store(outcome_of(content))
    return path
