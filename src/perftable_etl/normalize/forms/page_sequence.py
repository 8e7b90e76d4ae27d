"""The parts of a form in the order in which they were written, where the file has its pages in another.

A table goes on over a page only where that is full, and names its groups in the order of the catalogue. So where a page
in the midst of a form ends early, and its groups come before those of the page above once it is put last, it is last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from perftable_etl.normalize.forms.fragments import Fragment
from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, level1_rank

_FULL = 0.85
"""Of the height of the fullest page: a part that ends above it leaves room for more rows."""

_FEWEST = 3
"""Parts: of two, the first has the form's beginning."""


def in_sequence(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Fragments of a form, the one that must be its last behind all others."""
    own = list(fragments)
    if len(own) < _FEWEST or not falls_back(own):
        return own
    fullest = max(map(_end, own))
    for index in range(1, len(own) - 1):
        moved = [*own[:index], *own[index + 1 :], own[index]]
        if _end(own[index]) < _FULL * fullest and not falls_back(moved):
            return moved
    return own


def _end(fragment: Fragment) -> float:
    """How far down its page a fragment goes."""
    return max(cell.cell.place.box.y1 for cell in fragment.cells)


def falls_back(fragments: Iterable[Fragment]) -> bool:
    """Whether the groups of fragments go back to those of an earlier level 1."""
    ranks = [rank for fragment in fragments for rank in _ranks(fragment)]
    return any(one > other for one, other in pairwise(ranks))


def _ranks(fragment: Fragment) -> list[int]:
    """Where the levels 1 of its groups stand in the catalogue, from top to bottom."""
    texts = [cell.text for cell in fragment.cells if cell.meaning.is_level]
    names = [level2.level1 if (level2 := find_level2(text)) else find_level1(text) for text in texts]
    return [rank for name in names if name and (rank := level1_rank(name)) is not None]
