"""Passages: text that may be one cell's, words close together on a line, a printed line, or several lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from perftable_etl.document import Place, least_confidence
from perftable_etl.geometry.boxes import around_places
from perftable_etl.normalize.rebuild.grid_maker import Content

_SAME_LINE = 0.45
"""Heights by which the middles of words on one line differ at most."""

_TOUCHING = 0.05
"""Heights. Words nearer to one another have no space between them."""


class Passage(NamedTuple):
    """Text, from where to where it stands on the stacked pages, and its parts on the paper: one for each page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    parts: tuple[tuple[str, Place], ...]
    confidence: float | None = None

    @property
    def centre(self) -> float:
        """Its middle across the page."""
        return (self.x0 + self.x1) / 2

    @property
    def middle(self) -> float:
        """Its middle down the stack."""
        return (self.top + self.bottom) / 2

    @property
    def place(self) -> Place:
        """Its place on the first page that it stands on."""
        return self.parts[0][1]

    @property
    def pages(self) -> frozenset[int]:
        """The pages that it stands on."""
        return frozenset(place.page for _, place in self.parts)

    @property
    def content(self) -> Content:
        """What it is in a cell of a grid."""
        return Content(self.text, self.place, self.parts if len(self.parts) > 1 else (), self.confidence)


def line_of(words: Iterable[Passage]) -> Passage:
    """Passages on one printed line as one."""
    ordered = sorted(words, key=lambda word: word.x0)
    text = ordered[0].text
    for before, word in pairwise(ordered):
        text += word.text if word.x0 - before.x1 < _TOUCHING * (word.bottom - word.top) else f" {word.text}"
    return _around(text, ordered, ((text, around_places(word.place for word in ordered)),))


def on_lines(words: Iterable[Passage]) -> list[list[Passage]]:
    """Passages by the printed line that they stand on, from top to bottom."""
    lines: list[list[Passage]] = []
    for word in sorted(words, key=lambda word: word.middle):
        if lines and word.middle - lines[-1][0].middle <= _SAME_LINE * (word.bottom - word.top):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def lines_of(words: Iterable[Passage]) -> list[Passage]:
    """Passages as printed lines from top to bottom."""
    return [line_of(line) for line in on_lines(words)]


def stack(lines: Sequence[Passage]) -> Passage:
    """Passages below each other as one."""
    printed = [part for line in lines for part in line.parts]
    pages = [list(group) for _, group in groupby(printed, key=lambda part: part[1].page)]
    parts = tuple(("\n".join(text for text, _ in page), around_places(place for _, place in page)) for page in pages)
    return lines[0] if len(lines) == 1 else _around("\n".join(line.text for line in lines), lines, parts)


def _around(text: str, passages: Sequence[Passage], parts: tuple[tuple[str, Place], ...]) -> Passage:
    _, lefts, rights, tops, bottoms, _, confidences = zip(*passages, strict=True)
    return Passage(text, min(lefts), max(rights), min(tops), max(bottoms), parts, least_confidence(confidences))


def parted(words: Iterable[Passage], apart: float) -> list[list[Passage]]:
    """Passages in groups from left to right: those less than `apart` from one another across the page are one."""
    groups: list[list[Passage]] = []
    end = float("-inf")
    for word in sorted(words, key=lambda word: word.x0):
        if word.x0 - end < apart:
            groups[-1].append(word)
        else:
            groups.append([word])
        end = max(end, word.x1)
    return groups


def are_alike(one: Passage, other: Passage, near: float) -> bool:
    """Whether two passages begin or end at one edge, or have one middle, but for less than `near`."""
    return min(abs(one.x0 - other.x0), abs(one.x1 - other.x1), abs(one.centre - other.centre)) < near
