"""What rebuilding the grids of forms that have none gives, from flattened text and from pages without rules alike."""

from __future__ import annotations

from typing import NamedTuple

from perftable_etl.document import Document
from perftable_etl.records import Finding


class Rebuilt(NamedTuple):
    """A document with the grids of such forms, and what must be said of how they were come by."""

    document: Document
    findings: tuple[Finding, ...] = ()
