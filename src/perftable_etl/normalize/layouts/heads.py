"""How the columns of indicator tables are headed, in whatever layout: patterns, where the vocabulary has spellings."""

from __future__ import annotations

import regex

_HEAD = regex.compile(
    r"[一二三]级指标(?:内容|名称)?|指标(?:名称|内容|说明|性质|方向)|评价指标|[计度]量单位"
    r"|(?:年度|全年|预期|计划|项目|当年)*(?:\([/]?\p{Han}+\))?(?:指标|目标)值(?:及单位)?"
)


def may_name_column(text: str) -> bool:
    """Whether a text may hold the head of such a column, or the name of a level: most lines do not."""
    return "标" in text or "级" in text


def names_column(folded: str) -> bool:
    """Whether a folded text is the head of a column that only indicator tables have."""
    return _HEAD.fullmatch(folded) is not None
