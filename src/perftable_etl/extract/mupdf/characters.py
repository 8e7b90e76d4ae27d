"""The characters of MuPDF's lines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pymupdf

from perftable_etl.document import Box, Word
from perftable_etl.extract.mupdf.upright import TEXT


class TextLines:
    """The lines of a text page, to ask for their characters.

    Walked to in MuPDF's own structures: the documented way to them copies every character of the page, which costs
    as much as reading it. What is walked to is kept, as there are drawings of 100,000 blocks.
    """

    def __init__(self, text_page: Any) -> None:
        self._text_page = text_page
        self._lines: dict[int, list[Any]] = {}
        self._characters: dict[tuple[int, int], list[Word]] = {}

    def characters(self, block: int, line: int, box: Box) -> list[Word]:
        """The characters, blanks too, whose middle lies within `box`, of a line by the numbers that its words have."""
        if block not in self._lines:
            self._lines[block] = list(pymupdf.mupdf.FzStextBlock(self._blocks[block]))
        if (block, line) not in self._characters:
            self._characters[block, line] = list(_characters(self._lines[block][line]))
        return [character for character in self._characters[block, line] if box.holds(*character.box.middle)]

    @property
    def orders(self) -> list[int]:
        """When each block of text is painted, among all blocks of the page."""
        return [order for order, _ in self._ordered]

    @cached_property
    def _blocks(self) -> list[Any]:
        """The blocks of text, by whose count words are numbered; asked for its lines, any other would crash."""
        return [block for _, block in self._ordered]

    @cached_property
    def _ordered(self) -> list[tuple[int, Any]]:
        blocks = []
        order, block = 0, self._text_page.this.m_internal.first_block
        while block:
            if block.type == TEXT:
                blocks.append((order, block))
            order, block = order + 1, block.next
        return blocks


def _characters(line: Any) -> Iterator[Word]:
    """All characters of one of MuPDF's lines, whichever way it runs."""
    character = line.m_internal.first_char
    while character:
        one, opposite = character.quad.ul, character.quad.lr
        x0, x1 = (one.x, opposite.x) if one.x <= opposite.x else (opposite.x, one.x)
        y0, y1 = (one.y, opposite.y) if one.y <= opposite.y else (opposite.y, one.y)
        yield Word(chr(character.c), Box(x0, y0, x1, y1))
        character = character.next
