"""The text of a paragraph of a Word document as it is printed, tracked changes as if they were accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from perftable_etl.extract.office.docx_styles import DocxStyles, is_on, value_of, whole_number
from perftable_etl.extract.office.xml import Element, attribute, child, children, local
from perftable_etl.extract.symbol_fonts import signs

_WRAPPERS = frozenset(
    {
        "ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdtContent", "fldSimple", "dir", "bdo",
        "rubyBase", "ruby", "oMathPara", "oMath", "object", "pict", "drawing",
    }
)  # fmt: skip
"""Elements that print what stands in them."""

_REMOVED = frozenset({"del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "pPr", "rPr", "sdtPr"})
_PRINTS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_TICKED, _UNTICKED = "☑", "□"

FieldPart = Literal["code", "result"]


@dataclass(slots=True)
class Story:
    """What goes on from paragraph to paragraph: the fields that are open, and what of them is printed.

    `hidden` are the texts that are not shown, `boxes` the text boxes of the paragraph at hand, `notes` the ids of the
    foot- and endnotes that it refers to.
    """

    styles: DocxStyles
    fields: list[FieldPart] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def prints(self) -> bool:
        """Whether what comes next is printed: not the code of a field, but its result."""
        return "code" not in self.fields


def paragraph_text(paragraph: Element, properties: Element | None, story: Story) -> str:
    """What a paragraph prints that has these properties."""
    style = value_of(child(properties, "pStyle"))
    reader = _Paragraph(story, is_on(story.styles.property(style, "rPr", "vanish")))
    return "".join(reader.read(paragraph))


class _Paragraph:
    """Reads one paragraph; its style may hide its runs."""

    def __init__(self, story: Story, is_hidden: bool) -> None:
        self._story, self._is_hidden = story, is_hidden

    def read(self, element: Element) -> Iterator[str]:
        """The texts that an element prints."""
        for part in element.iterchildren():
            name = local(part)
            if name == "r":
                yield from self._read_run(part)
            elif name == "sdt":
                yield from self._read_control(part)
            elif name == "AlternateContent":
                yield from self._read_alternatives(part)
            elif name in _WRAPPERS:
                yield from self.read(part)
            elif name == "txbxContent":
                self._story.boxes.append(part)
            elif name not in _REMOVED and len(part):
                yield from self.read(part)

    def _read_run(self, run: Element) -> Iterator[str]:
        properties = child(run, "rPr")
        texts = [text for part in run.iterchildren() for text in self._read_part(part, properties)]
        if self._hides(properties):
            self._story.hidden.extend(text for text in texts if text.strip())
        else:
            yield from texts

    def _read_part(self, part: Element, properties: Element | None) -> Iterator[str]:
        name = local(part)
        if name == "fldChar":
            yield from self._turn_field(part)
        elif name in ("footnoteReference", "endnoteReference"):
            self._story.notes.append((name, attribute(part, "id") or ""))
        elif name == "AlternateContent":
            yield from self._read_alternatives(part)
        elif name in ("drawing", "pict", "object", "ruby"):
            yield from self.read(part)
        elif self._story.prints:
            yield from self._read_text(part, name, properties)

    def _read_text(self, part: Element, name: str, properties: Element | None) -> Iterator[str]:
        if name == "t":
            yield signs(part.text or "", _font(properties))
        elif name == "sym":
            yield _symbol(part)
        elif name in _PRINTS:
            yield _PRINTS[name]

    def _hides(self, properties: Element | None) -> bool:
        if properties is None:
            return self._is_hidden
        own = child(properties, "vanish")
        if own is None:
            own = self._story.styles.property(value_of(child(properties, "rStyle")), "rPr", "vanish")
        return self._is_hidden if own is None else is_on(own)

    def _read_control(self, control: Element) -> Iterator[str]:
        """What a content control holds; its prompt is not printed text."""
        content = child(control, "sdtContent")
        if content is None:
            return
        texts = list(self.read(content))
        if child(child(control, "sdtPr"), "showingPlcHdr") is None:
            yield from texts
        else:
            self._story.hidden.extend(text for text in texts if text.strip())

    def _read_alternatives(self, element: Element) -> Iterator[str]:
        """What the first alternative prints, or the next where it prints nothing: they are the same text."""
        for alternative in element.iterchildren():
            before = len(self._story.boxes)
            texts = list(self.read(alternative))
            if texts or len(self._story.boxes) > before:
                yield from texts
                return

    def _turn_field(self, part: Element) -> Iterator[str]:
        fields, kind = self._story.fields, attribute(part, "fldCharType")
        if kind == "begin":
            if self._story.prints:
                yield from _form_field(part)
            fields.append("code")
        elif kind == "separate" and fields:
            fields[-1] = "result"
        elif kind == "end" and fields:
            fields.pop()


def _font(properties: Element | None) -> str | None:
    fonts = child(properties, "rFonts")
    return None if fonts is None else attribute(fonts, "ascii") or attribute(fonts, "hAnsi")


def _symbol(element: Element) -> str:
    """The sign of a symbol font that an element names by its code."""
    code = attribute(element, "char") or ""
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return signs(character, attribute(element, "font"))


def _form_field(begin: Element) -> Iterator[str]:
    """What a box to tick or a list to choose from prints, which is no text of the paragraph."""
    data = child(begin, "ffData")
    box, choices = child(data, "checkBox"), child(data, "ddList")
    if box is not None:
        state = child(box, "checked")
        yield _TICKED if is_on(child(box, "default") if state is None else state) else _UNTICKED
    if choices is not None:
        chosen = child(choices, "result")
        entries = [value_of(entry) or "" for entry in children(choices, "listEntry")]
        yield from entries[whole_number(child(choices, "default") if chosen is None else chosen, 0) :][:1]
