"""Dates as spreadsheets count them: days since the end of 1899, or of 1903 in old workbooks of the Macintosh."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

_FIRST = datetime(1899, 12, 31)
_FIRST_1904 = datetime(1904, 1, 1)
_NO_SUCH_DAY = 60
"""The serial of 29 February 1900, a day that spreadsheets have and the calendar has not."""

_LAST = Decimal(2_958_466)
"""The serial after 31 December 9999."""

_SECONDS = 86_400


def moment_of(serial: Decimal, *, from_1904: bool, places: int = 0) -> datetime | None:
    """The moment of a serial, to so many decimal places of a second; None where there is none to show."""
    if not 0 <= serial < _LAST:
        return None
    step = Decimal(1).scaleb(-places)
    seconds = (serial * _SECONDS).quantize(step, ROUND_HALF_UP)
    days, rest = divmod(seconds, _SECONDS)
    first = _FIRST_1904 if from_1904 else _FIRST - timedelta(days=int(days) > _NO_SUCH_DAY)
    try:
        return first + timedelta(days=int(days), microseconds=int(rest * 1_000_000))
    except OverflowError:
        return None
