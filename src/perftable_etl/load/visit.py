"""The row of the table `visits`: what a source gave in one sync."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, NamedTuple


class VisitRow(NamedTuple):
    """One row per source and sync: what it listed, and what of that was new. It tells a source that went silent."""

    run_id: Annotated[str, "The run: runs.run_id"]
    source: Annotated[str, "Its name in sources.toml, as in ledger.origin"]
    visited_at: Annotated[datetime, "When its list had been read (UTC)"]
    listed: Annotated[int, "Files it listed"]
    brought: Annotated[int, "of them fetched with bytes that were not known from their place"]
    silent_after: Annotated[int, "Nights without any file after which a person is told; 0: never"]
    idle_after: Annotated[int, "Nights without a new or changed file after which a person is told; 0: never"]
