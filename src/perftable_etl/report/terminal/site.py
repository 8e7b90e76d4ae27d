"""What a report made, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from perftable_etl.report.site.site import SiteResult
from perftable_etl.screen import visible


def site_lines(result: SiteResult, to: Path) -> Iterator[str]:
    """What was made, what is missing, and what to open."""
    yield f"{result.documents} documents: {result.drawn} drawn, {result.documents - result.drawn} as before."
    if result.not_found:
        yield (
            f"{result.not_found} documents have no images: their bytes are neither in an archive nor at their place. "
            "Name the archive with --archive."
        )
    if result.not_drawn:
        yield f"{result.not_drawn} documents could not be drawn, or not all of their pages. Their pages say why."
    yield f"Open {visible(str(to / 'index.html'))} in a browser."
