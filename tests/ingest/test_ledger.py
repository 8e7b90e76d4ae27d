"""What the ledger says to do with a file that was found, and what becomes of its entry."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from perftable_etl.fingerprint import fingerprint
from perftable_etl.ingest.ledger import (
    FIRST_WAIT,
    MOST_ATTEMPTS,
    Action,
    Stamp,
    action_for,
    failed,
    pending,
    read,
)
from perftable_etl.load.tables import LedgerRow
from tests.outcomes import document_of, failed_outcome, outcome_of

NOW = datetime(2026, 1, 5, 2)
STAMP = Stamp(100, "2026-01-01", None)
URI = "file:///disclosures/2025.pdf"
THIS, OTHER = fingerprint(), "another reader"


def entry(row: LedgerRow | None = None, stamp: Stamp = STAMP, now: datetime = NOW) -> LedgerRow:
    return pending(row, URI, "ingest", stamp, now)


def done() -> LedgerRow:
    return read(entry(), document_of(outcome_of()), NOW)


def broken(times: int) -> LedgerRow:
    row = read(entry(), document_of(failed_outcome()), NOW)
    for _ in range(times - 1):
        row = read(entry(row), document_of(failed_outcome()), NOW)
    return row


@pytest.mark.parametrize(
    ("row", "stamp", "reader", "wanted"),
    [
        (None, STAMP, THIS, "read"),
        (done(), STAMP, THIS, "skip"),
        (done(), STAMP._replace(modified="2026-01-02"), THIS, "read"),
        (done(), STAMP._replace(byte_size=101), THIS, "read"),
        (done(), STAMP, OTHER, "read"),
        (entry(), STAMP, THIS, "read"),
        (read(entry(stamp=Stamp(100)), document_of(outcome_of()), NOW), Stamp(100), THIS, "read"),
        (broken(1), STAMP, THIS, "wait"),
        (broken(1), STAMP, OTHER, "read"),
        (broken(1), STAMP._replace(modified="2026-01-02"), THIS, "read"),
        (broken(MOST_ATTEMPTS), STAMP, THIS, "quarantined"),
        (broken(MOST_ATTEMPTS), STAMP, OTHER, "read"),
        (failed(entry(), "refused: no", NOW), STAMP, OTHER, "wait"),
        (broken(MOST_ATTEMPTS), STAMP._replace(byte_size=101), THIS, "read"),
    ],
    ids=[
        "new", "unchanged", "later", "larger", "another reader", "interrupted", "a size alone tells nothing",
        "failed", "failed with another reader", "failed and changed", "quarantined", "quarantined by another reader",
        "not fetched, whoever reads", "quarantined and changed",
    ],
)  # fmt: skip
def test_actions(row: LedgerRow | None, stamp: Stamp, reader: str, wanted: Action) -> None:
    assert action_for(row, stamp, reader, NOW) == wanted


@pytest.mark.parametrize("times", range(1, MOST_ATTEMPTS + 1))
def test_a_clock_that_was_years_ahead_postpones_nothing(times: int) -> None:
    """It is right again: what failed by its time is due now, and then waits as ever."""
    ahead = NOW + timedelta(days=3652)
    stamp = Stamp(100)
    row = entry(stamp=stamp)
    for _ in range(times):
        row = failed(row, "timeout: it took too long", ahead)
    assert action_for(row, stamp, THIS, NOW) == "read"
    again = failed(row, "timeout: it took too long", NOW)
    assert action_for(again, stamp, THIS, NOW) in {"wait", "quarantined"}


def test_failures_wait_longer_each_time() -> None:
    waits = [row.retry_at - NOW for times in range(1, MOST_ATTEMPTS) if (row := broken(times)).retry_at]
    assert waits == [FIRST_WAIT, FIRST_WAIT + timedelta(days=1), FIRST_WAIT + timedelta(days=3)]
    assert action_for(broken(1), STAMP, THIS, NOW + FIRST_WAIT) == "read"


def test_the_reason_is_kept_and_goes_with_success() -> None:
    row = broken(1)
    assert (row.state, row.attempts) == ("failed", 1)
    assert row.reason is not None
    assert row.reason.startswith("encrypted: broken.pdf")
    mended = read(entry(row), document_of(outcome_of()), NOW)
    assert (mended.state, mended.attempts, mended.reason, mended.retry_at) == ("review", 0, None, None)


def test_a_changed_file_begins_anew() -> None:
    changed = entry(broken(3), STAMP._replace(byte_size=101))
    assert changed.attempts == 0


def test_when_a_file_was_first_seen_stays() -> None:
    later = NOW + timedelta(days=1)
    again = entry(done(), now=later)
    assert (again.first_seen_at, again.last_seen_at) == (NOW, later)


def test_what_could_not_be_fetched_waits_too() -> None:
    row = failed(entry(), "http_500: the server failed", NOW)
    assert (row.state, row.reason, row.document_id) == ("failed", "http_500: the server failed", None)
