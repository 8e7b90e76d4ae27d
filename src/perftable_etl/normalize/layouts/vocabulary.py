"""The closed vocabulary of forms: what may be a label in any layout, and the lines printed around a form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from perftable_etl.document import Document, Line
from perftable_etl.normalize.layouts.labels import merge
from perftable_etl.normalize.layouts.layout import FieldLabels, SideLabels, load_layouts
from perftable_etl.normalize.values.text import clean, fold
from perftable_etl.records import FieldName

GOALS: tuple[FieldName, ...] = ("overall_goal", "annual_goal")
"""The fields whose values stand below their labels, in the order they are printed."""

_LONGEST_HEADING = 100

_ORGANIZATION = regex.compile(
    r"^\p{Han}{4,40}(?:[(]\p{Han}{1,12}[)])?(?<=[局委会室厅院校心府部所队站馆处社学团街镇乡区司署台园)])$"
)
_BEGUN = regex.compile(r"\p{Han}[(]?20\d\d年?度?[)]?")
_YEAR = regex.compile(r"^[(]?(?P<year>20\d\d)年?度?[)]?$")
_TITLE = regex.compile(r"^.{0,60}绩效目标(?:申报|汇总|批复)?表(?:[(].{1,12}[)])?$")
_TABLE_TITLE = regex.compile(r"^[^,。;:]{2,40}表(?:[(].{1,12}[)])?$")
_SUMMARY = regex.compile(
    r"^(?P<organization>[^,。;:\x22]*?)[(]?(?P<year>20\d\d)年?度?[)]?[^,。;:]{0,20}(?:绩效目标|绩效自评|部门预算|单位预算)[^,。;]{0,12}$"
)
_UNIT = regex.compile(r"单位:(?:人民币)?(?P<unit>[十百千万亿]*元)")
_PAGE_NUMBER = regex.compile(r"^[-—–·]*第?(?P<number>\d{1,4})页?(?:[/共,]*\d{1,4}页?)?[-—–·]*$")


class Title(NamedTuple):
    """What a document's title says: whose forms these are, and for which year."""

    text: str
    organization: str | None
    fiscal_year: int | None


@lru_cache(maxsize=1)
def labels_above() -> FieldLabels:
    """The labels above an indicator table, in any layout: header fields, goals, money."""
    return merge(labels for layout in load_layouts() for labels in (layout.labels, *layout.funds))


@lru_cache(maxsize=1)
def columns() -> FieldLabels:
    """The column headers of indicator tables in any layout."""
    return merge(layout.columns for layout in load_layouts())


@lru_cache(maxsize=1)
def sides() -> SideLabels:
    """What any layout prints beside blocks of rows (项目资金, 绩效指标)."""
    return merge(layout.sides for layout in load_layouts())


@lru_cache(maxsize=1)
def _all_labels() -> FieldLabels:
    return labels_above() | columns()


def role(text: str) -> FieldName | None:
    """The field some layout gives to this label or column header, or None where no layout knows it."""
    return _all_labels().find(text)


@lru_cache(maxsize=4096)
def begins_label(text: str) -> FieldName | None:
    """The field of the label that a text begins, as the first line of one wrapped in a narrow column does."""
    begun = fold(text)
    return next((field for label, field in _all_labels().meanings.items() if label.startswith(begun)), None)


def column_role(text: str) -> FieldName | None:
    """The column of an indicator table that some layout says this text heads."""
    return columns().find(text)


def is_side(text: str) -> bool:
    """Whether some layout prints this beside a block of rows (项目资金, 绩效指标)."""
    return sides().find(text) is not None


def is_title(text: str) -> bool:
    """Whether a line is the title of a form or of a document's forms (财政项目支出绩效目标申报表)."""
    return bool(_TITLE.match(fold(text)))


def is_table_title(text: str) -> bool:
    """Whether a line is the title of a table, of whatever kind: a short one that ends in 表."""
    return is_title(text) or bool(_TABLE_TITLE.match(fold(text)))


def read_year(text: str) -> int | None:
    """The year of a line that holds nothing else: (2024年度)."""
    match = _YEAR.match(fold(text))
    return int(match["year"]) if match else None


def read_money_unit(text: str) -> str | None:
    """The money unit of a line such as 单位：万元."""
    match = _UNIT.search(fold(text))
    return match["unit"] if match else None


def read_title(text: str) -> Title | None:
    """Whose forms these are and for which year, from a title such as ……办公室2024年度项目绩效目标汇总表."""
    match = _SUMMARY.match(fold(text))
    return Title(clean(text), match["organization"] or None, int(match["year"])) if match else None


class Heading(NamedTuple):
    """A heading as it reads, and the printed lines it was wrapped over."""

    text: str
    lines: tuple[Line, ...]


def is_heading(text: str) -> bool:
    """Whether a line says whose, when or in which unit: a title, a year, a money unit."""
    return len(text) <= _LONGEST_HEADING and (
        is_title(text)
        or read_year(text) is not None
        or read_money_unit(text) is not None
        or read_title(text) is not None
    )


def find_headings(lines: Sequence[Line]) -> Iterator[Heading]:
    """The headings among lines in reading order, those made whole that are wrapped over two or three lines."""
    index = 0
    while index < len(lines):
        count = next((count for count in (3, 2) if _is_wrapped(lines[index : index + count], count)), 1)
        text = "".join(line.text for line in lines[index : index + count])
        if count > 1 or is_heading(text):
            yield Heading(text, tuple(lines[index : index + count]))
        index += count


def _is_wrapped(lines: Sequence[Line], count: int) -> bool:
    """Whether these lines are one title: it ends in 表 only with the last, or its first is an organization's name."""
    if len(lines) < count or not all(map(_is_next, lines, lines[1:])):
        return False
    joined = "".join(line.text for line in lines)
    if len(joined) > _LONGEST_HEADING or read_title(joined) is None or not fold(joined).endswith(("表", ")")):
        return False
    whole = [line for line in lines if is_title(line.text) or read_year(line.text) is not None]
    first = fold(lines[0].text)
    is_begun = bool(_ORGANIZATION.search(first)) or (_BEGUN.search(first) is not None and not is_title(lines[0].text))
    return not whole or (whole == [lines[-1]] and count == 2 and is_begun)


def _is_next(line: Line, following: Line) -> bool:
    """Whether one line stands right below another."""
    box, below = line.place.box, following.place.box
    return line.place.page == following.place.page and below.y0 - box.y1 <= 1.5 * (box.y1 - box.y0)


def find_title(document: Document) -> Title | None:
    """A document's title: of the headings that read as one, the first about performance targets, else the first."""
    headings = find_headings(list(document.lines()))
    titles = [title for heading in headings if (title := read_title(heading.text))]
    return next((title for title in titles if "绩效" in title.text), titles[0] if titles else None)


def read_page_number(text: str) -> int | None:
    """The number of a line that may be a page number: 3, - 3 -, 第3页共12页."""
    match = _PAGE_NUMBER.match(fold(text))
    return int(match["number"]) if match else None
