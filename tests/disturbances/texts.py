"""Text files: what stands between and after the rows, what parts the cells, line ends, encodings, other formats."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from html import escape
from random import Random

from tests.disturbances.bases import flat, flat_long, flat_two_goals, over_pages
from tests.disturbances.invention import Draft
from tests.disturbances.leaves import Box
from tests.disturbances.protocol import Concern, Disturbed, disturbance
from tests.drawing.flatten import Broken, Tabbed, broken, printed_lines, tabbed
from tests.drawing.forms import Printed, expected
from tests.drawing.layouts import FORM_TITLE
from tests.drawing.wrap import em


def undisturbed_tabs(draft: Draft) -> Disturbed:
    """A form as tabbed text."""
    return _text(_rows(draft), draft, 0)


def undisturbed_lines(draft: Draft) -> Disturbed:
    """A form as broken lines."""
    return _text(_broken_rows(draft), draft, 0)


@dataclass(frozen=True, slots=True)
class Rows:
    """A flattened form, line by line, and the numbers of its indicators' lines."""

    lines: tuple[str, ...]
    indicators: tuple[int, ...]

    def after(self, index: int, *lines: str) -> Rows:
        """The form with lines put in after line `index`."""
        at = index + 1
        moved = tuple(number + len(lines) if number >= at else number for number in self.indicators)
        return Rows((*self.lines[:at], *lines, *self.lines[at:]), moved)

    def with_line(self, index: int, *lines: str) -> Rows:
        return replace(self.after(index, *lines[1:]), lines=(*self.lines[:index], *lines, *self.lines[index + 1 :]))

    def mapped(self, change: Callable[[str], str]) -> Rows:
        return replace(self, lines=tuple(map(change, self.lines)))

    def middle(self, chance: Random) -> int:
        """The number of an indicator's line that is neither the first nor the last."""
        return chance.choice(self.indicators[1:-1])


def _rows(draft: Draft, style: Tabbed | None = None) -> Rows:
    lines = [line for line in tabbed(draft.disclosure, style, draft.layout).split("\n") if line.strip()]
    lines = [line.rstrip("\t") for line in lines]
    return _found(draft, lines)


def _found(draft: Draft, lines: list[str]) -> Rows:
    names = [row.level3 for row in draft.disclosure.projects[0].indicators]
    return Rows(tuple(lines), tuple(n for n, line in enumerate(lines) if any(name in line for name in names)))


def _broken_rows(draft: Draft) -> Rows:
    lines = broken(draft.disclosure, Broken(total=60.0), draft.layout).rstrip("\n").split("\n")
    return _found(draft, lines)


def _text(
    rows: Rows, draft: Draft, *about: int, encoding: str = "utf-8", end: str = "\n", whole: bool = False
) -> Disturbed:
    """A text file; a warning must name one of the lines with the numbers `about`, or, if `whole`, only its page."""
    concern = _lines(rows, about)
    if whole:
        concern = replace(concern, pages=concern.pages | {1}, is_page_wide=True, is_document_wide=True)
    data = (end.join(rows.lines) + end).encode(encoding)
    return Disturbed(data, expected(draft.disclosure), concern, ".txt")


def _lines(rows: Rows, numbers: Iterable[int]) -> Concern:
    """Lines by their page and number on it, and by what they say."""
    spots = []
    numbers = [number for number in numbers if number in range(len(rows.lines))]
    for number in numbers:
        before = "\n".join(rows.lines[: number + 1])
        page = 1 + before.count("\f")
        row = len(before[before.rfind("\f") + 1 :].split("\n")) - 1
        spots.append((page, Box(-1.0, row, 10_000.0, row + 1.0)))
    said = [field for number in numbers for field in rows.lines[number].split("\t") if len(field) > 1]
    return Concern(tuple(spots), tuple(said), frozenset(page for page, _ in spots))


def _inserted(name: str, between: Callable[[Draft, Random], tuple[str, ...]]) -> None:
    """Registers a disturbance that puts lines in among the indicators of tabbed text."""

    @disturbance(name, flat)
    def insert(draft: Draft, chance: Random) -> Disturbed:
        rows = _rows(draft)
        at = rows.middle(chance)
        lines = between(draft, chance)
        disturbed = rows.after(at, *lines)
        put_in = range(at + 1, at + 1 + len(lines))
        return _text(disturbed, draft, *put_in, *(n for n in disturbed.indicators if n >= at))


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
    rows = _broken_rows(draft)
    at = rows.middle(chance)
    disturbed = rows.after(at, "", _number(chance), "")
    return _text(disturbed, draft, *range(at, at + 6), *(n for n in disturbed.indicators if n >= at))


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
        rows = _rows(draft)
        last = rows.indicators[-1]
        disturbed = rows.after(len(rows.lines) - 1, *((("",) if chance.random() < 0.5 else ()) + lines))
        return _text(disturbed, draft, *range(last, len(disturbed.lines)))


for _name, _tail_lines in TAILS.items():
    _tail(_name, _tail_lines)


@disturbance("note after the last broken line", flat_long)
def _note_after_broken(draft: Draft, chance: Random) -> Disturbed:
    rows = _broken_rows(draft)
    last = len(rows.lines) - 1
    disturbed = rows.after(last, "", *chance.choice(list(TAILS.values())))
    return _text(disturbed, draft, *range(rows.indicators[-1], len(disturbed.lines)))


@disturbance("goals one under the other", flat_two_goals)
def _goals_under(draft: Draft, chance: Random) -> Disturbed:
    """Each goal beside its label, as where a table was copied row by row."""
    rows = _rows(draft)
    at = next(n for n, line in enumerate(rows.lines) if draft.layout.overall_label in line)
    project = draft.disclosure.projects[0]
    lines = (
        f"项目绩效目标\t{draft.layout.overall_label}\t{project.overall_goal.text}",
        f"{draft.layout.annual_label}\t{project.annual_goal.text}",
    )
    disturbed = rows.with_line(at, lines[0]).with_line(at + 1, lines[1])
    return _text(disturbed, draft, at, at + 1)


@disturbance("goals between their labels", flat_two_goals)
def _goals_between(draft: Draft, chance: Random) -> Disturbed:
    rows = _rows(draft)
    at = next(n for n, line in enumerate(rows.lines) if draft.layout.overall_label in line)
    project = draft.disclosure.projects[0]
    lines = (draft.layout.overall_label, project.overall_goal.text, draft.layout.annual_label, project.annual_goal.text)
    disturbed = rows.with_line(at, "项目绩效目标", *lines[:2]).with_line(at + 3, *lines[2:])
    return _text(disturbed, draft, *range(at, at + 5))


def _parted(name: str, blank: str) -> None:
    @disturbance(name, flat)
    def part(draft: Draft, chance: Random) -> Disturbed:
        rows = _rows(draft).mapped(lambda line: line.replace("\t", blank))
        return _text(rows, draft, *range(len(rows.lines)), whole=True)


_parted("no-break spaces for tabs", "\u00a0" * 4)
_parted("ideographic spaces for tabs", "\u3000\u3000")
_parted("blanks for tabs", "    ")
_parted("one blank for tabs", " ")
_parted("bars for tabs", "|")
_parted("commas for tabs", ",")
_parted("semicolons for tabs", "；")


def _ended(name: str, end: str) -> None:
    @disturbance(name, flat)
    def part(draft: Draft, chance: Random) -> Disturbed:
        rows = _rows(draft)
        return _text(rows, draft, *range(len(rows.lines)), end=end, whole=True)


_ended("line separators for line ends", "\u2028")
_ended("paragraph separators for line ends", "\u2029")
_ended("next-line characters for line ends", "\u0085")
_ended("carriage returns for line ends", "\r")
_ended("two carriage returns and a line feed", "\r\r\n")
_ended("vertical tabs for line ends", "\x0b")


def _encoded(name: str, encode: Callable[[str, Random], bytes]) -> None:
    @disturbance(name, flat)
    def encoded(draft: Draft, chance: Random) -> Disturbed:
        rows = _rows(draft)
        disturbed = _text(rows, draft, *range(len(rows.lines)), whole=True)
        return replace(disturbed, data=encode("\n".join(rows.lines) + "\n", chance))


_encoded("UTF-16 with a mark", lambda text, chance: b"\xff\xfe" + text.encode("utf-16-le"))
_encoded("UTF-16 of big end first", lambda text, chance: b"\xfe\xff" + text.encode("utf-16-be"))
_encoded("UTF-16 without a mark", lambda text, chance: text.encode("utf-16-le"))
_encoded("GB18030", lambda text, chance: text.encode("gb18030"))
_encoded("Big5 of another region", lambda text, chance: text.encode("big5", "replace"))
_encoded("NULs at the end", lambda text, chance: text.encode() + b"\0" * chance.choice((1, 3, 200)))
_encoded("Ctrl-Z at the end", lambda text, chance: text.encode() + b"\x1a")
_encoded("GBK read as Latin-1", lambda text, chance: text.encode("gb18030").decode("latin-1").encode())
_encoded("UTF-8 read as Latin-1", lambda text, chance: text.encode().decode("latin-1").encode())
_encoded("UTF-8 read as GBK", lambda text, chance: text.encode().decode("gb18030", "replace").encode())
_encoded("second mark within the text", lambda text, chance: ("\ufeff" + text.replace("\n", "\n\ufeff", 3)).encode())


@disturbance("one bad byte", flat)
def _bad_byte(draft: Draft, chance: Random) -> Disturbed:
    rows = _rows(draft)
    at = rows.middle(chance)
    disturbed = _text(rows, draft, at, whole=True)
    data = bytearray(disturbed.data)
    line = rows.lines[at].encode()
    data[data.index(line) + len(line) // 2] = chance.choice((0xFF, 0x80, 0xC3))
    return replace(disturbed, data=bytes(data))


@disturbance("quoted mail", flat)
def _quoted(draft: Draft, chance: Random) -> Disturbed:
    mark = chance.choice(("> ", ">> ", "| "))
    rows = _rows(draft).mapped(lambda line: mark + line)
    return _text(rows, draft, *range(len(rows.lines)), whole=True)


@disturbance("CSV named .txt", flat)
def _csv(draft: Draft, chance: Random) -> Disturbed:
    rows = _rows(draft)
    target = io.StringIO()
    dialect = chance.choice(("excel", "unix"))
    csv.writer(target, dialect, lineterminator="\n").writerows(line.split("\t") for line in rows.lines)
    disturbed = _text(rows, draft, *range(len(rows.lines)), whole=True)
    return replace(disturbed, data=target.getvalue().encode())


@disturbance("Markdown table", flat)
def _markdown(draft: Draft, chance: Random) -> Disturbed:
    rows = _rows(draft)
    lines = [f"| {line.replace(chr(9), ' | ')} |" if "\t" in line else line for line in rows.lines]
    first = next(n for n, line in enumerate(lines) if line.startswith("|"))
    disturbed = replace(rows, lines=tuple(lines)).after(first, "|---|---|---|---|---|---|")
    return _text(disturbed, draft, *range(len(disturbed.lines)), whole=True)


@disturbance("HTML named .txt", flat)
def _html(draft: Draft, chance: Random) -> Disturbed:
    rows = _rows(draft)
    cells = ("".join(f"<td>{escape(field)}</td>" for field in line.split("\t")) for line in rows.lines)
    joint = chance.choice(("", "\n"))
    text = f"<html><body><table>{joint.join(f'<tr>{row}</tr>' for row in cells)}</table></body></html>"
    disturbed = _text(rows, draft, *range(len(rows.lines)), whole=True)
    return replace(disturbed, data=text.encode())


@disturbance("entities in the text", flat)
def _entities(draft: Draft, chance: Random) -> Disturbed:
    pairs = {"≥": "&ge;", "≤": "&le;", "“": "&ldquo;", "\t": "\t&nbsp;"}
    chosen = dict(list(pairs.items())[: chance.choice((2, 3, 4))])
    rows = _rows(draft).mapped(lambda line: _replaced(line, chosen))
    touched = [n for n, line in enumerate(rows.lines) if "&" in line]
    return _text(rows, draft, *touched)


def _replaced(line: str, pairs: dict[str, str]) -> str:
    for plain, entity in pairs.items():
        line = line.replace(plain, entity)
    return line


@disturbance("table of box characters", flat)
def _boxes(draft: Draft, chance: Random) -> Disturbed:
    rows = _rows(draft)
    lines = []
    for line in rows.lines:
        fields = line.split("\t")
        if len(fields) == 1:
            lines.append(line)
            continue
        widths = [max(4, round(em(field) * 2)) for field in fields]
        lines.append("├" + "┼".join("─" * width for width in widths) + "┤")
        lines.append("│" + "│".join(fields) + "│")
    boxed = Rows(tuple(lines), tuple(n for n, line in enumerate(lines) if line.startswith("│")))
    return _text(boxed, draft, *range(len(lines)), whole=True)


@disturbance("two targets in one line", flat)
def _two_targets(draft: Draft, chance: Random) -> Disturbed:
    rows = _rows(draft)
    at = rows.middle(chance)
    more = chance.choice(("≥15(个)", "≤30(天)", "\t≥85(%)"))
    return replace(_text(rows.with_line(at, rows.lines[at] + more), draft, at), must_be_told=True)


@disturbance("target lost in a line", flat)
def _lost_target(draft: Draft, chance: Random) -> Disturbed:
    rows = _rows(draft)
    at = rows.middle(chance)
    return replace(_text(rows.with_line(at, rows.lines[at].rpartition("\t")[0]), draft, at), must_be_told=True)


@disturbance("one cell a line", flat)
def _one_cell_a_line(draft: Draft, chance: Random) -> Disturbed:
    rows = _rows(draft)
    lines = [field for line in rows.lines for field in line.split("\t") if field]
    split = _found(draft, lines)
    return _text(split, draft, *range(len(lines)))


@disturbance("a row broken into two lines", flat)
def _broken_row(draft: Draft, chance: Random) -> Disturbed:
    """A line break within a name, as a spreadsheet's cells have them."""
    rows = _rows(draft)
    at = rows.middle(chance)
    before, _, target = rows.lines[at].rpartition("\t")
    return _text(rows.with_line(at, before[:-3], f"{before[-3:]}\t{target}"), draft, at, at + 1)


@disturbance("label wrapped around its value", flat_long)
def _wrapped_label(draft: Draft, chance: Random) -> Disturbed:
    """A value that is broken in two, its second half after the next label."""
    nature = chance.choice(("其他一次性项目", "经常性专项业务费"))
    draft = draft.with_project(lambda one: replace(one, nature=Printed.plain(nature)))
    rows = _broken_rows(draft)
    lines = list(rows.lines)
    at = next((n for n, line in enumerate(lines) if nature in line), None)
    if at is None:
        return _text(rows, draft, 0)
    lines[at : at + 1] = lines[at].replace(nature, f"{nature[:5]}\n\n{nature[5:]}\n").split("\n")
    wrapped = _found(draft, lines)
    return _text(wrapped, draft, *range(at - 2, at + 5))


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
    rows = _broken_rows(draft)
    at = next(n for n, line in enumerate(rows.lines) if "11月底前完成" in line)
    return _text(rows, draft, *range(max(0, at - 3), at + 2))


@disturbance("second half of a text", flat)
def _second_half(draft: Draft, chance: Random) -> Disturbed:
    rows = _rows(draft)
    half = Rows(rows.lines[rows.middle(chance) :], ())
    return replace(_text(half, draft, *range(len(half.lines)), whole=True), must_be_told=True)


@disturbance("text over two pages with a seal page between", flat)
def _seal_page_in_text(draft: Draft, chance: Random) -> Disturbed:
    rows = _rows(draft)
    at = rows.middle(chance)
    disturbed = rows.after(at, f"\f{chance.choice(('此页无正文', '（此页盖章）'))}\n\f")
    return _text(disturbed, draft, at + 1, *(n for n in disturbed.indicators if n > at))


@disturbance("line numbers before the lines", flat)
def _line_numbers(draft: Draft, chance: Random) -> Disturbed:
    rows = _rows(draft)
    pattern = chance.choice(("{}\t{}", "{}: {}"))
    numbered = replace(rows, lines=tuple(pattern.format(n, line) for n, line in enumerate(rows.lines, 1)))
    return _text(numbered, draft, *range(len(rows.lines)), whole=True)


@disturbance("characters of no width in a text", flat)
def _no_width_in_text(draft: Draft, chance: Random) -> Disturbed:
    mark = chance.choice("\ufeff\u200b\u2060")
    rows = _rows(draft).mapped(lambda line: line.replace("\t", f"\t{mark}"))
    return _text(rows, draft, *rows.indicators)


@disturbance("escaped line breaks in goals", flat)
def _escaped(draft: Draft, chance: Random) -> Disturbed:
    mark = chance.choice((r"\n", "<br>", "<p>"))
    rows = _rows(draft).mapped(lambda line: line.replace("。", f"。{mark}") if len(line) > 40 else line)
    touched = [n for n, line in enumerate(rows.lines) if mark in line]
    return _text(rows, draft, *touched)
