"""Frames: gaps, round corners, borders around more than a table, tables in two, fills instead of rules."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

from tests.disturbances.bases import lined_page, municipal_several, several
from tests.disturbances.edits import (
    NEAR,
    inner,
    only_page,
)
from tests.disturbances.ink import line, rectangle
from tests.disturbances.invention import Draft
from tests.disturbances.leaves import Box, Leaf, leaves
from tests.disturbances.protocol import Concern, Disturbed, at, disturbance, on, page_of, together
from tests.drawing.mupdf import Edge


@disturbance("rounded cells", lined_page)
def _rounded(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    radius = chance.choice((2.0, 3.5, 5.0))
    corners = ["q 0.5 w", *(_round_box(cell.box, radius) for cell in leaf.cells), "Q"]
    return page_of([replace(leaf, rules=()).under(*corners)], draft, on(1))


def _round_box(box: Box, r: float) -> str:
    """A rectangle with round corners."""
    x0, y0, x1, y1 = box
    r = min(r, box.width / 3, box.height / 3)
    return (
        f"{x0 + r:g} {y0:g} m {x1 - r:g} {y0:g} l {x1:g} {y0:g} {x1:g} {y0:g} {x1:g} {y0 + r:g} c "
        f"{x1:g} {y1 - r:g} l {x1:g} {y1:g} {x1:g} {y1:g} {x1 - r:g} {y1:g} c "
        f"{x0 + r:g} {y1:g} l {x0:g} {y1:g} {x0:g} {y1:g} {x0:g} {y1 - r:g} c "
        f"{x0:g} {y0 + r:g} l {x0:g} {y0:g} {x0:g} {y0:g} {x0 + r:g} {y0:g} c S"
    )


def _lengthened(edge: Edge, by: float) -> Edge:
    x0, y0, x1, y1 = edge
    return Edge(x0 - by, y0, x1 + by, y1) if y0 == y1 else Edge(x0, y0 - by, x1, y1 + by)


@disturbance("gaps before the corners", lined_page)
def _gaps(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    gap = chance.choice((1.5, 2.0, 3.0, 4.5))
    rules = tuple(_lengthened(edge, -gap) for edge in leaf.rules)
    return page_of([replace(leaf, rules=rules, style="edges")], draft, on(1))


@disturbance("cells drawn apart", lined_page)
def _apart(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    by = chance.choice((0.7, 1.5, 2.2, 2.7))
    boxes = (inner(cell.box, by) for cell in leaf.cells)
    frames = ["q 0.5 w", *(f"{b.x0:g} {b.y0:g} {b.width:g} {b.height:g} re S" for b in boxes), "Q"]
    return page_of([replace(leaf, rules=()).under(*frames)], draft, on(1))


@disturbance("rules past the corners", lined_page)
def _overshoot(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    rules = tuple(_lengthened(edge, chance.choice((2.0, 4.0))) for edge in leaf.rules)
    return page_of([replace(leaf, rules=rules, style="edges")], draft, on(1))


@disturbance("page border", several)
def _page_border(draft: Draft, chance: Random) -> Disturbed:
    pages = [_bordered(leaf) for leaf in leaves(draft)]
    return page_of(pages, draft, on(*range(1, len(pages) + 1)))


@disturbance("page border close to the tables", municipal_several)
def _close_border(draft: Draft, chance: Random) -> Disturbed:
    pages = [_bordered(leaf, 6.0) for leaf in leaves(draft)]
    return page_of(pages, draft, on(*range(1, len(pages) + 1)))


def _bordered(leaf: Leaf, aside: float = 25.0) -> Leaf:
    """The page with a rectangle around everything on it."""
    x0, x1 = leaf.left - aside, leaf.right + aside
    y0, y1 = 40.0, leaf.height - 40.0
    return leaf.under(f"q 0.7 w {x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re S Q")


def _parted(leaf: Leaf, y: float, gap: float, scale: float = 1.0) -> Leaf:
    """The page with its table parted at a height: the lower part moves down, and is scaled around its left side."""
    lower = replace(
        leaf,
        cells=tuple(cell for cell in leaf.cells if cell.box.y0 >= y - NEAR),
        rules=tuple(edge for edge in leaf.rules if edge.y0 >= y - NEAR),
        lines=(),
    )
    lower = lower.moved(0, gap, y - 1).placed(lambda px, py: (leaf.left + (px - leaf.left) * scale, py))
    upper = replace(
        leaf,
        cells=tuple(cell for cell in leaf.cells if cell.box.y0 < y - NEAR),
        rules=tuple(edge for edge in leaf.rules if edge.y1 <= y + NEAR),
    )
    return replace(upper, cells=(*upper.cells, *lower.cells), rules=(*upper.rules, *lower.rules))


def _indicators(leaf: Leaf) -> Concern:
    return at(1, *leaf.of("head", "level1", "level2", "name", "value"))


@disturbance("header and indicators as two tables", lined_page)
def _two_tables(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    y = min(cell.box.y0 for cell in leaf.of("head"))
    parted = _parted(leaf, y, chance.choice((6.0, 10.0, 16.0)))
    return page_of([parted], draft, together(_indicators(parted), on(1)))


@disturbance("header and indicators as tables of other columns", lined_page)
def _two_tables_of_other_columns(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    y = min(cell.box.y0 for cell in leaf.of("head"))
    parted = _parted(leaf, y, chance.choice((12.0, 30.0)), chance.choice((0.9, 1.04, 1.07)))
    return page_of([parted], draft, on(1))


@disturbance("gap under the column heads", lined_page)
def _gap_under_heads(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    y = max(cell.box.y1 for cell in leaf.of("head"))
    if any(cell.box.y0 < y - NEAR < cell.box.y1 - 2 * NEAR for cell in leaf.cells if cell.role == "side"):
        y = min(cell.box.y0 for cell in leaf.of("head"))  # a side label over both would be cut
    parted = _parted(leaf, y, 10.0)
    return page_of([parted], draft, together(_indicators(parted), on(1)))


@disturbance("gap among the indicators", lined_page)
def _gap_among_indicators(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    level1 = leaf.of("level1")[1:]
    y = chance.choice(level1).box.y0
    side = [cell for cell in leaf.cells if cell.role == "side" and cell.box.y0 < y - 1 and cell.box.y1 > y + 1]
    bare = replace(leaf, cells=tuple(cell for cell in leaf.cells if cell not in side))
    x = max((cell.box.x1 for cell in side), default=leaf.left)
    bare = bare.with_rules(lambda edge: edge.x0 >= x - NEAR or edge.y0 < leaf.of("head")[0].box.y0 + NEAR)
    parted = _parted(bare, y, 12.0)
    lower = [cell for cell in parted.of("level1", "level2", "name", "value") if cell.box.y0 > y]
    return page_of([parted], draft, at(1, *lower))


@disturbance("zebra fills instead of rules", lined_page)
def _zebra(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    ends = sorted({round(cell.box.y1, 2) for cell in leaf.cells})
    bands = list(pairwise([round(leaf.top, 2), *ends]))[::2]
    fills = [rectangle((leaf.left, y0, leaf.right, y1), "0.9 0.9 0.9") for y0, y1 in bands]
    return page_of([replace(leaf, rules=()).under(*fills)], draft, on(1))


@disturbance("white rules on a grey ground", lined_page)
def _white_rules(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    ground = rectangle((leaf.left, leaf.top, leaf.right, leaf.bottom), "0.88 0.9 0.95")
    strokes = [f"{e.x0:g} {e.y0:g} m {e.x1:g} {e.y1:g} l S" for e in leaf.rules]
    return page_of([replace(leaf, rules=()).under(ground, "q 1 1 1 RG 1.2 w", *strokes, "Q")], draft, on(1))


@disturbance("filled cells with gaps instead of rules", lined_page)
def _filled_cells(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    boxes = (Box(x0 + 0.8, y0 + 0.8, x1 - 0.8, y1 - 0.8) for x0, y0, x1, y1 in (cell.box for cell in leaf.cells))
    return page_of([replace(leaf, rules=()).under(*(rectangle(box, "0.9 0.93 0.9") for box in boxes))], draft, on(1))


@disturbance("shaded heads", lined_page)
def _shaded(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    fills = [rectangle(cell.box, "0.85 0.88 0.92") for cell in leaf.cells if cell.role in ("label", "head", "side")]
    return page_of([leaf.under(*fills)], draft, on(1))


@disturbance("rules drawn twice", lined_page)
def _rules_twice(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    aside = chance.choice((0.8, 1.5, 2.0))
    again = tuple(Edge(e.x0 + aside, e.y0 + aside, e.x1 + aside, e.y1 + aside) for e in leaf.rules)
    return page_of([replace(leaf, rules=(*leaf.rules, *again), style="edges")], draft, on(1))


@disturbance("diagonal through an empty cell", lined_page)
def _diagonal(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    empty = [cell for cell in leaf.cells if not cell.texts] or [leaf.of("side")[0]]
    lines = [line(cell.box.x0, cell.box.y0, cell.box.x1, cell.box.y1, 0.4) for cell in empty]
    return page_of([leaf.over(*lines)], draft, on(1))
