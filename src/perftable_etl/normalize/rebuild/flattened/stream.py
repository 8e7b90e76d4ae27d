"""The lines of a text as one stream of characters, and their places.

Page numbers are left out. A label printed beside a block of rows (项目/绩效/目标, one piece a line, in the middle of
its block) is scattered among the block's lines, and is put together again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from perftable_etl.document import Box, Document, Line, Place
from perftable_etl.look_alikes import map_look_alikes
from perftable_etl.normalize.layouts.headings import is_heading, is_title, read_page_number
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.values.money import money_unit
from perftable_etl.normalize.values.text import fold

Stretch = tuple[int, int]
"""A run of a stream's characters: its start and its end, which is excluded."""

_REACH = 16  # lines that may stand between two pieces of one side label


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

    def lines_of(self, start: int, end: int) -> range:
        """The indices of the lines that hold the characters from `start` to `end` (excluded)."""
        return range(self.line_at(start), self.line_at(max(start, end - 1)) + 1)

    def stretch(self, index: int) -> Stretch:
        """The characters of a line."""
        return self.starts[index], self.starts[index] + len(self.lines[index].text)

    def place(self, start: int, end: int) -> Place:
        """Where the characters from `start` to `end` (excluded) are printed, on the page of the first."""
        lines = self.lines_of(start, end)
        page = self.lines[lines[0]].place.page
        boxes = []
        for index in lines:
            low, high = self.stretch(index)
            if self.lines[index].place.page == page:
                x0, x1 = max(start - low, 0), (end if index == lines[-1] else high) - low
                boxes.append(self.lines[index].place.box._replace(x0=x0, x1=x1))
        return Place(page, Box.around(boxes))


def running_text(document: Document, vocabulary: Vocabulary) -> tuple[Line, ...]:
    """The lines of all pages in reading order, without page numbers, side labels in one piece."""
    pages = [[block for block in laid_out.blocks if isinstance(block, Line)] for laid_out in document.pages]
    numbers = _page_numbers(pages)
    own = ([line for line in page if id(line) not in numbers] for page in pages)
    return tuple(_gather_sides([line for page in own for line in _move_headings(page, vocabulary)], vocabulary))


def _page_numbers(pages: Sequence[Sequence[Line]]) -> set[int]:
    """The page numbers, by identity: numbers at one edge of most pages, each as much higher as its page is later."""
    found: set[int] = set()
    for edge in (0, -1):
        lines = [(number, page[edge]) for number, page in enumerate(pages) if page]
        offsets = [(read - number, line) for number, line in lines if (read := read_page_number(line.text)) is not None]
        usual, count = Counter(offset for offset, _ in offsets).most_common(1)[0] if offsets else (0, 0)
        if count > 1 and count * 2 > len(pages):
            found.update(id(line) for offset, line in offsets if offset == usual)
    return found


def _move_headings(page: list[Line], vocabulary: Vocabulary) -> list[Line]:
    """The lines of a page with the headings that were printed first of all moved to the forms that begin below.

    Some writers put a page's headings out before its tables, so that the rest of a form follows the next one's title.
    """
    count = next((index for index, line in enumerate(page) if not is_heading(line.text)), len(page))
    titles = [index for index in range(count) if is_title(page[index].text)]
    starts = [index for index in range(count, len(page)) if _begins_form(page, index, vocabulary)]
    if not titles or not starts or starts[0] == count:
        return page
    pairs = min(len(titles), len(starts))  # the last of both belong together
    groups = [page[low:high] for low, high in pairwise([*titles[-pairs:], count])]
    moved = dict(zip(starts[-pairs:], groups, strict=True))
    rest = (line for index in range(count, len(page)) for line in (*moved.get(index, ()), page[index]))
    return [*page[: titles[-pairs]], *rest]


def _begins_form(page: Sequence[Line], index: int, vocabulary: Vocabulary) -> bool:
    """Whether a line begins with the label of a project's name, which a narrow cell may break."""
    candidates = (*page[index].text.split()[:1], "".join(line.text for line in page[index : index + 2]))
    return any(vocabulary.concept(text) == "name" for text in candidates)


def _gather_sides(lines: list[Line], vocabulary: Vocabulary) -> Iterator[Line]:
    """The lines with the pieces of each scattered side label moved up to its first piece."""
    moved: set[int] = set()
    for index, line in enumerate(lines):
        if index not in moved:
            yield line
            pieces = _rest_of_side(lines, index, moved, vocabulary)
            moved.update(pieces)
            yield from (lines[piece] for piece in pieces)


def _rest_of_side(lines: Sequence[Line], first: int, taken: set[int], vocabulary: Vocabulary) -> list[int]:
    """The later lines that make a side label of line `first`, or that qualify it with a unit; none if it is none."""
    head = fold(lines[first].text)
    window = [index for index in range(first + 1, min(first + _REACH, len(lines))) if index not in taken]
    found = [pieces for side in vocabulary.sides if (pieces := _complete(lines, window, head, side)) is not None]
    if not found:
        return []
    pieces = min(found, key=lambda pieces: pieces[-1] if pieces else first)
    unit = next((index for index in window if _is_unit(lines[index].text) and index not in pieces), None)
    goes_on = bool(window) and vocabulary.concept(head + lines[window[0]].text) is not None
    is_of_money = any(vocabulary.meaning(part).money for index in window for part in lines[index].text.split())
    if unit is None or goes_on or not is_of_money:
        return pieces
    between = [index for index in range(first + 1, unit) if index not in pieces]
    is_of_other = any(
        _complete(lines, between[at + 1 :], fold(lines[index].text), side) is not None
        for at, index in enumerate(between)
        for side in vocabulary.sides
    )
    return pieces if is_of_other else [*pieces, unit]


def _is_unit(text: str) -> bool:
    """Whether a line is a unit of money in brackets and nothing else."""
    folded = fold(text)
    return folded.startswith("(") and folded.endswith(")") and money_unit(folded) is not None


def _complete(lines: Sequence[Line], window: Sequence[int], head: str, side: str) -> list[int] | None:
    """The lines of `window` that follow `head` to make up `side`, or None, also where the label begins anew before."""
    if not head or not side.startswith(head):
        return None
    rest, pieces = side[len(head) :], []
    for index in window if rest else ():
        piece = fold(lines[index].text)
        if piece.startswith(head) and side.startswith(piece):
            return None
        if piece and rest.startswith(piece):
            rest = rest[len(piece) :]
            pieces.append(index)
        if not rest:
            break
    return None if rest else pieces
