"""Marks that say yes or no of what heads their column: √, ☑, ×."""

from __future__ import annotations

from perftable_etl.normalize.values.text import fold

_TICKS = frozenset("√✓✔☑✅")
_MARKS = _TICKS | frozenset("×✗✘☒□☐■")


def is_mark(text: str) -> bool:
    """Whether a text is a mark and nothing else."""
    return fold(text) in _MARKS


def is_tick(text: str) -> bool:
    """Whether a text is a mark that says yes."""
    return fold(text) in _TICKS
