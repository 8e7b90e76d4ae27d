"""The styles of a Word document: what paragraphs and runs take from the style that they name."""

from __future__ import annotations

from perftable_etl.extract.office.xml import Element, attribute, child, children

_OFF = ("0", "false", "off", "none")
_DEEPEST = 20
"""Styles that one rests on. Word allows eleven."""


class Styles:
    """Styles by their ids."""

    def __init__(self, root: Element | None) -> None:
        styles = () if root is None else children(root, "style")
        self._styles = {attribute(style, "styleId") or "": style for style in styles}

    def property(self, style: str | None, group: str, name: str) -> Element | None:
        """A property that a style has, or one that it rests on: of its paragraphs (pPr) or of its runs (rPr)."""
        for _ in range(_DEEPEST):
            element = self._styles.get(style or "")
            if element is None:
                return None
            found = child(child(element, group), name)
            if found is not None:
                return found
            style = value_of(child(element, "basedOn"))
        return None


def value_of(element: Element | None) -> str | None:
    """The value of a property; None without the property, or a value."""
    return None if element is None else attribute(element, "val")


def is_on(element: Element | None) -> bool:
    """Whether a property that is there or not is on."""
    return element is not None and (value_of(element) or "true") not in _OFF


def whole_number(element: Element | None, default: int) -> int:
    """The value of a property as a number that is not negative."""
    text = value_of(element)
    return int(text) if text and text.isdecimal() else default
