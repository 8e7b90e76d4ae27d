"""The database: whether it opens, who works on it, and whether the clock agrees with what it says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from perftable_etl.doctor.check import Check, error, ok, warning
from perftable_etl.doctor.probe import ask
from perftable_etl.errors import PerftableError

_SLACK = timedelta(hours=1)
"""By how much the clocks of two machines may differ that share a disk."""

_LONG = timedelta(days=5 * 365)
"""After as long without a run, a clock that is ahead is as likely as a database that was forgotten."""


def engine() -> Check:
    """Whether DuckDB works. Raises ProbeFailed."""
    return ok("duckdb", f"DuckDB {ask('duckdb')}")


def lock(db: Path) -> Check:
    """Who works on the database. Raises WarehouseError."""
    from perftable_etl.load.lock import holder_of

    holder = holder_of(db)
    return ok("lock", f"held by {holder}" if holder else "no job uses the database")


def contents(db: Path) -> Check:
    """Whether the database opens and its tables are as this program reads them. Raises WarehouseError."""
    from perftable_etl.load.status import database_status
    from perftable_etl.load.tables import SCHEMA_VERSION

    if not db.exists():
        return ok("database", f"{db} does not exist yet; the first ingest or sync creates it")
    found = database_status(db).contents
    if found is None:
        return ok("database", f"{db} is being written, so it cannot be checked")
    documents = sum(count.documents for count in found.documents)
    return ok("database", f"{db} opens; tables of version {SCHEMA_VERSION}, documents: {documents:,}")


def clock(db: Path | None) -> Check:
    """Whether the clock is later than all that was written, and not by years."""
    now = datetime.now(UTC)
    said = f"{now.astimezone():%Y-%m-%d %H:%M %Z}"
    what, latest = max(_times(db), key=lambda time: time[1])
    if latest > now + _SLACK:
        return error("clock", f"{said}, but {what} is of {latest.astimezone():%Y-%m-%d %H:%M}; set the clock")
    last = _last_run(db)
    if last and now > last + _LONG:
        return warning("clock", f"{said}, and the last run was on {last:%Y-%m-%d}; check the clock")
    return ok("clock", said)


def _times(db: Path | None) -> Iterator[tuple[str, datetime]]:
    """Things that were written, and when."""
    for path in (Path(__file__), *((db, db.parent) if db else ())):
        with suppress(OSError):
            yield str(path), datetime.fromtimestamp(path.stat().st_mtime, UTC)
    last = _last_run(db)
    if last:
        yield "the last run", last


def _last_run(db: Path | None) -> datetime | None:
    """When the last run began; None where there is none, or nobody can tell."""
    from perftable_etl.load.status import database_status

    if db is None or not db.exists():
        return None
    with suppress(PerftableError):
        found = database_status(db).contents
        return found.runs[0].started_at.replace(tzinfo=UTC) if found and found.runs else None
    return None
