"""Flattened text as one stream of characters that still know where they are printed, and the labels in it.

Labels are a closed vocabulary in a fixed order, so they are found wherever the text was broken: with white space
between any two of their characters.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import regex

from perftable_etl.document import Box, Line, Place
from perftable_etl.normalize.vocabulary import columns, labels_above, sides
from perftable_etl.normalize.text import fold, map_look_alikes
from perftable_etl.records import FieldName


@dataclass(frozen=True, slots=True)
class Stream:
    """Lines joined by newlines. `starts[i]` is where line i begins in `text`.

    `text` is as printed; `searched` has ordinary characters for their look-alikes, one for one, to find labels in.
    """

    lines: tuple[Line, ...]
    text: str = field(init=False)
    searched: str = field(init=False)
    starts: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        starts, position = [], 0
        for line in self.lines:
            starts.append(position)
            position += len(line.text) + 1
        object.__setattr__(self, "text", "\n".join(line.text for line in self.lines))
        object.__setattr__(self, "searched", map_look_alikes(self.text))
        object.__setattr__(self, "starts", tuple(starts))

    def line_at(self, position: int) -> int:
        """The index of the line that holds the character at `position`."""
        return bisect_right(self.starts, position) - 1

    def tabs_before(self, position: int) -> int:
        """How many tabs stand before `position` on its line; 0 also where nothing is tabbed."""
        return self.text.count("\t", self.starts[self.line_at(position)], position)

    def place(self, start: int, end: int) -> Place:
        """Where the characters from `start` to `end` (excluded) are printed, on the page of the first."""
        first, last = self.line_at(start), self.line_at(max(start, end - 1))
        page = self.lines[first].place.page
        boxes = []
        for index in range(first, last + 1):
            line = self.lines[index]
            if line.place.page == page:
                left = start - self.starts[index] if index == first else 0
                right = end - self.starts[index] if index == last else len(line.text)
                boxes.append(Box(max(left, 0), line.place.box.y0, right, line.place.box.y1))
        return Place(page, Box.around(boxes))


class Found(NamedTuple):
    """A label found in a stream: what it stands for (None for a side label), and from where to where it is printed."""

    field: FieldName | None
    start: int
    end: int


@lru_cache(maxsize=1)
def _vocabulary() -> Mapping[str, FieldName | None]:
    """Every label above the indicator table, in any layout, and what it stands for."""
    return {**dict.fromkeys(sides().meanings), **labels_above().meanings}


def _spaced(label: str) -> str:
    """A pattern for a label with white space anywhere in it, half-width or full-width brackets and colons."""
    widened = {"(": "[(（]", ")": "[)）]", ":": "[:：]", "/": "[/／]"}
    return r"\s*".join(widened.get(character, regex.escape(character)) for character in label)


def _any_of(labels: Sequence[str]) -> str:
    return "|".join(map(_spaced, sorted(labels, key=len, reverse=True)))


_QUALIFIER = r"(?:\s*[(（][^()（）]{1,24}[)）])?(?:\s*[:：])?"


@lru_cache(maxsize=1)
def _label_pattern() -> regex.Pattern[str]:
    run_on = [label for label, field in _vocabulary().items() if field not in (None, "overall_goal", "annual_goal")]
    return regex.compile(
        rf"(?:(?<=[\s:：])|^)(?P<label>{_any_of(list(_vocabulary()))}){_QUALIFIER}(?=\s|$|(?<=[:：]))"
        rf"|(?:(?<=\n)|^)(?P<label>{_any_of(run_on)})"
    )


@lru_cache(maxsize=1)
def _one_column() -> regex.Pattern[str]:
    return regex.compile(rf"(?P<label>{_any_of(list(columns().meanings))})")


@lru_cache(maxsize=1)
def column_pattern() -> regex.Pattern[str]:
    """The header of an indicator table: at least three of its columns, one after the other, a side label before it."""
    column, side = _any_of(list(columns().meanings)), _any_of(list(sides().meanings))
    return regex.compile(rf"(?:(?<=\s)|^)(?:(?:{side})\s+)?(?:(?:{column})\s*){{2,}}(?:{column})(?:\s+|$)")


def find_labels(stream: Stream, start: int, end: int) -> Iterator[Found]:
    """The labels between two positions, in the order they are printed.

    A label stands alone, or opens a line that runs on with its value; but goals may well begin with a goal's name.
    """
    for match in _label_pattern().finditer(stream.searched, start, end):
        yield Found(_vocabulary()[fold(match["label"])], match.start(), match.end())


def find_columns(stream: Stream, start: int, end: int) -> Iterator[Found]:
    """The column headers of an indicator table between two positions."""
    for match in _one_column().finditer(stream.searched, start, end):
        yield Found(columns().meanings[fold(match["label"])], match.start(), match.end())
