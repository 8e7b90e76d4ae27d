"""Rebuilding the grid of flattened forms.

A form in flattened text begins with the label of its project's name and has the labels of a form after it. What stands
between two labels is the first one's value. The grid that comes out is the one the form is printed in, so that one
interpreter reads both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import regex

from perftable_etl.document import Block, Box, Cell, Document, Grid, Line, Place, Sheet
from perftable_etl.normalize.flattened.furniture import running_text
from perftable_etl.normalize.flattened.goals import split_goals
from perftable_etl.normalize.flattened.rows import Piece, Reading, cut_pieces, mend_labels, name_width, part_labels, read_rows
from perftable_etl.normalize.flattened.stream import Found, Stream, column_pattern, find_columns, find_labels
from perftable_etl.normalize.labels import merge
from perftable_etl.normalize.layout import load_layouts
from perftable_etl.normalize.vocabulary import is_title, read_title, read_year
from perftable_etl.records import FieldName

_FEWEST_LABELS = 4
"""Labels that must follow a project's name for it to begin a form."""

# The grid of the form as it is printed: side label, two columns of labels, names, targets.
_BOUNDARIES = tuple(float(i) for i in range(8))
_SIDE, _LEVEL1, _LEVEL2, _NAME, _TARGET = (0, 1), (1, 2), (2, 3), (3, 5), (5, 7)
_LABEL, _VALUE = (0, 1), (1, 7)
_LEFT_LABEL, _LEFT_VALUE, _RIGHT_LABEL, _RIGHT_VALUE = (1, 2), (2, 3), (3, 5), (5, 7)
_LEFT_GOAL, _RIGHT_GOAL = (1, 3), (3, 7)

_GOALS: tuple[FieldName, ...] = ("overall_goal", "annual_goal")
_BREAKS = regex.compile(r"\s*\n\s*")
_WIDE = r"[\p{Han}\u3001-\u303F\uFF00-\uFFEF“”‘’]"
_GOAL_LINE = regex.compile(rf"[^\s](?:[^\n\t ]|(?<!{_WIDE}) | (?!{_WIDE}))*")
_SIDE_OF_INDICATORS = regex.compile(r"(?<=\s)绩\s*效\s*指\s*标(?=\s)")


@dataclass(frozen=True, slots=True)
class _Region:
    """One flattened form in a stream: its labels, where its indicator table's header is, and where it ends."""

    labels: tuple[Found, ...]
    header: tuple[int, int]
    end: int

    @property
    def start(self) -> int:
        return self.labels[0].start


@dataclass(slots=True)
class _Builder:
    """A grid that is filled row by row with stretches of a stream."""

    stream: Stream
    cells: list[Cell] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    row: int = 0

    def put(
        self, columns: tuple[int, int], stretches: Sequence[tuple[int, int]], row: int | None = None
    ) -> None:
        """Add a cell to `row`, or the current one, its text taken from these stretches; none of them for a blank.

        A blank is given the place of what is printed before it.
        """
        texts = [text for stretch in stretches if (text := self._take(*stretch))]
        column, end_column = columns
        place = self.stream.place(stretches[0][0], stretches[-1][1]) if texts else self.cells[-1].place
        self.cells.append(Cell("\n".join(texts), self.row if row is None else row, column, 1, end_column - column, place))

    def put_row(self, contents: Mapping[tuple[int, int], Sequence[tuple[int, int]]]) -> None:
        """Add a row of cells and go on to the next."""
        for columns, stretches in contents.items():
            self.put(columns, stretches)
        self.row += 1

    def extend_last(self, columns: tuple[int, int], stretches: Sequence[tuple[int, int]]) -> None:
        """Add text to the last cell in these columns: what a page break cut off from it."""
        index = max(i for i, cell in enumerate(self.cells) if cell.column == columns[0])
        more = [self._take(*stretch) for stretch in stretches]
        self.cells[index] = replace(self.cells[index], text="\n".join([self.cells[index].text, *more]))

    def _take(self, start: int, end: int) -> str:
        """A stretch's text, its lines marked as used."""
        self.used.update(range(self.stream.line_at(start), self.stream.line_at(max(start, end - 1)) + 1))
        return self.text(start, end)

    def lines_used(self) -> Iterator[Line]:
        """The lines that cells were made of."""
        return (self.stream.lines[index] for index in self.used)

    def text(self, start: int, end: int) -> str:
        """A stretch's text without blank lines; tabs become spaces."""
        return _BREAKS.sub("\n", self.stream.text[start:end].strip()).replace("\t", " ")

    def grid(self) -> Grid:
        page = self.cells[0].place.page
        box = Box.around(cell.place.box for cell in self.cells if cell.place.page == page)
        self.cells.sort(key=lambda cell: (cell.row, cell.column))
        return Grid(tuple(self.cells), self.row + 1, _BOUNDARIES, Place(page, box))


def rebuild(document: Document) -> Document:
    """The document with the grids of its flattened forms; the lines they were made of are lines no more."""
    stream = Stream(running_text(document))
    regions = list(_regions(stream))
    if not regions:
        return document
    tables = [_split_table(stream, region) for region in regions]
    column_width = max(name_width(pieces) for pieces in tables)
    builders = [_build(stream, *pair, column_width) for pair in zip(regions, tables, strict=True)]
    grids = [builder.grid() for builder in builders]
    inside = {id(line) for builder in builders for line in builder.lines_used()}
    return Document(tuple(_sheet(sheet, inside, grids) for sheet in document.sheets))


def _regions(stream: Stream) -> Iterator[_Region]:
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
            yield _Region(labels, (header.start(), header.end()), _end_of_form(stream, header.end(), limit))


def _end_of_form(stream: Stream, start: int, limit: int) -> int:
    """Where a form's rows end: at the first title after them, or at the lines that head the next form."""
    last = stream.line_at(limit - 1)
    for index in range(stream.line_at(start) + 1, last + 1):
        text = stream.lines[index].text
        if is_title(text) or read_title(text) is not None or read_year(text) is not None:
            return stream.starts[index]
    return limit


def _split_table(stream: Stream, region: _Region) -> list[Piece]:
    """The pieces of a form's indicator table, without the side label and repeated headers."""
    pieces: list[Piece] = []
    position = region.header[1]
    for known in _labels_among_rows(stream, position, region.end):
        pieces += cut_pieces(stream, position, known[0])
        position = known[1]
    return part_labels(mend_labels([*pieces, *cut_pieces(stream, position, region.end)]))


def _labels_among_rows(stream: Stream, start: int, end: int) -> list[tuple[int, int]]:
    """Where the side label (绩效指标) and repeated headers stand among the rows."""
    headers = [match.span() for match in column_pattern().finditer(stream.searched, start, end)]
    sides = [match.span() for match in _SIDE_OF_INDICATORS.finditer(stream.searched, start, end)]
    return sorted([*headers, *(side for side in sides if not any(low <= side[0] < high for low, high in headers))])


def _build(stream: Stream, region: _Region, pieces: Sequence[Piece], column_width: float) -> _Builder:
    builder = _Builder(stream)
    goals = [goal for field in _GOALS if (goal := next((x for x in region.labels if x.field == field), None))]
    goals.sort(key=lambda goal: goal.start)
    first_goal = goals[0].start if goals else region.header[0]
    labels = [label for label in region.labels if label.start < first_goal]
    for label, following in pairwise([*labels, Found(None, first_goal, first_goal)]):
        _put_label(builder, label, following, labels)
    if goals:
        _put_goals(builder, goals, region, _has_two_goals(builder, goals))
    _put_header(builder, region)
    _put_rows(builder, pieces, read_rows(pieces, column_width))
    return builder


def _put_label(builder: _Builder, label: Found, following: Found, labels: Sequence[Found]) -> None:
    """A label and its value in a row of their own, in the columns they have on paper."""
    value = label.end, following.start
    if label.field is None:
        builder.put(_SIDE, [(label.start, label.end)])
        if not builder.text(*value):
            return
        builder.row += 1
        builder.put(_VALUE, [value])
    else:
        columns = _label_columns(builder.stream, label, labels)
        builder.put(columns[0], [(label.start, label.end)])
        builder.put(columns[1], [value])
    builder.row += 1


def _label_columns(stream: Stream, label: Found, labels: Sequence[Found]) -> tuple[tuple[int, int], tuple[int, int]]:
    """The columns of a label and its value: money stands in two blocks side by side, all else across the form.

    A label that both blocks have (其他资金) is printed for the left one first.
    """
    text = stream.text[label.start : label.end]
    left, right = (merge(block) for block in zip(*(layout.funds for layout in load_layouts()), strict=True))
    in_left, in_right = left.find(text), right.find(text)
    if not in_left and not in_right:
        return _LABEL, _VALUE
    is_first = next(other for other in labels if other.field == label.field) is label
    return (_LEFT_LABEL, _LEFT_VALUE) if in_left and (is_first or not in_right) else (_RIGHT_LABEL, _RIGHT_VALUE)


def _has_two_goals(builder: _Builder, goals: Sequence[Found]) -> bool:
    """Whether the form has an overall goal as well: one for several years names its years or has a total."""
    if len(goals) < 2:
        return False
    names_years = any(regex.search(r"[（(]", builder.text(goal.start, goal.end)) for goal in goals)
    return names_years or any((cell.column, cell.end_column) == _LEFT_VALUE and cell.text for cell in builder.cells)


def _put_goals(builder: _Builder, goals: Sequence[Found], region: _Region, has_two: bool) -> None:
    """The goals' labels side by side, and below them the lines that belong to each."""
    for side in region.labels:
        if side.field is None and side.start > goals[0].start:
            builder.put(_SIDE, [(side.start, side.end)])
            builder.row += 1
    columns = (_LEFT_GOAL, _RIGHT_GOAL) if len(goals) > 1 else (_RIGHT_GOAL,)
    for goal, where in zip(goals, columns, strict=False):
        builder.put(where, [(goal.start, goal.end)])
    builder.row += 1
    lines = list(_goal_lines(builder.stream, goals, region))
    for where, stretches in zip(columns, _assign_goals(builder.stream, lines, goals, has_two), strict=True):
        builder.put(where, stretches)
    builder.row += 1


def _goal_lines(stream: Stream, goals: Sequence[Found], region: _Region) -> Iterator[tuple[int, int]]:
    """The stretches of text below the goals' labels, one for every printed line of a cell.

    A space between two full-width characters parts two cells: set type has none there.
    """
    sides = [label for label in region.labels if label.field is None and label.start > goals[-1].start]
    starts = [goals[-1].end, *(side.end for side in sides)]
    ends = [*(side.start for side in sides), region.header[0]]
    for start, end in zip(starts, ends, strict=True):
        for match in _GOAL_LINE.finditer(stream.text, start, end):
            yield match.span()


def _assign_goals(
    stream: Stream, lines: Sequence[tuple[int, int]], goals: Sequence[Found], has_two: bool
) -> list[list[tuple[int, int]]]:
    """The lines of each goal: by their tabs, else by their widths; a single goal is the year's, which every form has."""
    if len(goals) == 1:
        return [list(lines)]
    if any(stream.tabs_before(start) for start, _ in lines):
        second_tab = stream.tabs_before(goals[-1].start)
        in_first = tuple(stream.tabs_before(start) < second_tab for start, _ in lines)
    else:
        split = split_goals([stream.text[start:end].strip() for start, end in lines]) if has_two else None
        in_first = split.in_first if split else (False,) * len(lines)
    first = [line for line, is_first in zip(lines, in_first, strict=True) if is_first]
    second = [line for line, is_first in zip(lines, in_first, strict=True) if not is_first]
    return [first, second]


def _put_header(builder: _Builder, region: _Region) -> None:
    """The header of the indicator table, each label in its column, and the side label printed before or after it."""
    start, end = region.header
    sides = list(_SIDE_OF_INDICATORS.finditer(builder.stream.searched, start, region.end))
    if sides:
        builder.put(_SIDE, [sides[0].span()])
    columns = {"level1": _LEVEL1, "level2": _LEVEL2, "level3": _NAME, "target": _TARGET}
    for found in find_columns(builder.stream, start, end):
        if found.field in columns:
            builder.put(columns[found.field], [(found.start, found.end)])
    builder.row += 1


def _put_rows(builder: _Builder, pieces: Sequence[Piece], readings: Sequence[Reading]) -> None:
    """The rows of the indicator table. Of two level-2 labels in a row the first stands in the level-1 column."""
    waiting: dict[tuple[int, int], list[tuple[int, int]]] = {}
    unlabelled: int | None = None  # the first row since the last level-1 label, as long as no level-2 label has come
    for number, reading in enumerate(readings):
        name = _stretches(pieces[reading.first : reading.name_end])
        if reading.part == "level1":
            waiting, unlabelled = {_LEVEL1: name}, None
        elif reading.part == "level2" and unlabelled is not None and _is_late(pieces[reading.first], readings[number:]):
            builder.put(_LEVEL2, name, row=unlabelled)
            unlabelled = None
        elif reading.part == "level2":
            before = waiting.get(_LEVEL1) or waiting.get(_LEVEL2)
            waiting = ({_LEVEL1: before} if before else {}) | {_LEVEL2: name}
        elif reading.part == "tail":
            builder.extend_last(_NAME, name)
        else:
            if _LEVEL1 in waiting and _LEVEL2 not in waiting:
                unlabelled = builder.row
            builder.put_row({**waiting, _NAME: name, _TARGET: _stretches(pieces[reading.name_end : reading.end])})
            waiting = {}
    if waiting:
        builder.put_row(waiting)


def _stretches(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    return [stretch for piece in pieces for stretch in piece.stretches]


def _is_late(label: Piece, readings: Sequence[Reading]) -> bool:
    """Whether a label is printed below its rows: a merged cell's label may come only after the page break in it."""
    return label.opens_page or not any(reading.part == "row" for reading in readings)


def _sheet(sheet: Sheet, inside: set[int], grids: Sequence[Grid]) -> Sheet:
    blocks: list[Block] = [block for block in sheet.blocks if id(block) not in inside]
    blocks += [grid for grid in grids if grid.place.page == sheet.number]
    blocks.sort(key=lambda block: block.place.box.y0)
    return Sheet(sheet.number, tuple(blocks))
