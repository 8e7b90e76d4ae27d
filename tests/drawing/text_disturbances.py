"""What stands in copied text and belongs to no form: each disturbs the lines of a flattened disclosure in one way.

Every disturbance is a function of lines and a source of chance to lines. It leaves the form's own content as it was,
so that what is read back is either the same or must be told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

Lines = list[str]
Disturbance = Callable[[Lines, Random], Lines]

HEADER = "三级指标"
"""What the header of an indicator table prints in every layout."""


def rows_begin(lines: Sequence[str]) -> int:
    """The line after the first indicator table's header."""
    header = next(i for i, line in enumerate(lines) if HEADER in line)
    return next((i for i in range(header, min(header + 8, len(lines))) if "值" in lines[i]), header) + 1


def form_ends(lines: Sequence[str]) -> int:
    """Where the first form ends: at the title or the first label of the next, or after the last line."""
    start = rows_begin(lines)
    return next((i for i in range(start, len(lines)) if "申报表" in lines[i] or "项目名称" in lines[i]), len(lines))


def among_rows(lines: Sequence[str], chance: Random) -> int:
    """A line of the first indicator table, before which something may be put."""
    return chance.randrange(rows_begin(lines) + 1, max(form_ends(lines), rows_begin(lines) + 2))


def put(lines: Lines, at: int, *more: str) -> Lines:
    """The lines with `more` before line `at`."""
    return [*lines[:at], *more, *lines[at:]]


def between(*more: str) -> Disturbance:
    """Puts these lines somewhere among the rows."""
    return lambda lines, chance: put(lines, among_rows(lines, chance), *more)


def after(*more: str) -> Disturbance:
    """Puts these lines after the first form's last row, as its page goes on."""
    return lambda lines, chance: put(lines, form_ends(lines), *more)


def page_numbers(lines: Lines, chance: Random) -> Lines:
    """第 1 页 共 2 页 among the rows, and its fellow at the end."""
    return [*put(lines, among_rows(lines, chance), "第 1 页 共 2 页"), "第 2 页 共 2 页"]


def dashed_numbers(lines: Lines, chance: Random) -> Lines:
    """- 1 - among the rows and - 2 - at the end."""
    return [*put(lines, among_rows(lines, chance), "- 1 -"), "- 2 -"]


def bare_numbers(lines: Lines, chance: Random) -> Lines:
    """A page's number, and nothing else, among the rows."""
    return [*put(lines, among_rows(lines, chance), str(chance.randrange(2, 40))), "41"]


def print_footer(lines: Lines, chance: Random) -> Lines:
    """What a browser prints below and above each page: the address, the page, the date, the title."""
    address = "http://www.example.gov.cn/a.html"
    at = among_rows(lines, chance)
    return [*put(lines, at, f"{address}  1/2", "2025/1/15 10:30  部门预算公开"), f"{address}  2/2"]


def running_head(lines: Lines, chance: Random) -> Lines:
    """The department's name at the head of every page."""
    head = "云亭区档案馆部门预算公开"
    return [head, *put(lines, among_rows(lines, chance), head)]


def plain_head(lines: Lines, chance: Random) -> Lines:
    """A running head that no title is like."""
    head = "内部资料 注意保存"
    return [head, *put(lines, among_rows(lines, chance), head)]


def title_again(lines: Lines, chance: Random) -> Lines:
    """The form's title and year at the head of its next page."""
    title = next((i for i, line in enumerate(lines) if "申报表" in line), 0)
    year = next(line for line in lines[title + 1 :] if line.strip())
    again = ["财政项目支出绩效目标申报表", *([year] if "年度）" in year else [])]
    return put(lines, among_rows(lines, chance), *again)


def blank_lines(lines: Lines, chance: Random) -> Lines:
    """Blank lines where nothing ends."""
    return put(lines, among_rows(lines, chance), *[""] * chance.randrange(1, 5))


def no_break_spaces(lines: Lines, chance: Random) -> Lines:
    """Four U+00A0 for every tab, as web pages have them."""
    return [line.replace("\t", "\u00a0" * 4) for line in lines]


def wide_spaces(lines: Lines, chance: Random) -> Lines:
    """U+3000 for every tab."""
    return [line.replace("\t", "\u3000") for line in lines]


def quoted(lines: Lines, chance: Random) -> Lines:
    """A mail that quotes the text."""
    return ["您好，请查收。", "", *(f"> {line}" for line in lines)]


def two_targets(lines: Lines, chance: Random) -> Lines:
    """A second target behind one that has a sign: a row between them was lost."""
    signed = [i for i in range(rows_begin(lines), form_ends(lines)) if "≥" in lines[i]]
    if not signed:
        return between("≥12.00(个)")(lines, chance)
    at = chance.choice(signed)
    return [*lines[:at], f"{lines[at].rstrip()}≥12.00(个)", *lines[at + 1 :]]


_PROSE = (
    "五、名词解释",
    "（一）财政拨款：指市级财政当年拨付的资金。",
    "（二）绩效目标：指项目计划在一定期限内达到的产出和效果100%。",
)
_LONG_PROSE = (
    "根据财政部门关于部门预算绩效管理工作的总体要求，本单位对上述项目组织开展了事前评估，",
    "并将在年度终了后三个月内完成绩效自评工作，评价结果将作为以后年度预算安排的重要依据。",
)

TEXT_DISTURBANCES: Mapping[str, Disturbance] = {
    "a bare number between rows": bare_numbers,
    "a contact line after the rows": after("填报人：张三    联系电话：000-0000000"),
    "a continuation mark": between("续表"),
    "a continuation mark in brackets": between("（续上表）"),
    "a note after the rows": after("注：绩效指标值以批复为准。"),
    "a note between rows": between("注：本表金额单位为元。"),
    "a plain running head": plain_head,
    "a print footer with date": print_footer,
    "a review row": after("财政部门审核意见", "同意申报"),
    "a running head": running_head,
    "a signature block": after("单位负责人（签字）：        财务负责人：        填表日期：2025年1月10日"),
    "a source line": after("来源：市财政局网站", "发布时间：2025-02-10"),
    "a unit line between rows": between("单位：元"),
    "a web page's foot": after("上一篇：部门决算公开", "【打印本页】【关闭窗口】", "扫一扫在手机打开当前页"),
    "blank lines": blank_lines,
    "dashed page numbers": dashed_numbers,
    "long prose after the rows": after(*_LONG_PROSE),
    "no-break spaces for tabs": no_break_spaces,
    "numbered prose after the rows": after("", *_PROSE),
    "page numbers": page_numbers,
    "quoted mail": quoted,
    "the title again": title_again,
    "two targets in a row": two_targets,
    "wide spaces for tabs": wide_spaces,
}


def disturb(text: str, name: str, chance: Random) -> str:
    """A text with the disturbance of that name."""
    return "\n".join(TEXT_DISTURBANCES[name](text.split("\n"), chance))
