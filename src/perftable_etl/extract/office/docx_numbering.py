"""The numbers of numbered paragraphs, which are printed but are no part of the text: 1. （一） ① 第三条."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from perftable_etl.characters.code_points import printed
from perftable_etl.extract.office.chinese_numerals import COMMON, FORMAL, digit_by_digit, spelled
from perftable_etl.extract.office.docx_styles import is_on, value_of, whole_number
from perftable_etl.extract.office.xml import Element, attribute, child, children
from perftable_etl.extract.symbol_fonts import signs

_PLACE = re.compile(r"%([1-9])")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


class ListLevel(NamedTuple):
    """A level of a list: how its numbers are written, and with what around them."""

    start: int
    style: str
    text: str
    suffix: str
    is_legal: bool
    font: str | None


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, ListLevel]] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        for abstract in children(root, "abstractNum"):
            identity = attribute(abstract, "abstractNumId") or ""
            self._levels[identity] = {_index(level): _level(level) for level in children(abstract, "lvl")}
        for number in children(root, "num"):
            identity = attribute(number, "numId") or ""
            self._abstract[identity] = value_of(child(number, "abstractNumId")) or ""
            self._starts[identity] = {
                _index(override): whole_number(child(override, "startOverride"), 1)
                for override in children(number, "lvlOverride")
                if child(override, "startOverride") is not None
            }

    def next_label(self, number: str | None, index: int) -> str:
        """Counts a paragraph of a list, and gives what is printed before it; nothing where there is no such list."""
        abstract = self._abstract.get(number or "")
        levels = self._levels.get(abstract or "", {})
        level = levels.get(index)
        if number is None or abstract is None or level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        self._begin(number, counts)
        counts[index] = counts.get(index, level.start - 1) + 1
        for deeper in [deeper for deeper in counts if deeper > index]:
            del counts[deeper]
        return _label(level, levels, counts)

    def _begin(self, number: str, counts: dict[int, int]) -> None:
        """Starts again what a list that is met for the first time counts by itself."""
        if number not in self._begun:
            self._begun.add(number)
            counts.update({index: start - 1 for index, start in self._starts[number].items()})


def _index(element: Element) -> int:
    text = attribute(element, "ilvl") or "0"
    return int(text) if text.isdecimal() else 0


def _level(element: Element) -> ListLevel:
    fonts = child(child(element, "rPr"), "rFonts")
    return ListLevel(
        whole_number(child(element, "start"), 1),
        value_of(child(element, "numFmt")) or "decimal",
        value_of(child(element, "lvlText")) or "",
        value_of(child(element, "suff")) or "tab",
        is_on(child(element, "isLgl")),
        None if fonts is None else attribute(fonts, "ascii") or attribute(fonts, "hAnsi"),
    )


def _label(level: ListLevel, levels: Mapping[int, ListLevel], counts: Mapping[int, int]) -> str:
    if level.style == "none" or not level.text:
        return ""
    if level.style == "bullet":
        text = printed(signs(level.text, level.font))
    else:
        text = _PLACE.sub(lambda match: _number(int(match[1]) - 1, level, levels, counts), level.text)
    return text if level.suffix == "nothing" else f"{text} "


def _number(index: int, level: ListLevel, levels: Mapping[int, ListLevel], counts: Mapping[int, int]) -> str:
    """How far a level has counted, written as it writes; one above that was never counted is at its start."""
    of_level = levels.get(index, level)
    style = "decimal" if level.is_legal else of_level.style
    return written(counts.get(index, of_level.start), style)


def written(number: int, style: str) -> str:
    """A number in a style of lists; in Arabic digits where the style is not known, or has no such number."""
    return _STYLES.get(style, str)(number) or str(number)


def _letters(number: int) -> str:
    """From a to z, then aa to zz."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else ""


def _roman(number: int) -> str:
    text, rest = "", number if 0 < number < 4000 else 0
    for value, letters in _ROMAN:
        text += letters * (rest // value)
        rest %= value
    return text


def _one_of(signs_in_order: str, first: int = 1) -> Callable[[int], str]:
    return lambda number: signs_in_order[number - first : number - first + 1] if number >= first else ""


def _in_common(number: int) -> str:
    return spelled(number, COMMON)


def _in_formal(number: int) -> str:
    return spelled(number, FORMAL)


_STYLES: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "chineseCounting": _in_common,
    "chineseCountingThousand": _in_common,
    "taiwaneseCounting": _in_common,
    "taiwaneseCountingThousand": _in_common,
    "japaneseCounting": _in_common,
    "chineseLegalSimplified": _in_formal,
    "ideographLegalTraditional": _in_formal,
    "ideographDigital": lambda number: digit_by_digit(str(number)),
    "japaneseDigitalTenThousand": lambda number: digit_by_digit(str(number)),
    "taiwaneseDigital": lambda number: digit_by_digit(str(number)),
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "decimalEnclosedCircle": _one_of(_CIRCLED, 0),
    "decimalEnclosedCircleChinese": _one_of(_CIRCLED, 0),
    "decimalFullWidth": lambda number: str(number).translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)}),
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "ideographEnclosedCircle": _one_of("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
}
"""How numbers are written, by Word's names for it; those that are missing are written as Arabic digits."""
