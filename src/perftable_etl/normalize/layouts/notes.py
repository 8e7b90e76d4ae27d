"""How rows below an indicator table begin that are none of it: remarks, reviews, signatures."""

from __future__ import annotations

from typing import NamedTuple

import regex

from perftable_etl.normalize.values.remembered import remembered
from perftable_etl.normalize.values.text import fold

_NOTE = regex.compile(
    r"(?:其[他它])?(?:需要?|有关|补充)?(?:特别)?(?:说明|解释)的?(?:问题|事项|情况|内容)?:?|备注?:?|注:?"
    r"|其[他它].{0,4}说明.{0,4}|.{0,12}(?:审核|审查|审批|初审|复核|评审|主管部门|财政部门)意见:?"
    r"|(?:填[报表写]|制表|审[核批]|联系|经办|负责|编制)人(?:[(].{1,8}[)])?:?.{0,40}|联系电话:?.{0,20}"
)

# What follows this word and a colon is a note up to its end, whatever labels it names: 注：1.其他资金包括：……
_REMARK = regex.compile(r"\s*(?P<label>[备附]?注|(?:填[报表写]|有关|情况)?说明)\s*[:：]\s*(?P<text>\S.*)", regex.DOTALL)


class Note(NamedTuple):
    """A note below a table: the word that begins it, and what it says."""

    label: str
    text: str


def note_of(text: str) -> Note | None:
    """The note that a text is; None where it is none."""
    found = _REMARK.fullmatch(text)
    return Note(found["label"], found["text"].strip()) if found else None


@remembered(4096)
def begins_note(text: str) -> bool:
    """Whether a text is the label of such a row."""
    return _NOTE.fullmatch(fold(text)) is not None
