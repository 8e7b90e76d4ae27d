"""The time now, as the database keeps it, and times as people on this machine read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone


def now() -> datetime:
    """The time in UTC, as the database keeps it: without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def here() -> timezone:
    """The zone of this machine as it is now, called by its distance from UTC: abbreviations may mean several."""
    return timezone(datetime.now().astimezone().utcoffset() or timedelta())


def local(time: datetime) -> datetime:
    """A time as it is `here`. One without a zone is in UTC, as the database keeps it."""
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(here())
