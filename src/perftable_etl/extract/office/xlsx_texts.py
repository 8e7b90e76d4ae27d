"""The texts of an Excel workbook: strings that cells share, made of runs that have fonts of their own."""

from __future__ import annotations

import re

from perftable_etl.extract.office.xml import Element, child, children, local
from perftable_etl.extract.symbol_fonts import signs

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PRINTS = {0x09, 0x0A, 0x0D}


def read_string(item: Element, font: str | None) -> str:
    """The text of a string in a cell of that font; its phonetic runs are not part of it."""
    parts = []
    for part in item.iterchildren():
        name = local(part)
        if name == "t":
            parts.append(signs(_unescaped(part.text), font))
        elif name == "r":
            parts.append(signs(_run_text(part), _run_font(part) or font))
    return "".join(parts).replace("\r\n", "\n").replace("\r", "\n")


def _run_text(run: Element) -> str:
    return "".join(_unescaped(text.text) for text in children(run, "t"))


def _run_font(run: Element) -> str | None:
    properties = child(run, "rPr")
    name = child(properties, "rFont")
    return None if name is None else name.get("val")


def _unescaped(text: str | None) -> str:
    """A text with its characters instead of their escapes (`_x000D_`)."""
    return _ESCAPED.sub(_character, text) if text and "_x" in text else text or ""


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return "" if code < 0x20 and code not in _PRINTS else chr(code)
