"""Where the bytes of a document are: in an archive, or still at its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from perftable_etl.ingest.archive import Archive
from perftable_etl.web.addresses import path_of


def places_of(document_id: str, source_uri: str, archives: Sequence[Archive]) -> Iterator[Path]:
    """The files that may hold a document, the surest first; whoever reads one compares its hash with the id."""
    yield from (kept for archive in archives if (kept := archive.find(document_id)))
    if place := path_of(source_uri):
        yield place
    yield from (copy for archive in archives if (copy := archive.at(source_uri)))
