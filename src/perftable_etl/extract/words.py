"""Words that run over a rule, and how to part them.

Readers part words at white space. Two cells' texts printed close together are then one word across the wall between
them; the characters tell whether the wall stands in a gap (two cells) or in a character (one text that overflows).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import NamedTuple

from perftable_etl.document import Box, Rule, Word
from perftable_etl.geometry.boxes import around_words

_NICK = 1.0
"""Points. A word may reach this far over a rule without being read as crossing it."""


_LAST = 1.9
"""Of its height: the last character of a word and the one before are no wider. MuPDF may take the first of those that a
cell cuts off for shown."""

_TOUCH = 0.5
"""Points. A word that ends so near to a wall touches it; cells have wider margins."""

_CORNER = 4.5
"""Points. A level rule may reach this far over the frame's last wall, or end that much before it."""


class Met(NamedTuple):
    """The walls that run `across` a word and part two cells, and whether one `cuts` its end.

    What goes on beyond that one may not be shown.
    """

    across: list[float]
    cuts: bool


MEETS_NONE = Met([], cuts=False)
"""What nearly all words meet."""


class Walls:
    """The vertical rules of a page, to ask which of them a word runs over."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        upright: list[Rule] = []
        edge = -inf
        for rule in rules:
            x0, y0, x1, y1 = rule
            if x1 - x0 < y1 - y0:
                upright.append(rule)
            elif x1 > edge:
                edge = x1
        self._edge = edge - _CORNER if edge > -inf else inf
        self._walls = _in_one_piece(sorted(upright))
        self._xs = [x for x, _, _ in self._walls]

    def across(self, box: Box) -> list[float]:
        """Where walls run through `box` that part two cells, from left to right; most words have none."""
        return self.met(box).across

    def met(self, box: Box) -> Met:
        """The walls that a word meets.

        Where no level rule goes on beyond a wall, there is no cell: a text that runs over it overflows.
        """
        xs, (x0, y0, x1, y1) = self._xs, box
        first = bisect_right(xs, x0 + _NICK)
        if x1 - x0 > 2 * _NICK and (first == len(xs) or xs[first] > x1 + _TOUCH):
            return MEETS_NONE  # as of most words
        last = bisect_left(xs, x1 - _NICK)
        if first >= last and (last == len(xs) or xs[last] > x1 + _TOUCH):
            return MEETS_NONE
        middle, end = (y0 + y1) / 2, x1 - _LAST * (y1 - y0)
        near = self._walls[bisect_left(xs, end, 0, first) : bisect_right(xs, x1 + _TOUCH, last)]
        for _, top, bottom in near:
            if top <= middle <= bottom:
                break
        else:
            return MEETS_NONE  # they are those of other rows
        beside = [x for x, top, bottom in near if top <= middle <= bottom]
        at = [x for x in beside if x0 + _NICK < x < x1 - _NICK and x < self._edge]
        is_cut = beside[-1] >= end
        return Met(at, is_cut) if at or is_cut else MEETS_NONE


def _in_one_piece(walls: Iterable[Rule]) -> list[tuple[float, float, float]]:
    """Upright rules by position and top as their positions and ends, those made one that are drawn cell by cell."""
    joined: list[tuple[float, float, float]] = []
    at, top, bottom = -inf, inf, inf
    for x, y0, _, y1 in walls:
        if x != at or y0 > bottom:
            joined.append((at, top, bottom))
            at, top, bottom = x, y0, y1
        elif y1 > bottom:
            bottom = y1
    return [*joined, (at, top, bottom)][1:]


def part(characters: Iterable[Word], at: Sequence[float]) -> Iterator[Word]:
    """One word's characters as words: parted at blanks, at the walls in `at`, and where styles differ."""
    run: list[Word] = []
    for character in characters:
        is_blank = character.text.isspace() or character.text < " "
        if run and (is_blank or _is_parted(run[-1], character, at)):
            yield _word(run)
            run = []
        if not is_blank:
            run.append(character)
    if run:
        yield _word(run)


def _is_parted(before: Word, after: Word, at: Sequence[float]) -> bool:
    """Whether two characters that follow one another have a wall between them, or other styles.

    One that overflows its cell may overlap the first of the next cell, which stands beyond the wall.
    """
    slack = (after.box.x1 - after.box.x0) * 0.25
    if before.style != after.style or any(before.box.x1 - slack <= x <= after.box.x0 + slack for x in at):
        return True
    overlap = before.box.x1 - after.box.x0
    return overlap > slack and any(before.box.x0 < x <= after.box.x0 for x in at)  # it runs into the next text


def _word(characters: Sequence[Word]) -> Word:
    return Word("".join(c.text for c in characters), around_words(characters), characters[0].style)
