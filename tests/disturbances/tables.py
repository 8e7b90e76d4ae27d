"""How a table is made up: other heads, more rows and columns, merged cells, rows under the last one."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.disturbances.bases import grouped_page, lined_page, municipal_page, one_page
from tests.disturbances.edits import (
    meaning,
    only_page,
    some_row,
    with_name,
    with_target,
)
from tests.disturbances.invention import Draft
from tests.disturbances.leaves import Box, Leaf, Shown, Text, written
from tests.disturbances.protocol import Disturbed, at, at_fault, disturbance, on, page_of, rows_of, together
from tests.drawing.forms import Printed, expected
from tests.drawing.mupdf import Edge


@disturbance("other wording of the value's head", one_page)
def _other_head(draft: Draft, chance: Random) -> Disturbed:
    wordings = ("指标目标值", "计划指标值", "预期指标值", "指标值(目标值)", "全年目标值", "绩效指标值")
    draft = draft.with_layout(replace(draft.layout, value_label=chance.choice(wordings)))
    leaf = only_page(draft)
    return page_of([leaf], draft, at(1, *leaf.of("head", "value", "name")))


@disturbance("unknown wording of the value's head", one_page)
def _unknown_head(draft: Draft, chance: Random) -> Disturbed:
    draft = draft.with_layout(replace(draft.layout, value_label=chance.choice(("预计完成程度", "承诺水平", "标杆"))))
    leaf = only_page(draft)
    return page_of([leaf], draft, at(1, *leaf.of("head", "value", "name")))


def _with_foot(leaf: Leaf, rows: list[tuple[str, str]]) -> tuple[Leaf, list[Shown]]:
    """The page with rows of a label and a text under its table, inside the frame."""
    y, left, right = round(leaf.bottom, 2), round(leaf.left, 2), round(leaf.right, 2)
    middle = round(leaf.left + 90, 2)
    rules, cells = [], []
    for number, pair in enumerate(rows):
        y0, y1 = round(y + 18 * number, 2), round(y + 18 * (number + 1), 2)
        rules += [Edge(left, y1, right, y1), *(Edge(x, y0, x, y1) for x in (left, middle, right))]
        for text, x0, x1 in zip(pair, (left, middle), (middle, right), strict=True):
            texts = (Text(x0 + 4, y0 + 12, 8.0, text),) if text else ()
            cells.append(Shown(0, 10_000 + number, "funds", "other", Box(x0, y0, x1, y1), texts))
    return replace(leaf, rules=(*leaf.rules, *rules), cells=(*leaf.cells, *cells)), cells


FEET = (
    [("备注", "本表按批复数填列")],
    [("填报人", "王某"), ("联系电话", "56780000")],
    [("审核意见", "同意"), ("备注", "")],
    [("财政部门审核意见", "同意按此执行"), ("负责人", "李某")],
)


@disturbance("foot rows inside the table", one_page)
def _foot_rows(draft: Draft, chance: Random) -> Disturbed:
    leaf, cells = _with_foot(only_page(draft), chance.choice(FEET))
    return page_of([leaf], draft, together(at(1, *cells), at(1, *leaf.rows()[-1])))


@disturbance("foot row of four cells", lined_page)
def _foot_row_of_four(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    columns = [cell for cell in leaf.cells if cell.kind == "indicator" and cell.row == leaf.rows()[-1][0].row]
    bounds = sorted({round(cell.box.x0, 2) for cell in [*columns, *leaf.of("level1")]} | {round(leaf.right, 2)})
    y0, y1 = round(leaf.bottom, 2), round(leaf.bottom + 18, 2)
    words = ("填表人", "赵某", "联系电话", "6612 0000")
    texts = [Text(x + 3, y0 + 12, 8.0, word) for x, word in zip(bounds, words, strict=False)]
    rules = [Edge(bounds[0], y1, bounds[-1], y1), *(Edge(x, y0, x, y1) for x in bounds)]
    foot = Shown(0, 10_000, "funds", "other", Box(bounds[0], y0, bounds[-1], y1), tuple(texts))
    footed = replace(leaf, rules=(*leaf.rules, *rules), cells=(*leaf.cells, foot))
    return page_of([footed], draft, at(1, foot, *leaf.rows()[-1]))


@disturbance("signatures under the table", one_page)
def _signatures(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    words = chance.choice(
        ("单位负责人：    填表人：王某    联系电话：56780000", "填报日期：3月5日      （盖章）", "注：本表一式两份。")
    )
    signed = leaf.with_lines(Text(leaf.left, leaf.bottom + 14, 8.0, words))
    return page_of([signed], draft, on(1))


@disturbance("extra empty column", lined_page)
def _extra_column(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    right, edge = round(leaf.right, 2), round(leaf.right + 20, 2)
    bounds = sorted({round(y, 2) for cell in leaf.cells if abs(cell.box.x1 - leaf.right) < 0.1 for y in cell.box[1::2]})
    rules = [Edge(right, y, edge, y) for y in bounds] + [Edge(edge, bounds[0], edge, bounds[-1])]
    return page_of([replace(leaf, rules=(*leaf.rules, *rules))], draft, rows_of(1, leaf))


@disturbance("weight column", lined_page)
def _weight_column(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    head = next(cell for cell in leaf.of("head") if abs(cell.box.x1 - leaf.right) < 0.1)
    right, edge = round(leaf.right, 2), round(leaf.right + 34, 2)
    cells = [(head.box, chance.choice(("权重", "分值")))] + [(value.box, "10") for _, value in leaf.rows()]
    added = [
        Shown(0, 0, "columns", "other", Box(right, box.y0, edge, box.y1), (Text(right + 6, box.y0 + 11, 8.0, text),))
        for box, text in cells
    ]
    rules = [Edge(right, round(y, 2), edge, round(y, 2)) for cell in added for y in (cell.box.y0, cell.box.y1)]
    rules += [Edge(edge, round(head.box.y0, 2), edge, round(leaf.bottom, 2))]
    widened = replace(leaf, rules=(*leaf.rules, *rules), cells=(*leaf.cells, *added))
    return page_of([widened], draft, at(1, *added, *leaf.of("name", "value")))


@disturbance("blank row among the indicators", lined_page)
def _blank_row(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    _, name, value = some_row(leaf, chance)
    blank = Box(name.box.x0, name.box.y1 - 8, value.box.x1, name.box.y1)
    rules = [Edge(round(blank.x0, 2), round(blank.y0, 2), round(blank.x1, 2), round(blank.y0, 2))]
    lifted = leaf
    for cell in (name, value):
        texts = tuple(text._replace(y=text.y - 3, size=min(text.size, 7.0)) for text in cell.texts)
        lifted = lifted.with_cell(cell, replace(cell, texts=texts))
    return page_of([replace(lifted, rules=(*leaf.rules, *rules))], draft, at(1, name, value))


def _is_level_at(edge: Edge, y: float) -> bool:
    return edge.y0 == edge.y1 and abs(edge.y0 - y) < 0.1


@disturbance("one value for two rows", grouped_page)
def _merged_value(draft: Draft, chance: Random) -> Disturbed:
    """A value cell over two rows: it is the value of both."""
    leaf = only_page(draft)
    rows = leaf.rows()
    pairs = [
        n for n in range(len(rows) - 1) if leaf.beside(rows[n][0], "level2") == leaf.beside(rows[n + 1][0], "level2")
    ]
    n = chance.choice(pairs)
    (upper_name, upper), (lower_name, lower) = rows[n], rows[n + 1]
    both = with_target(draft, n + 1, draft.disclosure.projects[0].indicators[n].target)
    merged = replace(upper, box=Box(upper.box.x0, upper.box.y0, upper.box.x1, lower.box.y1))
    merged = replace(merged, texts=tuple(text._replace(y=lower.box.y0 + 4) for text in upper.texts[:1]))
    texts = (merged.texts[0]._replace(text=upper.text),)
    page = leaf.with_cell(upper, replace(merged, texts=texts)).with_cell(lower, None)
    y, x0 = lower.box.y0, upper.box.x0
    page = page.with_rules(lambda edge: not (_is_level_at(edge, y) and edge.x0 > x0 - 0.1))
    concern = at(1, upper_name, upper, lower_name, lower)
    return Disturbed(written([page]), expected(both.disclosure), concern)


@disturbance("one name for two values", grouped_page)
def _merged_name(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    rows = leaf.rows()
    pairs = [
        n for n in range(len(rows) - 1) if leaf.beside(rows[n][0], "level2") == leaf.beside(rows[n + 1][0], "level2")
    ]
    n = chance.choice(pairs)
    (upper, upper_value), (lower, lower_value) = rows[n], rows[n + 1]
    both = with_name(draft, n + 1, draft.disclosure.projects[0].indicators[n].level3)
    texts = (upper.texts[0]._replace(text=upper.text, y=lower.box.y0 + 4),)
    page = leaf.with_cell(upper, replace(upper, texts=texts)).with_cell(lower, None)
    y, x0, x1 = lower.box.y0, upper.box.x0, upper.box.x1
    page = page.with_rules(lambda edge: not (_is_level_at(edge, y) and x0 - 0.1 < edge.x0 < x1 - 0.1))
    return Disturbed(written([page]), expected(both.disclosure), at(1, upper, upper_value, lower, lower_value))


@disturbance("value before the name", municipal_page)
def _value_first(draft: Draft, chance: Random) -> Disturbed:
    """The last two columns change places, heads and all."""
    leaf = only_page(draft)
    heads = leaf.of("head")[-2:]
    name_x, value_x, right = heads[0].box.x0, heads[1].box.x0, heads[1].box.x1
    shift = right - value_x

    def swapped(cell: Shown) -> Shown:
        if cell in heads[:1] or cell.role == "name":
            by = shift
        elif cell in heads[1:] or cell.role == "value":
            by = name_x - value_x
        else:
            return cell
        texts = tuple(text._replace(x=text.x + by) for text in cell.texts)
        return replace(cell, box=Box(cell.box.x0 + by, cell.box.y0, cell.box.x1 + by, cell.box.y1), texts=texts)

    top = heads[0].box.y0
    rules = tuple(
        edge._replace(x0=name_x + shift, x1=name_x + shift)
        if edge.x0 == edge.x1 and abs(edge.x0 - value_x) < 0.1 and edge.y0 > top - 0.1
        else edge
        for edge in leaf.rules
    )
    page = replace(leaf, cells=tuple(map(swapped, leaf.cells)), rules=rules)
    return page_of([page], draft, at(1, *leaf.of("head", "name", "value")))


@disturbance("header row of other labels", one_page)
def _other_labels(draft: Draft, chance: Random) -> Disturbed:
    """A row of a label and a text that no field of ours stands for, above the others."""
    leaf = only_page(draft)
    top = min(cell.box.y0 for cell in leaf.cells if cell.kind == "header")
    lower = leaf.moved(0, 18.0, top - 1)
    edges = [edge for edge in leaf.rules if edge.y0 <= top + 0.1 and edge.y1 <= top + 0.1]
    left, middle, right = round(leaf.left, 2), round(leaf.left + 90, 2), round(leaf.right, 2)
    words = chance.choice((("项目负责人", "张某"), ("项目编码", "31000126T000"), ("分管领导", "陈某")))
    texts = (Text(left + 4, top + 12, 8.0, words[0]), Text(middle + 4, top + 12, 8.0, words[1]))
    added = Shown(0, -1, "header", "other", Box(left, top, right, top + 18), texts)
    rules = [*lower.rules, *edges, Edge(left, round(top, 2), right, round(top, 2))]
    rules += [Edge(x, round(top, 2), x, round(top + 18, 2)) for x in (left, middle, right)]
    return page_of([replace(lower, cells=(added, *lower.cells), rules=tuple(rules))], draft, at(1, added))


@disturbance("level-2 name left out", lined_page)
def _level2_left_out(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    level2 = chance.choice(leaf.of("level2"))
    rows = [row for row in leaf.rows() if leaf.beside(row[0], "level2") == level2]
    concern = at(1, level2, *(cell for row in rows for cell in row))
    disturbed = page_of([leaf.with_cell(level2, None)], draft, concern)
    return replace(disturbed, also=_without_level2(disturbed, {name.text for name, _ in rows}))


def _without_level2(disturbed: Disturbed, names: set[str]) -> dict[str, object]:
    """The records as printed: nothing says which group these rows are of."""
    (project,) = disturbed.wanted["projects"]
    rows = [{**row, "level2": None} if row["level3"] in names else row for row in project["indicators"]]
    return {**disturbed.wanted, "projects": [{**project, "indicators": rows}]}


@disturbance("form of a whole department", municipal_page)
@at_fault
def _department(draft: Draft, chance: Random) -> Disturbed:
    """Another kind of form: it has no nature and no category, and what it says is of no project."""
    leaf = only_page(draft)
    title = "部门整体支出绩效目标申报表"
    bare = replace(leaf, lines=(leaf.centred(title, leaf.top - 14, 12.0),))
    for cell in leaf.of("label"):
        if cell.text.startswith("项目"):
            bare = bare.with_cell(cell, cell.saying({"项目名称": "部门名称"}.get(cell.text, "部门职能")))
    says = draft.with_project(lambda one: replace(one, nature=Printed("", None), category=Printed("", None)))
    department = draft.disclosure.projects[0].competent_department.text
    return meaning(
        draft, bare, on(1), says=says.with_disclosure(replace(says.disclosure, title=title, organization=department))
    )
