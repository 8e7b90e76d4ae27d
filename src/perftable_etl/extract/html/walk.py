"""A walk over the elements of a page, which fills a flow with what a person sees of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from perftable_etl.extract.html.flow import Flow
from perftable_etl.extract.html.styles import Attributes, PageStyles, SymbolFont
from perftable_etl.extract.html.table import TableDraft
from perftable_etl.extract.symbol_fonts import signs
from perftable_etl.web.pages import Node

_TEXT = "-text"

_BLOCK_TAGS = """
    address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol option p pre section summary ul
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_GROUPS = frozenset({"tbody", "thead", "tfoot"})
_CELLS = frozenset({"td", "th"})
_STRUCK = frozenset({"del", "s", "strike"})
_KEEPING = frozenset({"pre", "textarea"})
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TICKED, _UNTICKED = "☑", "☐"
_TYPED = frozenset({"", "date", "email", "month", "number", "tel", "text", "url"})
_SPACER = frozenset({"0", "1", "0px", "1px"})
_LINE_END = re.compile(r"\r\n?|\n")


def fill(root: Node, styles: PageStyles) -> Flow:
    """What is seen of an element. Raises TooManyCells."""
    writer = _Writer(styles)
    ahead: list[Node | str] = [root]  # an element, or the tag of one that ends here
    while ahead:
        node = ahead.pop()
        if isinstance(node, str):
            writer.end(node)
            continue
        tag = node.tag or ""
        if tag == _TEXT:
            writer.write(node.text_content or "")
        elif tag.isalnum():  # comments and declarations have other names
            attributes = node.attributes
            if not styles.hides(tag, attributes):
                writer.begin(tag, attributes)
                ahead.append(tag)
                ahead += reversed(list(_children(node, tag)))
    writer.page.end_line()
    return writer.page


def _children(node: Node, tag: str) -> Iterable[Node]:
    """What stands in an element; of a list to choose from what is chosen."""
    children = node.iter(include_text=True)
    if tag != "select":
        return children
    options = [child for child in children if child.tag == "option"]
    return [option for option in options if "selected" in option.attributes] or options[:1]


@dataclass
class _Writer:
    """Where the walk is: in which cell of which table, and how the text there is set."""

    styles: PageStyles
    page: Flow = field(default_factory=Flow)
    _flows: list[Flow] = field(default_factory=list)
    _tables: list[TableDraft] = field(default_factory=list)
    _open: dict[str, int] = field(default_factory=dict)
    _numbers: list[int | None] = field(default_factory=list)
    _fonts: list[SymbolFont | None] = field(default_factory=lambda: [None])

    def __post_init__(self) -> None:
        self._flows.append(self.page)

    def write(self, text: str) -> None:
        """Goes on with a text of the element that is open."""
        flow = self._flows[-1]
        if font := self._fonts[-1]:
            text = signs(text, font)
        if self._open:
            self._write_set_off(text, flow)
        else:
            flow.write(text)

    def _write_set_off(self, text: str, flow: Flow) -> None:
        """Goes on with a text that is struck out, raised, or set in lines of its own."""
        if self._is_in(_STRUCK) and text.strip():
            flow.struck.append(text.strip())
        if "sup" in self._open:
            text = text.translate(_RAISED)
        if not self._is_in(_KEEPING):
            flow.write(text)
            return
        first, *others = _LINE_END.split(text)
        flow.write(first)
        for line in others:
            flow.end_line()
            flow.write(line)

    def _is_in(self, tags: frozenset[str]) -> bool:
        return not tags.isdisjoint(self._open)

    def begin(self, tag: str, attributes: Attributes) -> None:
        """Begins an element."""
        self._fonts.append(self.styles.font(attributes, self._fonts[-1]))
        flow = self._flows[-1]
        if tag in _CELLS:
            if self._tables:
                self._flows.append(self._tables[-1].begin_cell(attributes))
        elif tag == "tr":
            if self._tables:
                self._tables[-1].begin_row()
        elif tag == "table":
            flow.end_line()
            self._tables.append(TableDraft())
        elif tag == "br" or tag in _BLOCKS:
            flow.end_line()
            self._number(tag, attributes)
        elif tag == "img":
            flow.has_picture |= _SPACER.isdisjoint((attributes.get("width"), attributes.get("height")))
        elif tag == "input":
            flow.write(_of_input(attributes))
        if tag in _STRUCK or tag in _KEEPING or tag == "sup":
            self._open[tag] = self._open.get(tag, 0) + 1

    def end(self, tag: str) -> None:
        """Ends the element that was begun last."""
        self._fonts.pop()
        if tag in _CELLS:
            if self._tables:
                self._flows.pop()
        elif tag in _GROUPS:
            if self._tables:
                self._tables[-1].end_group()
        elif tag == "table":
            self._tables.pop().finish(self._flows[-1])
        elif tag in _BLOCKS:
            self._flows[-1].end_line()
            if tag in {"ol", "ul"}:
                self._numbers.pop()
        if tag in self._open:
            self._open[tag] -= 1
            if not self._open[tag]:
                del self._open[tag]

    def _number(self, tag: str, attributes: Attributes) -> None:
        """Counts the items of a numbered list, whose numbers no text has."""
        if tag in {"ol", "ul"}:
            self._numbers.append(_first_number(attributes) if tag == "ol" else None)
        elif tag == "li" and self._numbers and (number := self._numbers[-1]) is not None:
            self._flows[-1].write(f"{number}. ")
            self._numbers[-1] = number + 1


def _first_number(attributes: Attributes) -> int | None:
    """The number of a list's first item; None where the items are told by letters or by nothing."""
    start = attributes.get("start") or "1"
    return int(start) if start.isdecimal() and (attributes.get("type") or "1") == "1" else None


def _of_input(attributes: Attributes) -> str:
    """What a field of a page's form shows."""
    kind = (attributes.get("type") or "").lower()
    if kind in {"checkbox", "radio"}:
        return _TICKED if "checked" in attributes else _UNTICKED
    return attributes.get("value") or "" if kind in _TYPED else ""
