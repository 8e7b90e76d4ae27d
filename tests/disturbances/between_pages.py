"""What stands between the parts of a form over pages: headings, running heads, other pages; pages in another order."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pymupdf

from tests.disturbances.bases import (
    municipal_over_pages,
    over_pages,
    three_pages,
    two_on_pages,
    unruled_over_pages,
)
from tests.disturbances.edits import (
    lattice,
    rest_of,
)
from tests.disturbances.invention import Draft
from tests.disturbances.leaves import Leaf, Text, leaves
from tests.disturbances.protocol import Disturbed, anywhere, disturbance, lost, on, page_of, rows_of, together
from tests.drawing.layouts import FORM_TITLE
from tests.drawing.mupdf import PROSE

SEALED = "（此页盖章）"


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
    concern = together(rest_of(pages, inserted=1), on(2))
    return page_of([pages[0], leaf, *pages[1:]], draft, concern)


@disturbance("continued heading", over_pages)
def _continued(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    heading = chance.choice(("续表", "（续）", "（续表）", "附表（续）", "接上页", "续上表"))
    return page_of(_with_heading(pages, heading), draft, rest_of(_with_heading(pages, heading)))


@disturbance("title above every part", over_pages)
def _title_again(draft: Draft, chance: Random) -> Disturbed:
    titles = (FORM_TITLE,), (FORM_TITLE + "（续）",), (FORM_TITLE, draft.layout.year.format(year=draft.year))
    pages = _with_heading(leaves(draft), *chance.choice(titles))
    return page_of(pages, draft, rest_of(pages))


@disturbance("year above every part", over_pages)
def _year_again(draft: Draft, chance: Random) -> Disturbed:
    pages = _with_heading(leaves(draft), draft.layout.year.format(year=draft.year))
    return page_of(pages, draft, rest_of(pages))


@disturbance("document's title above every part", municipal_over_pages)
def _document_title_again(draft: Draft, chance: Random) -> Disturbed:
    pages = _with_heading(leaves(draft), draft.disclosure.title)
    return page_of(pages, draft, rest_of(pages))


@disturbance("running head that ends in 表", over_pages)
def _running_head_of_a_table(draft: Draft, chance: Random) -> Disturbed:
    head = chance.choice(("部门预算项目绩效目标公开表", "附件5  项目绩效目标情况表", "预算公开附表"))
    pages = _with_head(leaves(draft), head)
    return page_of(pages, draft, rest_of(pages))


@disturbance("running head of a budget", over_pages)
def _running_head_of_a_budget(draft: Draft, chance: Random) -> Disturbed:
    head = chance.choice((f"{draft.year}年部门预算", f"{draft.year}年度单位预算公开", "部门预算公开文本"))
    pages = _with_head(leaves(draft), head)
    return page_of(pages, draft, rest_of(pages))


@disturbance("running head above later parts only", over_pages)
def _head_of_later_pages(draft: Draft, chance: Random) -> Disturbed:
    pages = _with_heading(leaves(draft), chance.choice((f"{draft.year}年部门预算公开表", "预算绩效目标公开表")))
    return page_of(pages, draft, rest_of(pages))


@disturbance("running head without rules", unruled_over_pages)
def _running_head_without_rules(draft: Draft, chance: Random) -> Disturbed:
    pages = _with_head(leaves(draft), chance.choice((f"{draft.year}年部门预算", "部门预算项目绩效目标公开表")))
    return page_of(pages, draft, rest_of(pages))


@disturbance("title above every part without rules", unruled_over_pages)
def _title_without_rules(draft: Draft, chance: Random) -> Disturbed:
    pages = _with_heading(leaves(draft), FORM_TITLE)
    return page_of(pages, draft, rest_of(pages))


@disturbance("unit of money above every part", over_pages)
def _unit_again(draft: Draft, chance: Random) -> Disturbed:
    pages = _with_heading(leaves(draft), "单位：元")
    return page_of(pages, draft, rest_of(pages))


@disturbance("note under the first part", over_pages)
def _note_between(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    note = chance.choice(("注：绩效指标按批复口径填列。", "（转下页）", "说明：本表数据保留两位小数。"))
    first = pages[0].with_lines(Text(pages[0].left, pages[0].bottom + 14, 8.0, note))
    return page_of([first, *pages[1:]], draft, rest_of(pages))


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
    leaf = Leaf(width, height, rules=tuple(lattice(60.0, 80.0, (120.0, 120.0, 120.0), (20.0,) * 4)))
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


@disturbance("pages in the wrong order", over_pages)
def _wrong_order(draft: Draft, chance: Random) -> Disturbed:
    first, second, *others = leaves(draft)
    return page_of([second, first, *others], draft, together(rows_of(1, second), on(1)))


@disturbance("pages after the first swapped", three_pages)
def _later_pages_swapped(draft: Draft, chance: Random) -> Disturbed:
    """Nothing on them says so but the names that go on: the rows as they lie are right too, if these are."""
    first, second, third, *others = leaves(draft)
    pages = [first, third, second, *others]
    disturbed = page_of(pages, draft, on(2, 3))
    order = [name.text for leaf in pages for name, _ in leaf.rows()]
    return replace(disturbed, also=_in_order(disturbed, order))


def _in_order(disturbed: Disturbed, names: list[str]) -> dict[str, Any]:
    """The records with their rows in the order of these names; a name that a page cuts keeps its row's place."""
    (project,) = disturbed.wanted["projects"]
    rows = sorted(project["indicators"], key=lambda row: names.index(row["level3"]) if row["level3"] in names else -1)
    return {**disturbed.wanted, "projects": [{**project, "indicators": rows}]}


@disturbance("several pages between", over_pages)
def _several_between(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    blank = Leaf(*draft.pen.page_size)
    said = blank.with_lines(blank.centred("此页无正文", 400.0, 12.0))
    return page_of([pages[0], blank, said, *pages[1:]], draft, together(rest_of(pages, inserted=2), on(2, 3)))


@disturbance("empty page and title above the rest", over_pages)
def _empty_and_title(draft: Draft, chance: Random) -> Disturbed:
    pages = _with_heading(
        leaves(draft), chance.choice((FORM_TITLE + "（续）", "续表", f"{draft.year}年部门预算公开表"))
    )
    concern = together(rest_of(pages, inserted=1), on(2))
    return page_of([pages[0], Leaf(*draft.pen.page_size), *pages[1:]], draft, concern)


@disturbance("two forms with the same head", two_on_pages)
def _same_head(draft: Draft, chance: Random) -> Disturbed:
    """Two years' targets of one project, say: only the indicators differ, and they begin anew."""
    first, second = draft.disclosure.projects
    same = replace(first, indicators=second.indicators)
    draft = draft.with_disclosure(replace(draft.disclosure, projects=(first, same)))
    pages = leaves(draft)
    return page_of(pages, draft, on(*range(1, len(pages) + 1)))


@disturbance("page printed twice", over_pages)
def _page_twice(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    return page_of([*pages, pages[-1]], draft, rows_of(len(pages) + 1, pages[-1]))


@disturbance("second part alone", over_pages)
@lost
def _second_part_alone(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)[1:]
    concern = together(*(rows_of(number, leaf) for number, leaf in enumerate(pages, start=1)), anywhere(1))
    return page_of(pages, draft, concern)
