"""How the cells of an Excel workbook are shown: the code of a number's format, the ruled sides, the font."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from perftable_etl.extract.office.number_formats import BUILT_IN, GENERAL
from perftable_etl.extract.office.sheets import BOTTOM, LEFT, RIGHT, TOP
from perftable_etl.extract.office.xml import Element, child, children, local

_SIDES = {"left": LEFT, "start": LEFT, "top": TOP, "right": RIGHT, "end": RIGHT, "bottom": BOTTOM}


class CellStyle(NamedTuple):
    """The look of a cell."""

    code: str = GENERAL
    sides: int = 0
    font: str | None = None


PLAIN = CellStyle()


def read_styles(root: Element) -> tuple[CellStyle, ...]:
    """The looks that cells name by number."""
    codes = {**BUILT_IN, **_own_codes(root)}
    borders = [_border(one) for one in _entries(root, "borders", "border")]
    fonts = [_font(one) for one in _entries(root, "fonts", "font")]
    return tuple(_style(one, codes, borders, fonts) for one in _entries(root, "cellXfs", "xf"))


def _entries(root: Element, table: str, name: str) -> Sequence[Element]:
    found = child(root, table)
    return [] if found is None else list(children(found, name))


def _own_codes(root: Element) -> Mapping[int, str]:
    return {_number(one, "numFmtId"): one.get("formatCode", GENERAL) for one in _entries(root, "numFmts", "numFmt")}


def _border(element: Element) -> int:
    """The sides of a border that have a line."""
    sides = 0
    for side in element.iterchildren():
        if side.get("style", "none") != "none":
            sides |= _SIDES.get(local(side), 0)
    return sides


def _font(element: Element) -> str | None:
    name = child(element, "name")
    return None if name is None else name.get("val")


def _style(
    element: Element, codes: Mapping[int, str], borders: Sequence[int], fonts: Sequence[str | None]
) -> CellStyle:
    border, font = _number(element, "borderId"), _number(element, "fontId")
    return CellStyle(
        codes.get(_number(element, "numFmtId"), GENERAL),
        borders[border] if border < len(borders) else 0,
        fonts[font] if font < len(fonts) else None,
    )


def _number(element: Element, name: str) -> int:
    """An attribute that counts something; 0 where it does not."""
    text = element.get(name, "0")
    return int(text) if text.isdecimal() else 0
