"""What must be said of a flattened form: which rows and values may be wrong, and what may be missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from perftable_etl.document import Cell
from perftable_etl.messages import Message
from perftable_etl.normalize.layouts.additions import is_note
from perftable_etl.normalize.rebuild.flattened.doubts import Doubt
from perftable_etl.normalize.rebuild.flattened.goals import Split
from perftable_etl.normalize.rebuild.flattened.roles import SLACK
from perftable_etl.normalize.rebuild.flattened.stray_lines import is_added, lost_rows
from perftable_etl.normalize.rebuild.flattened.stream import Stream, Stretch
from perftable_etl.normalize.rebuild.line_breaks import is_full, width
from perftable_etl.normalize.rebuild.line_findings import doubtful_row, doubtful_value, left_out, location
from perftable_etl.records import Finding, Severity


def doubtful(stream: Stream, doubt: Doubt) -> Finding:
    """That a row of a flattened form breaks a rule."""
    row = doubt.row.pieces
    place = stream.place(row[0].stretches[0][0], row[-1].stretches[-1][1])
    return doubtful_row(" ".join(piece.text for piece in row), place, doubt.rule)


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


def strays_left_out(stream: Stream, strays: Sequence[Stretch]) -> Iterator[Finding]:
    """That lines among the rows of a form were left out of it."""
    if strays:
        yield left_out(len(strays), stream.text[slice(*strays[0])], stream.place(*strays[0]))


def rows_lost(stream: Stream, end: int, following: int) -> Iterator[Finding]:
    """That lines below a form's end may be rows of it."""
    rows = lost_rows(stream, end, following)
    if rows:
        place = stream.place(*rows)
        message = Message(
            "{line}, below the end of a form, may begin more of its rows; they were not read; "
            "compare them with the source",
            line=location(place),
        )
        raw = stream.text[slice(*rows)]
        yield Finding(code="rows_perhaps_lost", severity="warning", message=message, raw=raw, place=place)


_PARTED_OTHERWISE = (
    "two goals are side by side on paper; their lines were separated by the line breaks of each column; "
    "another separation is possible; compare the goals with the page"
)


_NOT_PARTED = (
    "the labels of two goals are above these lines, and the lines were read as one goal; "
    "some may be of the other goal; compare the goals with the page"
)


def goals_parted(stream: Stream, lines: Sequence[Stretch], split: Split) -> Finding:
    """That the lines of two goals were told apart by their widths; a warning where they could be told otherwise."""
    message = "two goals are side by side on paper; their lines were separated by the line breaks of each column"
    severity: Severity = "info"
    if not split.is_sure:
        message, severity = _PARTED_OTHERWISE if any(split.in_first) else _NOT_PARTED, "warning"
    place = stream.place(lines[0][0], lines[-1][1])
    return Finding(code="goals_parted", severity=severity, message=message, place=place)
