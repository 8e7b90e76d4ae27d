"""Texts, grids and pages of everything that forms are made of, in no order that makes sense.

What nobody would print still arrives, cut, merged or framed: a reader may find no form in it, but it may not stumble.
The same number gives the same file on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from random import Random

import pymupdf

from tests.drawing.flatten import Broken, Tabbed, broken_forms, printed_text, tabbed_forms
from tests.drawing.forms import LEVEL1_OF
from tests.drawing.mupdf import PAINTERS, PROSE, Pen, RuleStyle, draw_forms
from tests.drawing.table import DrawnCell, DrawnForm, DrawnTable, RowKind
from tests.normalize.grids import LEFT, UP
from tests.normalize.reader import VOCABULARY

LABELS = (*VOCABULARY.labels, "项目名称", "项目名称")
COLUMNS = tuple(VOCABULARY.columns)
SIDES = VOCABULARY.sides
LEVELS = (*LEVEL1_OF, *dict.fromkeys(LEVEL1_OF.values()), "社会效益指", "标")
TITLES = (
    "财政项目支出绩效目标申报表", "某市水务局2025年度项目绩效目标汇总表", "2024年度部门预算", "（2025年度）",
    "单位：万元", "目录", "部门预算收支总表", "附件1", "2025年", "续上表",
)  # fmt: skip
VALUES = (
    "≥90.00(%)", "≤1.10(万元/次)", "=12(次)", "2025-01-01", "2025年12月底前", "1,234.56", "0", "完成", "/", "—", "≥",
    "95", "城区≥95%，农村≥90%", "较上年增长5%", "(含", ")", "河道养护", "水务局", "专项资金", "长期", "\ufffd\ufffd",
    "10^20", "1e9",
)  # fmt: skip
MARKS = ("- 3 -", "第1页共9页", "1", "12", "……", "\u3000", "\xa0", "")
KINDS = (LABELS, LABELS, VALUES, VALUES, COLUMNS, SIDES, LEVELS, TITLES, PROSE, MARKS)
JOINTS = ("\n", "\n", "\n", "\t", "\t", " ", "\n\n", "", "\f", "\u3000", "\r\n", "：")
ROW_KINDS: tuple[RowKind, ...] = ("title", "header", "funds", "goal_labels", "goals", "columns", "indicator")
RULES: tuple[RuleStyle, ...] = tuple(PAINTERS)


def word(chance: Random) -> str:
    """Something that stands on forms, now and then cut off or broken over two lines."""
    text = chance.choice(chance.choice(KINDS))
    if len(text) > 1 and chance.random() < 0.1:
        cut = chance.randrange(1, len(text))
        return chance.choice((text[:cut], text[cut:], f"{text[:cut]}\n{text[cut:]}"))
    return text


def words(chance: Random) -> str:
    """A text of words in any order, between whatever parts them."""
    count = chance.choice((3, 10, 40, 150))
    return "".join(f"{word(chance)}{chance.choice(JOINTS)}" for _ in range(count))


def lines(chance: Random) -> str:
    """The lines of a sensible text in another order, some of them left out or there twice."""
    found = _STYLES[chance.choice(tuple(_STYLES))](chance).split("\n")
    start = chance.randrange(len(found))
    part = found[start : start + chance.choice((2, 10, 50))]
    chance.shuffle(part)
    found[start : start + chance.choice((0, 2, 10, 50))] = part
    return "\n".join(found)


def flattened(chance: Random) -> str:
    """Shuffled forms as text, in one of the three styles."""
    return _STYLES[chance.choice(tuple(_STYLES))](chance)


def pdf(chance: Random) -> bytes:
    """Shuffled forms as a PDF, their rules of any style, here and there a frame or a stroke where none belongs."""
    return framed(draw_forms(_title(chance), shuffled_forms(chance), _pen(chance)), chance)


def shuffled_forms(chance: Random) -> list[DrawnForm]:
    """A few forms that are none, or that nearly are."""
    return [_form(chance) for _ in range(chance.randint(1, 3))]


def rows(chance: Random, count: int, width: int) -> list[list[str]]:
    """A grid as `tests.normalize.grids` takes it, its cells merged at random."""
    texts = _sensible_rows(chance, count, width)
    _merge(texts, chance)
    return texts


def framed(data: bytes, chance: Random) -> bytes:
    """The PDF with frames around anything, and with strokes across."""
    with pymupdf.open("pdf", data) as document:
        for page in document:
            if chance.random() < 0.5:
                page.draw_rect(_area(page.rect, chance), width=0.8)
            if chance.random() < 0.2:
                area = _area(page.rect, chance)
                page.draw_line(area.tl, chance.choice((area.tr, area.bl)), width=0.5)
        changed: bytes = document.tobytes(no_new_id=True)
    return changed


def _area(page: pymupdf.Rect, chance: Random) -> pymupdf.Rect:
    """Some of a page, or nearly all of it."""
    if chance.random() < 0.4:
        return pymupdf.Rect(page.x0 + 20, page.y0 + 20, page.x1 - 20, page.y1 - 20)
    x0, x1 = sorted(chance.uniform(page.x0, page.x1) for _ in range(2))
    y0, y1 = sorted(chance.uniform(page.y0, page.y1) for _ in range(2))
    return pymupdf.Rect(x0, y0, x1 + 1, y1 + 1)


def _title(chance: Random) -> str:
    return chance.choice(("", *TITLES))


def _form(chance: Random) -> DrawnForm:
    count, width = chance.choice((2, 8, 20, 45)), chance.choice((2, 5, 5, 7))
    heading = tuple(chance.choice(TITLES) for _ in range(chance.randint(0, 3)))
    cells = tuple(_cells(rows(chance, count, width)))
    widths = tuple(chance.choice((1.0, 2.0)) for _ in range(width))
    return DrawnForm(heading, DrawnTable(cells, tuple(chance.choices(ROW_KINDS, k=count)), widths))


def _sensible_rows(chance: Random, count: int, width: int) -> list[list[str]]:
    """Rows that make sense one by one: a label and its value, a header, levels with a name and a target; or none."""
    return [chance.choice(_ROWS)(chance, width) for _ in range(count)]


def _any_row(chance: Random, width: int) -> list[str]:
    return [word(chance) for _ in range(width)]


def _label_row(chance: Random, width: int) -> list[str]:
    return [chance.choice(VALUES if column % 2 else LABELS) for column in range(width)]


def _header_row(chance: Random, width: int) -> list[str]:
    header = chance.choices(COLUMNS, k=width)
    return ["一级指标", "二级指标", "三级指标", "年度指标值", *header][:width] if chance.random() < 0.7 else header


def _indicator_row(chance: Random, width: int) -> list[str]:
    start = [chance.choice(LEVELS) if chance.random() < 0.5 else "" for _ in range(max(width - 2, 0))]
    return [*start, chance.choice(VALUES), chance.choice(VALUES)][:width]


_ROWS: tuple[Callable[[Random, int], list[str]], ...] = (
    _any_row, _label_row, _label_row, _header_row, _indicator_row, _indicator_row, _indicator_row,
)  # fmt: skip


def _merge(texts: list[list[str]], chance: Random) -> None:
    """Makes one cell of a few here and there."""
    taken: set[tuple[int, int]] = set()
    for _ in range(chance.choice((0, 1, 3, 8))):
        row, column = chance.randrange(len(texts)), chance.randrange(len(texts[0]))
        rows = range(row, min(len(texts), row + chance.choice((1, 2, 4, 30))))
        columns = range(column, min(len(texts[0]), column + chance.choice((1, 2, 9))))
        area = set(product(rows, columns))
        if not area & taken:
            taken |= area
            for i, j in area - {(row, column)}:
                texts[i][j] = UP if j == column else LEFT


def _cells(texts: list[list[str]]) -> Iterator[DrawnCell]:
    for row, row_texts in enumerate(texts):
        for column, text in enumerate(row_texts):
            if text not in (UP, LEFT):
                end_row, end_column = row + 1, column + 1
                while end_column < len(row_texts) and row_texts[end_column] == LEFT:
                    end_column += 1
                while end_row < len(texts) and texts[end_row][column] == UP:
                    end_row += 1
                yield DrawnCell(text, row, column, end_row - row, end_column - column)


def _pen(chance: Random) -> Pen:
    return Pen(
        rules=chance.choice(RULES),
        font_size=chance.choice((9.0, 7.5)),
        narrow=chance.random() < 0.2,
        cut_rows=chance.random() < 0.5,
        page_break=chance.choice(("closed", "open", "reprinted", "sliced")),
        first_y=chance.choice((60.0, 333.0, 600.0)),
    )


def _tabbed(chance: Random) -> str:
    style = Tabbed(chance.random() < 0.5, chance.choice((0, 5)), chance.choice(("\n", "\f")), chance.random() < 0.5)
    return tabbed_forms(_title(chance), shuffled_forms(chance), style)


def _broken(chance: Random) -> str:
    style = Broken(chance.choice((44.0, 30.0)), loose=chance.random() < 0.5, interleaved=chance.random() < 0.3)
    return broken_forms(_title(chance), shuffled_forms(chance), style)


def _printed(chance: Random) -> str:
    return printed_text(draw_forms(_title(chance), shuffled_forms(chance), _pen(chance)))


_STYLES: Mapping[str, Callable[[Random], str]] = {"tabbed": _tabbed, "broken": _broken, "printed": _printed}
