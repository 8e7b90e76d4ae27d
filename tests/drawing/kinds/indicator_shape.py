"""How an indicator table is printed: its columns, their order, and how levels, heads and totals stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from tests.drawing.kinds.choice import Choice
from tests.drawing.kinds.records import FormKind, Style, TargetColumn
from tests.drawing.kinds.words import Words
from tests.strategies import AREAS

Piece = Literal["sign", "value", "unit"]
Tree = Literal["three", "no_level1", "names", "described", "levels"]
Side = Literal["missing", "whole", "below_header"]
Heads = Literal["one_row", "pieces_grouped", "tree_grouped", "targets_grouped"]
Measure = Literal["target", "weight", "actual", "score", "reason", "remark", "expected", "nature"]

LONG: tuple[FormKind, ...] = ("long", "thirteen")
PIECES: tuple[Piece, ...] = ("sign", "value", "unit")


@dataclass(frozen=True, slots=True)
class IndicatorShape:
    """The shape of one table. `pieces` are the columns of a target that is split; none where it is in one cell.

    `measures` are what stands right of the names, in order; `side` is the label to the left of all. A tree that is
    `described` has what is measured right of all else, and one of `levels` does not have it at all.
    """

    tree: Tree = "three"
    targets: tuple[TargetColumn, ...] = ()
    pieces: tuple[Piece, ...] = ()
    style: Style = "bare"
    nothing: str = "无"
    measures: tuple[Measure, ...] = ("target",)
    heads: Heads = "one_row"
    side: Side = "whole"
    merged: bool = True
    weighted_levels: bool = False
    totals: bool = False
    wide_names: bool = False
    expected_head: str = ""

    @property
    def levels(self) -> tuple[str, ...]:
        """The columns of levels."""
        return {"no_level1": ("level2",), "names": ()}.get(self.tree, ("level1", "level2"))


def shape(choose: Choice, kind: FormKind, words: Words) -> IndicatorShape:
    """A random shape for a table on a form of this kind."""
    if kind == "monitoring":
        return _monitoring(choose, words)
    if kind == "unusual":
        return _unusual(choose, words)
    evaluates = kind == "self_evaluation"
    targets = (TargetColumn(words("columns.target")),) if evaluates or kind in LONG else _targets(choose, words)
    pieces = choose.shuffled(PIECES) if len(targets) == 1 and choose.flag() else ()
    measures = _evaluated(choose) if evaluates else _declared(choose) if len(targets) == 1 else ("target",)
    tree: Tree = choose.one_of(("three", "three", "no_level1", "names"))
    return IndicatorShape(
        tree=tree,
        targets=targets,
        pieces=pieces,
        style=choose.one_of(("bare", "bracketed")),
        nothing=choose.one_of(("无", "", "—")),
        measures=measures,
        heads=_heads(choose, tree, len(targets), bool(pieces)),
        side="missing" if kind in LONG else choose.one_of(("whole", "below_header", "missing")),
        merged=choose.integer(0, 3) < 3,
        weighted_levels=choose.integer(0, 3) == 3,
        totals=kind not in LONG and "weight" in measures and choose.flag(),
        wide_names=choose.flag(),
    )


def _monitoring(choose: Choice, words: Words) -> IndicatorShape:
    """What was reached within the year, and what the year is expected to end as."""
    words.use("columns.actual", choose.one_of(("1-7月执行情况", "1至8月完成情况", "上半年完成值")))
    expected = words.use("columns.expected", choose.one_of(("全年预计完成情况", "全年预计完成值", "预计完成率")))
    target = TargetColumn(words.use("columns.target", choose.one_of(("年初指标值", "年度指标值", "指标值"))))
    reason: tuple[Measure, ...] = ("reason",) if choose.flag() else ()
    return IndicatorShape(targets=(target,), measures=("target", "actual", "expected", *reason), expected_head=expected)


def _unusual(choose: Choice, words: Words) -> IndicatorShape:
    """A tree that is described, points for levels, the way that is better beside signs in words, or bare heads."""
    what = choose.integer(0, 3)
    plain = IndicatorShape(targets=(TargetColumn(words("columns.target")),), side=choose.one_of(("whole", "missing")))
    if what == 0:
        words.use("columns.level1", "指标类型")
        words.use("columns.level2", "指标名称")
        words.use("columns.level3", choose.one_of(("指标描述", "指标说明")))
        return replace(plain, tree="described")
    if what == 1:
        return replace(plain, tree="levels", measures=("weight", "score"), totals=choose.flag())
    if what == 2:
        words.use("columns.nature", "指标性质")
        words.use("columns.sign", "指标方向")
        return replace(plain, measures=("nature", "target"), pieces=choose.shuffled(PIECES))
    for name, head in (("level1", "一级"), ("level2", "二级"), ("level3", "三级")):
        words.use(f"columns.{name}", head)
    return replace(plain, targets=(TargetColumn(words.use("columns.target", "年度数值")),))


def _targets(choose: Choice, words: Words) -> tuple[TargetColumn, ...]:
    """One column of targets, or one for each time or place."""
    if choose.integer(0, 3) < 3:
        return (TargetColumn(words("columns.target")),)
    if choose.flag():
        half, year = choose.one_of(("半年指标值", "上半年指标值")), choose.one_of(("全年指标值", "年度指标值"))
        return (
            TargetColumn(words.use("heads.half_year", half), "half_year"),
            TargetColumn(words.use("heads.year", year), "year"),
        )
    areas = choose.some(AREAS, least=2, most=3)
    return tuple(TargetColumn(words.use(f"heads.{area}", area), "year", area) for area in areas)


def _declared(choose: Choice) -> tuple[Measure, ...]:
    measured: tuple[Measure, ...] = choose.shuffled(("target", "weight")) if choose.flag() else ("target",)
    return (*measured, "remark") if choose.flag() else measured


def _evaluated(choose: Choice) -> tuple[Measure, ...]:
    """The columns of a self-evaluation: what was reached right of the target, the points given right of the points."""
    orders: tuple[tuple[Measure, ...], ...] = (
        ("target", "actual", "weight", "score"),
        ("weight", "target", "actual", "score"),
        ("target", "weight", "actual", "score"),
    )
    reason: tuple[Measure, ...] = ("reason",) if choose.flag() else ()
    return (*choose.one_of(orders), *reason)


def _heads(choose: Choice, tree: Tree, targets: int, is_split: bool) -> Heads:
    """One row of heads, or two where several columns have something in common."""
    if targets > 1:
        return choose.one_of(("one_row", "targets_grouped"))
    pieces: Heads = "pieces_grouped" if is_split else "one_row"
    return choose.one_of(("one_row", pieces, "one_row" if tree == "names" else "tree_grouped"))
