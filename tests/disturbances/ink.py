"""Operators of a page's content stream: texts in any characters, rules, and what else is painted.

Characters that a Chinese character set has are set in the drawing's own font; all others in one whose map to Unicode
says what they are, whatever shape is painted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from unicodedata import normalize

import pymupdf

from tests.drawing.mupdf import Edge, chinese_font, merged, shifted, stroke


def _variants(first: int, last: int) -> Mapping[str, str]:
    """Chinese characters, and the code points of a block that are the same characters again."""
    pairs = ((normalize("NFKC", chr(code)), chr(code)) for code in range(first, last + 1))
    return {plain: variant for plain, variant in pairs if plain != variant and _is_common(plain)}


def _is_common(character: str) -> bool:
    return len(character) == 1 and bool(character.encode("gb2312", "ignore"))


COMPATIBLE = _variants(0xF900, 0xFAD9)
RADICALS = _variants(0x2F00, 0x2FD5)

ODD = "".join(
    (
        "∶﹕︰∕⁄﹙﹚﹪٪═‐‑–—−·。․•⋅∙≧≦⩾⩽□\ufffd",
        "\ufeff\u200b\u200c\u200d\u2060\ufe0e\ufe0f\u00ad\u00a0\u2009\u202f",
        "\uf0b3\uf0a3\uf03d",
        "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟬𝟭𝟮𝟯𝟰𝟱𝟲𝟳𝟴𝟵",
        *map(chr, range(0x80, 0xA0)),
        *(chr(code) for code in range(0xA1, 0x100) if code not in (0xAD, 0xB7)),
        *COMPATIBLE.values(),
        *RADICALS.values(),
    )
)
"""Characters that are set in the font with a map of its own."""

NO_WIDTH = frozenset("\ufeff\u200b\u200c\u200d\u2060\ufe0e\ufe0f\u00ad")
_WHOLE, _HALF, _NONE = 100, 40_000, 50_000
"""The first codes of characters as wide as the type size, half as wide, and of no width.

Beyond the 30,284 glyphs of the font, whose widths stay as they are.
"""


def _first_code(character: str) -> int:
    if character in NO_WIDTH:
        return _NONE
    is_narrow = character < "\u0100" or character in "\u2009\u202f\ufffd" or character >= "\U0001d7ce"
    return _HALF if is_narrow else _WHOLE


_CODES: Mapping[str, int] = {character: _first_code(character) + index for index, character in enumerate(ODD)}


def resources(document: pymupdf.Document, page: pymupdf.Page) -> str:
    """The resources of every page: the fonts, and states of transparency."""
    plain = chinese_font(document, page)
    descendants = document.xref_get_key(plain, "DescendantFonts")[1]
    inner = int(descendants.strip("[] ").split()[0])
    document.xref_set_key(inner, "W", f"[1 95 500 {_HALF} {_HALF + 1000} 500 {_NONE} {_NONE + 1000} 0]")
    cmap = _stream(document, _to_unicode())
    odd = document.get_new_xref()
    base = document.xref_get_key(plain, "BaseFont")[1]
    document.update_object(
        odd,
        f"<</Type/Font/Subtype/Type0/BaseFont{base}/Encoding/Identity-H"
        f"/DescendantFonts[{inner} 0 R]/ToUnicode {cmap} 0 R>>",
    )
    tall = _tall_font(document)
    return f"<</Font<</F0 {plain} 0 R/F1 {odd} 0 R/F2 {tall} 0 R>>/ExtGState<</Half<</ca 0.3>>/None<</ca 0>>>>>>"


def _stream(document: pymupdf.Document, text: str) -> int:
    xref: int = document.get_new_xref()
    document.update_object(xref, "<<>>")
    document.update_stream(xref, text.encode("ascii"))
    return xref


def _to_unicode() -> str:
    entries = [f"<{code:04x}> <{character.encode('utf-16-be').hex()}>" for character, code in _CODES.items()]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    sections = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Odd def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{sections}\nendcmap\nend\nend\n"
    )


TALL_SIGNS: Mapping[str, str] = {"≥": "b3", "≤": "a3"}


def _tall_font(document: pymupdf.Document) -> int:
    """A font of two signs whose boxes are two and a half times as high as its size, as SymbolMT's are."""
    glyph = _stream(
        document, "600 0 0 -800 600 1700 d1 50 0 m 550 0 l 550 60 l 50 60 l f 50 150 m 550 400 l 50 650 l S"
    )
    cmap = _stream(
        document,
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Tall def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <ff>\nendcodespacerange\n2 beginbfchar\n<b3> <2265>\n<a3> <2264>\nendbfchar\n"
        "endcmap\nend\nend\n",
    )
    xref: int = document.get_new_xref()
    document.update_object(
        xref,
        "<</Type/Font/Subtype/Type3/FontBBox[0 -800 600 1700]/FontMatrix[0.001 0 0 0.001 0 0]"
        f"/CharProcs<</greaterequal {glyph} 0 R/lessequal {glyph} 0 R>>"
        "/Encoding<</Type/Encoding/Differences[163/lessequal 179/greaterequal]>>"
        f"/FirstChar 163/LastChar 179/Widths[{' '.join(['600'] * 17)}]/Resources<<>>/ToUnicode {cmap} 0 R>>",
    )
    return xref


def put(text: str, x: float, y: float, size: float, *, upside_down: bool = False) -> str:
    """Operators that show a text with its baseline beginning at a point; `upside_down` where y counts downwards."""
    runs = (f"/{font} {size:g} Tf <{_code(run, font)}> Tj" for font, run in _runs(text))
    return f"BT 1 0 0 {-1 if upside_down else 1} {x:.2f} {y:.2f} Tm {' '.join(runs)} ET"


def tall(sign: str, rest: str, x: float, y: float, size: float) -> str:
    """A sign in the font of tall boxes, and a text after it; y counts downwards."""
    return f"BT 1 0 0 -1 {x:.2f} {y:.2f} Tm /F2 {size:g} Tf <{TALL_SIGNS[sign]}> Tj ET " + put(
        rest, x + 0.6 * size, y, size, upside_down=True
    )


def _runs(text: str) -> Iterator[tuple[str, str]]:
    for is_odd, run in groupby(text, _is_odd):
        yield ("F1" if is_odd else "F0"), "".join(run)


_PLAIN_SIGNS = frozenset("—·。")


def _is_odd(character: str) -> bool:
    return character in _CODES and character not in _PLAIN_SIGNS


def _code(run: str, font: str) -> str:
    if font == "F1":
        return "".join(f"{_CODES[character]:04x}" for character in run)
    return run.encode("utf-16-be").hex()


def painted(rules: Sequence[Edge], style: str) -> list[str]:
    """Operators for rules in one of the styles of the drawing's pens."""
    return ["q", *_STYLES.get(style, _lines)(list(rules)), "Q"] if rules else []


def _lines(rules: list[Edge]) -> Iterator[str]:
    yield from stroke(merged(rules))


def _edges(rules: list[Edge]) -> Iterator[str]:
    yield from stroke(rules)


def _fills(rules: list[Edge]) -> Iterator[str]:
    for x0, y0, x1, y1 in merged(rules):
        yield f"{x0 - 0.25:g} {y0 - 0.25:g} {x1 - x0 + 0.5:g} {y1 - y0 + 0.5:g} re f"


def _dashed(rules: list[Edge]) -> Iterator[str]:
    yield "[2 1] 0 d"
    yield from stroke(merged(rules))


def _double(rules: list[Edge]) -> Iterator[str]:
    for shift in (-0.6, 0.6):
        yield from stroke((shifted(edge, shift) for edge in merged(rules)), 0.3)


def _grey(rules: list[Edge]) -> Iterator[str]:
    yield "0.7 G"
    yield from stroke(merged(rules), 1.0)


def _level(rules: list[Edge]) -> Iterator[str]:
    yield from stroke(edge for edge in merged(rules) if edge.y0 == edge.y1)


def _none(rules: list[Edge]) -> Iterator[str]:
    return iter(())


_STYLES: Mapping[str, Callable[[list[Edge]], Iterable[str]]] = {
    "lines": _lines,
    "edges": _edges,
    "boxes": _edges,
    "fills": _fills,
    "dashed": _dashed,
    "double": _double,
    "grey": _grey,
    "level": _level,
    "none": _none,
}


def rectangle(box: tuple[float, float, float, float], colour: str = "1 1 1") -> str:
    """A filled rectangle; coordinates count from the top left."""
    x0, y0, x1, y1 = box
    return f"q {colour} rg {x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f Q"


def line(x0: float, y0: float, x1: float, y1: float, width: float = 0.7) -> str:
    return f"q {width:g} w {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S Q"
