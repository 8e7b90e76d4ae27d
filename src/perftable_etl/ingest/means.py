"""What an ingest reads with, whatever it leads to."""

from __future__ import annotations

from typing import NamedTuple

from perftable_etl.ingest.archive import Archive
from perftable_etl.ingest.loading import ParseAll


class Means(NamedTuple):
    """How files are read, the fingerprint of the reader that does it, and the archive for their bytes; None: no one.

    It can be pickled, so that other machines read with the same.
    """

    reader: str
    parse_all: ParseAll
    archive: Archive | None = None
