"""Frames and rules: one missing, gaps, round corners, borders around more than a table, fills, texts too long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from random import Random

from tests.disturbances.bases import grouped_page, lined_page, municipal_several, one_year_page, satisfied_page, several
from tests.disturbances.ink import line, rectangle
from tests.disturbances.invention import Draft
from tests.disturbances.leaves import Box, Leaf, Shown, Text, leaves
from tests.disturbances.protocol import Concern, Disturbed, at, disturbance, on, page_of, together
from tests.drawing.mupdf import Edge
from tests.drawing.wrap import em

NEAR = 0.1


def _page(draft: Draft) -> Leaf:
    (leaf,) = leaves(draft)
    return leaf


def _is_at(one: float, other: float) -> bool:
    return abs(one - other) < NEAR


def _level_at(y: float, x0: float, x1: float) -> Callable[[Edge], bool]:
    """Whether a rule is not level at a height between two sides."""

    def keep(edge: Edge) -> bool:
        inside = edge.x0 >= x0 - NEAR and edge.x1 <= x1 + NEAR
        return not (edge.y0 == edge.y1 and _is_at(edge.y0, y) and inside)

    return keep


def _upright_at(x: float, y0: float, y1: float) -> Callable[[Edge], bool]:
    """Whether a rule is not upright at a place between two heights."""

    def keep(edge: Edge) -> bool:
        inside = edge.y0 >= y0 - NEAR and edge.y1 <= y1 + NEAR
        return not (edge.x0 == edge.x1 and _is_at(edge.x0, x) and inside)

    return keep


def _neighbours(leaf: Leaf) -> list[tuple[tuple[Shown, Shown], tuple[Shown, Shown]]]:
    return list(pairwise(leaf.rows()))


def _is_one_group(leaf: Leaf, upper: Shown, lower: Shown) -> bool:
    return leaf.beside(upper, "level2") == leaf.beside(lower, "level2")


@disturbance("rule missing between rows of one group", grouped_page)
def _row_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    pairs = [pair for pair in _neighbours(leaf) if _is_one_group(leaf, pair[0][0], pair[1][0])]
    upper, lower = chance.choice(pairs)
    open_page = leaf.with_rules(_level_at(upper[0].box.y1, upper[0].box.x0, upper[1].box.x1))
    return page_of([open_page], draft, at(1, *upper, *lower))


@disturbance("rule missing between rows of two groups", lined_page)
def _group_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    pairs = [pair for pair in _neighbours(leaf) if not _is_one_group(leaf, pair[0][0], pair[1][0])]
    upper, lower = chance.choice(pairs)
    open_page = leaf.with_rules(_level_at(upper[0].box.y1, upper[0].box.x0, upper[1].box.x1))
    return page_of([open_page], draft, at(1, *upper, *lower))


@disturbance("rule missing between two values", lined_page)
def _value_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    upper, lower = chance.choice(_neighbours(leaf))
    open_page = leaf.with_rules(_level_at(upper[1].box.y1, upper[1].box.x0, upper[1].box.x1))
    return page_of([open_page], draft, at(1, *upper, *lower))


@disturbance("rule missing between two names", lined_page)
def _name_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    upper, lower = chance.choice(_neighbours(leaf))
    open_page = leaf.with_rules(_level_at(upper[0].box.y1, upper[0].box.x0, upper[0].box.x1))
    return page_of([open_page], draft, at(1, *upper, *lower))


@disturbance("rule missing between level-2 names", lined_page)
def _level2_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    upper, lower = chance.choice(list(pairwise(leaf.of("level2"))))
    open_page = leaf.with_rules(_level_at(upper.box.y1, upper.box.x0, upper.box.x1))
    rows = [cell for pair in leaf.rows() for cell in pair if leaf.beside(cell, "level2") in (upper, lower)]
    return page_of([open_page], draft, at(1, upper, lower, *rows))


@disturbance("rule missing between label and value", lined_page)
def _pair_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    label = chance.choice(leaf.of("label"))
    beside = [cell for cell in leaf.cells if _is_at(cell.box.x0, label.box.x1) and _is_at(cell.box.y0, label.box.y0)]
    open_page = leaf.with_rules(_upright_at(label.box.x1, label.box.y0, label.box.y1))
    return page_of([open_page], draft, at(1, label, *beside))


@disturbance("rules missing between labels and values", lined_page)
def _pair_rules_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = open_page = _page(draft)
    labels = chance.sample(leaf.of("label"), 3)
    for label in labels:
        open_page = open_page.with_rules(_upright_at(label.box.x1, label.box.y0, label.box.y1))
    return page_of([open_page], draft, at(1, *labels))


@disturbance("rule missing between name and value", lined_page)
def _inner_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    name, value = chance.choice(leaf.rows())
    open_page = leaf.with_rules(_upright_at(value.box.x0, value.box.y0, value.box.y1))
    return page_of([open_page], draft, at(1, name, value))


@disturbance("rule missing between all names and values", lined_page)
def _column_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    values = leaf.of("value")
    x = values[0].box.x0
    open_page = leaf.with_rules(_upright_at(x, values[0].box.y0, values[-1].box.y1))
    return page_of([open_page], draft, at(1, *leaf.of("name", "value")))


@disturbance("rule missing in the header", lined_page)
def _header_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    row = chance.choice(sorted({cell.row for cell in leaf.cells if cell.kind == "header"}))
    cells = [cell for cell in leaf.cells if cell.kind == "header" and cell.row in (row, row + 1)]
    y = max(cell.box.y1 for cell in cells if cell.row == row)
    return page_of([leaf.with_rules(_level_at(y, leaf.left, leaf.right))], draft, at(1, *cells))


@disturbance("rule missing among the money", lined_page)
def _money_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    amount = chance.choice(leaf.of("amount"))
    beside = [cell for cell in leaf.cells if cell.kind == "funds" and cell.box.x1 > amount.box.x0 - 1]
    near = [cell for cell in beside if cell.box.y0 - 1 < amount.box.y1 and cell.box.y1 + 1 > amount.box.y0]
    label_x = min(cell.box.x0 for cell in leaf.cells if _is_at(cell.box.x1, amount.box.x0))
    open_page = leaf.with_rules(_level_at(amount.box.y1, label_x, amount.box.x1))
    return page_of([open_page], draft, at(1, *near))


@disturbance("outer rule missing", lined_page)
def _outer_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    keep = {
        "left": lambda edge: not (_is_at(edge.x0, leaf.left) and _is_at(edge.x1, leaf.left)),
        "right": lambda edge: not (_is_at(edge.x0, leaf.right) and _is_at(edge.x1, leaf.right)),
        "top": lambda edge: not (_is_at(edge.y0, leaf.top) and _is_at(edge.y1, leaf.top)),
        "bottom": lambda edge: not (_is_at(edge.y0, leaf.bottom) and _is_at(edge.y1, leaf.bottom)),
    }[chance.choice(("left", "right", "top", "bottom"))]
    return page_of([leaf.with_rules(keep)], draft, on(1))


@disturbance("rounded cells", lined_page)
def _rounded(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
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
    leaf = _page(draft)
    gap = chance.choice((1.5, 2.0, 3.0))
    rules = tuple(_lengthened(edge, -gap) for edge in leaf.rules)
    return page_of([replace(leaf, rules=rules, style="edges")], draft, on(1))


@disturbance("rules past the corners", lined_page)
def _overshoot(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
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
    leaf = _page(draft)
    y = min(cell.box.y0 for cell in leaf.of("head"))
    parted = _parted(leaf, y, chance.choice((6.0, 10.0, 16.0)))
    return page_of([parted], draft, together(_indicators(parted), on(1)))


@disturbance("header and indicators as tables of other columns", lined_page)
def _two_tables_of_other_columns(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    y = min(cell.box.y0 for cell in leaf.of("head"))
    parted = _parted(leaf, y, 12.0, chance.choice((1.04, 1.07)))
    return page_of([parted], draft, on(1))


@disturbance("gap under the column heads", lined_page)
def _gap_under_heads(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    y = max(cell.box.y1 for cell in leaf.of("head"))
    if any(cell.box.y0 < y - NEAR < cell.box.y1 - 2 * NEAR for cell in leaf.cells if cell.role == "side"):
        y = min(cell.box.y0 for cell in leaf.of("head"))  # a side label over both would be cut
    parted = _parted(leaf, y, 10.0)
    return page_of([parted], draft, together(_indicators(parted), on(1)))


@disturbance("gap among the indicators", lined_page)
def _gap_among_indicators(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
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
    leaf = _page(draft)
    ends = sorted({round(cell.box.y1, 2) for cell in leaf.cells})
    bands = list(pairwise([round(leaf.top, 2), *ends]))[::2]
    fills = [rectangle((leaf.left, y0, leaf.right, y1), "0.9 0.9 0.9") for y0, y1 in bands]
    return page_of([replace(leaf, rules=()).under(*fills)], draft, on(1))


@disturbance("white rules on a grey ground", lined_page)
def _white_rules(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    ground = rectangle((leaf.left, leaf.top, leaf.right, leaf.bottom), "0.88 0.9 0.95")
    strokes = [f"{e.x0:g} {e.y0:g} m {e.x1:g} {e.y1:g} l S" for e in leaf.rules]
    return page_of([replace(leaf, rules=()).under(ground, "q 1 1 1 RG 1.2 w", *strokes, "Q")], draft, on(1))


@disturbance("filled cells with gaps instead of rules", lined_page)
def _filled_cells(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    boxes = (Box(x0 + 0.8, y0 + 0.8, x1 - 0.8, y1 - 0.8) for x0, y0, x1, y1 in (cell.box for cell in leaf.cells))
    return page_of([replace(leaf, rules=()).under(*(rectangle(box, "0.9 0.93 0.9") for box in boxes))], draft, on(1))


@disturbance("shaded heads", lined_page)
def _shaded(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    fills = [rectangle(cell.box, "0.85 0.88 0.92") for cell in leaf.cells if cell.role in ("label", "head", "side")]
    return page_of([leaf.under(*fills)], draft, on(1))


@disturbance("underlines under all texts", lined_page)
def _underlined(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    roles = chance.choice((("field", "amount"), ("value",), ("field", "amount", "goal", "name", "value")))
    texts = [text for cell in leaf.cells if cell.role in roles for text in cell.texts]
    lines = [line(t.x, t.y + 1.6, t.x + em(t.text) * t.size, t.y + 1.6, 0.4) for t in texts]
    return page_of([leaf.over(*lines)], draft, on(1))


@disturbance("wrapped texts in rows too low", lined_page)
def _too_low(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    name, value = chance.choice([row for row in leaf.rows() if len(row[0].texts) == 1 and len(row[0].text) >= 6])
    third = -(-len(name.text) // 3)
    parts = [name.text[start : start + third] for start in range(0, len(name.text), third)]
    size = name.texts[0].size
    middle = (name.box.y0 + name.box.y1) / 2 + size * 0.4
    texts = tuple(
        Text(name.box.x0 + 3, middle + (number - (len(parts) - 1) / 2) * size * 1.25, size, part)
        for number, part in enumerate(parts)
    )
    near = [cell for pair in leaf.rows() for cell in pair if abs(cell.box.y0 - name.box.y0) < 2.2 * name.box.height]
    return page_of([leaf.with_cell(name, replace(name, texts=texts))], draft, at(1, name, value, *near))


@disturbance("text past the frame", lined_page)
def _past_the_frame(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    name, value = chance.choice(leaf.rows())
    *kept, last = value.texts
    over = chance.choice((0.3, 0.6, 1.0)) * last.size
    moved = last._replace(x=value.box.x1 - em(last.text) * last.size + over)
    return page_of([leaf.with_cell(value, replace(value, texts=(*kept, moved)))], draft, at(1, name, value))


@disturbance("text into the next cell", lined_page)
def _into_the_next_cell(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    name, value = chance.choice(leaf.rows())
    *kept, last = name.texts
    moved = last._replace(x=name.box.x1 - (em(last.text) - chance.choice((0.6, 1.2))) * last.size)
    return page_of([leaf.with_cell(name, replace(name, texts=(*kept, moved)))], draft, at(1, name, value))


@disturbance("satisfaction over both level columns", satisfied_page)
def _over_both_levels(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    level1 = next(cell for cell in leaf.of("level1") if cell.text.startswith("满意度"))
    level2s = [cell for cell in leaf.of("level2") if cell.box.y0 >= level1.box.y0 - NEAR]
    merged = leaf.with_rules(_upright_at(level1.box.x1, level1.box.y0, level1.box.y1))
    for level2 in level2s:
        merged = merged.with_cell(level2, None)
    rows = [cell for pair in leaf.rows() for cell in pair if leaf.beside(cell, "level1") == level1]
    return page_of([merged], draft, at(1, level1, *level2s, *rows))


@disturbance("money labels above their amounts", one_year_page)
def _money_labels_above(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    old = [cell for cell in leaf.cells if cell.kind == "funds" and cell.role != "side"]
    labels, amounts = _annual(old)
    top, bottom = min(cell.box.y0 for cell in old), max(cell.box.y1 for cell in old)
    left, right = min(cell.box.x0 for cell in old), max(cell.box.x1 for cell in old)
    xs = [left + (right - left) * part / 4 for part in range(5)]
    middle = (top + bottom) / 2
    new = [
        replace(cell, box=Box(xs[n], y0, xs[n + 1], y1), texts=_two_lines(cell.text, xs[n], y0, draft.pen.font_size))
        for row, (y0, y1) in ((labels, (top, middle)), (amounts, (middle, bottom)))
        for n, cell in enumerate(row)
    ]
    kept = tuple(cell for cell in leaf.cells if cell not in old)
    inside = [
        edge for edge in leaf.rules if edge.x0 > left - NEAR and top + NEAR < (edge.y0 + edge.y1) / 2 < bottom - NEAR
    ]
    rules = [edge for edge in leaf.rules if edge not in inside]
    rules += [Edge(round(x, 2), round(top, 2), round(x, 2), round(bottom, 2)) for x in xs]
    rules += [Edge(round(left, 2), round(middle, 2), round(right, 2), round(middle, 2))]
    stacked = replace(leaf, cells=(*kept, *new), rules=tuple(rules))
    return page_of([stacked], draft, at(1, *new))


def _annual(cells: list[Shown]) -> tuple[list[Shown], list[Shown]]:
    """The labels and amounts of the right block, from top to bottom."""
    right = max(cell.box.x1 for cell in cells)
    amounts = sorted((cell for cell in cells if _is_at(cell.box.x1, right)), key=lambda cell: cell.box.y0)
    labels = sorted((cell for cell in cells if _is_at(cell.box.x1, amounts[0].box.x0)), key=lambda cell: cell.box.y0)
    return labels, amounts


def _two_lines(text: str, x: float, y: float, size: float) -> tuple[Text, ...]:
    half = text if len(text) < 9 or text[0].isdigit() else text[: len(text) // 2 + 1]
    lines = [part for part in (half, text[len(half) :]) if part]
    return tuple(Text(x + 3, y + 3 + (n + 1) * size, size, part) for n, part in enumerate(lines))


@disturbance("stray rule through a cell", lined_page)
def _stray_rule(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    name, value = chance.choice(leaf.rows())
    x = name.box.x0 + name.box.width * chance.choice((0.3, 0.5))
    edge = Edge(round(x, 2), round(name.box.y0, 2), round(x, 2), round(name.box.y1, 2))
    return page_of([replace(leaf, rules=(*leaf.rules, edge))], draft, at(1, name, value))


@disturbance("rules drawn twice", lined_page)
def _rules_twice(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    aside = chance.choice((0.8, 1.5, 2.0))
    again = tuple(Edge(e.x0 + aside, e.y0 + aside, e.x1 + aside, e.y1 + aside) for e in leaf.rules)
    return page_of([replace(leaf, rules=(*leaf.rules, *again), style="edges")], draft, on(1))


@disturbance("diagonal through an empty cell", lined_page)
def _diagonal(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    empty = [cell for cell in leaf.cells if not cell.texts] or [leaf.of("side")[0]]
    lines = [line(cell.box.x0, cell.box.y0, cell.box.x1, cell.box.y1, 0.4) for cell in empty]
    return page_of([leaf.over(*lines)], draft, on(1))
