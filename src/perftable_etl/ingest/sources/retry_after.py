"""How long a server wants to be left alone (RFC 9110, 10.2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def wanted_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait that the server asks for, as a number or a date; None where it asks for none.

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
