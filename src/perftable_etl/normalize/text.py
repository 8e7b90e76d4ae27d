"""Cleaning printed text. All functions are pure: str in, str out.

Unicode's NFKC is no help here: it maps the Kangxi radicals but only two of the CJK Radicals Supplement, and it turns
㎡ into m2 and ① into 1. So look-alikes have a table of their own (Unicode 15, blocks 2E80-2EFF and 2F00-2FDF).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

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
_LOOK_ALIKES = str.maketrans(_SUPPLEMENT | _KANGXI)
_LOOKED_LIKE: dict[str, list[str]] = {}
for _radical, _ordinary in (*_SUPPLEMENT.items(), *_KANGXI.items()):
    _LOOKED_LIKE.setdefault(_ordinary, []).append(_radical)
_HAS_LOOK_ALIKE = regex.compile(r"[\u2E80-\u2FDF]")

# Full-width forms of ASCII, U+FF01..U+FF5E, and the brackets that stand for round ones.
_WIDTHS = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)} | {"〔": "(", "〕": ")"}

# Soft hyphen, zero-width and direction marks, byte-order mark: they print nothing.
_INVISIBLES = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
_INVISIBLE = regex.compile(f"[{_INVISIBLES}]")
_FOLDED = str.maketrans(_SUPPLEMENT | _KANGXI | _WIDTHS | dict.fromkeys(_INVISIBLES, ""))
_SPACE = regex.compile(r"\s+")
_HTML = regex.compile(r"<(/?)(p|br|div|span|b|i|u|strong|em|font|o:p)\b[^<>]*>", regex.IGNORECASE)
_ENTITY = regex.compile(r"&(nbsp|ensp|emsp|amp|lt|gt|quot|ldquo|rdquo);", regex.IGNORECASE)
_ENTITIES = {
    "nbsp": " ", "ensp": " ", "emsp": " ", "amp": "&", "lt": "<", "gt": ">", "quot": '"', "ldquo": "“", "rdquo": "”",
}  # fmt: skip
# Scripts that set no space between words: ideographs, their punctuation, full-width forms.
_UNSPACED = r"\p{Han}\u3000-\u303F\uFF00-\uFFEF“”‘’…—"
_LOOSE_SPACE = regex.compile(rf"(?<=[{_UNSPACED}])\s+|\s+(?=[{_UNSPACED}])")
_LATIN_BREAK = regex.compile(r"(?<=[A-Za-z,;:])\s*\n\s*(?=[A-Za-z])")
_OTHER_BREAK = regex.compile(r"\s*\n\s*")


def look_alikes(character: str) -> list[str]:
    """A character and the radicals that look like it."""
    return [character, *_LOOKED_LIKE.get(character, ())]


def map_look_alikes(text: str) -> str:
    """`text` with Kangxi radicals and CJK radicals replaced by the ordinary characters they look like."""
    return text.translate(_LOOK_ALIKES) if _HAS_LOOK_ALIKE.search(text) else text


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A key to compare printed labels by: no white space, half-width, ordinary characters."""
    return "".join(text.translate(_FOLDED).split())


def join_lines(text: str) -> str:
    """Wrapped lines made one: a space between Latin words, nothing beside Han characters or inside numbers."""
    if "\n" not in text:
        return text
    return _OTHER_BREAK.sub("", _LATIN_BREAK.sub(" ", text))


def clean(text: str) -> str:
    """Text for people: lines joined, look-alikes mapped, HTML residue and stray spaces beside Han removed."""
    if text.isalnum():  # letters, ideographs and digits only: nothing to clean, and most names are so
        return text
    text = _INVISIBLE.sub("", map_look_alikes(join_lines(text)))
    if "<" in text:
        text = _HTML.sub(" ", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: _ENTITIES[match[1].lower()], text)
    if len(text.split(maxsplit=1)) > 1:
        text = _SPACE.sub(" ", _LOOSE_SPACE.sub("", text))
    return text.strip()


_QUOTED = regex.compile(r'"(?P<text>[^"]*)"|“(?P<text>[^“”]*)”|\'(?P<text>[^\']*)\'')


def unquote(text: str) -> str:
    """`text` without quotation marks that enclose all of it, or an unpaired straight one at either end."""
    match = _QUOTED.fullmatch(text)
    if match:
        return str(match["text"]).strip()
    if text.count('"') == 1:
        return text.strip('"').strip()
    return text


def open_brackets(text: str) -> int:
    """How many round brackets a text opens and does not close; negative where it closes more than it opens."""
    return text.count("(") + text.count("（") - text.count(")") - text.count("）")
