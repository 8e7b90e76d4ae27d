"""What code points print where Unicode's name for them does not say it: nothing at all, or a symbol font's sign.

Both are read as a person sees them, once, as a file is read: a character without ink is no character, and the private
code points of a symbol font are its signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from perftable_etl.document import Word

_INVISIBLE_RANGES = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
INVISIBLES = frozenset(
    chr(code)
    for first, last in re.findall(r"(.)(?:-(.))?", _INVISIBLE_RANGES)
    for code in range(ord(first), ord(last or first) + 1)
)
"""Soft hyphens, zero-width and direction marks, variation selectors, tags, byte-order marks.

They are what Unicode calls default-ignorable: they print nothing, wherever they stand.
"""

# Symbol fonts have no Unicode codes of their own: Windows puts their code XX at U+F0XX, in Symbol as in Wingdings.
# Of two signs for one code this is the one that forms print. Letters and digits are left out: at these codes other
# fonts put what they like.
SYMBOLS: Mapping[str, str] = {
    chr(0xF000 + code): sign
    for code, sign in {
        # Symbol, by Adobe's map
        0x3C: "<", 0x3D: "=", 0x3E: ">", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓",
        0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xD6: "√",
        # Wingdings, by Microsoft's
        0x6C: "●", 0x6E: "■", 0x6F: "□", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xF0: "⇨",
        0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    }.items()
}  # fmt: skip
"""The private code points of Symbol and Wingdings, and the signs they print."""

_PRINTS_OTHERWISE = re.compile(f"[{_INVISIBLE_RANGES}{''.join(SYMBOLS)}]")
_PRINTED = str.maketrans({**dict.fromkeys(INVISIBLES, ""), **SYMBOLS})
_HYPHEN = re.compile(r"(?<=[0-9])\u00ad(?=[0-9])")


def printed(text: str) -> str:
    """`text` as it is seen: without what prints nothing, symbol fonts' code points as their signs.

    A soft hyphen parts syllables, which digits have none of: between digits it is a hyphen.
    """
    if not _PRINTS_OTHERWISE.search(text):
        return text
    return _HYPHEN.sub("-", text).translate(_PRINTED)


def printed_words(words: Iterable[Word]) -> tuple[Word, ...]:
    """Words as they are seen; one that prints nothing is none."""
    words = tuple(words)
    if not _PRINTS_OTHERWISE.search("".join([word.text for word in words])):
        return words  # nearly all pages
    return tuple(_seen(words))


def _seen(words: Iterable[Word]) -> Iterator[Word]:
    for word in words:
        if text := printed(word.text):
            yield word._replace(text=text)
