"""The lines printed around a form: titles, years, units of money, page numbers."""

from __future__ import annotations

from typing import NamedTuple

import regex

from perftable_etl.characters.look_alikes import look_alikes
from perftable_etl.normalize.values.remembered import remembered
from perftable_etl.normalize.values.text import clean, fold

LONGEST_HEADING = 100
"""Characters. A longer line is prose."""

_YEAR = regex.compile(r"^(?:(?:预算|项目|申报|绩效|填报|资金)?年[度份]:)?[(]?(?P<year>20\d\d)年?度?[)]?$")
# A form's title names performance and a table (绩效目标申报表, 绩效自评表), or a whole department's goals.
_TITLE = regex.compile(
    r"^(?:.{0,60}绩效(?:目标|自评|评价|自评价|(?:运行|执行|目标)?(?:监控|跟踪|监测))[^,。;:]{0,10}表|[^,。;:]{0,40}(?:项目|专项)(?:支出)?(?:目标|申报|目标申报)表"
    r"|[^,。;:]{0,40}整体(?:支出|预算)?绩效目标)(?:[(].{1,12}[)])?$"
)
_TABLE_TITLE = regex.compile(r"^[^,。;:]{2,40}表(?:[(].{1,12}[)])?$")
_SUMMARY = regex.compile(
    r"^(?P<organization>[^,。;:\x22]*?)[(]?(?P<year>20\d\d)年?度?[)]?[^,。;:]{0,20}(?:绩效目标|绩效自评|部门预算|单位预算)[^,。;]{0,12}$"
)
_UNIT = regex.compile(r"单位:(?:人民币)?(?P<unit>[十百千万亿]*元)")
_ORGANIZATION = regex.compile(
    r"^\p{Han}{4,40}(?:[(]\p{Han}{1,12}[)])?(?<=[局委会室厅院校心府部所队站馆处社学团街镇乡区司署台园)])$"
)
# What a name before the year ends in: 下达2022年……绩效目标表 begins with a verb, and names nobody.
_NAMED = regex.compile(
    r"[局委会室厅院校心府部所队站馆处社学团街镇乡区司署台园市省县旗州库场关组联](?:[(]\p{Han}{1,12}[)])?$"
)
_BEGUN = regex.compile(r"\p{Han}[(]?20\d\d年?度?[)]?")
_TABLE_NUMBER = regex.compile(r"^(?:(?:公开|附)表?|附件|表)[0-9一二三四五六七八九十]{1,3}(?:-[0-9]{1,2})?表?:?$")
# What says above a table, by itself or behind its title, that it goes on: 续表, （续）, 接上页, ……表（续二）.
_CONTINUED = regex.compile(r"(?:^|[(]|表)[续接](?:上?[表页])?[0-9一二三四五六七八九十]{0,2}[)]?$")
_PAGE_NUMBER = regex.compile(r"^[-—–·]*第?(?P<number>\d{1,4})页?(?:[/共,]*\d{1,4}页?)?[-—–·]*$")


class Title(NamedTuple):
    """What a document's title says: whose forms these are, and for which year."""

    text: str
    organization: str | None
    fiscal_year: int | None


@remembered(16384)
def is_title(text: str) -> bool:
    """Whether a line is the title of a form or of a document's forms (财政项目支出绩效目标申报表)."""
    return bool(_TITLE.match(fold(text)))


def is_table_title(text: str) -> bool:
    """Whether a line is the title of a table, of whatever kind: a short one that ends in 表."""
    return is_title(text) or bool(_TABLE_TITLE.match(fold(text)))


def read_year(text: str) -> int | None:
    """The year of a line that holds nothing else, but for its label: (2024年度), 预算年度：2024."""
    match = _YEAR.match(fold(text))
    return int(match["year"]) if match else None


def read_money_unit(text: str) -> str | None:
    """The money unit of a line such as 单位：万元."""
    match = _UNIT.search(fold(text))
    return match["unit"] if match else None


@remembered(16384)
def read_title(text: str) -> Title | None:
    """Whose forms these are and for which year, from a title such as ……办公室2024年度项目绩效目标汇总表."""
    match = _SUMMARY.match(fold(text))
    if match is None:
        return None
    organization = match["organization"] if _NAMED.search(match["organization"]) else None
    return Title(clean(text), organization, int(match["year"]))


def ends_title(text: str) -> bool:
    """Whether a title may end as this text does: in 表, or in a bracket after it."""
    return fold(text).endswith(("表", ")"))


def begins_title(text: str) -> bool:
    """Whether a line may be the first of a title over several: an organization's name, or one with a year after it."""
    folded = fold(text)
    return _ORGANIZATION.search(folded) is not None or (_BEGUN.search(folded) is not None and not is_title(text))


def is_coded_organization(text: str) -> bool:
    """Whether a text is an organization's name behind its code in the budget: 207101…人民法院."""
    bare = fold(text).lstrip("0123456789")
    return len(text) <= LONGEST_HEADING and len(fold(text)) - len(bare) >= _CODE and bool(_ORGANIZATION.search(bare))


_CODE = 3
"""Digits of such a code at the least."""


def names_performance(text: str) -> bool:
    """Whether a title is that of performance targets (绩效目标)."""
    return "绩效" in text


def may_be_title(text: str) -> bool:
    """Whether a text may be a title at all: most are not worth a closer look."""
    return "绩效" in text or "预算" in text


@remembered(16384)
def is_heading(text: str) -> bool:
    """Whether a line says whose, when or in which unit: a title, a year, a money unit."""
    return len(text) <= LONGEST_HEADING and (
        is_title(text)
        or read_year(text) is not None
        or read_money_unit(text) is not None
        or read_title(text) is not None
    )


def is_continued(text: str) -> bool:
    """Whether a line says that a table goes on below it, by itself or behind the table's title."""
    return len(text) <= LONGEST_HEADING and _CONTINUED.search(fold(text)) is not None


@remembered(16384)
def is_table_number(text: str) -> bool:
    """Whether a text only numbers a table: 公开14表, 附件3, 表1-2."""
    may_be = 2 <= len(text) <= _LONGEST_TABLE_NUMBER and not _TABLE_WORDS.isdisjoint(text)
    return may_be and _TABLE_NUMBER.match(fold(text)) is not None


_LONGEST_TABLE_NUMBER = 8
_TABLE_WORDS = frozenset(look_alikes("公附表"))
"""What the number of a table begins with."""


def read_page_number(text: str) -> int | None:
    """The number of a line that may be a page number: 3, - 3 -, 第3页共12页."""
    match = _PAGE_NUMBER.match(fold(text))
    return int(match["number"]) if match else None


def is_marked_page_number(text: str) -> bool:
    """Whether a line is a page number that more than its digits tell: - 3 -, 第3页."""
    folded = fold(text)
    is_marked = folded.endswith("页") or (folded[:1] in _DASHES and folded[-1:] in _DASHES)
    return is_marked and _PAGE_NUMBER.match(folded) is not None


_DASHES = frozenset("-—–·")
