"""Text files: what stands between and after the rows, and how rows are broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.disturbances.bases import flat, flat_long, flat_two_goals, over_pages, rows_in
from tests.disturbances.edits import GONE, with_target
from tests.disturbances.invention import Draft
from tests.disturbances.lines import Rows, broken_rows, found, tabbed_rows, text_file
from tests.disturbances.protocol import Concern, Disturbed, at_fault, disturbance, lost
from tests.drawing.flatten import printed_lines
from tests.drawing.forms import DrawnTarget, Printed, expected
from tests.drawing.layouts import FORM_TITLE


def _inserted(name: str, between: Callable[[Draft, Random], tuple[str, ...]]) -> None:
    """Registers a disturbance that puts lines in among the indicators of tabbed text."""

    @disturbance(name, flat)
    def insert(draft: Draft, chance: Random) -> Disturbed:
        rows = tabbed_rows(draft)
        at = rows.middle(chance)
        lines = between(draft, chance)
        disturbed = rows.after(at, *lines)
        put_in = range(at + 1, at + 1 + len(lines))
        return text_file(disturbed, draft, *put_in, *(n for n in disturbed.indicators if n >= at))


def _number(chance: Random) -> str:
    return chance.choice(("- 1 -", "第 1 页", "第1页 共2页", "1/2", "1", "—1—", "Page 1"))


_inserted("page number among the rows", lambda draft, chance: (_number(chance),))

_inserted("running head among the rows", lambda draft, chance: (f"{draft.year}年部门预算",))

_inserted("running head that ends in 表 among the rows", lambda draft, chance: ("预算绩效目标公开表",))

_inserted("title among the rows", lambda draft, chance: (FORM_TITLE, f"（{draft.year}年度）")[: chance.choice((1, 2))])

_inserted(
    "continued title among the rows",
    lambda draft, chance: (chance.choice((FORM_TITLE + "（续）", "续表", "（续上表）")),),
)

_inserted(
    "print footer among the rows",
    lambda draft, chance: ("https://example.org/ys/2.html  1/3", f"{draft.year}/3/2 09:15  信息公开"),
)

_inserted("page number and head among the rows", lambda draft, chance: (_number(chance), f"{draft.year}年部门预算"))

_inserted(
    "form feed and print footer", lambda draft, chance: (f"https://example.org/ys.html  1/2\n\f{draft.year}/3/2  公开",)
)

_inserted("form feed and page number", lambda draft, chance: (f"{_number(chance)}\n\f",))

_inserted("page number at both sides of a form feed", lambda draft, chance: (f"1\n\f{draft.year}年部门预算",))

_inserted("path of a file among the rows", lambda draft, chance: (r"C:\预算\公开\附件3.xls  第1页",))

_inserted(
    "heads of the columns among the rows", lambda draft, chance: ("一级指标\t二级指标\t三级指标\t年度(/项目)指标值",)
)


@disturbance("page numbers among broken lines", flat_long)
def _numbers_among_broken(draft: Draft, chance: Random) -> Disturbed:
    rows = broken_rows(draft)
    at = rows.middle(chance)
    disturbed = rows.after(at, "", _number(chance), "")
    return text_file(disturbed, draft, *range(at, at + 6), *(n for n in disturbed.indicators if n >= at))


@disturbance("running head among printed lines", over_pages)
def _head_among_printed(draft: Draft, chance: Random) -> Disturbed:
    pages = printed_lines(draft.disclosure, draft.pen, draft.layout).split("\f")
    head = chance.choice((f"{draft.year}年部门预算", "部门预算公开表"))
    data = "\f".join(f"{head}\n{page}" for page in pages).encode()
    concern = Concern(pages=frozenset(range(1, len(pages) + 1)), is_page_wide=True)
    return Disturbed(data, expected(draft.disclosure), concern, ".txt")


TAILS = {
    "prose after the last row": (
        "四、其他说明",
        "绩效目标是指财政资金计划在一定期限内达到的产出和效果，覆盖率100%。",
    ),
    "note after the last row": ("注：本表数据以财政批复为准。",),
    "numbered notes after the last row": ("说明：1.本表按年度填列。", "2.指标值不得低于上年。"),
    "signatures after the last row": ("单位负责人：张某    填报人：王某    联系电话：56780000", "填报日期：3月5日"),
    "source line after the last row": ("来源：南屏市财政局网站", "发布日期：3-15"),
    "review rows after the last row": ("审核意见\t同意", "财政部门审核意见\t同意\t审核人\t李某"),
    "remark row after the last row": ("备注\t按批复数填列",),
    "navigation after the last row": ("上一篇：部门预算", "下一篇：没有了", "【打印】【关闭】"),
    "another form's heading after the last row": ("附件2", "三公经费预算表", "项目\t预算数", "因公出国\t0.00"),
}


def _tail(name: str, lines: tuple[str, ...]) -> None:
    @disturbance(name, flat)
    def tail(draft: Draft, chance: Random) -> Disturbed:
        rows = tabbed_rows(draft)
        last = rows.indicators[-1]
        disturbed = rows.after(len(rows.lines) - 1, *((("",) if chance.random() < 0.5 else ()) + lines))
        return text_file(disturbed, draft, *range(last, len(disturbed.lines)))


for _name, _tail_lines in TAILS.items():
    _tail(_name, _tail_lines)


@disturbance("note after the last broken line", flat_long)
def _note_after_broken(draft: Draft, chance: Random) -> Disturbed:
    rows = broken_rows(draft)
    last = len(rows.lines) - 1
    disturbed = rows.after(last, "", *chance.choice(list(TAILS.values())))
    return text_file(disturbed, draft, *range(rows.indicators[-1], len(disturbed.lines)))


@disturbance("goals one under the other", flat_two_goals)
def _goals_under(draft: Draft, chance: Random) -> Disturbed:
    """Each goal beside its label, as where a table was copied row by row."""
    rows = tabbed_rows(draft)
    at = next(n for n, line in enumerate(rows.lines) if draft.layout.overall_label in line)
    project = draft.disclosure.projects[0]
    lines = (
        f"项目绩效目标\t{draft.layout.overall_label}\t{project.overall_goal.text}",
        f"{draft.layout.annual_label}\t{project.annual_goal.text}",
    )
    disturbed = rows.with_line(at, lines[0]).with_line(at + 1, lines[1])
    return text_file(disturbed, draft, at, at + 1)


@disturbance("goals between their labels", flat_two_goals)
def _goals_between(draft: Draft, chance: Random) -> Disturbed:
    rows = tabbed_rows(draft)
    at = next(n for n, line in enumerate(rows.lines) if draft.layout.overall_label in line)
    project = draft.disclosure.projects[0]
    lines = (draft.layout.overall_label, project.overall_goal.text, draft.layout.annual_label, project.annual_goal.text)
    disturbed = rows.with_line(at, "项目绩效目标", *lines[:2]).with_line(at + 3, *lines[2:])
    return text_file(disturbed, draft, *range(at, at + 5))


@disturbance("two targets in one line", flat)
@at_fault
def _two_targets(draft: Draft, chance: Random) -> Disturbed:
    rows = tabbed_rows(draft)
    index = chance.choice([index for index, row in enumerate(rows_in(draft)) if row.target.operator])
    at = rows.indicators[index]
    printed = rows_in(draft)[index].target.text + chance.choice(("≥15(个)", "≤30(天)"))
    draft = with_target(draft, index, DrawnTarget(printed, "qualitative"))
    return text_file(rows.with_line(at, rows.lines[at].rpartition("\t")[0] + f"\t{printed}"), draft, at)


@disturbance("target in a column of no head", flat)
@lost
def _target_of_no_column(draft: Draft, chance: Random) -> Disturbed:
    rows = tabbed_rows(draft)
    at = rows.middle(chance)
    return text_file(rows.with_line(at, f"{rows.lines[at]}\t≥85(%)"), draft, at)


@disturbance("target lost in a line", flat)
@at_fault
def _lost_target(draft: Draft, chance: Random) -> Disturbed:
    rows = tabbed_rows(draft)
    at = rows.middle(chance)
    draft = with_target(draft, rows.indicators.index(at), GONE)
    return text_file(rows.with_line(at, rows.lines[at].rpartition("\t")[0]), draft, at)


@disturbance("one cell a line", flat)
def _one_cell_a_line(draft: Draft, chance: Random) -> Disturbed:
    rows = tabbed_rows(draft)
    lines = [field for line in rows.lines for field in line.split("\t") if field]
    split = found(draft, lines)
    return text_file(split, draft, *range(len(lines)))


@disturbance("a row broken into two lines", flat)
def _broken_row(draft: Draft, chance: Random) -> Disturbed:
    """A line break within a name, as a spreadsheet's cells have them."""
    rows = tabbed_rows(draft)
    at = rows.middle(chance)
    before, _, target = rows.lines[at].rpartition("\t")
    return text_file(rows.with_line(at, before[:-3], f"{before[-3:]}\t{target}"), draft, at, at + 1)


@disturbance("label wrapped around its value", flat_long)
def _wrapped_label(draft: Draft, chance: Random) -> Disturbed:
    """A value that is broken in two, its second half after the next label."""
    nature = chance.choice(("其他一次性项目", "经常性专项业务费"))
    draft = draft.with_project(lambda one: replace(one, nature=Printed.plain(nature)))
    rows = broken_rows(draft)
    lines = list(rows.lines)
    at = next((n for n, line in enumerate(lines) if nature in line), None)
    if at is None:
        return text_file(rows, draft, 0)
    lines[at : at + 1] = lines[at].replace(nature, f"{nature[:5]}\n\n{nature[5:]}\n").split("\n")
    wrapped = found(draft, lines)
    return text_file(wrapped, draft, *range(at - 2, at + 5))


@disturbance("value that begins with a digit after a name", flat_long)
def _digit_first(draft: Draft, chance: Random) -> Disturbed:
    """Name and value share a line without a sign between them."""
    project = draft.disclosure.projects[0]
    index = chance.randrange(1, len(project.indicators))
    target = replace(
        project.indicators[index].target, text="11月底前完成", kind="deadline", operator=None, value=None, unit=None
    )
    changed = [replace(row, target=target) if n == index else row for n, row in enumerate(project.indicators)]
    draft = draft.with_project(lambda one: replace(one, indicators=tuple(changed)))
    rows = broken_rows(draft)
    at = next(n for n, line in enumerate(rows.lines) if "11月底前完成" in line)
    return text_file(rows, draft, *range(max(0, at - 3), at + 2))


@disturbance("second half of a text", flat)
@lost
def _second_half(draft: Draft, chance: Random) -> Disturbed:
    rows = tabbed_rows(draft)
    half = Rows(rows.lines[rows.middle(chance) :], ())
    return text_file(half, draft, *range(len(half.lines)), whole=True)


@disturbance("text over two pages with a seal page between", flat)
def _seal_page_in_text(draft: Draft, chance: Random) -> Disturbed:
    rows = tabbed_rows(draft)
    at = rows.middle(chance)
    disturbed = rows.after(at, f"\f{chance.choice(('此页无正文', '（此页盖章）'))}\n\f")
    return text_file(disturbed, draft, at + 1, *(n for n in disturbed.indicators if n > at))
