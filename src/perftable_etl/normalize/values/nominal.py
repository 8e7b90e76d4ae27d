"""Numbers that count nothing: grades, versions, ordinals, ratios, opening hours, numbers of laws. Pure."""

from __future__ import annotations

import regex

from perftable_etl.normalize.values.wording import SIGNS

_NAMES = regex.compile(
    r"(?:国家|部|省|市|区)?级?[一二三四五六七八九0-9ⅠⅡⅢⅣⅤA-EI甲乙丙丁]{1,4}(?:级|类|等|星级?|甲|流|档|级[甲乙丙]等|A级?)(?:景区|资质|单位|医院|标准|水平|水质)?"
    r"(?:\(?含?\)?(?:及|或|\(含\))?(?:以上|以下))?(?:标准|水平|水质)?"
    r"|一(?![年月周天日季])\p{Han}{1,3}一\p{Han}{1,3}|(?:[2-6]G|[248]K)[^0-9≥≤=<>]*|(?:19|20)[0-9]{2}(?:版|款|届|级)\p{Han}*|每.{1,3}[0-9]{1,2}[日号].*"
    r"|.{0,12}[0-9]{1,3}(?:小时)?[×xX*✕][0-9]{1,3}(?:小时|天|h|H)?(?:[×xX*][0-9]{1,3}天?)?\p{Han}{0,12}"
    r"|.{0,8}(?:24小时[×xX*/][37].*|(?:24|二十四)小时(?:不间断|值班|值守|在线|待命|全天候|服务|监控|监测|运转|运行|开放|全时).{0,12})"
)
# Numbers that count nothing: versions (V2.0, T+1), ordinals (第3期, 前10名), ratios, opening hours, school years.
_NUMBERED = regex.compile(
    r"(?!Q)[A-Za-z]{1,3}\+?[0-9]{1,3}(?:\.[0-9]{1,2})?|(?:第|前)[0-9]{1,3}\p{Han}{1,2}|[0-9]{1,3}号"
    r"|[0-9]{1,3}(?:\.[0-9]{1,2})?[:∶/][0-9]{1,3}(?:\.[0-9]{1,2})?|1\p{Han}1\p{Han}"
    r"|[0-9]{1,2}:[0-9]{2}[-—~～至][0-9]{1,2}:[0-9]{2}|[0-9]{1,3}天?[×xX*✕][0-9]{1,2}(?:小时)?"
    r"|(?:19|20)[0-9]{2}(?:-(?:19|20)[0-9]{2})?年?(?:第[一二三]|[春秋上下])?学[年期]"
)
_REFERENCE = regex.compile(
    r"(?:GB|ISO|IEC|DB|JGJ|CJJ|HJ|YY|WS|AQ|QB|SL|NY|LY|JT|GA|SH|SY|TSG|DA|MZ|RB)[A-Z]*(?:/[A-Z]+)?[0-9]*[- ]?[0-9]{3,}"
    r"|[\[(](?:19|20)[0-9]{2}[\])][0-9]+号|第[0-9一二三四五六七八九十]+[号条款]|[0-9]+号文"
)


def counts_nothing(text: str) -> bool:
    """Whether the numbers of a text (folded) are names: 二级以上, 5A级, V2.0, 7×24小时, GB/T 19001-2016 (rule 8)."""
    is_reference = _REFERENCE.search(text) is not None and SIGNS.isdisjoint(text)
    return is_reference or bool(_NAMES.fullmatch(text) or _NUMBERED.fullmatch(text))
