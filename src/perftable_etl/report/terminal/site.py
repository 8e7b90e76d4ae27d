"""What a report made, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from perftable_etl.report.site.site import SiteResult
from perftable_etl.report.wording import number_of
from perftable_etl.screen import visible


def site_lines(result: SiteResult, to: Path) -> Iterator[str]:
    """What was made, what is missing, and what to open."""
    kept = result.documents - result.drawn
    yield f"{number_of(result.documents, 'document')}: {result.drawn} drawn, {kept} as before."
    if result.not_found:
        yield (
            f"Without images: {number_of(result.not_found, 'document')}, whose bytes are neither in an archive nor at "
            "their place. Name the archive with --archive."
        )
    if result.not_drawn:
        yield f"Not drawn, or not all of it: {number_of(result.not_drawn, 'document')}. The site says why."
    yield f"Open {visible(str(to / 'index.html'))} in a browser."
