"""The reader of Word documents (.docx): paragraphs and tables from top to bottom, as they are printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from perftable_etl.extract.office.cell_texts import as_seen
from perftable_etl.extract.office.docx_numbering import Numbering
from perftable_etl.extract.office.docx_styles import DocxStyles, value_of, whole_number
from perftable_etl.extract.office.docx_tables import read_table
from perftable_etl.extract.office.docx_text import Story, paragraph_text
from perftable_etl.extract.office.nested_tables import CellContent, FlatTable, flattened
from perftable_etl.extract.office.opc import main_part, related_parts
from perftable_etl.extract.office.packages import Package
from perftable_etl.extract.office.xml import Element, attribute, child, children, local, parse

_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
_NOTES = {"footnotes": ("footnote", "footnoteReference"), "endnotes": ("endnote", "endnoteReference")}


class WordText(NamedTuple):
    """What a document prints: lines and tables, and the texts in it that are not shown."""

    blocks: tuple[str | FlatTable, ...]
    hidden: tuple[str, ...]


def read_document(data: bytes) -> WordText:
    """A document held in memory. Raises ReadError."""
    package = Package(data)
    name = main_part(package, "word/document.xml")
    root = parse(package, name)
    related = {part.kind: part.name for part in related_parts(package, name).values()}
    reader = _DocxReader(_DocxParts(package, related))
    body = child(root, "body")
    blocks = [] if body is None else list(reader.blocks(body))
    return WordText(tuple(_seen(blocks)), tuple(reader.hidden))


class _DocxParts(NamedTuple):
    """The parts that a document refers to, and their names by what they are for."""

    package: Package
    names: Mapping[str, str]

    def root(self, kind: str) -> Element | None:
        """The root of a part; None where there is none."""
        name = self.names.get(kind)
        return parse(self.package, name) if name and name in self.package else None


def _seen(blocks: list[CellContent]) -> Iterator[str | FlatTable]:
    """The lines that print something, and what is seen of the tables."""
    for block in blocks:
        for one in [block] if isinstance(block, str) else flattened(block):
            if isinstance(one, FlatTable):
                yield one
            else:
                yield from filter(None, as_seen(one).split("\n"))


class _DocxReader:
    """Reads what stands in a body, a cell or a text box, in the order of the document."""

    def __init__(self, parts: _DocxParts) -> None:
        self._styles = DocxStyles(lambda: parts.root("styles"))
        self._numbering = Numbering(parts.root("numbering"))
        self._story = Story(self._styles)
        self._notes = {
            (reference, attribute(note, "id") or ""): note
            for kind, (name, reference) in _NOTES.items()
            if (root := parts.root(kind)) is not None
            for note in children(root, name)
        }

    @property
    def hidden(self) -> list[str]:
        """The texts met so far that are not shown."""
        return self._story.hidden

    def blocks(self, body: Element) -> Iterator[CellContent]:
        """The lines and tables of a body; notes follow the paragraph or table that refers to them."""
        for block in self._contents(body):
            yield block
            yield from self._taken_notes()

    def _taken_notes(self) -> Iterator[str]:
        while self._story.notes:
            note = self._notes.get(self._story.notes.pop(0))
            if note is not None:
                yield from (block for block in self._contents(note) if isinstance(block, str))

    def _contents(self, parent: Element) -> Iterator[CellContent]:
        """The paragraphs and tables in an element; what is struck out as a paragraph's end joins it to the next."""
        begun = ""
        for element in _block_elements(parent):
            if local(element) == "tbl":
                yield read_table(element, self._cell, self._hide)
                continue
            boxes, self._story.boxes = self._story.boxes, []
            properties = child(element, "pPr")
            text = begun + self._label(properties) + paragraph_text(element, properties, self._story)
            begun = text if _goes_on(properties) else ""
            own, self._story.boxes = self._story.boxes, boxes
            if not begun:
                yield text
            for box in own:
                yield from self._contents(box)
        if begun:
            yield begun

    def _cell(self, cell: Element) -> tuple[CellContent, ...]:
        """What stands in a cell; a paragraph without text is nothing."""
        seen = (as_seen(one) if isinstance(one, str) else one for one in self._contents(cell))
        return tuple(one for one in seen if one)

    def _hide(self, content: tuple[CellContent, ...]) -> None:
        self._story.hidden.extend(text for text in content if isinstance(text, str) and text.strip())

    def _label(self, properties: Element | None) -> str:
        """The number of a paragraph: its own, or that of its style."""
        if properties is None:
            return ""
        number = child(properties, "numPr")
        if number is None:
            number = self._styles.property(value_of(child(properties, "pStyle")), "pPr", "numPr")
        if number is None:
            return ""
        return self._numbering.next_label(value_of(child(number, "numId")), whole_number(child(number, "ilvl"), 0))


def _goes_on(properties: Element | None) -> bool:
    """Whether the mark that ends a paragraph is removed by a tracked change."""
    return child(child(properties, "rPr"), "del") is not None


def _block_elements(parent: Element) -> Iterator[Element]:
    """The paragraphs and tables in an element, also those within content controls and tracked changes."""
    for element in parent.iterchildren():
        name = local(element)
        if name in ("p", "tbl"):
            yield element
        elif name in _WRAPPERS:
            yield from _block_elements(element)
        elif name == "AlternateContent":
            yield from _block_elements(next(element.iterchildren(), element))
