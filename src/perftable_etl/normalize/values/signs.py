"""Signs of comparison, and what stands for one in a column of their own: ≥, 大于等于, 定性, 正向."""

from __future__ import annotations

from perftable_etl.normalize.values.text import fold
from perftable_etl.normalize.values.wording import BEFORE

_LEADING = "≥≤=<>＞＜＝≧≦⩾⩽≮≯"
_WORDS = frozenset(
    [
        "定性",
        "定量",
        "正向",
        "反向",
        "逆向",
        "双向",
        "正",
        "反",
        "其他",
        "区间",
        "定性指标",
        "定量指标",
        "正向指标",
        "反向指标",
        "逆向指标",
    ]
)


def is_signed(text: str) -> bool:
    """Whether a text begins with a sign, as only targets do."""
    return text[:1] in _LEADING if text else False


def is_sign(text: str) -> bool:
    """Whether a text is a sign, or one of the words that stand for it in a column of signs."""
    folded = fold(text)
    return folded in BEFORE or folded in _WORDS
