"""What reads a file in a worker. Whoever leads workers hands it to them, and does without what it needs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from perftable_etl.bounds import MAX_BYTES
from perftable_etl.load.rows import FileRows, reading_of
from perftable_etl.records import Outcome

if TYPE_CHECKING:
    from perftable_etl.extract.source import OnPage
    from perftable_etl.normalize.layouts.collection import Layouts


def parse(
    path: Path, *, layouts: Layouts | None = None, on_page: OnPage | None = None, max_bytes: int = MAX_BYTES
) -> Outcome:
    """What `pipeline.parse` makes of a file."""
    from perftable_etl.pipeline import parse as read  # noqa: PLC0415 - half of a process's start is to load it

    return read(path, layouts=layouts, on_page=on_page, max_bytes=max_bytes)


class Parse(Protocol):
    """Reads one file, of no more than `max_bytes`."""

    def __call__(self, path: Path, /, *, max_bytes: int) -> Outcome:
        """The outcome of the file."""


def read(parse: Parse, max_bytes: int, path: Path) -> FileRows:
    """What a worker makes of a file: its rows, so that whoever stores them has little left to do."""
    return reading_of(parse(path, max_bytes=max_bytes))


MOMENT = 0.2
"""Seconds after which a worker begins no further file before it has handed over what it has read."""


def read_some(parse: Parse, max_bytes: int, paths: Sequence[Path]) -> list[FileRows]:
    """What a worker makes of several files: of the first of them, and of those after it that it begins in a moment.

    To hand files over and take readings back one by one would take longer than to read small ones.
    """
    due = monotonic() + MOMENT
    readings = [read(parse, max_bytes, paths[0])]
    for path in paths[1:]:
        if monotonic() >= due:
            break
        readings.append(read(parse, max_bytes, path))
    return readings
