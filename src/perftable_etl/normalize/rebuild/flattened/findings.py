"""What must be said of how flattened lines were read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from perftable_etl.document import Cell
from perftable_etl.messages import Message
from perftable_etl.normalize.layouts.additions import is_note
from perftable_etl.normalize.rebuild.flattened.goals import Split
from perftable_etl.normalize.rebuild.flattened.roles import SLACK
from perftable_etl.normalize.rebuild.flattened.stray_lines import Strays, is_added, lost_rows
from perftable_etl.normalize.rebuild.flattened.stream import Stream, Stretch
from perftable_etl.normalize.rebuild.line_breaks import is_full, width
from perftable_etl.normalize.rebuild.line_findings import doubtful_value, left_out, location
from perftable_etl.records import Finding

_PARTED = "two goals are side by side on paper; their lines were separated by the line breaks of each column"
_PARTED_OTHERWISE = (
    "two goals are side by side on paper; their lines were separated by the line breaks of each column; "
    "another separation is possible; compare the goals with the page"
)
_NOT_PARTED = (
    "the labels of two goals are above these lines, and the lines were read as one goal; "
    "some may be of the other goal; compare the goals with the page"
)


def doubtful_values(cells: Iterable[Cell], outside: frozenset[str]) -> Iterator[Finding]:
    """That a value above the indicators has a line like those that are added to a form.

    Its first line may well be printed outside the form too, as the name of a unit is.
    """
    for cell in cells:
        first, *others = cell.text.split("\n")
        if is_note(first) or any(is_added(line, outside) for line in others):
            yield doubtful_value(cell.text, cell.place)


def broken_value(value: Cell) -> Iterator[Finding]:
    """That a field's value has a line that ends too early, as where a label that is not known follows it."""
    lines = value.text.split("\n")
    widest = max(map(width, lines))
    if any(not is_full(width(one), other, widest, SLACK) for one, other in pairwise(lines)):
        yield doubtful_value(value.text, value.place)


def label_apart(side: Cell) -> Finding:
    """That a label is put together from lines far apart: another one stands where it begins.

    A field's value that is wrapped around the next label ends in a word that begins a side label as well (项目).
    """
    message = Message(
        "the first word of a label, in {line}, is beside another label and may be the "
        "end of a value; compare it with the source",
        line=location(side.place),
    )
    return Finding(code="value_doubtful", severity="warning", message=message, raw=side.text, place=side.place)


def strays_found(stream: Stream, strays: Strays, following: int) -> Iterator[Finding]:
    """That lines among the rows of a form were left out of it, or that lines below its end may be rows of it."""
    if strays.stretches:
        first = strays.stretches[0]
        yield left_out(len(strays.stretches), stream.text[slice(*first)], stream.place(*first))
    if rows := lost_rows(stream, strays.end, following):
        place = stream.place(*rows)
        message = Message(
            "{line}, below the end of a form, may begin more of its rows; they were not read; "
            "compare them with the source",
            line=location(place),
        )
        raw = stream.text[slice(*rows)]
        yield Finding(code="rows_perhaps_lost", severity="warning", message=message, raw=raw, place=place)


def goals_parted(stream: Stream, lines: Sequence[Stretch], split: Split) -> Finding:
    """That the lines of two goals were told apart by their widths; a warning where they could be told otherwise."""
    place = stream.place(lines[0][0], lines[-1][1])
    if split.is_sure:
        return Finding(code="goals_parted", severity="info", message=_PARTED, place=place)
    message = _PARTED_OTHERWISE if any(split.in_first) else _NOT_PARTED
    return Finding(code="goals_parted", severity="warning", message=message, place=place)
