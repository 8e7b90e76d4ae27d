"""What every reader of PDFs is: bytes and page numbers in, pages out, their text upright and their places in points."""

from __future__ import annotations

import sys
from collections.abc import Callable, Container, Iterable
from typing import Protocol

from perftable_etl.document import Page

EVERY_PAGE: Container[int] = range(1, sys.maxsize)

Complain = Callable[[str], None]
"""Hears what a reader had to pass over, a line each; nothing of a sound file."""


class Reader(Protocol):
    """Reads those pages of a PDF held in memory whose numbers (from 1) are in `numbers`.

    It may lack some that it cannot read.
    """

    def __call__(self, data: bytes, numbers: Container[int], /) -> Iterable[Page]:
        """The pages in their order."""


def ignore(complaint: str) -> None:
    """Nobody wants to hear complaints."""
