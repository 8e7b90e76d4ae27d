"""What cells say and how a table is made up: wordings, more rows and columns, merged and doubled values, odd values."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.disturbances.bases import grouped_page, lined_page, municipal_page, one_page, over_pages
from tests.disturbances.invention import Draft
from tests.disturbances.leaves import Box, Leaf, Shown, Text, leaves, written
from tests.disturbances.protocol import Disturbed, at, disturbance, on, page_of, rows_of, together
from tests.drawing.forms import DrawnTarget, Printed, expected
from tests.drawing.mupdf import Edge


def _page(draft: Draft) -> Leaf:
    (leaf,) = leaves(draft)
    return leaf


def _some_row(leaf: Leaf, chance: Random) -> tuple[int, Shown, Shown]:
    rows = leaf.rows()
    index = chance.randrange(len(rows))
    return (index, *rows[index])


def _with_target(draft: Draft, index: int, target: DrawnTarget) -> Draft:
    project = draft.disclosure.projects[0]
    rows = list(project.indicators)
    rows[index] = replace(rows[index], target=target)
    return draft.with_project(lambda one: replace(one, indicators=tuple(rows)))


def _with_name(draft: Draft, index: int, name: str) -> Draft:
    project = draft.disclosure.projects[0]
    rows = list(project.indicators)
    rows[index] = replace(rows[index], level3=name)
    return draft.with_project(lambda one: replace(one, indicators=tuple(rows)))


def _valued(draft: Draft, chance: Random, target: DrawnTarget, *, must_be_told: bool = False) -> Disturbed:
    """A page with another target in some row."""
    index = chance.randrange(len(draft.disclosure.projects[0].indicators))
    draft = _with_target(draft, index, target)
    leaf = _page(draft)
    disturbed = page_of([leaf], draft, at(1, *leaf.rows()[index]))
    return replace(disturbed, must_be_told=must_be_told)


def _value(name: str, *targets: DrawnTarget, must_be_told: bool = False) -> None:
    """Registers a disturbance that prints one of these targets in some row."""

    @disturbance(name, one_page)
    def value(draft: Draft, chance: Random) -> Disturbed:
        return _valued(draft, chance, chance.choice(targets), must_be_told=must_be_told)


def _quantity(text: str, operator: str | None, value: str, unit: str | None) -> DrawnTarget:
    return DrawnTarget(text, "quantitative", operator, value, None, unit)


_value("masked value", DrawnTarget("≤****00元", "missing"), DrawnTarget("≥***(次)", "missing"))
_value(
    "two values in one cell",
    *(DrawnTarget(text, "compound") for text in ("≥80% ≥95%", "≤12(天)\n≥60(次)", "=5(个) =7(个)", "≥30(次)≥4(场)")),
    must_be_told=True,
)
_value("comment in a value", _quantity("≥95%（请核实）", ">=", "95", "%"), _quantity("≥12(次)待确认", ">=", "12", "次"))
_value("unit missing after a slash", _quantity("≤36.50/株", "<=", "36.50", "元/株"), must_be_told=True)
_value("letter for a unit", _quantity("100M", None, "100", "M"), _quantity("≥20T", ">=", "20", "T"), must_be_told=True)
_value("money a month", _quantity("≤480万/月", "<=", "480", "万/月"), must_be_told=True)
_value(
    "value with a condition",
    _quantity("以街镇为单位≥92%", ">=", "92", "%"),
    DrawnTarget("以街镇为单位≥92%", "compound"),
)
_value("another year's value in brackets", _quantity("≥93%（2021:88%）", ">=", "93", "%"))
_value("at least in words", _quantity("至少全年完成3次", ">=", "3", "次"), _quantity("不少于8场", ">=", "8", "场"))
_value("bracket that never closes", DrawnTarget("优良（以年度考核为准", "qualitative"), must_be_told=True)
_value(
    "page number at a value's end", _quantity("≥90(%) -1-", ">=", "90", "%"), _quantity("≥90(%) 第1页", ">=", "90", "%")
)
_value("number without sign or unit", _quantity("45658", None, "45658", None), _quantity("1", None, "1", None))
_value("range with a unit twice", DrawnTarget("80%～90%", "quantitative", "between", "80", "90", "%"))
_value("no accident", _quantity("无重大事故", "=", "0", None))
_value(
    "value of another language",
    DrawnTarget("100 percent", "qualitative"),
    DrawnTarget("≥ninety", "qualitative"),
    must_be_told=True,
)


@disturbance("bracket of a name that never closes", one_page)
def _open_bracket(draft: Draft, chance: Random) -> Disturbed:
    index = chance.randrange(len(draft.disclosure.projects[0].indicators))
    name = draft.disclosure.projects[0].indicators[index].level3
    draft = _with_name(draft, index, name + chance.choice(("（含附属", "(第二批", "“绿色")))
    leaf = _page(draft)
    return replace(page_of([leaf], draft, at(1, *leaf.rows()[index])), must_be_told=True)


@disturbance("page number at a name's end", over_pages)
def _number_in_a_name(draft: Draft, chance: Random) -> Disturbed:
    first, *others = leaves(draft)
    pattern = chance.choice(("-{}-", "第{}页"))
    name, value = first.rows()[-1]
    *kept, last = name.texts
    numbered = first.with_cell(name, replace(name, texts=(*kept, last._replace(text=last.text + pattern.format(1)))))
    others = [
        leaf.with_lines(leaf.centred(pattern.format(number), leaf.height - 30)) for number, leaf in enumerate(others, 2)
    ]
    return page_of([numbered, *others], draft, at(1, name, value))


@disturbance("serial number for a date", municipal_page)
def _serial_date(draft: Draft, chance: Random) -> Disturbed:
    text = chance.choice(("45,658", "45658", "46022.0"))
    return _dated(draft, text, must_be_told=True)


@disturbance("date that is none", municipal_page)
def _no_date(draft: Draft, chance: Random) -> Disturbed:
    year = draft.year
    text = chance.choice((f"{year}-02-30", f"{year}-13-01", f"{year}-00-10", f"{year}年底左右"))
    return _dated(draft, text, must_be_told=True)


@disturbance("year for a date", municipal_page)
def _year_for_a_date(draft: Draft, chance: Random) -> Disturbed:
    return _dated(draft, chance.choice((f"{draft.year}", f"{draft.year}年")), must_be_told=True)


def _dated(draft: Draft, text: str, *, must_be_told: bool) -> Disturbed:
    draft = draft.with_project(lambda one: replace(one, start_date=Printed(text, None)))
    leaf = _page(draft)
    cells = [cell for cell in leaf.of("field") if cell.text == text]
    return replace(page_of([leaf], draft, at(1, *cells)), must_be_told=must_be_told)


@disturbance("two dates in one cell", municipal_page)
def _two_dates(draft: Draft, chance: Random) -> Disturbed:
    return _dated(draft, f"{draft.year}-01-01至{draft.year}-12-31", must_be_told=True)


@disturbance("other wording of the value's head", one_page)
def _other_head(draft: Draft, chance: Random) -> Disturbed:
    wordings = ("指标目标值", "计划指标值", "预期指标值", "指标值(目标值)", "全年目标值", "绩效指标值")
    draft = draft.with_layout(replace(draft.layout, value_label=chance.choice(wordings)))
    leaf = _page(draft)
    return page_of([leaf], draft, at(1, *leaf.of("head", "value", "name")))


@disturbance("unknown wording of the value's head", one_page)
def _unknown_head(draft: Draft, chance: Random) -> Disturbed:
    draft = draft.with_layout(replace(draft.layout, value_label=chance.choice(("预计完成程度", "承诺水平", "标杆"))))
    leaf = _page(draft)
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
    leaf, cells = _with_foot(_page(draft), chance.choice(FEET))
    return page_of([leaf], draft, together(at(1, *cells), at(1, *leaf.rows()[-1])))


@disturbance("foot row of four cells", lined_page)
def _foot_row_of_four(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
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
    leaf = _page(draft)
    words = chance.choice(
        ("单位负责人：    填表人：王某    联系电话：56780000", "填报日期：3月5日      （盖章）", "注：本表一式两份。")
    )
    signed = leaf.with_lines(Text(leaf.left, leaf.bottom + 14, 8.0, words))
    return page_of([signed], draft, on(1))


@disturbance("extra empty column", lined_page)
def _extra_column(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    right, edge = round(leaf.right, 2), round(leaf.right + 20, 2)
    bounds = sorted({round(y, 2) for cell in leaf.cells if abs(cell.box.x1 - leaf.right) < 0.1 for y in cell.box[1::2]})
    rules = [Edge(right, y, edge, y) for y in bounds] + [Edge(edge, bounds[0], edge, bounds[-1])]
    return page_of([replace(leaf, rules=(*leaf.rules, *rules))], draft, rows_of(1, leaf))


@disturbance("weight column", lined_page)
def _weight_column(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
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
    leaf = _page(draft)
    _, name, value = _some_row(leaf, chance)
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
    leaf = _page(draft)
    rows = leaf.rows()
    pairs = [
        n for n in range(len(rows) - 1) if leaf.beside(rows[n][0], "level2") == leaf.beside(rows[n + 1][0], "level2")
    ]
    n = chance.choice(pairs)
    (upper_name, upper), (lower_name, lower) = rows[n], rows[n + 1]
    both = _with_target(draft, n + 1, draft.disclosure.projects[0].indicators[n].target)
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
    leaf = _page(draft)
    rows = leaf.rows()
    pairs = [
        n for n in range(len(rows) - 1) if leaf.beside(rows[n][0], "level2") == leaf.beside(rows[n + 1][0], "level2")
    ]
    n = chance.choice(pairs)
    (upper, upper_value), (lower, lower_value) = rows[n], rows[n + 1]
    both = _with_name(draft, n + 1, draft.disclosure.projects[0].indicators[n].level3)
    texts = (upper.texts[0]._replace(text=upper.text, y=lower.box.y0 + 4),)
    page = leaf.with_cell(upper, replace(upper, texts=texts)).with_cell(lower, None)
    y, x0, x1 = lower.box.y0, upper.box.x0, upper.box.x1
    page = page.with_rules(lambda edge: not (_is_level_at(edge, y) and x0 - 0.1 < edge.x0 < x1 - 0.1))
    return Disturbed(written([page]), expected(both.disclosure), at(1, upper, upper_value, lower, lower_value))


@disturbance("value before the name", municipal_page)
def _value_first(draft: Draft, chance: Random) -> Disturbed:
    """The last two columns change places, heads and all."""
    leaf = _page(draft)
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
    leaf = _page(draft)
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
    leaf = _page(draft)
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


@disturbance("name left out", one_page)
def _name_left_out(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    _, name, value = _some_row(leaf, chance)
    return page_of([leaf.with_cell(name, None)], draft, at(1, name, value))


@disturbance("sentence of instructions in a cell", one_page)
def _instructions(draft: Draft, chance: Random) -> Disturbed:
    index = chance.randrange(len(draft.disclosure.projects[0].indicators))
    name = draft.disclosure.projects[0].indicators[index].level3
    draft_with = _with_name(draft, index, name + "（填写说明：请按批复填列，不得空项）")
    leaf = _page(draft_with)
    return page_of([leaf], draft_with, at(1, *leaf.rows()[index]))


@disturbance("form of a whole department", municipal_page)
def _department(draft: Draft, chance: Random) -> Disturbed:
    """Another kind of form: what it says is no project."""
    leaf = _page(draft)
    title = leaf.centred("部门整体支出绩效目标申报表", leaf.top - 14, 12.0)
    bare = replace(leaf, lines=(title,))
    for cell in leaf.of("label"):
        if cell.text.startswith("项目"):
            bare = bare.with_cell(cell, cell.saying({"项目名称": "部门名称"}.get(cell.text, "部门职能")))
    return replace(page_of([bare], draft, on(1)), must_be_told=True)
