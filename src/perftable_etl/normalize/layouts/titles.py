"""What the title of a form says beside being one: the year, and the project that the form is of."""

from __future__ import annotations

import regex

from perftable_etl.normalize.layouts.headings import is_title, read_title
from perftable_etl.normalize.values.text import clean, fold

# A year in brackets before 号 is that of a document's number: 财社〔2018〕126号.
_NO_NUMBER = r"(?<![0-9\[〔])(?!20[0-9]{2}[)\]〕][0-9]{1,5}号)"
_YEAR = regex.compile(_NO_NUMBER + r"(?P<year>20[0-9]{2})年?度?")
_YEAR_OF_NAME = regex.compile(r"(?<![0-9])(?P<year>20[0-9]{2})(?=年)")
_ANY_YEAR = regex.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])|二[〇零○][一二三四五六七八九〇零○]{2}年")
_OF = regex.compile(
    rf"^(?:[0-9]{{1,3}}、)?(?P<whole>(?:(?P<unit>.*?){_NO_NUMBER}20[0-9]{{2}}年?度?)?(?P<name>(?!绩效)[^0-9].*?))(?:支出)?(?:绩效|整体|目标申?报?表|申报表)"
)
_GENERAL = regex.compile(
    r"(?:中央|省|市|县|区|级|本级|财政|预算|对|地方|部门|单位|项目|支出|专项|资金|整体|年度|政策|区域|转移支付|一般|重点|二级|及|和|[()、])*"
)
# The number of a notice before the year, as money is handed down by one: 财社[2018]126号提前下达2019年……
_NOTICE = regex.compile(r"[0-9]号")
# A heading that says by a label or by its number, and by what it ends in, that it names a project.
_LABELLED = regex.compile(r"^(?:项目|专项)[一二三四五六七八九十0-9]{0,3}[:、](?P<name>[^,。;:]{2,60})$")
_NUMBERED = regex.compile(
    r"^[(]?[一二三四五六七八九十0-9]{1,3}[)、.:]+(?P<name>[^,。;:]{2,60}(?:项目|经费|资金|工程|专项|补助|补贴|费用?))$"
)
_ORGANIZATION = regex.compile(r"[局委会室厅院校部所队站馆处社团署台]$|政府$|中心$")


def title_year(text: str) -> int | None:
    """The year that a title names, of a form or of a document's forms."""
    if not is_title(text) and read_title(text) is None:
        return None
    match = _YEAR.search(fold(text))
    return int(match["year"]) if match else None


def year_of_name(name: str) -> int | None:
    """The year that the name of a project has in it, if it has one: 2021年中央农田建设补助资金."""
    years = {int(match["year"]) for match in _YEAR_OF_NAME.finditer(fold(name))}
    return years.pop() if len(years) == 1 else None


def year_of_goal(goal: str) -> int | None:
    """The year that the goal of a year begins with, if it names no other: 2021年完成主体工程."""
    begun = _YEAR_OF_NAME.match(fold(goal))
    return year_of_name(goal) if begun else None


def prints_year(text: str) -> bool:
    """Whether a text has a year of this century in it."""
    return _ANY_YEAR.search(fold(text)) is not None


def project_in_line(text: str) -> str | None:
    """The project that a heading names which is no title: 项目一：城区道路保洁, （二）城区道路保洁经费."""
    folded = fold(clean(text))
    match = _LABELLED.match(folded) or _NUMBERED.match(folded)
    return match["name"] if match and not _GENERAL.fullmatch(match["name"]) else None


def project_in_title(text: str) -> str | None:
    """The project that a title names (雨露计划绩效目标申报表); None where it has words of any form only, or a unit."""
    match = _OF.match(fold(clean(text)))
    name = match["name"] if match else ""
    if match and _NOTICE.search(match["unit"] or ""):
        return str(match["whole"])
    if len(name) < 2 or _GENERAL.fullmatch(name) or _ORGANIZATION.search(name.removesuffix("项目")):
        return None
    return name
