"""Signs of symbol fonts, told by the name of the font: Word and Excel store the code of the sign, not a character.

Ticked boxes are made so (R in Wingdings 2 is ☑), and ≥ and ≤ (in Symbol).
"""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_lowercase, ascii_uppercase

from perftable_etl.characters.code_points import SYMBOLS

_PRIVATE = 0xF000

_WINGDINGS_2: Mapping[int, str] = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x55: "⊗",
    0x2A: "□", 0x30: "□", 0x95: "•", 0x96: "●", 0x97: "●", 0x98: "○", 0x99: "○", 0x9E: "•",
    0xA2: "■", 0xA3: "□", 0xA4: "□",
}  # fmt: skip
_SYMBOL_LETTERS = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ"
"""At the places of A to Z and of a to z."""

_SYMBOL: Mapping[int, str] = dict(zip(map(ord, ascii_uppercase + ascii_lowercase), _SYMBOL_LETTERS, strict=True))
_FONTS: Mapping[str, Mapping[int, str]] = {
    "symbol": _SYMBOL,
    "symbolmt": _SYMBOL,
    "wingdings": {},
    "wingdings 2": _WINGDINGS_2,
}


def signs(text: str, font: str | None) -> str:
    """A text as a font prints it; a sign that is not known stays at its private code, which is told."""
    own = _FONTS.get(font.lower()) if font else None
    return text if own is None else "".join(_sign(character, own) for character in text)


def _sign(character: str, own: Mapping[int, str]) -> str:
    """The sign of a code, which may stand in the private area or at its bare number."""
    code = ord(character)
    bare = code - _PRIVATE if _PRIVATE <= code <= _PRIVATE + 0xFF else code
    if not 0x20 < bare <= 0xFF:
        return character
    is_alike = own is _SYMBOL and bare < 0x7F and not chr(bare).isalpha()
    unknown = chr(bare) if is_alike else chr(_PRIVATE + bare)
    return own.get(bare) or SYMBOLS.get(chr(_PRIVATE + bare), unknown)
