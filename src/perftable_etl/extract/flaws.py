"""What is printed in a way that may make its reading wrong: told, never mended, as a person sees what was meant.

Each kind rests on one fact of print. A rule parts texts and runs through none. Texts of one line share their foot, and
stand side by side. The lines of one text stand below one another at one distance, and never on one another. A sign of
comparison has no line below it, unless the line is its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, product
from math import inf
from operator import attrgetter
from statistics import median_low
from typing import NamedTuple

from perftable_etl.document import Box, Flaw, Page, Place, Rule, Word
from perftable_etl.quick_tuples import maker

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

_CLOSE = 0.8
"""Of their height: how far the lines of one text are apart at least. The box of a line is higher than its type."""

_APART = 1.4
"""Times the common distance of lines, and times their height. What is farther apart are two texts."""

_USUAL = 1.2
"""Of their height: the distance of the lines of a table that has two lines in one cell only, which may be apart."""


class _LineGap(NamedTuple):
    """How far the middles of two lines of a cell are apart, in heights of a line; the lower line, and the cell."""

    distance: float
    lower: Sequence[Word]
    place: Place
    is_aligned: bool


_line_gap = maker(_LineGap)
_top: Callable[[Rule], float] = attrgetter("y0")


def flaws_of_rules(page: Page, heights: Sequence[float]) -> Iterator[Flaw]:
    """The words that a rule runs through, and those that begin with a sign that has a line below it.

    `heights`, sorted, are those at which the page's tables have level rules: few words stand across one.
    """
    doubtful = list(_doubtful(page.words, heights)) if heights else []
    level = sorted((rule for rule in page.rules if rule.is_horizontal), key=_top) if doubtful else []
    for word in doubtful:
        x0, y0, x1, y1 = word.box
        first, last = bisect_left(level, y0, key=_top), bisect_right(level, y1 + 0.3 * (y1 - y0), key=_top)
        near = [rule for rule in level[first:last] if rule.x0 < x1 and rule.x1 > x0]
        if any(_strikes(rule, word, page.rules) for rule in near):
            yield Flaw("ruled_through", word.text, Place(page.number, word.box))
        if word.text[0] in _SIGNS and any(_underlines(rule, word) for rule in near):
            yield Flaw("sign_underlined", word.text, Place(page.number, word.box))


def _doubtful(words: Iterable[Word], heights: Sequence[float]) -> Iterator[Word]:
    """The words with one of the heights in their middle, and those that begin with a sign."""
    (above, below), behind = _THROUGH, [*heights, inf]
    for word in words:
        text, (_, y0, _, y1), _, _ = word
        high = y1 - y0
        if behind[bisect_left(heights, y0 + above * high)] <= y0 + below * high or text[0] in _SIGNS:
            yield word


def _height(rule: Rule) -> float:
    return (rule.y0 + rule.y1) / 2


def _strikes(rule: Rule, word: Word, rules: Iterable[Rule]) -> bool:
    """Whether a level rule runs through most of a word, or three characters of it, and is no border of a cell."""
    x0, y0, x1, y1 = word.box
    if not _THROUGH[0] <= (_height(rule) - y0) / (y1 - y0 or 1) <= _THROUGH[1]:
        return False
    across = min(rule.x1, x1) - max(rule.x0, x0)
    is_through = across >= 0.6 * min(x1 - x0, 3 * (y1 - y0))
    return is_through and not all(_meets_any(x, _height(rule), rules) for x in (rule.x0, rule.x1))


def _meets_any(x: float, y: float, rules: Iterable[Rule]) -> bool:
    """Whether a rule that ends at (x, y) ends at an upright one."""
    return any(
        abs(rule.x0 - x) < _ENDS and rule.y0 - _ENDS <= y <= rule.y1 + _ENDS and not rule.is_horizontal
        for rule in rules
    )


def _underlines(rule: Rule, word: Word) -> bool:
    """Whether a level rule as short as one character stands right below the first of a word."""
    x0, y0, _, y1 = word.box
    high = y1 - y0 or 1
    is_below = _BELOW[0] <= (_height(rule) - y0) / high <= _BELOW[1]
    return is_below and x0 - 0.3 * high <= rule.x0 and rule.x1 <= x0 + 1.3 * high


def flaws_of_lines(lines: Iterable[Sequence[Word]], place: Place) -> Iterator[Flaw]:
    """What is wrong with the printed lines of one cell: texts on one another, a text that stands off its line."""
    lines = list(lines)
    for above, below in pairwise(lines):
        for upper, lower in product(above, below):
            if upper.confidence is None and _overprints(upper.box, lower.box):  # boxes of recognised texts are rough
                yield Flaw("texts_overlap", f"{upper.text} {lower.text}", place)
    for before, word in (pair for line in lines for pair in pairwise(line)):
        one, other = before.box, word.box
        high, higher = sorted((one.y1 - one.y0, other.y1 - other.y0))
        gap = other.x0 - one.x1
        if gap < -_OVERLAP * high:
            yield Flaw("texts_overlap", f"{before.text} {word.text}", place)
        elif gap > 0 and higher < _ALIKE * high and abs(one.y0 + one.y1 - other.y0 - other.y1) > 2 * _OFF * high:
            yield Flaw("off_line", word.text, place)


def flaws_of_leading(cells: Iterable[tuple[Sequence[Sequence[Word]], Place]]) -> Iterator[Flaw]:
    """The cells of a table whose lines stand on one another, or farther apart than those of the table's other cells.

    A cell is given by its printed lines and its place. Boxes that text recognition makes are too rough to tell.
    """
    gaps = [gap for lines, place in cells if lines[0][0].confidence is None for gap in _gaps(lines, place)]
    common = median_low(gap.distance for gap in gaps) if len(gaps) > 1 else _USUAL
    for distance, lower, place, is_aligned in gaps:
        if distance < _CLOSE and is_aligned:
            yield Flaw("lines_close", lower[0].text, place)
        elif distance > _APART * max(common, 1.0):
            yield Flaw("lines_apart", lower[0].text, place)


def _gaps(lines: Sequence[Sequence[Word]], place: Place) -> Iterator[_LineGap]:
    for upper, lower in pairwise(lines):
        one, two = upper[0].box, lower[0].box
        high, higher = sorted((one.y1 - one.y0, two.y1 - two.y0))
        is_aligned = one.x0 < lower[-1].box.x1 and two.x0 < upper[-1].box.x1 and higher < _ALIKE * high
        yield _line_gap(((two.y0 + two.y1 - one.y0 - one.y1) / (2 * high), lower, place, is_aligned))


def _overprints(one: Box, other: Box) -> bool:
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
        if any(_share_word(word.box, box) for box in hidden):
            yield Flaw("partly_hidden", word.text, Place(page.number, word.box))


def _share_word(one: Box, other: Box) -> bool:
    """Whether one text begins on the same line where the other ends."""
    near = _JOINED * (one.y1 - one.y0)
    is_level = abs(one.y0 - other.y0) < near and abs(one.y1 - other.y1) < near
    return is_level and min(abs(one.x1 - other.x0), abs(other.x1 - one.x0)) < near
