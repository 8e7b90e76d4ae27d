"""Rules: one or more missing, or one too many."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

from tests.disturbances.bases import grouped_page, lined_page, satisfied_page
from tests.disturbances.edits import (
    NEAR,
    is_at,
    level_at,
    only_page,
    upright_at,
)
from tests.disturbances.invention import Draft
from tests.disturbances.leaves import Leaf, Shown
from tests.disturbances.protocol import Disturbed, at, disturbance, on, page_of
from tests.drawing.mupdf import Edge


def _neighbours(leaf: Leaf) -> list[tuple[tuple[Shown, Shown], tuple[Shown, Shown]]]:
    return list(pairwise(leaf.rows()))


def _is_one_group(leaf: Leaf, upper: Shown, lower: Shown) -> bool:
    return leaf.beside(upper, "level2") == leaf.beside(lower, "level2")


def _open_below(
    draft: Draft, upper: tuple[Shown, Shown], lower: tuple[Shown, Shown], cells: tuple[Shown, ...]
) -> Disturbed:
    """The page without the rule between two rows, below those `cells` of the upper one."""
    opened = only_page(draft).with_rules(level_at(cells[0].box.y1, cells[0].box.x0, cells[-1].box.x1))
    return page_of([opened], draft, at(1, *upper, *lower))


@disturbance("rule missing between rows of one group", grouped_page)
def _row_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    pairs = [pair for pair in _neighbours(leaf) if _is_one_group(leaf, pair[0][0], pair[1][0])]
    upper, lower = chance.choice(pairs)
    return _open_below(draft, upper, lower, upper)


@disturbance("rule missing between rows of two groups", lined_page)
def _group_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    pairs = [pair for pair in _neighbours(leaf) if not _is_one_group(leaf, pair[0][0], pair[1][0])]
    upper, lower = chance.choice(pairs)
    return _open_below(draft, upper, lower, upper)


@disturbance("rule missing between two values", lined_page)
def _value_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    upper, lower = chance.choice(_neighbours(leaf))
    return _open_below(draft, upper, lower, (upper[1],))


@disturbance("rule missing between two names", lined_page)
def _name_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    upper, lower = chance.choice(_neighbours(leaf))
    return _open_below(draft, upper, lower, (upper[0],))


@disturbance("rule missing between level-2 names", lined_page)
def _level2_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    upper, lower = chance.choice(list(pairwise(leaf.of("level2"))))
    open_page = leaf.with_rules(level_at(upper.box.y1, upper.box.x0, upper.box.x1))
    rows = [cell for pair in leaf.rows() for cell in pair if leaf.beside(cell, "level2") in (upper, lower)]
    return page_of([open_page], draft, at(1, upper, lower, *rows))


@disturbance("rule missing between label and value", lined_page)
def _pair_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    label = chance.choice(leaf.of("label"))
    beside = [cell for cell in leaf.cells if is_at(cell.box.x0, label.box.x1) and is_at(cell.box.y0, label.box.y0)]
    open_page = leaf.with_rules(upright_at(label.box.x1, label.box.y0, label.box.y1))
    return page_of([open_page], draft, at(1, label, *beside))


@disturbance("rules missing between labels and values", lined_page)
def _pair_rules_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = open_page = only_page(draft)
    labels = chance.sample(leaf.of("label"), 3)
    for label in labels:
        open_page = open_page.with_rules(upright_at(label.box.x1, label.box.y0, label.box.y1))
    return page_of([open_page], draft, at(1, *labels))


@disturbance("rule missing between name and value", lined_page)
def _inner_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    name, value = chance.choice(leaf.rows())
    open_page = leaf.with_rules(upright_at(value.box.x0, value.box.y0, value.box.y1))
    return page_of([open_page], draft, at(1, name, value))


@disturbance("rule missing between all names and values", lined_page)
def _column_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    values = leaf.of("value")
    x = values[0].box.x0
    open_page = leaf.with_rules(upright_at(x, values[0].box.y0, values[-1].box.y1))
    return page_of([open_page], draft, at(1, *leaf.of("name", "value")))


@disturbance("rule missing in the header", lined_page)
def _header_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    row = chance.choice(sorted({cell.row for cell in leaf.cells if cell.kind == "header"}))
    cells = [cell for cell in leaf.cells if cell.kind == "header" and cell.row in (row, row + 1)]
    y = max(cell.box.y1 for cell in cells if cell.row == row)
    return page_of([leaf.with_rules(level_at(y, leaf.left, leaf.right))], draft, at(1, *cells))


@disturbance("rule missing among the money", lined_page)
def _money_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    amount = chance.choice(leaf.of("amount"))
    beside = [cell for cell in leaf.cells if cell.kind == "funds" and cell.box.x1 > amount.box.x0 - 1]
    near = [cell for cell in beside if cell.box.y0 - 1 < amount.box.y1 and cell.box.y1 + 1 > amount.box.y0]
    label_x = min(cell.box.x0 for cell in leaf.cells if is_at(cell.box.x1, amount.box.x0))
    open_page = leaf.with_rules(level_at(amount.box.y1, label_x, amount.box.x1))
    return page_of([open_page], draft, at(1, *near))


@disturbance("outer rule missing", lined_page)
def _outer_rule_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    keep = {
        "left": lambda edge: not (is_at(edge.x0, leaf.left) and is_at(edge.x1, leaf.left)),
        "right": lambda edge: not (is_at(edge.x0, leaf.right) and is_at(edge.x1, leaf.right)),
        "top": lambda edge: not (is_at(edge.y0, leaf.top) and is_at(edge.y1, leaf.top)),
        "bottom": lambda edge: not (is_at(edge.y0, leaf.bottom) and is_at(edge.y1, leaf.bottom)),
    }[chance.choice(("left", "right", "top", "bottom"))]
    return page_of([leaf.with_rules(keep)], draft, on(1))


@disturbance("satisfaction over both level columns", satisfied_page)
def _over_both_levels(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    level1 = next(cell for cell in leaf.of("level1") if cell.text.startswith("满意度"))
    level2s = [cell for cell in leaf.of("level2") if cell.box.y0 >= level1.box.y0 - NEAR]
    merged = leaf.with_rules(upright_at(level1.box.x1, level1.box.y0, level1.box.y1))
    for level2 in level2s:
        merged = merged.with_cell(level2, None)
    rows = [cell for pair in leaf.rows() for cell in pair if leaf.beside(cell, "level1") == level1]
    return page_of([merged], draft, at(1, level1, *level2s, *rows))


@disturbance("stray rule through a cell", lined_page)
def _stray_rule(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    name, value = chance.choice(leaf.rows())
    x = name.box.x0 + name.box.width * chance.choice((0.3, 0.5))
    edge = Edge(round(x, 2), round(name.box.y0, 2), round(x, 2), round(name.box.y1, 2))
    return page_of([replace(leaf, rules=(*leaf.rules, edge))], draft, at(1, name, value))


@disturbance("upright rules missing below the heads", lined_page)
def _no_walls_below_heads(draft: Draft, chance: Random) -> Disturbed:
    """A table of level rules only among its indicators, as books print them."""
    leaf = only_page(draft)
    rows = leaf.of("name", "value")
    top, bottom = rows[0].box.y0, max(cell.box.y1 for cell in rows)
    inner = leaf.with_rules(lambda edge: not (is_inner(edge, leaf) and top - 1 < edge.y0 and edge.y1 < bottom + 1))
    return page_of([inner], draft, at(1, *leaf.of("level1", "level2", "name", "value")))


def is_inner(edge: Edge, leaf: Leaf) -> bool:
    """Whether a rule is upright and none of the frame."""
    is_upright = is_at(edge.x0, edge.x1)
    return is_upright and not is_at(edge.x0, leaf.left) and not is_at(edge.x0, leaf.right)


@disturbance("two rules in three missing among the indicators", lined_page)
def _most_rules_missing(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    rows = leaf.of("name", "value")
    left, top, bottom = rows[0].box.x0, rows[0].box.y0, max(cell.box.y1 for cell in rows)

    def keep(edge: Edge) -> bool:
        is_among = edge.x0 >= left - 1 and top + 1 < edge.y0 and edge.y1 < bottom - 1 and is_at(edge.y0, edge.y1)
        return not is_among or chance.random() < 1 / 3

    return page_of([leaf.with_rules(keep)], draft, at(1, *leaf.of("level1", "level2", "name", "value")))


@disturbance("only the frame and the rules of the heads", lined_page)
def _frame_only(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    rows = leaf.of("level1", "level2", "name", "value")
    top, bottom = rows[0].box.y0, max(cell.box.y1 for cell in rows)

    def keep(edge: Edge) -> bool:
        is_among = top - 1 < edge.y0 and edge.y1 < bottom + 1 and edge.x0 > leaf.left + 1 and edge.x1 < leaf.right + 1
        is_level = is_at(edge.y0, edge.y1)
        on_edge = is_at(edge.x0, leaf.right) if not is_level else is_at(edge.y0, bottom) or is_at(edge.y0, top)
        return not is_among or on_edge

    return page_of([leaf.with_rules(keep)], draft, on(1))
