"""The styles of a Word document: what paragraphs and runs take from the style that they name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from perftable_etl.extract.office.xml import Element, attribute, child, children

_OFF = ("0", "false", "off", "none")
_DEEPEST = 20
"""Styles that one rests on. Word allows eleven."""


class DocxStyles:
    """Styles by their ids. Their part, which is larger than most documents, is read when the first one is asked for."""

    def __init__(self, read: Callable[[], Element | None]) -> None:
        self._read = read

    @cached_property
    def _styles(self) -> Mapping[str, Element]:
        root = self._read()
        styles = () if root is None else children(root, "style")
        return {attribute(style, "styleId") or "": style for style in styles}

    def property(self, style: str | None, group: str, name: str) -> Element | None:
        """A property that a style has, or one that it rests on: of its paragraphs (pPr) or of its runs (rPr)."""
        for _ in range(_DEEPEST if style else 0):
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
