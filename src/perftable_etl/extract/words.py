"""Words that run over a rule, and how to part them.

Readers part words at white space. Two cells' texts printed close together are then one word across the wall between
them; the characters tell whether the wall stands in a gap (two cells) or in a character (one text that overflows).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from perftable_etl.document import Box, Rule, Word

_NICK = 1.0
"""Points. A word may reach this far over a rule without being read as crossing it."""


class Walls:
    """The vertical rules of a page, to ask which of them a word runs over."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._walls = sorted(rule for rule in rules if not rule.is_horizontal)
        self._xs = [wall.x0 for wall in self._walls]

    def across(self, box: Box) -> list[float]:
        """Where walls run through `box`, from left to right; most words have none."""
        first, last = bisect_right(self._xs, box.x0 + _NICK), bisect_left(self._xs, box.x1 - _NICK)
        if first >= last:
            return []
        middle = (box.y0 + box.y1) / 2
        return [wall.x0 for wall in self._walls[first:last] if wall.y0 <= middle <= wall.y1]


def part(characters: Sequence[Word], at: Sequence[float]) -> Iterator[Word]:
    """One word's characters as words, parted where a wall in `at` stands between two of them, or their looks differ."""
    start = 0
    for index in range(1, len(characters)):
        before, after = characters[index - 1].box, characters[index].box
        slack = (after.x1 - after.x0) * 0.25
        is_walled = any(before.x1 - slack <= x <= after.x0 + slack for x in at)
        if is_walled or characters[index - 1].look != characters[index].look:
            yield _word(characters[start:index])
            start = index
    yield _word(characters[start:])


def _word(characters: Sequence[Word]) -> Word:
    return Word("".join(c.text for c in characters), Box.around(c.box for c in characters), characters[0].look)
