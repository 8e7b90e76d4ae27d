"""Which texts may be labels by how they are worded, whatever they say: short, without figures and without sentences."""

from __future__ import annotations

import regex

from perftable_etl.normalize.layouts.labels import pointless_key
from perftable_etl.normalize.values.remembered import remembered

LONGEST = 24
"""Characters of a label without its bracket. A longer text says something."""

_WORDED = regex.compile(r"[\p{Han}()/、&A-Za-z-]*\p{Han}[\p{Han}()/、&A-Za-z-]*")


@remembered(16384)
def may_be_label(text: str) -> bool:
    """Whether a text is worded as a label: words only, a number before them, points or a bracket after them."""
    key = pointless_key(text)
    return 2 <= len(key) <= LONGEST and _WORDED.fullmatch(key) is not None
