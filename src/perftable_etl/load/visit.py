"""The row of the table `visits`: what a source gave in one sync."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, NamedTuple


class VisitRow(NamedTuple):
    """One row per source and sync: how many files it listed, and how many of them were new."""

    run_id: Annotated[str, "Run: runs.run_id"]
    source: Annotated[str, "Name of the source in sources.toml, as in ledger.origin"]
    visited_at: Annotated[datetime, "When the source was listed (UTC)"]
    listed: Annotated[int, "Files that it listed"]
    brought: Annotated[int, "Files fetched whose bytes were new at their address"]
    silent_after: Annotated[int, "Nights without a file after which the report names the source; 0: never"]
    idle_after: Annotated[int, "Nights without a new or changed file after which the report names the source; 0: never"]
