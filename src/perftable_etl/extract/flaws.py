"""What is printed in a way that may make its reading wrong: told, never mended, as a person sees what was meant.

Each kind rests on one fact of print. A rule parts texts and runs through none. Texts of one line share their foot, and
stand side by side. A sign of comparison has no line below it, unless the line is its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product

from perftable_etl.document import Box, Flaw, Page, Place, Rule, Word

_THROUGH = (0.3, 0.7)
"""Of a text's height: where a rule runs through it. Underlines are lower."""

_ENDS = 4.5
"""Points. A rule that begins and ends that near to upright ones is the border of a cell."""

_BELOW = (0.6, 1.3)
"""Of a text's height: where a line is that makes ≥ of a sign >."""

_SIGNS = "><＞＜"
_OVERLAP = 0.3
"""Of their height: neighbours on a line overlap by less, as boxes are wider than glyphs."""

_ON = 0.3
"""Of the height of the higher: how far apart the middles are of two texts that are printed over one another."""

_JOINED = 0.1
"""Of its height: characters of one word stand no further apart."""

_OFF = 0.15
"""Of their height: texts of one line and one size stand less higher or lower than one another."""

_ALIKE = 1.12
"""How much higher than the other one of two texts of the same size may be; exponents are smaller."""


def flaws_of_rules(words: Iterable[Word], rules: Sequence[Rule], page_number: int) -> Iterator[Flaw]:
    """The words that a rule runs through, and those that begin with a sign that has a line below it."""
    level = sorted((rule for rule in rules if rule.is_horizontal), key=_height)
    heights = [_height(rule) for rule in level]
    uprights = [rule for rule in rules if not rule.is_horizontal]
    for word in words:
        y0, high = word.box.y0, word.box.y1 - word.box.y0
        first = bisect_left(heights, y0 + _THROUGH[0] * high)
        if first < len(heights) and heights[first] <= y0 + _THROUGH[1] * high:
            last = bisect_left(heights, y0 + _THROUGH[1] * high)
            if any(_strikes(rule, word, uprights) for rule in level[first:last]):
                yield Flaw("ruled_through", word.text, Place(page_number, word.box))
        if word.text[0] in _SIGNS and _is_underlined(word, level, heights):
            yield Flaw("sign_underlined", word.text, Place(page_number, word.box))


def _height(rule: Rule) -> float:
    return (rule.y0 + rule.y1) / 2


def _strikes(rule: Rule, word: Word, uprights: Iterable[Rule]) -> bool:
    """Whether a rule runs through most of a word, or three characters of it, and is no border of a cell."""
    x0, y0, x1, y1 = word.box
    across = min(rule.x1, x1) - max(rule.x0, x0)
    is_through = across >= 0.6 * min(x1 - x0, 3 * (y1 - y0))
    return is_through and not all(_meets_any(x, _height(rule), uprights) for x in (rule.x0, rule.x1))


def _meets_any(x: float, y: float, uprights: Iterable[Rule]) -> bool:
    """Whether a rule that ends at (x, y) ends at an upright one."""
    return any(abs(upright.x0 - x) < _ENDS and upright.y0 - _ENDS <= y <= upright.y1 + _ENDS for upright in uprights)


def _is_underlined(word: Word, level: Sequence[Rule], heights: Sequence[float]) -> bool:
    """Whether a line as short as one character stands right below the first of a word."""
    x0, y0, _, y1 = word.box
    high = y1 - y0
    first, last = bisect_left(heights, y0 + _BELOW[0] * high), bisect_left(heights, y0 + _BELOW[1] * high)
    return any(x0 - 0.3 * high <= rule.x0 and rule.x1 <= x0 + 1.3 * high for rule in level[first:last])


def flaws_of_lines(lines: Iterable[Sequence[Word]], place: Place) -> Iterator[Flaw]:
    """What is wrong with the printed lines of one cell: texts on one another, a text that stands off its line."""
    lines = list(lines)
    for above, below in pairwise(lines):
        for upper, lower in product(above, below):
            if upper.confidence is None and _lies_on(upper.box, lower.box):  # boxes of recognised texts are rough
                yield Flaw("texts_overlap", f"{upper.text} {lower.text}", place)
    for before, word in (pair for line in lines for pair in pairwise(line)):
        one, other = before.box, word.box
        high, higher = sorted((one.y1 - one.y0, other.y1 - other.y0))
        gap = other.x0 - one.x1
        if gap < -_OVERLAP * high:
            yield Flaw("texts_overlap", f"{before.text} {word.text}", place)
        elif gap > 0 and higher < _ALIKE * high and abs(one.y0 + one.y1 - other.y0 - other.y1) > 2 * _OFF * high:
            yield Flaw("off_line", word.text, place)


def _lies_on(one: Box, other: Box) -> bool:
    """Whether two texts of different lines are printed over one another: the middle of each is within the other."""
    low, high = sorted((one.y1 - one.y0, other.y1 - other.y0))
    apart = abs(one.y0 + one.y1 - other.y0 - other.y1) / 2
    return apart < _ON * high and min(one.x1, other.x1) - max(one.x0, other.x0) > _OVERLAP * low


def partly_hidden(page: Page) -> Iterator[Flaw]:
    """The words of a page some of whose characters are hidden by what is painted over them."""
    if not page.is_patched:
        return
    hidden = [noise.place.box for noise in page.noise if noise.kind == "hidden"]
    for word in page.words:
        if any(_are_of_one_word(word.box, box) for box in hidden):
            yield Flaw("partly_hidden", word.text, Place(page.number, word.box))


def _are_of_one_word(one: Box, other: Box) -> bool:
    """Whether one text begins on the same line where the other ends."""
    near = _JOINED * (one.y1 - one.y0)
    is_level = abs(one.y0 - other.y0) < near and abs(one.y1 - other.y1) < near
    return is_level and min(abs(one.x1 - other.x0), abs(other.x1 - one.x0)) < near
