"""What fetched pages say by their tables, each read within limits, in a worker process that begins with the first."""

from __future__ import annotations

from pathlib import Path

from perftable_etl.errors import ReadError
from perftable_etl.formats import HTML, MHTML, format_named
from perftable_etl.ingest.isolation import Worker
from perftable_etl.ingest.limits import WEB_PAGE_LIMITS, Limits
from perftable_etl.ingest.page_hash import content_of
from perftable_etl.ingest.sources.source import Fetched

_PAGES = frozenset({HTML.media_type, MHTML.media_type})


class PageContents:
    """Compares what pages say."""

    def __init__(self, limits: Limits = WEB_PAGE_LIMITS) -> None:
        self._worker = Worker(limits)

    def close(self) -> None:
        """Ends the worker, also in the midst of a page."""
        self._worker.dismiss()

    def can_compare(self, fetched: Fetched) -> bool:
        """Whether a fetched file is a page."""
        return fetched.media_type in _PAGES

    def are_same(self, kept: Path, fetched: Fetched) -> bool:
        """Whether a fetched page says by its tables what the one says that was kept; never for other files."""
        if not self.can_compare(fetched) or format_named(kept.name) not in (HTML, MHTML):
            return False
        try:
            said = self._worker.call(content_of, fetched.data_path)
            return said is not None and said == self._worker.call(content_of, kept)
        except ReadError:
            return False
