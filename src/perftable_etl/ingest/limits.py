"""What one file may take."""

from __future__ import annotations

from typing import NamedTuple

from perftable_etl.bounds import MAX_BYTES


class Limits(NamedTuple):
    """What reading one file may take: wall-clock `seconds`, `megabytes` (of 2^20 bytes) of memory, and its bytes.

    Memory is what a worker allocates, 70 MB of it before it begins. Only Linux counts it: on macOS the limit has no
    effect, and a runaway allocation ends with the time.
    """

    seconds: float
    megabytes: int
    max_bytes: int = MAX_BYTES


DEFAULT_LIMITS = Limits(seconds=600.0, megabytes=2048)
"""Ten minutes are 40 to 120 scanned pages, or 20,000 of text. To recognise a page takes 700 MB, and 1,500 MB where it
is of poster size (A0)."""

WEB_PAGE_LIMITS = Limits(seconds=30.0, megabytes=512)
"""For one page of links or tables, which takes milliseconds and a few megabytes."""
