"""The headings of forms and documents, those made whole that are wrapped over several lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from perftable_etl.document import Document, Line
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.layouts.headings import (
    LONGEST_HEADING,
    Title,
    begins_title,
    ends_title,
    is_heading,
    is_title,
    names_performance,
    read_title,
    read_year,
)


class Heading(NamedTuple):
    """A heading as it reads, and the printed lines it was wrapped over."""

    text: str
    lines: tuple[Line, ...]


def find_headings(lines: Sequence[Line]) -> Iterator[Heading]:
    """The headings among lines in reading order, those made whole that are wrapped over two or three lines."""
    index = 0
    while index < len(lines):
        count = next((count for count in (3, 2) if _is_wrapped(lines[index : index + count], count)), 1)
        text = "".join(line.text for line in lines[index : index + count])
        if count > 1 or is_heading(text):
            yield Heading(text, tuple(lines[index : index + count]))
        index += count


def _is_wrapped(lines: Sequence[Line], count: int) -> bool:
    """Whether these lines are one title: it ends in 表 only with the last, or its first is an organization's name."""
    if len(lines) < count or not all(map(_is_next, lines, lines[1:])):
        return False
    joined = "".join(line.text for line in lines)
    if len(joined) > LONGEST_HEADING or read_title(joined) is None or not ends_title(joined):
        return False
    whole = [line for line in lines if is_title(line.text) or read_year(line.text) is not None]
    return not whole or (whole == [lines[-1]] and count == 2 and begins_title(lines[0].text))


def _is_next(line: Line, following: Line) -> bool:
    """Whether one line stands right below another."""
    box, below = line.place.box, following.place.box
    return line.place.page == following.place.page and below.y0 - box.y1 <= 1.5 * (box.y1 - box.y0)


def find_title(document: Document) -> Title | None:
    """A document's title: of the headings that read as one, the first about performance targets, else the first."""
    return _choose(heading.text for heading in find_headings(list(document.lines())))


def title_in_tables(cells: Iterable[LabelledCell]) -> Title | None:
    """The title that the first cells of forms have where it is printed within their frame, a line of a cell or all."""
    return _choose(line for cell in cells if cell.is_heading for line in cell.text.split("\n"))


def _choose(texts: Iterable[str]) -> Title | None:
    titles = [title for text in texts if (title := read_title(text))]
    return next((title for title in titles if names_performance(title.text)), titles[0] if titles else None)
