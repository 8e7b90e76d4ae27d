"""What a page, a browser or an office adds to a table: lines that are no part of a form, told by their wording.

It is a closed list, as labels are: page numbers, addresses, marks of continuation; notes, signatures, sources, reviews.
"""

from __future__ import annotations

import regex

from perftable_etl.normalize.layouts.headings import is_heading
from perftable_etl.normalize.values.text import fold

_OF_PAGE = regex.compile(
    r"[-—–－]+\d{1,4}[-—–－]+"  # - 3 -
    r"|第?\d{1,4}页(?:[/,，]?共\d{1,4}页)?|第\d{1,4}页[/,，]?共?\d{1,4}页|共\d{1,4}页[/,，]?第\d{1,4}页"
    r"|page\d{1,4}(?:of\d{1,4}|/\d{1,4})?"
    r"|\(?(?:续(?:上|前)?[表页]?[一二三四五六七八九十\d]*|接上[表页]|转下页|下页续)\)?"
    r"|(?:https?:/|www\.)[!-~]*"
    r"|\d{4}[/.年-]\d{1,2}[/.月-]\d{1,2}日?\d{1,2}:\d{2}(?::\d{2})?.*",
    regex.IGNORECASE,
)
_WHO = (
    r"(?:填[报表写]|制表|审[核批签]|联系|经办|(?:单位|部门|财务|项目)?负责|分管|主管)(?:人员?|领导)"
    r"|联系电话|联系方式"
)
_NOTE = r"(?:附?注|备注|注释|(?:填[报表写])?说明|注意事项)[\d①-⑨]*[:.、].*"
_OFFICE = (
    rf".*(?:{_WHO})(?:[(](?:签[字名章]|盖章|公章)[)])?:.*|(?:{_WHO})(?:[(](?:签[字名章]|盖章|公章)[)])?"
    r"|(?:填[报表写]|制表|上报)(?:日期|时间|单位)[:(].*|.*[(](?:签[字名章]|盖章|公章)[)].*"
    r"|.{0,16}(?:审核|审批|初审|复核|评审|主管部门|财政部门)意见:?.*"
    r"|(?:信息|资料|数据|文章|稿件)?来源:.*|(?:发布|更新|公开)(?:时间|日期|机构|单位):.*|责任编辑:?.*|浏览(?:次数|量):.*"
    r"|(?:上|下)一[篇条][:：]?.*|(?:【[^】]{2,8}】)+|(?:打印|关闭|分享)(?:本页|窗口|到:?).*|扫一扫.*"
    r"|附件[\d一二三四五六七八九十]*:.*"
)
_PROSE = (
    r"\d{4}年\d{1,2}月\d{1,2}日|[一二三四五六七八九十]{1,3}、.*|第[一二三四五六七八九十]{1,3}(?:部分|章|节).*|[(][一二三四五六七八九十]{1,3}[)].*"
    r"|.{12,}[。]"
)
_ADDED = regex.compile(f"{_NOTE}|{_OFFICE}")
_SIGNED_OFF = regex.compile(_OFFICE)
_CLOSING = regex.compile(f"{_NOTE}|{_OFFICE}|{_PROSE}")


def is_of_page(text: str) -> bool:
    """Whether a line is a page number, an address, a print date or a mark of continuation, wherever it stands."""
    return _OF_PAGE.fullmatch(fold(text)) is not None


def is_note(text: str) -> bool:
    """Whether a line is worded like a note or a signature."""
    return _ADDED.fullmatch(fold(text)) is not None


def is_signature(text: str) -> bool:
    """Whether a line is worded like what an office signs or a web page ends with: no row stands below it."""
    return _SIGNED_OFF.fullmatch(fold(text)) is not None


def ends_form(text: str) -> bool:
    """Whether a line is worded like what follows a form: a note, a signature, a source, a heading or a sentence."""
    return _CLOSING.fullmatch(fold(text)) is not None


def is_known_addition(text: str) -> bool:
    """Whether a line is worded like any of them, or like a heading."""
    return is_heading(text) or ends_form(text) or is_of_page(text)
