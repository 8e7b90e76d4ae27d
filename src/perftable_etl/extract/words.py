"""Words that run over a rule, and how to part them.

Readers part words at white space. Two cells' texts printed close together are then one word across the wall between
them; the characters tell whether the wall stands in a gap (two cells) or in a character (one text that overflows).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from perftable_etl.document import Box, Rule, Word

_NICK = 1.0
"""Points. A word may reach this far over a rule without being read as crossing it."""


def walls(rules: Iterable[Rule]) -> list[tuple[float, float, float]]:
    """The vertical rules as sorted (x, top, bottom)."""
    return sorted((rule.x0, rule.y0, rule.y1) for rule in rules if rule.x1 - rule.x0 < rule.y1 - rule.y0)


def crossings(box: Box, sorted_walls: Sequence[tuple[float, float, float]]) -> list[float]:
    """Where walls run through `box`, from left to right; most words have none."""
    x0, y0, x1, y1 = box
    index = bisect_right(sorted_walls, (x0 + _NICK,))
    found = []
    while index < len(sorted_walls) and sorted_walls[index][0] < x1 - _NICK:
        x, top, bottom = sorted_walls[index]
        if top <= (y0 + y1) / 2 <= bottom:
            found.append(x)
        index += 1
    return found


def part(characters: Sequence[Word], at: Sequence[float]) -> Iterator[Word]:
    """One word's characters as words, parted where a wall in `at` stands between two of them."""
    start = 0
    for index in range(1, len(characters)):
        before, after = characters[index - 1].box, characters[index].box
        slack = (after.x1 - after.x0) * 0.25
        if any(before.x1 - slack <= x <= after.x0 + slack for x in at):
            yield _word(characters[start:index])
            start = index
    yield _word(characters[start:])


def _word(characters: Sequence[Word]) -> Word:
    return Word("".join(c.text for c in characters), Box.around(c.box for c in characters))
