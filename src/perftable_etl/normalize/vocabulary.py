"""The closed vocabulary of forms: what may be a label in any layout, and the lines printed around a form."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from perftable_etl.document import Document
from perftable_etl.normalize.layout import Labels, label_key, load_layouts, lookup
from perftable_etl.normalize.text import clean, fold
from perftable_etl.records import FieldName

_LONGEST_LABEL = 40
"""Characters, brackets included. A longer text is no label, which spares looking it up."""

_YEAR = regex.compile(r"^[(]?(?P<year>20\d\d)年?度?[)]?$")
_TITLE = regex.compile(r"^.{0,60}绩效目标(?:申报|汇总|批复)?表(?:[(].{1,12}[)])?$")
_SUMMARY = regex.compile(
    r"^(?P<organization>[^,。;:]*?)[(]?(?P<year>20\d\d)年?度?[)]?[^,。;:]{0,20}(?:绩效目标|绩效自评|部门预算|单位预算)[^,。;]{0,12}$"
)
_UNIT = regex.compile(r"单位:(?P<unit>[十百千万亿]*元)")
_PAGE_NUMBER = regex.compile(r"^[-—–·]*(?:第?\d{1,4}页?)(?:[/共]*\d{1,4}页?)?[-—–·]*$")


class Title(NamedTuple):
    """What a document's title says: whose forms these are, and for which year."""

    text: str
    organization: str | None
    fiscal_year: int


@lru_cache(maxsize=1)
def _labels() -> Labels:
    """Every label of every layout; where two layouts differ the first one's field stands for both."""
    merged: dict[str, FieldName] = {}
    for layout in load_layouts():
        for labels in (layout.labels, layout.columns, *layout.funds):
            merged = {**labels, **merged}
    return merged


@lru_cache(maxsize=1)
def _columns() -> Labels:
    return {label: field for layout in load_layouts() for label, field in layout.columns.items()}


def role(text: str) -> FieldName | None:
    """The field some layout gives to this label or column header, or None where no layout knows it."""
    return lookup(_labels(), text) if 0 < len(text) <= _LONGEST_LABEL else None


def column_role(text: str) -> FieldName | None:
    """The column of an indicator table that some layout says this text heads."""
    return lookup(_columns(), text) if 0 < len(text) <= _LONGEST_LABEL else None


def is_side(text: str) -> bool:
    """Whether some layout prints this beside a block of rows (项目资金, 绩效指标)."""
    return any(label_key(text) in layout.sides for layout in load_layouts())


def is_title(text: str) -> bool:
    """Whether a line is the title of a form or of a document's forms (财政项目支出绩效目标申报表)."""
    return bool(_TITLE.match(fold(text)))


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


def find_title(document: Document) -> Title | None:
    """A document's title: of the lines that read as one, the first about performance targets, else the first."""
    titles = [title for line in document.lines() if len(line.text) <= 80 and (title := read_title(line.text))]
    return next((title for title in titles if "绩效" in title.text), titles[0] if titles else None)


def is_page_number(text: str) -> bool:
    return bool(_PAGE_NUMBER.match(fold(text)))
