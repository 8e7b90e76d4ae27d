"""What a page's styles say of an element: whether it shows, and whether its font has signs for letters.

Only what stands in the element itself, and rules for one class or one id, as word processors and spreadsheets write
them: no browser is at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

SymbolFont = Literal["symbol", "wingdings"]

Attributes = Mapping[str, str | None]

_HIDDEN_TAGS = """
    area audio base canvas col colgroup datalist embed frame head iframe link map meta noframes noscript object param rp
    rt script source style svg template title track video
"""
_NOT_SHOWN = frozenset(_HIDDEN_TAGS.split())
"""Elements whose content a person does not see, or does not see as text. Frames are files of their own."""

_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE)
_FONT = re.compile(r"font(?:-family)?\s*:[^;]*?(?P<name>[\w ]+)[\"']?\s*(?:,[^;]*)?(?:;|$)", re.IGNORECASE)
_SYMBOL_FONT = re.compile(r"\bsymbol\b|wingdings", re.IGNORECASE)
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", re.IGNORECASE)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_ONE_NAME = re.compile(r"\s*\w*([.#][\w-]+)\s*")


class PageStyles(NamedTuple):
    """The classes and ids (`.name`, `#name`) that hide what has them, and the symbol fonts of others.

    `has_symbols` says whether the page names a symbol font at all.
    """

    hiding: frozenset[str]
    fonts: Mapping[str, SymbolFont | None]
    has_symbols: bool

    def hides(self, tag: str, attributes: Attributes) -> bool:
        """Whether an element does not show."""
        if tag in _NOT_SHOWN or "hidden" in attributes or (tag == "tr" and attributes.get("height") == "0"):
            return True
        style = attributes.get("style")
        if style and _HIDES.search(style):
            return True
        return bool(self.hiding) and not self.hiding.isdisjoint(_names(attributes))

    def font(self, attributes: Attributes, inherited: SymbolFont | None) -> SymbolFont | None:
        """The symbol font of an element's text; None for an ordinary one."""
        if not self.has_symbols or not attributes:
            return inherited
        style, face = attributes.get("style"), attributes.get("face")
        if face:
            return _symbol_font(face)
        if style and (said := _FONT.search(style)):
            return _symbol_font(said[0])
        return next((self.fonts[name] for name in _names(attributes) if name in self.fonts), inherited)


def read_styles(sheets: Iterable[str], page: str) -> PageStyles:
    """What the style sheets of a page say; rules for some media are left out."""
    hiding: set[str] = set()
    fonts: dict[str, SymbolFont | None] = {}
    for sheet in sheets:
        for selectors, said in _RULE.findall(_MEDIA.sub("", sheet)):
            names = [found[1] for one in selectors.split(",") if (found := _ONE_NAME.fullmatch(one))]
            if _HIDES.search(said):
                hiding.update(names)
            if family := _FONT.search(said):
                fonts |= dict.fromkeys(names, _symbol_font(family[0]))
    return PageStyles(frozenset(hiding), fonts, _SYMBOL_FONT.search(page) is not None)


def _symbol_font(families: str) -> SymbolFont | None:
    """The symbol font among some families; the first named is what a person sees."""
    first = families.rpartition(":")[2].partition(",")[0].lower()
    return "wingdings" if "wingdings" in first else "symbol" if re.search(r"\bsymbol\b", first) else None


def _names(attributes: Attributes) -> list[str]:
    names = [f".{name}" for name in (attributes.get("class") or "").split()]
    return [*names, f"#{attributes['id']}"] if attributes.get("id") else names
