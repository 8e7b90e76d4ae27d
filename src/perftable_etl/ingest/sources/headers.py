"""What headers say: those of an answer, and those that ask for a file only if it changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from perftable_etl.ingest.sources.source import Validators

_MOST_DIGITS = 18
"""Of a length in bytes: no file is longer, and Python reads no number of thousands of digits."""

_CONDITIONS = Validators(etag="If-None-Match", modified="If-Modified-Since")


def conditions(known: Validators | None) -> dict[str, str]:
    """The headers that ask for a file only if it is no longer as known."""
    pairs = zip(_CONDITIONS, known or (), strict=False)
    return {header: stamp for header, stamp in pairs if header and stamp and stamp.isascii()}


def content_length(headers: Mapping[str, str]) -> int | None:
    """The bytes of the body as sent; None where the answer does not say, or not in earnest."""
    said = headers.get("Content-Length", "")
    return int(said) if said.isdecimal() and len(said) <= _MOST_DIGITS else None


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait that the server asks for, as a number or a date (RFC 9110, 10.2.3).

    A date is by the server's clock: ours may be wrong by years.
    """
    said = headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return float(said)
    until = _moment(said)
    now = _moment(headers.get("Date", "")) or datetime.now(UTC)
    return max(0.0, (until - now).total_seconds()) if until else None


def _moment(said: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, OverflowError, TypeError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC)
