"""Flattened text as one stream of characters that still know where they are printed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from perftable_etl.document import Box, Line, Place
from perftable_etl.look_alikes import map_look_alikes
from perftable_etl.normalize.layouts.vocabulary import Vocabulary

Stretch = tuple[int, int]
"""A run of a stream's characters: its start and its end, which is excluded."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Lines joined by newlines. `starts[i]` is where line i begins in `text`; `vocabulary` has the words of its forms.

    `text` is as printed; `searched` has ordinary characters for their look-alikes, one for one, to find labels in.
    """

    lines: tuple[Line, ...]
    vocabulary: Vocabulary
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
