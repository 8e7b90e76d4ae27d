"""Where the forms are in a stream of flattened text.

A form begins with the label of its project's name; the labels of a form and the header of an indicator table follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from perftable_etl.normalize.flattened.landmarks import Found, column_pattern, find_labels
from perftable_etl.normalize.flattened.stream import Stream, Stretch
from perftable_etl.normalize.vocabulary import is_title, read_title, read_year

_FEWEST_LABELS = 4
"""Labels that must follow a project's name for it to begin a form."""


@dataclass(frozen=True, slots=True)
class Region:
    """One flattened form in a stream: its labels, where its indicator table's header is, and where it ends."""

    labels: tuple[Found, ...]
    header: Stretch
    end: int

    @property
    def start(self) -> int:
        """Where the form begins in the stream's text: at its first label."""
        return self.labels[0].start


def find_regions(stream: Stream) -> Iterator[Region]:
    """The flattened forms in a stream, each up to the heading of the next."""
    if not stream.lines:
        return
    found = list(find_labels(stream, 0, len(stream.text)))
    starts = [index for index, label in enumerate(found) if label.field == "name"]
    for start, end in pairwise([*starts, len(found)]):
        limit = found[end].start if end < len(found) else len(stream.text)
        header = column_pattern().search(stream.searched, found[start].end, limit)
        if header is None:
            continue
        labels = tuple(label for label in found[start:end] if label.end <= header.start())
        if len(labels) > _FEWEST_LABELS:
            yield Region(labels, (header.start(), header.end()), _end_of_form(stream, header.end(), limit))


def _end_of_form(stream: Stream, start: int, limit: int) -> int:
    """Where a form's rows end: at the first title after them, or at the lines that head the next form."""
    last = stream.line_at(limit - 1)
    for index in range(stream.line_at(start) + 1, last + 1):
        text = stream.lines[index].text
        if is_title(text) or read_title(text) is not None or read_year(text) is not None:
            return stream.starts[index]
    return limit
