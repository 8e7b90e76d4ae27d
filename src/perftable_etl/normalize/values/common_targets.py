"""The words that most targets without a number are, with what may stand before or after them."""

from __future__ import annotations

import regex

_COMMON = regex.compile(
    r"^(?:按[时期质量]{1,4}|及时|持续|进一步|明显|显著|有效|逐步|不断|稳步|较为?|基本|全面|均)?"
    r"(?:完成|达标|合格|达到|提升|提高|改善|增强|增加|减少|下降|降低|稳定|健全|完善|优|良|中|优良|良好|优秀|符合|满足|保障|可控"
    r"|长期|持续|不超预算|净化|优化|落实|到位|及时|正常|满意|有效|显著|明显|是|有|无|零)"
    r"(?:要求|标准|预期|目标|规定)?$"
)


def is_common_target(text: str) -> bool:
    """Whether a text is one of these words."""
    return _COMMON.match(text) is not None
