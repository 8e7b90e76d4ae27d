"""Words that a wall of a table has torn, though the wall is no border between two texts.

Characters of one word touch one another; texts of two cells keep off the wall between them. So where a word ends at a
wall and the next one begins there, they are one text. Either the wall is a stray one, which the rows
above and below do not have, or the text overflows into the next cell, where it overlaps that cell's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import NamedTuple

from perftable_etl.document import Box, Word
from perftable_etl.extract.joined_cells import CellWords
from perftable_etl.extract.ruling import Outline

AT_WALL = 4.5
"""Points. How near to a wall a torn word ends: walls of one track stand so far apart."""

_TOUCH = 0.05
"""Of its height: how far apart the characters of one word are at most."""

_LEVEL = 0.5
"""Points. How much higher one of two words of a line may stand."""


class Torn(NamedTuple):
    """A word that ends at a wall, the one that begins there, and their cells by number."""

    left: int
    right: int
    before: Word
    behind: Word


def torn_words(ends: Iterable[tuple[int, Word]], cells: Sequence[CellWords], xs: Sequence[float]) -> list[Torn]:
    """The words of a table that walls have torn, of those that end at one or beyond it, each with its cell's number."""
    near = [(index, word) for index, word in ends if word.box.x1 - xs[cells[index].area.end_column] < AT_WALL]
    return [torn for index, word in sorted(near, key=itemgetter(0)) for torn in _torn(index, word, cells)]


def _torn(index: int, before: Word, cells: Sequence[CellWords]) -> Iterator[Torn]:
    row, _, end_row, end_column = cells[index].area
    box = before.box
    touch = _TOUCH * (box.y1 - box.y0)
    for number in range(index + 1, len(cells)):
        other, words = cells[number]
        if other.row >= end_row:
            return
        if other.column == end_column and other.row >= row:
            for word in words:
                is_level = abs(word.box.y0 - box.y0) <= _LEVEL and abs(word.box.y1 - box.y1) <= _LEVEL
                if is_level and abs(word.box.x0 - box.x1) <= touch and word.style == before.style:
                    yield Torn(index, number, before, word)


def without_stray_walls(outline: Outline, torn: Sequence[Torn], cells: Sequence[CellWords]) -> Outline:
    """The table without the pieces of walls that tear a word, where the rows above and below have none there."""
    walls = list(outline.walls)
    for area in {cells[one.left].area for one in torn}:
        own = (1 << area.end_row) - (1 << area.row)
        around = own << 1 | own >> 1
        if not walls[area.end_column] & around & ~own:
            walls[area.end_column] &= ~own
    return replace(outline, walls=tuple(walls)) if walls != list(outline.walls) else outline


def with_overflows(cells: Sequence[CellWords], torn: Sequence[Torn]) -> list[CellWords]:
    """The cells with each torn word that overlaps a text of the next cell in its own."""
    kept = list(cells)
    for left, right, _, behind in torn:
        if any(_overlaps(behind, word) for word in kept[right].words if word is not behind):
            kept[left] = kept[left]._replace(words=[*kept[left].words, behind])
            kept[right] = kept[right]._replace(words=[word for word in kept[right].words if word is not behind])
    return kept


def overlaps_of(cells: Sequence[CellWords], xs: Sequence[float]) -> Iterator[tuple[str, Box]]:
    """The texts that run out of their cell over one of the next: which is whose, a person has to see."""
    over = [
        (index, word)
        for index, (area, words) in enumerate(cells)
        for word in words
        if word.box.x1 > xs[area.end_column] + 1
    ]
    for index, word in over:
        yield from ((f"{word.text} {other.text}", other.box) for other in _beyond(word, index, cells))


def _beyond(word: Word, index: int, cells: Sequence[CellWords]) -> Iterator[Word]:
    """The words of the cells to the right of a word's own that it is printed over."""
    row, _, end_row, end_column = cells[index].area
    for other, words in cells[index + 1 :]:
        if other.row >= end_row:
            return
        if other.column == end_column and other.row >= row:
            yield from (one for one in words if _overlaps(word, one))


def _overlaps(one: Word, other: Word) -> bool:
    """Whether two texts are printed over one another."""
    across, down = one.box.shared_with(other.box)
    high = min(word.box.y1 - word.box.y0 for word in (one, other))
    return across > _LEVEL and down > high / 2
