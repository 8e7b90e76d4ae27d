"""What was put over a page later (annotations), which is taken off before the page is read."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any, NamedTuple

import pymupdf

from perftable_etl.document import Box, Word
from perftable_etl.extract.cover import Painted
from perftable_etl.extract.mupdf.files import FAULTS, printable
from perftable_etl.extract.mupdf.upright import FLAGS
from perftable_etl.geometry.boxes import around_points
from perftable_etl.geometry.transform import Matrix

_PATCHES = (pymupdf.PDF_ANNOT_FREE_TEXT, pymupdf.PDF_ANNOT_SQUARE)
"""The annotations that people cover texts with. Icons, marks and stamps hide text, too, but nobody takes it back."""

_STRIKES = (
    pymupdf.PDF_ANNOT_STRIKE_OUT,
    pymupdf.PDF_ANNOT_REDACT,
    pymupdf.PDF_ANNOT_CARET,
    pymupdf.PDF_ANNOT_INK,
    pymupdf.PDF_ANNOT_LINE,
    pymupdf.PDF_ANNOT_POLY_LINE,
)
"""The annotations that change what a text says; highlights and underlines do not."""


class Annotations(NamedTuple):
    """What was put on a page later, as the paper lies: words, areas it may hide, what it strikes out, files."""

    words: list[Word]
    areas: list[Painted]
    struck: list[Box]
    attachments: list[str]

    def upright(self, matrix: Matrix) -> Annotations:
        """The same as it stands once `matrix` has set the page upright; the areas stay as they are on the paper."""
        words = [word._replace(box=matrix.box(word.box)) for word in self.words]
        return self._replace(words=words, struck=[matrix.box(box) for box in self.struck])


def take_annotations(page: Any) -> Annotations:
    """What was put over a page later (annotations; form fields are its own), which is taken off it.

    One that MuPDF cannot handle stays, and so do those after it.
    """
    annotations = Annotations([], [], [], [])
    if page.first_annot is None:
        return annotations
    rotation = page.rotation
    try:
        page.set_rotation(0)
        while annotation := page.first_annot:
            annotations.words.extend(_words_written(annotation))
            if annotation.type[0] == pymupdf.PDF_ANNOT_FILE_ATTACHMENT:
                annotations.attachments.append(printable(annotation.file_info["filename"]))
            if annotation.type[0] in _PATCHES:
                annotations.areas.append(Painted(inf, Box(*annotation.rect)))
            if annotation.type[0] in _STRIKES:
                annotations.struck.extend(_marked_boxes(annotation))
            page.delete_annot(annotation)
    except FAULTS:
        pass
    finally:
        page.set_rotation(rotation)
    return annotations


def _words_written(annotation: Any) -> Iterator[Word]:
    """The words of an annotation that shows."""
    if not annotation.flags & (pymupdf.PDF_ANNOT_IS_HIDDEN | pymupdf.PDF_ANNOT_IS_NO_VIEW):
        for word in annotation.get_textpage(flags=FLAGS).extractWORDS():
            yield from (Word(text, Box(*word[:4])) for text in word[4].split())


def _marked_boxes(annotation: Any) -> Iterator[Box]:
    """The pieces of lines that an annotation marks; all that it covers where it marks no text."""
    corners = annotation.vertices if annotation.type[0] == pymupdf.PDF_ANNOT_STRIKE_OUT else None
    if not corners:
        yield Box(*annotation.rect)
        return
    for first in range(0, len(corners) - 3, 4):
        yield around_points(corners[first : first + 4])
