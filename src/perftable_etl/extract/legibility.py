"""How much of a page's text layer can be read: a measure over its characters, no language model and no dictionary.

A font without a map to Unicode yields replacement or private-use characters; a wrong map yields characters that do
exist and say nothing. Such text still looks right on paper, so that the page can be read from its image.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Set
from functools import cache
from itertools import product

from perftable_etl.document import Word

_RARE_HAN = 0.15
"""Of the Han characters of real text, of whatever country, some 98 % are common; of random ones at most 75 % are."""

_UPPER_LATIN = 1 / 3
"""No language writes a third of its text in the upper half of Latin-1; Chinese bytes read as Latin-1 are nothing else.
"""

_SCRIPTS = 4
"""No page is written in more alphabets than these, besides Han, Latin and what stands in Chinese character sets."""

_SYMBOLS = 3
"""Private-use characters of so few kinds are the bullets and ticks of a symbol font; a text has more."""

_NOTHING = frozenset({"Cc", "Cn", "Cs"})
"""Categories of characters that no text has: control, unassigned, lone surrogates."""


_TRAIL = range(0xA1, 0xFF)
_UPPER = frozenset(bytes(range(0x80, 0x100)).decode("cp1252", "ignore"))


def _characters_of(encoding: str, first: range, second: range) -> frozenset[str]:
    """What the two-byte codes of an encoding stand for."""
    codes = (bytes(code).decode(encoding, "ignore") for code in product(first, second))
    return frozenset("".join(codes))


@cache
def _chinese() -> frozenset[str]:
    """GB 2312: 6,763 ideographs, which suffice for nearly all text of the mainland, letters, signs and punctuation."""
    return _characters_of("gb2312", range(0xA1, 0xF8), _TRAIL)


@cache
def _common() -> frozenset[str]:
    return _chinese() | frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\t\n\r\u00a0≥≤㎡•")


@cache
def _common_han() -> frozenset[str]:
    return (
        _chinese()
        | _characters_of("big5", range(0xA4, 0xC7), range(0x40, 0xFF))  # level 1: common in Taiwan and Hong Kong
        | _characters_of("euc_jp", range(0xB0, 0xD0), _TRAIL)  # level 1: common in Japan
    )


def legibility(words: Iterable[Word]) -> float:
    """The share, 0 to 1, of the characters of `words` that say something; 1 where there are none."""
    text = "".join([word.text for word in words])
    rare = set() if _is_common(text) else set(text) - _common()
    if not rare:
        return 1.0
    return 1 - _count(_illegible(rare, text), text) / len(text)


def _is_common(text: str) -> bool:
    """Whether a text has characters of GB 2312 only, as most pages have: the codec tells it thirty times as fast."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return text.isprintable()


def _illegible(rare: Set[str], text: str) -> Set[str]:
    """Those of a text's characters that say nothing; `rare` are those that are not common in Chinese text."""
    return _meaningless(rare) | _unlikely_han(rare, text) | _mojibake(rare, text) | _babel(rare)


def _meaningless(rare: Set[str]) -> Set[str]:
    """Characters without a meaning of their own, in any text."""
    private = {c for c in rare if unicodedata.category(c) == "Co"}
    others = {c for c in rare if c == "\ufffd" or unicodedata.category(c) in _NOTHING}
    return others | private if len(private) > _SYMBOLS else others


def _unlikely_han(rare: Set[str], text: str) -> Set[str]:
    """All Han characters of a text in which too many are rare: its font is mapped to the wrong ones."""
    unlikely = {c for c in rare - _common_han() if _is_han(c)}
    if not unlikely:
        return unlikely
    han = set(filter(_is_han, text))
    return han if _count(unlikely, text) > _RARE_HAN * _count(han, text) else set()


def _mojibake(rare: Set[str], text: str) -> Set[str]:
    """The upper half of Latin-1, where it is too much of a text: bytes of Chinese read one by one (网 as ç½‘)."""
    upper = rare & _UPPER
    return upper if _count(upper, text) > _UPPER_LATIN * len(text) else set()


def _babel(rare: Set[str]) -> Set[str]:
    """The letters of other scripts, where there are too many scripts: glyph numbers read as characters."""
    letters = {c: unicodedata.name(c, "").split(" ")[0] for c in rare if c.isalpha() and not _is_han(c)}
    return set(letters) if len(set(letters.values())) > _SCRIPTS else set()


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or character >= "\U00020000"


def _count(characters: Iterable[str], text: str) -> int:
    return sum(map(text.count, characters))
