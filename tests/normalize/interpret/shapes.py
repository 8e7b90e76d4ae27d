"""Indicator tables of random shapes, drawn as rows of texts, and what a person reads in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from hypothesis import strategies as st

from tests.normalize.grids import LEFT, UP

Name = Literal[
    "level1", "level2", "level3", "target", "sign", "unit", "weight", "actual", "score", "reason", "remark", "unknown"
]

HEADS: dict[Name, tuple[str, ...]] = {
    "level1": ("一级指标", "一级", "一级\n指标", "一级指标\nLevel 1"),
    "level2": ("二级指标", "二级", "二级目标"),
    "level3": ("三级指标", "三级指标内容", "指标名称", "指标内容", "三级"),
    "target": ("指标值", "年度指标值", "目标值", "预期指标值", "年初目标值(A)", "当年预期实现值", "年度数值"),
    "sign": ("指标性质", "计算符号", "符号", "指标方向"),
    "unit": ("度量单位", "计量\n单位", "单位", "单位（文字描述）"),
    "weight": ("分值", "权重", "指标权重", "分值权重（90）"),
    "actual": ("实际完成值", "全年完成值", "实际完成值(B)", "完成情况"),
    "score": ("得分", "自评得分"),
    "reason": ("偏差原因分析及改进措施", "未完成原因"),
    "remark": ("备注", "指标解释", "评价标准"),
    "unknown": ("责任科室", "牵头部门", ""),
}
"""How columns are headed. An unknown column says nothing of what it holds."""

MEASURES: tuple[Name, ...] = ("weight", "actual", "score", "reason", "remark", "unknown")
PIECES: tuple[Name, ...] = ("sign", "target", "unit")
PIECES_APART: tuple[tuple[Name, ...], ...] = ((), ("sign",), ("sign", "unit"))
LEVELS: tuple[tuple[Name, ...], ...] = (("level1", "level2"), ("level2",), ())
GROUPS = (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"))
SIGNS = ("≥", "≤", "=", "大于等于")


class Printed(NamedTuple):
    """What a person reads of one row."""

    phase: str
    level1: str | None
    level2: str | None
    name: str
    target: str
    fields: tuple[str | None, ...]
    """Weight, actual, score, reason and remark, None where the table has no such column."""


class Column(NamedTuple):
    """A column as it is drawn: what it is for, its head, and how many grid columns it takes."""

    name: Name
    head: str
    width: int


class Shape(NamedTuple):
    """How a table is drawn.

    `has_top` puts one head over the pieces of a target; `labels` are beside or above the one or two tables that the
    shape has, `is_beside` says which.
    """

    columns: tuple[Column, ...]
    has_top: bool
    merges_levels: bool
    labels: tuple[str, ...]
    is_beside: bool
    has_total: bool
    row_count: int


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    levels: tuple[Name, ...] = draw(st.sampled_from(LEVELS))
    measures = draw(st.lists(st.sampled_from(MEASURES), unique=True, max_size=5))
    pieces: tuple[Name, ...] = draw(st.sampled_from(PIECES_APART))
    own: list[Name] = ["target", *pieces]
    has_top = len(own) > 1 and draw(st.booleans())
    targets = draw(st.permutations(own))
    order: list[Name] = draw(st.permutations([*measures, "target"]))
    at = order.index("target")
    order[at : at + 1] = targets
    names: tuple[Name, ...] = (*levels, "level3", *order)
    columns = tuple(
        Column(name, draw(st.sampled_from(HEADS[name])), draw(st.sampled_from((1, 1, 1, 2)))) for name in names
    )
    labels, is_beside = draw(
        st.sampled_from(
            (
                ((), False),
                (("绩效指标",), False),
                (("年度绩效目标1（80分）",), False),
                (("长期绩效指标", "年度绩效指标"), False),
                (("中期目标", "年度目标"), True),
            )
        )
    )
    shape = Shape(
        columns, has_top, draw(st.booleans()), labels, is_beside, draw(st.booleans()), draw(st.integers(2, 5))
    )
    return _plain_head(shape) if is_beside or len(labels) > 1 else shape


def _plain_head(shape: Shape) -> Shape:
    """The same with heads that name no time: what stands beside or above the tables does."""
    columns = tuple(
        column._replace(head="指标值" if column.name == "target" else column.head) for column in shape.columns
    )
    return shape._replace(columns=columns)


def draw_table(shape: Shape) -> list[list[str]]:
    """The rows of texts of a grid with tables of this shape."""
    if shape.is_beside:
        return _beside(shape)
    if len(shape.labels) < 2:
        label = shape.labels[0] if shape.labels else None
        return list(_with_label(label, [*_header(shape, shape.columns), *_body(shape, shape.columns, 0)]))
    rows: list[list[str]] = []
    for index, label in enumerate(shape.labels):
        rows += _with_label(label, [*_header(shape, shape.columns), *_body(shape, shape.columns, index)])
    return rows


def _beside(shape: Shape) -> list[list[str]]:
    """Two tables side by side under the labels of their times; the second shares the first one's level 1."""
    second = tuple(column for column in shape.columns if column.name != "level1")
    widths = [sum(column.width for column in columns) for columns in (shape.columns, second)]
    top = [cell for label, width in zip(shape.labels, widths, strict=True) for cell in (label, *[LEFT] * (width - 1))]
    halves = [
        [*_header(shape, columns), *_body(shape, columns, index)]
        for index, columns in enumerate((shape.columns, second))
    ]
    return [top, *([*left, *right] for left, right in zip(*halves, strict=True))]


def _with_label(label: str | None, rows: Sequence[list[str]]) -> Iterator[list[str]]:
    for index, row in enumerate(rows):
        yield [label if index == 0 else UP, *row] if label else row


def _header(shape: Shape, columns: Sequence[Column]) -> Iterator[list[str]]:
    if not shape.has_top:
        yield _spread(columns, [column.head for column in columns])
        return
    pieces = [column for column in columns if column.name in PIECES]
    tops = ["目标值" if column is pieces[0] else LEFT if column in pieces else column.head for column in columns]
    yield _spread(columns, tops)
    yield _spread(columns, [column.head if column in pieces else UP for column in columns])


def _spread(columns: Sequence[Column], texts: Sequence[str]) -> list[str]:
    """One text a column, each over all its grid columns."""
    cells: list[str] = []
    for column, text in zip(columns, texts, strict=True):
        rest = UP if text == UP else LEFT
        cells += [text, *[rest] * (column.width - 1)]
    return cells


def _body(shape: Shape, columns: Sequence[Column], block: int) -> Iterator[list[str]]:
    above: tuple[str, str] | None = None
    for index in range(shape.row_count):
        group = GROUPS[index * len(GROUPS) // shape.row_count]
        texts = [_text(column.name, index, block, shape) for column in columns]
        if shape.merges_levels and above is not None:
            texts = [
                UP if _goes_on(column.name, group, above) else text for column, text in zip(columns, texts, strict=True)
            ]
        above = group
        yield _spread(columns, texts)
    if shape.has_total and "weight" in {column.name for column in columns}:
        yield _spread(columns, _total(columns))


def _goes_on(name: Name, group: tuple[str, str], above: tuple[str, str]) -> bool:
    return (name == "level1" and group[0] == above[0]) or (name == "level2" and group == above)


def _total(columns: Sequence[Column]) -> list[str]:
    return [
        "合计" if index == 0 else "100" if column.name in ("weight", "score") else ""
        for index, column in enumerate(columns)
    ]


def _text(name: Name, index: int, block: int, shape: Shape) -> str:
    """What is printed in one cell; each text stands once in a table, so that no mistake is hidden."""
    number = 10 * block + index
    group = GROUPS[index * len(GROUPS) // shape.row_count]
    names = {column.name for column in shape.columns}
    sign, unit = SIGNS[number % len(SIGNS)], "次"
    texts: dict[Name, str] = {
        "level1": group[0],
        "level2": group[1],
        "level3": f"巡查{'一二三四五六七八九十'[index]}队{'甲乙'[block]}组的次数",
        "target": f"{'' if 'sign' in names else sign}{number + 11}{'' if 'unit' in names else unit}",
        "sign": sign,
        "unit": unit,
        "weight": f"{number + 31}",
        "actual": f"{number + 51}次",
        "score": f"{number + 71}.5",
        "reason": f"第{number}场遇雨",
        "remark": f"按{number}季度填报",
        "unknown": f"{'农办机要'[number % 4]}科{number}",
    }
    return texts[name]


def read_by_person(shape: Shape) -> list[Printed]:
    """What a person reads in the tables of a shape."""
    phases = ("total", "year") if len(shape.labels) > 1 else ("year",)
    return [
        _printed(shape, index, block, phase) for block, phase in enumerate(phases) for index in range(shape.row_count)
    ]


def _printed(shape: Shape, index: int, block: int, phase: str) -> Printed:
    names = {column.name for column in shape.columns}
    level1, level2 = GROUPS[index * len(GROUPS) // shape.row_count] if "level2" in names else (None, None)
    target = "".join(_text(piece, index, block, shape) for piece in PIECES if piece in names)
    fields: tuple[Name, ...] = ("weight", "actual", "score", "reason", "remark")
    values = tuple(_text(name, index, block, shape) if name in names else None for name in fields)
    return Printed(phase, level1, level2, _text("level3", index, block, shape), target, values)
