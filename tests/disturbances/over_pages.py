"""How the next page prints its part of a form: columns, rows printed again, rows and labels cut, sheets of two."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

from tests.disturbances.bases import (
    closed_over_pages,
    one_page,
    over_pages,
    two_on_pages,
    within_group,
)
from tests.disturbances.edits import (
    lattice,
    rest_of,
)
from tests.disturbances.invention import GOALS, Draft
from tests.disturbances.leaves import Box, Leaf, Shown, Text, leaves
from tests.disturbances.protocol import Disturbed, at, disturbance, lost, on, page_of, rows_of, together
from tests.drawing.forms import Printed
from tests.drawing.layouts import FORM_TITLE
from tests.drawing.mupdf import Edge


@disturbance("empty column on the next page", over_pages)
def _empty_column(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    widened = [pages[0], *(_with_empty_column(leaf) for leaf in pages[1:])]
    return page_of(widened, draft, rest_of(widened))


def _with_empty_column(leaf: Leaf) -> Leaf:
    """The page with one more column at its right, as high as its rows."""
    right, edge = leaf.right, leaf.right + 18.0
    bounds = sorted({round(y, 2) for cell in leaf.cells if cell.box.x1 == right for y in (cell.box.y0, cell.box.y1)})
    level = [Edge(round(right, 2), y, round(edge, 2), y) for y in bounds]
    upright = [Edge(round(edge, 2), y0, round(edge, 2), y1) for y0, y1 in pairwise(bounds)]
    return replace(leaf, rules=(*leaf.rules, *level, *upright))


@disturbance("other widths on the next page", over_pages)
def _other_widths(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    scale = chance.choice((1.05, 1.08))
    wider = [pages[0], *(leaf.placed(lambda x, y: (25.0 + (x - 50.0) * scale, y)) for leaf in pages[1:])]
    return page_of(wider, draft, rest_of(wider))


@disturbance("columns set anew on the next page", over_pages)
def _columns_set_anew(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    anew = [pages[0], *(_with_other_columns(leaf, chance) for leaf in pages[1:])]
    return page_of(anew, draft, rest_of(anew))


def _with_other_columns(leaf: Leaf, chance: Random) -> Leaf:
    """The page with each inner boundary of its columns moved by some points, its texts along with their cells."""
    edges = sorted({round(x, 2) for cell in leaf.cells for x in (cell.box.x0, cell.box.x1)})
    shift = {x: 0.0 if x in (edges[0], edges[-1]) else chance.uniform(8.0, 13.0) for x in edges}

    def put_at(x: float, y: float) -> tuple[float, float]:
        return x + shift[max((edge for edge in edges if edge <= round(x, 2) + 0.1), default=edges[0])], y

    return leaf.placed(put_at)


@disturbance("empty column at the left of the next page", over_pages)
def _empty_left_column(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    widened = [pages[0], *(_with_empty_left_column(leaf) for leaf in pages[1:])]
    return page_of(widened, draft, rest_of(widened))


def _with_empty_left_column(leaf: Leaf) -> Leaf:
    left, edge = round(leaf.left, 2), round(leaf.left - 18.0, 2)
    bounds = sorted(
        {round(y, 2) for cell in leaf.cells if cell.box.x0 == leaf.left for y in (cell.box.y0, cell.box.y1)}
    )
    level = [Edge(edge, y, left, y) for y in bounds]
    upright = [Edge(edge, y0, edge, y1) for y0, y1 in pairwise(bounds)]
    return replace(leaf, rules=(*leaf.rules, *level, *upright))


@disturbance("another margin on the next page", over_pages)
def _another_margin(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    moved = [pages[0], *(leaf.moved(chance.choice((-22.0, 14.0, 30.0)), 0) for leaf in pages[1:])]
    return page_of(moved, draft, rest_of(moved))


@disturbance("level columns missing on the next page", closed_over_pages)
@lost
def _without_level_columns(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    bare = [pages[0], *map(_names_and_values, pages[1:])]
    return page_of(bare, draft, rest_of(bare))


def _names_and_values(leaf: Leaf) -> Leaf:
    cells = tuple(cell for cell in leaf.cells if cell.role in ("name", "value"))
    left = min(cell.box.x0 for cell in cells)
    return replace(leaf, cells=cells).with_rules(lambda edge: edge.x0 >= left - 0.1)


@disturbance("title and year rows repeat", over_pages)
def _title_rows_repeat(draft: Draft, chance: Random) -> Disturbed:
    lines = (FORM_TITLE, draft.layout.year.format(year=draft.year))[: chance.choice((1, 2))]
    pages = leaves(draft)
    repeated = [pages[0], *(_with_rows_on_top(leaf, lines) for leaf in pages[1:])]
    return page_of(repeated, draft, rest_of(repeated))


@disturbance("continued title in the frame", over_pages)
def _continued_in_frame(draft: Draft, chance: Random) -> Disturbed:
    line = chance.choice(("续表", "（续）", FORM_TITLE + "（续）", "接上页"))
    pages = leaves(draft)
    repeated = [pages[0], *(_with_rows_on_top(leaf, (line,)) for leaf in pages[1:])]
    return page_of(repeated, draft, rest_of(repeated))


@disturbance("all rows down to the heads repeat", over_pages)
def _whole_top_repeats(draft: Draft, chance: Random) -> Disturbed:
    """A table whose heading rows are all that stand above its indicators."""
    pages = leaves(draft)
    (last,) = {cell.row for cell in pages[0].cells if cell.kind == "columns"} or {-1}
    repeated = [pages[0], *(_with_rows_of(pages[0], last, leaf) for leaf in pages[1:])]
    return page_of(repeated, draft, rest_of(repeated))


def _with_rows_of(first: Leaf, last: int, leaf: Leaf) -> Leaf:
    """The page with the table's rows up to number `last` printed again above its own, as far as they fit."""
    cells = [cell for cell in first.cells if cell.form == 0 and cell.row <= last]
    return _with_cells_on_top(first, cells, leaf) if last >= 0 else leaf


def _with_rows_on_top(leaf: Leaf, lines: tuple[str, ...]) -> Leaf:
    """The page with whole rows of the table's width above its first."""
    height, top = 18.0, leaf.top
    lower = leaf.moved(0, height * len(lines))
    rules = lattice(round(leaf.left, 2), round(top, 2), (round(leaf.right - leaf.left, 2),), (height,) * len(lines))
    texts = (lower.centred(line, top + height * (number + 0.7)) for number, line in enumerate(lines))
    return replace(lower, rules=(*lower.rules, *rules)).with_lines(*texts)


@disturbance("top rows repeat", over_pages)
def _top_rows_repeat(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    first_header = min(cell.row for cell in pages[0].cells if cell.kind == "header")
    last = first_header + chance.choice((0, 1, 2))
    repeated = [pages[0], *(_with_top_rows_of(pages[0], last, leaf) for leaf in pages[1:])]
    return page_of(repeated, draft, rest_of(repeated))


def _with_top_rows_of(first: Leaf, last: int, leaf: Leaf) -> Leaf:
    """The page with the table's rows up to number `last` printed again above its own."""
    cells = [cell for cell in first.cells if cell.form == 0 and cell.row <= last and cell.kind in ("title", "header")]
    return _with_cells_on_top(first, cells, leaf)


def _with_cells_on_top(first: Leaf, cells: list[Shown], leaf: Leaf) -> Leaf:
    top, bottom = min(cell.box.y0 for cell in cells), max(cell.box.y1 for cell in cells)
    lower = leaf.moved(0, bottom - top)
    again = replace(
        first,
        cells=tuple(cells),
        lines=(),
        rules=tuple(edge for edge in first.rules if top - 0.1 <= edge.y0 and edge.y1 <= bottom + 0.1),
    ).moved(0, leaf.top - top)
    return replace(lower, cells=(*again.cells, *lower.cells), rules=(*again.rules, *lower.rules))


@disturbance("goal longer than a page", one_page)
def _long_goal(draft: Draft, chance: Random) -> Disturbed:
    goal = "".join(f"{number}.{chance.choice(GOALS)}" for number in range(1, chance.choice((110, 220))))
    draft = draft.with_project(lambda project: replace(project, annual_goal=Printed.plain(goal)))
    pages = leaves(draft)
    goals = (at(number, *leaf.of("goal")) for number, leaf in enumerate(pages, start=1))
    return page_of(pages, draft, together(*goals))


@disturbance("row cut in every column", closed_over_pages)
def _row_cut(draft: Draft, chance: Random) -> Disturbed:
    first, second, *others = leaves(draft)
    name, value = first.rows()[-1]
    cut = value.text.find("(") if "(" in value.text else len(value.text) // 2
    value_head, value_rest = value.text[:cut], value.text[cut:]
    half = len(name.text) // 2
    first = first.with_cell(name, name.saying(name.text[:half])).with_cell(value, value.saying(value_head))
    second, cells = _with_row_on_top(second, name.text[half:], value_rest)
    concern = together(at(1, name, value), at(2, *cells))
    return page_of([first, second, *others], draft, concern)


def _with_row_on_top(leaf: Leaf, name: str, value: str) -> tuple[Leaf, list[Shown]]:
    """The page with one more indicator row above its first, its level columns blank."""
    height, top = 18.0, leaf.top
    columns = {cell.role: (cell.box.x0, cell.box.x1) for cell in leaf.cells if cell.kind in ("columns", "indicator")}
    lower = leaf.moved(0, height)
    added, rules = [], []
    for role, (x0, x1) in columns.items():
        box = Box(x0, top, x1, top + height)
        text = {"name": name, "value": value}.get(role, "")
        texts = (Text(x0 + 3, top + 12, 8.0, text),) if text else ()
        added.append(Shown(0, -1, "indicator", role, box, texts))
        rules += lattice(round(x0, 2), round(top, 2), (round(x1 - x0, 2),), (height,))
    return replace(lower, cells=(*added, *lower.cells), rules=(*rules, *lower.rules)), added


@disturbance("level label cut in two", within_group)
def _level_label_cut(draft: Draft, chance: Random) -> Disturbed:
    first, second, *others = leaves(draft)
    whole = first.of("level2")[-1]
    rest = next(cell for cell in second.cells if cell.role == "level2" and cell.row == whole.row)
    keep = len(whole.text) - chance.choice((1, 2, 3))
    first = first.with_cell(whole, whole.saying(whole.text[:keep]))
    second = second.with_cell(rest, rest.saying(whole.text[keep:]))
    return page_of([first, second, *others], draft, together(at(1, whole), at(2, rest, *second.of("name", "value"))))


@disturbance("two pages on one sheet", over_pages)
def _two_up(draft: Draft, chance: Random) -> Disturbed:
    first, second, *others = leaves(draft)
    sheet = _beside(first, second)
    return page_of([sheet, *others], draft, together(rows_of(1, second.moved(first.width, 0)), on(1)))


def _beside(left: Leaf, right: Leaf) -> Leaf:
    right = right.moved(left.width, 0)
    return replace(
        left,
        width=left.width * 2,
        cells=(*left.cells, *right.cells),
        lines=(*left.lines, *right.lines),
        rules=(*left.rules, *right.rules),
    )


@disturbance("two forms on one sheet", two_on_pages)
def _two_forms_on_a_sheet(draft: Draft, chance: Random) -> Disturbed:
    first, second = leaves(draft)
    disturbed = page_of([_beside(first, second)], draft, on(1))
    return replace(disturbed, also={**disturbed.wanted, "projects": disturbed.wanted["projects"][::-1]})


@disturbance("columns on the next sheet", one_page)
def _columns_on_the_next_sheet(draft: Draft, chance: Random) -> Disturbed:
    (leaf,) = leaves(draft)
    cut = leaf.of("value")[0].box.x0
    left = replace(
        leaf,
        cells=tuple(cell for cell in leaf.cells if cell.box.x0 < cut - 1),
        rules=tuple(Edge(e.x0, e.y0, min(e.x1, cut), e.y1) for e in leaf.rules if e.x0 < cut + 0.1),
    )
    right = replace(
        leaf,
        cells=tuple(cell for cell in leaf.cells if cell.box.x0 >= cut - 1),
        lines=(),
        rules=tuple(Edge(max(e.x0, cut), e.y0, e.x1, e.y1) for e in leaf.rules if e.x1 > cut - 0.1),
    ).moved(leaf.left - cut, 0)
    return page_of([left, right], draft, on(1, 2))


@disturbance("page number inside the frame", over_pages)
def _number_inside(draft: Draft, chance: Random) -> Disturbed:
    pattern = chance.choice(("- {} -", "第{}页", "{}"))
    pages = [_with_strip(leaf, pattern.format(number)) for number, leaf in enumerate(leaves(draft), start=1)]
    return page_of(pages, draft, together(*(rows_of(number, leaf) for number, leaf in enumerate(pages, start=1))))


def _with_strip(leaf: Leaf, text: str) -> Leaf:
    """The page with a row of one cell, as wide as the table, under its last row."""
    y = round(leaf.bottom, 2)
    rules = lattice(round(leaf.left, 2), y, (round(leaf.right - leaf.left, 2),), (18.0,))
    return replace(leaf, rules=(*leaf.rules, *rules)).with_lines(leaf.centred(text, y + 12))


@disturbance("page number in a cell of a row of its own", over_pages)
def _number_in_a_row(draft: Draft, chance: Random) -> Disturbed:
    pattern = chance.choice(("- {} -", "第{}页 共9页"))
    pages = [_with_strip(leaf, pattern.format(number)) for number, leaf in enumerate(leaves(draft), start=7)]
    return page_of(pages, draft, together(*(rows_of(number, leaf) for number, leaf in enumerate(pages, start=1))))


@disturbance("page number in the last row", over_pages)
def _number_in_last_row(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    pattern = chance.choice(("-{}-", "第{}页", "- {} -"))
    name, value = pages[0].rows()[-1]
    cell = chance.choice((name, value))
    first = pages[0].with_cell(cell, cell.saying(cell.text, pattern.format(1)))
    others = [
        leaf.with_lines(leaf.centred(pattern.format(number), leaf.bottom + 20))
        for number, leaf in enumerate(pages[1:], start=2)
    ]  # fmt: skip
    return page_of([first, *others], draft, at(1, name, value))


@disturbance("blank rows at the break", over_pages)
def _blank_rows(draft: Draft, chance: Random) -> Disturbed:
    first, second, *others = leaves(draft)
    for _ in range(chance.choice((1, 2))):
        second, _cells = _with_row_on_top(second, "", "")
    return page_of([first, second, *others], draft, rows_of(2, second))


@disturbance("next page on its side", over_pages)
def _turned(draft: Draft, chance: Random) -> Disturbed:
    first, *others = leaves(draft)
    angle = chance.choice((90, 270))
    turned = [leaf.finished(lambda page: page.set_rotation(angle)) for leaf in others]
    return page_of([first, *turned], draft, on(*range(2, len(others) + 2)))
