"""From the shapes a PDF draws to the horizontal and vertical rules they stand for.

A rule is printed as a stroked line, as a thin filled rectangle, or as one side of a stroked rectangle. Shading, curves
and slanted lines are no rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perftable_etl.document import Box, Rule
from perftable_etl.quick_tuples import maker

_rule = maker(Rule)

_THIN = 3.0
"""Points. A shape no thicker than this is a rule; a thicker filled one is shading."""


def is_thin(x0: float, y0: float, x1: float, y1: float) -> bool:
    """Whether the box around a shape is so thin, one way or the other, that it is a rule."""
    return y1 - y0 <= _THIN or x1 - x0 <= _THIN


def middle_lines(boxes: Iterable[tuple[float, float, float, float]]) -> list[Rule]:
    """The middle lines of the thin shapes among some, by the boxes around them; nothing of a dot or of a thick one."""
    rules = []
    for x0, y0, x1, y1 in boxes:
        if y1 - y0 <= _THIN < x1 - x0:
            middle = (y0 + y1) / 2
            rules.append(_rule((x0, middle, x1, middle)))
        elif x1 - x0 <= _THIN < y1 - y0:
            middle = (x0 + x1) / 2
            rules.append(_rule((middle, y0, middle, y1)))
    return rules


def thin_rule(box: Box) -> list[Rule]:
    """The middle line of a shape, if it has one."""
    return middle_lines((box,))


def line_rule(x0: float, y0: float, x1: float, y1: float) -> Iterator[Rule]:
    """A line between two points, if it is level or upright."""
    if abs(x1 - x0) <= 1 or abs(y1 - y0) <= 1:
        yield Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def border_rules(box: Box) -> Iterator[Rule]:
    """The four sides of a stroked rectangle; one line if it is flat."""
    if is_thin(*box):
        yield from thin_rule(box)
        return
    x0, y0, x1, y1 = box
    yield Rule(x0, y0, x1, y0)
    yield Rule(x0, y1, x1, y1)
    yield Rule(x0, y0, x0, y1)
    yield Rule(x1, y0, x1, y1)


def on_page(rules: Iterable[Rule], width: float, height: float) -> tuple[Rule, ...]:
    """The rules that can be seen: what lies beyond the page's edge, or its crop box, is not printed."""
    rules = tuple(rules)
    if not rules:
        return rules
    lefts, tops, rights, bottoms = zip(*rules, strict=True)
    if max(lefts) < width and max(tops) < height and min(rights) > 0 and min(bottoms) > 0:
        return rules  # as of nearly all pages
    return tuple([rule for rule in rules if rule[0] < width and rule[1] < height and rule[2] > 0 and rule[3] > 0])
