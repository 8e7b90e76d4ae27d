"""Where the forms are in a stream of flattened text.

A form begins with the label of its project's name; the labels of a form and the header of an indicator table follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from perftable_etl.normalize.layouts.headings import is_title, read_title, read_year
from perftable_etl.normalize.rebuild.flattened.headers import Header, find_headers
from perftable_etl.normalize.rebuild.flattened.labels import FoundLabel, find_labels
from perftable_etl.normalize.rebuild.flattened.stray_lines import shows_rows
from perftable_etl.normalize.rebuild.flattened.stream import Stream

_FEWEST_LABELS = 4
"""Labels that must follow a project's name for it to begin a form."""


@dataclass(frozen=True, slots=True)
class FlattenedForm:
    """One flattened form in a stream: its labels, where its indicator table's header is, and where it ends."""

    labels: tuple[FoundLabel, ...]
    header: Header
    end: int

    @property
    def start(self) -> int:
        """Where the form begins in the stream's text: at its first label."""
        return self.labels[0].start


def find_flattened_forms(stream: Stream) -> Iterator[FlattenedForm]:
    """The flattened forms in a stream, each up to the heading of the next."""
    if not stream.lines:
        return
    found = list(find_labels(stream, 0, len(stream.text)))
    starts = [index for index, label in enumerate(found) if label.field == "name"]
    for start, end in pairwise([*starts, len(found)]):
        limit = found[end].start if end < len(found) else len(stream.text)
        header = next(find_headers(stream, found[start].end, limit), None)
        if header is None:
            continue
        labels = tuple(label for label in found[start:end] if label.end <= header.start)
        if len(labels) > _FEWEST_LABELS:
            yield FlattenedForm(labels, header, _end_of_form(stream, header.end, limit))


def _end_of_form(stream: Stream, start: int, limit: int) -> int:
    """Where a form's rows end: at the first title after them, or at the lines that head the next form.

    A title that rows follow, and no label of another form, is the form's own, printed again at the head of a page.
    """
    headings = [
        index for index in range(stream.line_at(start) + 1, stream.line_at(limit - 1) + 1) if _heads_form(stream, index)
    ]
    for index, following in pairwise([*headings, None]):
        end = limit if following is None else stream.starts[following]
        if index is not None and not (following == index + 1 or _goes_on(stream, stream.starts[index], end)):
            return stream.starts[_first_of_run(headings, index)]
    return limit


def _heads_form(stream: Stream, index: int) -> bool:
    text = stream.lines[index].text
    return is_title(text) or read_title(text) is not None or (read_year(text) is not None and not text.isdigit())


def _first_of_run(headings: Sequence[int], index: int) -> int:
    """The first of the headings that stand one below the other down to line `index`."""
    while index - 1 in headings:
        index -= 1
    return index


def _goes_on(stream: Stream, start: int, end: int) -> bool:
    """Whether a form's rows go on below a title: levels or signed values, and no labels of a form."""
    if any(label.field is not None for label in find_labels(stream, start, end)):
        return False
    return shows_rows(stream, start, end)
