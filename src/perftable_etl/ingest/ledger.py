"""The ledger's entries, and how each follows from the one before: when a file is read, tried again, or left alone.

Pure: the warehouse keeps the rows and knows nothing of why.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from perftable_etl.load.tables import DocumentRow, LedgerRow, LedgerState
from perftable_etl.records import Status

FIRST_WAIT = timedelta(hours=20)
"""After a failure. A file that failed last night is tried again tonight; then after two nights, after four ..."""

MOST_ATTEMPTS = 4
"""Failures in a row after which a file is quarantined: tried no more until it changes."""

QUARANTINE = timedelta(days=30)
"""How long a file that failed too often is left alone where nothing tells whether it has changed meanwhile."""

Action = Literal["read", "skip", "wait", "quarantined", "forgotten"]
"""What to do with a file that was found: read it, or leave it alone because of what became of it before."""


class Stamp(NamedTuple):
    """What a place tells of a file without reading it: equal stamps, equal bytes. None: it does not tell."""

    byte_size: int | None = None
    modified: str | None = None
    etag: str | None = None

    @property
    def tells(self) -> bool:
        """Whether it is enough to tell a changed file by: a size alone is not."""
        return self.modified is not None or self.etag is not None


def stamp_of(row: LedgerRow) -> Stamp:
    """What the file's place told of it last time."""
    return Stamp(row.byte_size, row.modified, row.etag)


def action_for(row: LedgerRow | None, stamp: Stamp, fingerprint: str, now: datetime) -> Action:
    """What to do with a file: unchanged ones that this reader has read are left alone, failed ones wait their time.

    The reader with this `fingerprint` may read what another one could not. Where the stamp does not tell whether the
    file changed, it may be read: its place can say so when asked for it.
    """
    if row is None or row.state == "pending" or (stamp.tells and stamp_of(row) != stamp):
        return "read"
    if row.state == "forgotten":
        return "forgotten"  # whoever reads; only who names it brings it back
    if row.fingerprint not in (None, fingerprint):
        return "read"
    if row.state == "failed":
        return "wait" if _waits(row, now) else "read"
    if row.state == "quarantined":
        return "quarantined" if stamp.tells or _waits(row, now) else "read"
    return "skip" if stamp.tells and row.fingerprint == fingerprint else "read"


def pending(row: LedgerRow | None, source_uri: str, origin: str, stamp: Stamp, now: datetime) -> LedgerRow:
    """The entry of a file that is about to be read; failures of other bytes at its place count no more."""
    attempts = row.attempts if row and (stamp_of(row) == stamp or not stamp.tells) else 0
    return LedgerRow(
        source_uri=source_uri,
        origin=origin,
        state="pending",
        document_id=row.document_id if row else None,
        attempts=attempts,
        reason=None,
        retry_at=None,
        byte_size=stamp.byte_size,
        modified=stamp.modified,
        etag=stamp.etag,
        parser_version=None,
        first_seen_at=row.first_seen_at if row else now,
        last_seen_at=now,
    )


def read(row: LedgerRow, document: DocumentRow, now: datetime) -> LedgerRow:
    """The entry of a file that was read, with whatever success."""
    row = row._replace(
        document_id=document.document_id,
        parser_version=document.parser_version,
        fingerprint=document.fingerprint,
    )
    if document.status == "failed":
        return failed(row, f"{document.error_code}: {document.error_message}", now)
    return row._replace(state=document.status, attempts=0, reason=None, retry_at=None)


def failed(row: LedgerRow, reason: str, now: datetime) -> LedgerRow:
    """The entry of a file that could not be fetched or read once more: it waits, twice as long each time."""
    attempts = row.attempts + 1
    state: LedgerState = "quarantined" if attempts >= MOST_ATTEMPTS else "failed"
    return row._replace(state=state, attempts=attempts, reason=reason, retry_at=now + _wait(attempts))


def _wait(attempts: int) -> timedelta:
    """How long a file is left alone after so many failures in a row."""
    return QUARANTINE if attempts >= MOST_ATTEMPTS else FIRST_WAIT + timedelta(days=2 ** (attempts - 1) - 1)


def _waits(row: LedgerRow, now: datetime) -> bool:
    """Whether its time has not come. A wait longer than there is began by a clock that was wrong: it counts no more."""
    return row.retry_at is not None and now < row.retry_at <= now + _wait(row.attempts)


def forgiven(row: LedgerRow) -> LedgerRow:
    """The entry of a file whose failures shall count no more: the next run reads it."""
    return row._replace(state="pending", attempts=0, retry_at=None)


def forgotten(row: LedgerRow, document_id: str) -> LedgerRow:
    """The entry of a file whose document a person has taken out."""
    return row._replace(document_id=document_id, state="forgotten", attempts=0, reason=None, retry_at=None)


def seen(row: LedgerRow, now: datetime) -> LedgerRow:
    """The entry of a file that was found again and left alone."""
    return row._replace(last_seen_at=now)


def known(row: LedgerRow, document_id: str, status: Status, parser_version: str, fingerprint: str) -> LedgerRow:
    """The entry of a file whose bytes this reader has read already, there or elsewhere."""
    return row._replace(
        document_id=document_id,
        state=status,
        attempts=0,
        reason=None,
        retry_at=None,
        parser_version=parser_version,
        fingerprint=fingerprint,
    )
