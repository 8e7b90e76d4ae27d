"""A form over pages: what stands between its parts, what the next page prints again, how rows and columns are cut."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

import pymupdf

from tests.disturbances.bases import (
    closed_over_pages,
    municipal_over_pages,
    one_page,
    over_pages,
    three_pages,
    two_on_pages,
    unruled_over_pages,
    within_group,
)
from tests.disturbances.invention import GOALS, Draft
from tests.disturbances.leaves import Box, Leaf, Shown, Text, leaves
from tests.disturbances.protocol import Concern, Disturbed, anywhere, at, disturbance, on, page_of, rows_of, together
from tests.drawing.forms import Printed
from tests.drawing.layouts import FORM_TITLE
from tests.drawing.mupdf import PROSE, Edge

SEALED = "（此页盖章）"


def _rest(pages: list[Leaf], *, inserted: int = 0) -> Concern:
    """The rows after the first page, where so many pages were put in before them."""
    return together(*(rows_of(number + inserted, leaf) for number, leaf in enumerate(pages[1:], start=2)))


def _with_heading(pages: list[Leaf], *lines: str) -> list[Leaf]:
    """The pages after the first with centred lines above their tables."""
    return [pages[0], *(_headed(leaf, lines) for leaf in pages[1:])]


def _headed(leaf: Leaf, lines: tuple[str, ...]) -> Leaf:
    lower = leaf.moved(0, 16.0 * len(lines))
    top = lower.top - 16.0 * len(lines)
    return lower.with_lines(*(lower.centred(line, top + 16.0 * n + 8, 10.0) for n, line in enumerate(lines)))


def _with_head(pages: list[Leaf], head: str) -> list[Leaf]:
    return [leaf.with_lines(Text(leaf.left, 34.0, 8.0, head)) for leaf in pages]


def _between(draft: Draft, leaf: Leaf) -> Disturbed:
    """The form with a page of something else after its first."""
    pages = leaves(draft)
    concern = together(_rest(pages, inserted=1), on(2))
    return page_of([pages[0], leaf, *pages[1:]], draft, concern)


@disturbance("continued heading", over_pages)
def _continued(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    heading = chance.choice(("续表", "（续）", "（续表）", "附表（续）", "接上页", "续上表"))
    return page_of(_with_heading(pages, heading), draft, _rest(_with_heading(pages, heading)))


@disturbance("title above every part", over_pages)
def _title_again(draft: Draft, chance: Random) -> Disturbed:
    titles = (FORM_TITLE,), (FORM_TITLE + "（续）",), (FORM_TITLE, draft.layout.year.format(year=draft.year))
    pages = _with_heading(leaves(draft), *chance.choice(titles))
    return page_of(pages, draft, _rest(pages))


@disturbance("year above every part", over_pages)
def _year_again(draft: Draft, chance: Random) -> Disturbed:
    pages = _with_heading(leaves(draft), draft.layout.year.format(year=draft.year))
    return page_of(pages, draft, _rest(pages))


@disturbance("document's title above every part", municipal_over_pages)
def _document_title_again(draft: Draft, chance: Random) -> Disturbed:
    pages = _with_heading(leaves(draft), draft.disclosure.title)
    return page_of(pages, draft, _rest(pages))


@disturbance("running head that ends in 表", over_pages)
def _running_head_of_a_table(draft: Draft, chance: Random) -> Disturbed:
    head = chance.choice(("部门预算项目绩效目标公开表", "附件5  项目绩效目标情况表", "预算公开附表"))
    pages = _with_head(leaves(draft), head)
    return page_of(pages, draft, _rest(pages))


@disturbance("running head of a budget", over_pages)
def _running_head_of_a_budget(draft: Draft, chance: Random) -> Disturbed:
    head = chance.choice((f"{draft.year}年部门预算", f"{draft.year}年度单位预算公开", "部门预算公开文本"))
    pages = _with_head(leaves(draft), head)
    return page_of(pages, draft, _rest(pages))


@disturbance("running head above later parts only", over_pages)
def _head_of_later_pages(draft: Draft, chance: Random) -> Disturbed:
    pages = _with_heading(leaves(draft), chance.choice((f"{draft.year}年部门预算公开表", "预算绩效目标公开表")))
    return page_of(pages, draft, _rest(pages))


@disturbance("running head without rules", unruled_over_pages)
def _running_head_without_rules(draft: Draft, chance: Random) -> Disturbed:
    pages = _with_head(leaves(draft), chance.choice((f"{draft.year}年部门预算", "部门预算项目绩效目标公开表")))
    return page_of(pages, draft, _rest(pages))


@disturbance("title above every part without rules", unruled_over_pages)
def _title_without_rules(draft: Draft, chance: Random) -> Disturbed:
    pages = _with_heading(leaves(draft), FORM_TITLE)
    return page_of(pages, draft, _rest(pages))


@disturbance("unit of money above every part", over_pages)
def _unit_again(draft: Draft, chance: Random) -> Disturbed:
    pages = _with_heading(leaves(draft), "单位：元")
    return page_of(pages, draft, _rest(pages))


@disturbance("note under the first part", over_pages)
def _note_between(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    note = chance.choice(("注：绩效指标按批复口径填列。", "（转下页）", "说明：本表数据保留两位小数。"))
    first = pages[0].with_lines(Text(pages[0].left, pages[0].bottom + 14, 8.0, note))
    return page_of([first, *pages[1:]], draft, _rest(pages))


@disturbance("empty page between", over_pages)
def _empty_page(draft: Draft, chance: Random) -> Disturbed:
    return _between(draft, Leaf(*draft.pen.page_size))


@disturbance("page with a seal between", over_pages)
def _seal_page(draft: Draft, chance: Random) -> Disturbed:
    leaf = Leaf(*draft.pen.page_size)
    seal = "q 0.9 0 0 RG 2 w 300 380 120 120 re S Q"
    return _between(draft, leaf.with_lines(leaf.centred(SEALED, 440.0, 12.0)).over(seal))


@disturbance("page without text between", over_pages)
def _page_without_text(draft: Draft, chance: Random) -> Disturbed:
    leaf = Leaf(*draft.pen.page_size)
    return _between(draft, leaf.with_lines(leaf.centred(chance.choice(("此页无正文", "（本页空白）")), 400.0, 12.0)))


@disturbance("page of prose between", over_pages)
def _page_of_prose(draft: Draft, chance: Random) -> Disturbed:
    leaf = Leaf(*draft.pen.page_size)
    lines = (Text(60.0, 90.0 + 18 * number, 9.0, line) for number, line in enumerate(PROSE))
    return _between(draft, leaf.with_lines(*lines))


@disturbance("page of another table between", over_pages)
def _page_of_another_table(draft: Draft, chance: Random) -> Disturbed:
    width, height = draft.pen.page_size
    leaf = Leaf(width, height, rules=tuple(_lattice(60.0, 80.0, (120.0, 120.0, 120.0), (20.0,) * 4)))
    texts = ("收入", "预算数", "支出", "财政拨款", "120.00", "基本支出", "其他收入", "0.00", "项目支出")
    lines = (
        Text(70.0 + 120 * (number % 3), 94.0 + 20 * (number // 3), 9.0, text) for number, text in enumerate(texts)
    )  # fmt: skip
    return _between(draft, leaf.with_lines(*lines))


@disturbance("picture of a page between", over_pages)
def _picture_between(draft: Draft, chance: Random) -> Disturbed:
    def paste(page: pymupdf.Page) -> None:
        pixels = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 120, 170), False)
        pixels.clear_with(200)
        page.insert_image(page.rect, pixmap=pixels)

    return _between(draft, Leaf(*draft.pen.page_size).finished(paste))


def _lattice(x: float, y: float, widths: tuple[float, ...], heights: tuple[float, ...]) -> list[Edge]:
    """Rules of a table of columns and rows that begins at a point."""
    xs, ys = [x], [y]
    for width in widths:
        xs.append(xs[-1] + width)
    for height in heights:
        ys.append(ys[-1] + height)
    level = [Edge(x0, y, x1, y) for y in ys for x0, x1 in pairwise(xs)]
    upright = [Edge(x, y0, x, y1) for x in xs for y0, y1 in pairwise(ys)]
    return level + upright


@disturbance("pages in the wrong order", over_pages)
def _wrong_order(draft: Draft, chance: Random) -> Disturbed:
    first, second, *others = leaves(draft)
    return page_of([second, first, *others], draft, together(rows_of(1, second), on(1)))


@disturbance("pages after the first swapped", three_pages)
def _later_pages_swapped(draft: Draft, chance: Random) -> Disturbed:
    first, second, third, *others = leaves(draft)
    return page_of([first, third, second, *others], draft, on(2, 3))


@disturbance("page printed twice", over_pages)
def _page_twice(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    return page_of([*pages, pages[-1]], draft, rows_of(len(pages) + 1, pages[-1]))


@disturbance("second part alone", over_pages)
def _second_part_alone(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)[1:]
    concern = together(*(rows_of(number, leaf) for number, leaf in enumerate(pages, start=1)), anywhere(1))
    return replace(page_of(pages, draft, concern), must_be_told=True)


@disturbance("empty column on the next page", over_pages)
def _empty_column(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    widened = [pages[0], *(_with_empty_column(leaf) for leaf in pages[1:])]
    return page_of(widened, draft, _rest(widened))


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
    return page_of(wider, draft, _rest(wider))


@disturbance("another margin on the next page", over_pages)
def _another_margin(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    moved = [pages[0], *(leaf.moved(chance.choice((-22.0, 14.0, 30.0)), 0) for leaf in pages[1:])]
    return page_of(moved, draft, _rest(moved))


@disturbance("level columns missing on the next page", closed_over_pages)
def _without_level_columns(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    bare = [pages[0], *map(_names_and_values, pages[1:])]
    return page_of(bare, draft, _rest(bare))


def _names_and_values(leaf: Leaf) -> Leaf:
    cells = tuple(cell for cell in leaf.cells if cell.role in ("name", "value"))
    left = min(cell.box.x0 for cell in cells)
    return replace(leaf, cells=cells).with_rules(lambda edge: edge.x0 >= left - 0.1)


@disturbance("title and year rows repeat", over_pages)
def _title_rows_repeat(draft: Draft, chance: Random) -> Disturbed:
    lines = (FORM_TITLE, draft.layout.year.format(year=draft.year))[: chance.choice((1, 2))]
    pages = leaves(draft)
    repeated = [pages[0], *(_with_rows_on_top(leaf, lines) for leaf in pages[1:])]
    return page_of(repeated, draft, _rest(repeated))


def _with_rows_on_top(leaf: Leaf, lines: tuple[str, ...]) -> Leaf:
    """The page with whole rows of the table's width above its first."""
    height, top = 18.0, leaf.top
    lower = leaf.moved(0, height * len(lines))
    rules = _lattice(round(leaf.left, 2), round(top, 2), (round(leaf.right - leaf.left, 2),), (height,) * len(lines))
    texts = (lower.centred(line, top + height * (number + 0.7)) for number, line in enumerate(lines))
    return replace(lower, rules=(*lower.rules, *rules)).with_lines(*texts)


@disturbance("top rows repeat", over_pages)
def _top_rows_repeat(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    first_header = min(cell.row for cell in pages[0].cells if cell.kind == "header")
    last = first_header + chance.choice((0, 1, 2))
    repeated = [pages[0], *(_with_top_rows_of(pages[0], last, leaf) for leaf in pages[1:])]
    return page_of(repeated, draft, _rest(repeated))


def _with_top_rows_of(first: Leaf, last: int, leaf: Leaf) -> Leaf:
    """The page with the table's rows up to number `last` printed again above its own."""
    cells = [cell for cell in first.cells if cell.form == 0 and cell.row <= last and cell.kind in ("title", "header")]
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
    goal = "".join(f"{number}.{chance.choice(GOALS)}" for number in range(1, 110))
    draft = draft.with_project(lambda project: replace(project, annual_goal=Printed.plain(goal)))
    pages = leaves(draft)
    goals = (at(number, *leaf.of("goal")) for number, leaf in enumerate(pages, start=1))
    return page_of(pages, draft, together(*goals))


@disturbance("row cut in every column", closed_over_pages)
def _row_cut(draft: Draft, chance: Random) -> Disturbed:
    first, second, *others = leaves(draft)
    name, value = first.rows()[-1]
    if len(value.text) < 4:
        value_head, value_rest = value.text, ""
    else:
        value_head, value_rest = value.text[:2], value.text[2:]
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
        rules += _lattice(round(x0, 2), round(top, 2), (round(x1 - x0, 2),), (height,))
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
    return page_of([_beside(first, second)], draft, on(1))


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
    rules = _lattice(round(leaf.left, 2), y, (round(leaf.right - leaf.left, 2),), (18.0,))
    return replace(leaf, rules=(*leaf.rules, *rules)).with_lines(leaf.centred(text, y + 12))


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
