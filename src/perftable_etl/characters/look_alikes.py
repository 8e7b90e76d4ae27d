"""Characters that look alike: what a reader takes them for.

Unicode's NFKC is no help here: it maps the Kangxi radicals but only two of the CJK Radicals Supplement, leaves the
ratio sign (∶) and turns ㎡ into m2 and ① into 1. So look-alikes have a table of their own, this one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal

from perftable_etl.characters.code_points import INVISIBLES, SYMBOLS

# CJK Radicals Supplement: radical -> the ordinary character a reader takes it for (Unicode EquivalentUnifiedIdeograph).
_SUPPLEMENT = dict(
    zip(
        "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乛乚乙亻冂几刀刂卜卩小小尢尢巳幺彑彐忄心扌攵无日月歺母民氵氺灬爪爫丬牛犭王疋罒示礻竹糸纟网罒罓网网羊羊羋老肀聿月臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阝雨青韦页风飞食飠饣饣马骨鬼鱼鸟卤麦黄黾斉齐齿歯竜龙龜亀龟",
        strict=True,
    )
)
# The fonts of the mainland draw ⼾ as 户, where Unicode has 戶; every other radical looks as NFKC has it.
_KANGXI = {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)} | {"⼾": "户"}


def _ordinary(form: Literal["NFC", "NFKC"], first: int, last: int) -> dict[str, str]:
    """The characters of a block that Unicode says are one ordinary character in another shape."""
    mapped = ((chr(code), unicodedata.normalize(form, chr(code))) for code in range(first, last + 1))
    return {character: ordinary for character, ordinary in mapped if ordinary != character and len(ordinary) == 1}


# CJK compatibility ideographs are ordinary ones a second time (金 is 金); mathematical letters and digits are letters
# and digits; small and vertical forms (﹪ ﹙ ︵) are punctuation. Two vertical forms lie differently on a line.
_SECOND_TIME = _ordinary("NFC", 0xF900, 0xFAFF) | _ordinary("NFC", 0x2F800, 0x2FA1F)
_MATHEMATICAL = _ordinary("NFKC", 0x1D400, 0x1D7FF)
_SMALL = _ordinary("NFKC", 0xFE10, 0xFE19) | _ordinary("NFKC", 0xFE35, 0xFE48) | _ordinary("NFKC", 0xFE50, 0xFE6B)

# One line an ordinary sign: the sign, and those that look like it in print.
_SIGNS = """
: ∶ ︰ ː ꞉
/ ∕ ⁄ ⧸
% ٪
= ═ ꞊
- ‐ \u2011 −
. ․
, ‚
* ∗
; \u037e
· \u0387
〈 \u2329
〉 \u232a
K \u212a
Ω \u2126
Å \u212b
"""

# Dashes and waves are signs of their own in text for people, but say the same between numbers. Full-width forms of
# ASCII are half-width ones, and the brackets that stand for round ones are round.
_SAME_TO_COMPARE = """
- ‒ – — ― ─
~ ∼ 〜
( 〔
) 〕
μ µ
"""
_WIDTHS = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}


def _by_line(table: str) -> dict[str, str]:
    return {other: sign for sign, *others in map(str.split, table.split("\n")[1:-1]) for other in others}


LOOK_ALIKES: Mapping[str, str] = _SUPPLEMENT | _KANGXI | _SECOND_TIME | _MATHEMATICAL | _SMALL | _by_line(_SIGNS)
"""A character, and the ordinary one that a reader takes it for; text for people has the ordinary one."""

_MAPPED = str.maketrans(dict(LOOK_ALIKES))
_TO_COMPARE: Mapping[str, str] = {**SYMBOLS, **LOOK_ALIKES, **_WIDTHS, **_by_line(_SAME_TO_COMPARE)}
_KEYS = {character: _TO_COMPARE.get(ordinary, ordinary) for character, ordinary in _TO_COMPARE.items()}
FOLDED = str.maketrans({**_KEYS, **dict.fromkeys(INVISIBLES, "")})
"""A table for str.translate, which makes texts that differ in look-alikes only, or in what prints nothing, the same."""

# The blocks that are full of look-alikes, and the single ones, to find texts without any by.
_HAS_LOOK_ALIKE = re.compile(
    f"[\u2e80-\u2fdf\uf900-\ufaff\ufe10-\ufe6b\U0001d400-\U0001d7ff\U0002f800-\U0002fa1f{''.join(_by_line(_SIGNS))}]"
)


def _others(table: Mapping[str, str]) -> dict[str, list[str]]:
    others: dict[str, list[str]] = {}
    for character, ordinary in table.items():
        others.setdefault(ordinary, []).append(character)
    return others


_LOOKED_LIKE = _others(_KEYS)


def look_alikes(characters: Iterable[str]) -> str:
    """Ordinary characters, each followed by those that `fold` makes the same."""
    return "".join(like for character in characters for like in (character, *_LOOKED_LIKE.get(character, ())))


def map_look_alikes(text: str) -> str:
    """`text` with ordinary characters for their look-alikes, one for one."""
    return text.translate(_MAPPED) if _HAS_LOOK_ALIKE.search(text) else text
