"""Rebuilding the grid of flattened forms.

What stands between two labels is the first one's value; below the goals' labels two texts may be mixed; the rest are
rows. The grid that comes out is the one the form is printed in, so that one interpreter reads both.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from perftable_etl.document import Block, Document, Grid, LaidOutPage
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import GOALS
from perftable_etl.normalize.rebuild.flattened.alternatives import find_ambiguous
from perftable_etl.normalize.rebuild.flattened.body_text import running_text
from perftable_etl.normalize.rebuild.flattened.builder import (
    LABEL,
    LEFT_GOAL,
    LEFT_LABEL,
    LEFT_VALUE,
    LEVEL1,
    LEVEL2,
    NAME,
    RIGHT_GOAL,
    RIGHT_LABEL,
    RIGHT_VALUE,
    SIDE,
    TARGET,
    VALUE,
    Columns,
    GridBuilder,
)
from perftable_etl.normalize.rebuild.flattened.doubts import find_doubts
from perftable_etl.normalize.rebuild.flattened.findings import (
    doubtful_row,
    doubtful_values,
    goals_parted,
    labels_apart,
    left_out,
    rows_lost,
)
from perftable_etl.normalize.rebuild.flattened.forms import FlattenedForm, find_flattened_forms
from perftable_etl.normalize.rebuild.flattened.goals import split_goals
from perftable_etl.normalize.rebuild.flattened.labels import FoundLabel, find_columns, find_headers
from perftable_etl.normalize.rebuild.flattened.pieces import Piece, cut_pieces, mend_labels, part_labels
from perftable_etl.normalize.rebuild.flattened.rows import TablePart, is_late, name_width, read_rows
from perftable_etl.normalize.rebuild.flattened.stray_lines import Strays, find_strays, is_of_page, lines_outside
from perftable_etl.normalize.rebuild.flattened.stream import Stream, Stretch
from perftable_etl.normalize.rebuild.rebuilt import Rebuilt
from perftable_etl.normalize.values.text import fold

_WIDE = r"[\p{Han}\u3001-\u303F\uFF00-\uFFEF“”‘’]"
_GOAL_LINE = regex.compile(rf"[^\s](?:[^\n\t ]|(?<!{_WIDE}) | (?!{_WIDE}))*")
_SIDE_OF_INDICATORS = regex.compile(r"(?<=\s)绩\s*效\s*指\s*标(?=\s)")


def rebuild(document: Document, vocabulary: Vocabulary) -> Rebuilt:
    """The document with the grids of its flattened forms; the lines they were made of are lines no more."""
    stream = Stream(running_text(document, vocabulary), vocabulary)
    forms = list(find_flattened_forms(stream))
    if not forms:
        return Rebuilt(document)
    outside = lines_outside(stream, ((form.start, form.end) for form in forms))
    strays = [find_strays(stream, form.header[1], form.end, outside) for form in forms]
    tables = [_split_table(stream, form, found) for form, found in zip(forms, strays, strict=True)]
    column_width = max(name_width(pieces) for pieces in tables)
    builders = [_build(stream, *pair, column_width, outside) for pair in zip(forms, tables, strict=True)]
    grids = [builder.grid() for builder in builders]
    inside = {id(line) for builder in builders for line in builder.lines_used()}
    rebuilt = Document(tuple(_sheet(laid_out, inside, grids) for laid_out in document.pages))
    findings = [finding for builder in builders for finding in builder.findings]
    ends = [*(form.start for form in forms[1:]), len(stream.text)]
    for found, end in zip(strays, ends, strict=True):
        findings += [*left_out(stream, found.stretches), *rows_lost(stream, found.end, end)]
    return Rebuilt(rebuilt, tuple(findings))


def _split_table(stream: Stream, form: FlattenedForm, strays: Strays) -> list[Piece]:
    """The pieces of a form's indicator table, without the side label, repeated headers and what is not of the form."""
    pieces: list[Piece] = []
    position = form.header[1]
    opens_page = False
    for known in sorted([*_labels_among_rows(stream, position, strays.end), *strays.stretches]):
        if known[0] >= position:
            pieces += _mark_page_start(cut_pieces(stream, position, known[0]), opens_page=opens_page)
            position = known[1]
            opens_page = known in strays.stretches
    pieces += _mark_page_start(cut_pieces(stream, position, strays.end), opens_page=opens_page)
    return part_labels(mend_labels(_below_headers(stream, form, pieces)))


def _below_headers(stream: Stream, form: FlattenedForm, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, those marked that follow a repeated header: it is printed where a page begins, whatever else is."""
    starts = [piece.stretches[0][0] for piece in pieces]
    tops = {bisect_left(starts, end) for _, end in find_headers(stream, form.header[1], form.end)}
    for index, piece in enumerate(pieces):
        yield piece._replace(opens_page=piece.opens_page or index in tops)


def _mark_page_start(pieces: Iterator[Piece], *, opens_page: bool) -> Iterator[Piece]:
    """The pieces, the first of them marked where what stands above it is printed at a page's edge."""
    for number, piece in enumerate(pieces):
        yield piece._replace(opens_page=piece.opens_page or (opens_page and number == 0))


def _labels_among_rows(stream: Stream, start: int, end: int) -> list[Stretch]:
    """Where the side label (绩效指标) and repeated headers stand among the rows."""
    headers = list(find_headers(stream, start, end))
    sides = [match.span() for match in _SIDE_OF_INDICATORS.finditer(stream.searched, start, end)]
    return sorted([*headers, *(side for side in sides if not any(low <= side[0] < high for low, high in headers))])


def _build(
    stream: Stream, form: FlattenedForm, pieces: Sequence[Piece], column_width: float, outside: frozenset[str]
) -> GridBuilder:
    builder = GridBuilder(stream)
    goals = [goal for field in GOALS if (goal := next((x for x in form.labels if x.field == field), None))]
    goals.sort(key=lambda goal: goal.start)
    first_goal = goals[0].start if goals else form.header[0]
    labels = [label for label in form.labels if label.start < first_goal]
    for label, following in pairwise([*labels, FoundLabel(None, first_goal, first_goal)]):
        _put_label(builder, label, following, labels)
    if goals:
        _put_goals(builder, goals, form, _has_two_goals(builder, goals))
    builder.findings += (*doubtful_values(builder.cells, outside), *labels_apart(builder.cells))
    _put_header(builder, form)
    table_parts = read_rows(pieces, column_width)
    _put_rows(builder, pieces, table_parts)
    is_tabbed = "\t" in stream.text[slice(*form.header)]
    doubts = list(find_doubts(pieces, table_parts, column_width, is_tabbed=is_tabbed))
    doubts += find_ambiguous(pieces, table_parts, column_width, [doubt.row for doubt in doubts])
    builder.findings += [doubtful_row(stream, pieces, doubt) for doubt in doubts]
    return builder


def _put_label(builder: GridBuilder, label: FoundLabel, following: FoundLabel, labels: Sequence[FoundLabel]) -> None:
    """A label and its value in a row of their own, in the columns they have on paper."""
    value = label.end, following.start
    if label.field is None:
        builder.put(SIDE, [(label.start, label.end)])
        if not builder.text(*value):
            return
        builder.row += 1
        builder.put(VALUE, [value])
    else:
        columns = _label_columns(builder.stream, label, labels)
        builder.put(columns[0], [(label.start, label.end)])
        builder.put(columns[1], [value])
    builder.row += 1


def _label_columns(stream: Stream, label: FoundLabel, labels: Sequence[FoundLabel]) -> tuple[Columns, Columns]:
    """The columns of a label and its value: money stands in two blocks side by side, all else across the form.

    A label that both blocks have (其他资金) is printed for the left one first.
    """
    money = stream.vocabulary.meaning(stream.text[label.start : label.end]).money
    in_left, in_right = (any(amount.phase == phase for amount in money) for phase in ("total", "year"))
    if not in_left and not in_right:
        return LABEL, VALUE
    is_first = next(other for other in labels if other.field == label.field) is label
    return (LEFT_LABEL, LEFT_VALUE) if in_left and (is_first or not in_right) else (RIGHT_LABEL, RIGHT_VALUE)


def _has_two_goals(builder: GridBuilder, goals: Sequence[FoundLabel]) -> bool:
    """Whether the form has an overall goal as well: one for several years names its years or has a total."""
    if len(goals) < 2:
        return False
    names_years = any("(" in fold(builder.text(goal.start, goal.end)) for goal in goals)
    return names_years or any((cell.column, cell.end_column) == LEFT_VALUE and cell.text for cell in builder.cells)


def _put_goals(builder: GridBuilder, goals: Sequence[FoundLabel], form: FlattenedForm, has_two: bool) -> None:
    """The goals' labels side by side, and below them the lines that belong to each."""
    for side in form.labels:
        if side.field is None and side.start > goals[0].start:
            builder.put(SIDE, [(side.start, side.end)])
            builder.row += 1
    columns = (LEFT_GOAL, RIGHT_GOAL) if len(goals) > 1 else (RIGHT_GOAL,)
    for goal, where in zip(goals, columns, strict=False):
        builder.put(where, [(goal.start, goal.end)])
    builder.row += 1
    lines = list(_goal_lines(builder.stream, goals, form))
    for where, stretches in zip(columns, _assign_goals(builder, lines, goals, has_two), strict=True):
        builder.put(where, stretches)
    builder.row += 1


def _goal_lines(stream: Stream, goals: Sequence[FoundLabel], form: FlattenedForm) -> Iterator[Stretch]:
    """The stretches of text beside and below the goals' labels, one for every printed line of a cell.

    A space between two full-width characters parts two cells: set type has none there.
    """
    known = [label for label in form.labels if label.start > goals[0].start]
    starts = [goals[0].end, *(label.end for label in known)]
    ends = [*(label.start for label in known), form.header[0]]
    for start, end in zip(starts, ends, strict=True):
        for match in _GOAL_LINE.finditer(stream.text, start, end):
            if not is_of_page(stream.lines[stream.line_at(match.start())].text):
                yield match.span()


def _assign_goals(
    builder: GridBuilder, lines: Sequence[Stretch], goals: Sequence[FoundLabel], has_two: bool
) -> list[list[Stretch]]:
    """The lines of each goal, by their tabs or their widths; a single goal is the year's, which every form has.

    Where a goal stands between the two labels it is the first one's, as every value follows its label.
    """
    if len(goals) == 1:
        return [list(lines)]
    stream = builder.stream
    between = [line for line in lines if line[0] < goals[-1].start]
    if between:
        return [between, [line for line in lines if line not in between]]
    if any(stream.tabs_before(start) for start, _ in lines):
        second_tab = stream.tabs_before(goals[-1].start)
        in_first = tuple(stream.tabs_before(start) < second_tab for start, _ in lines)
    else:
        split = split_goals([stream.text[start:end].strip() for start, end in lines]) if has_two else None
        in_first = split.in_first if split else (False,) * len(lines)
        if split:
            builder.findings.append(goals_parted(stream, lines, split))
    first = [line for line, is_first in zip(lines, in_first, strict=True) if is_first]
    second = [line for line, is_first in zip(lines, in_first, strict=True) if not is_first]
    return [first, second]


def _put_header(builder: GridBuilder, form: FlattenedForm) -> None:
    """The header of the indicator table, each label in its column, and the side label printed before or after it."""
    start, end = form.header
    sides = list(_SIDE_OF_INDICATORS.finditer(builder.stream.searched, start, form.end))
    if sides:
        builder.put(SIDE, [sides[0].span()])
    columns = {"level1": LEVEL1, "level2": LEVEL2, "level3": NAME, "target": TARGET}
    for found in find_columns(builder.stream, start, end):
        if found.field in columns:
            builder.put(columns[found.field], [(found.start, found.end)])
    builder.row += 1


def _put_rows(builder: GridBuilder, pieces: Sequence[Piece], table_parts: Sequence[TablePart]) -> None:
    """The rows of the indicator table. Of two level-2 labels in a row the first stands in the level-1 column."""
    waiting: dict[Columns, list[Stretch]] = {}
    unlabelled: int | None = None  # the first row since the last level-1 label, as long as no level-2 label has come
    for table_part in table_parts:
        name = _stretches(pieces[table_part.first : table_part.name_end])
        if table_part.part == "level1":
            _put_labels(builder, waiting)
            waiting, unlabelled = {LEVEL1: name}, None
        elif (
            table_part.part == "level2"
            and unlabelled is not None
            and is_late(pieces[table_part.first], table_parts, table_part)
        ):
            builder.put(LEVEL2, name, row=unlabelled)
            unlabelled = None
        elif table_part.part == "level2" and len(waiting) > 1:
            _put_labels(builder, waiting)
            waiting = {LEVEL2: name}
        elif table_part.part == "level2":
            before = waiting.get(LEVEL1) or waiting.get(LEVEL2)
            waiting = ({LEVEL1: before} if before else {}) | {LEVEL2: name}
        elif table_part.part == "tail":
            builder.extend_last(NAME, name)
        else:
            if LEVEL1 in waiting and LEVEL2 not in waiting:
                unlabelled = builder.row
            builder.put_row({**waiting, NAME: name, TARGET: _stretches(pieces[table_part.name_end : table_part.end])})
            waiting = {}
    _put_labels(builder, waiting)


def _put_labels(builder: GridBuilder, waiting: dict[Columns, list[Stretch]]) -> None:
    """A row of its own for labels that no row followed, as where a page prints them again: nothing may be lost."""
    if waiting:
        builder.put_row(waiting)


def _stretches(pieces: Sequence[Piece]) -> list[Stretch]:
    return [stretch for piece in pieces for stretch in piece.stretches]


def _sheet(laid_out: LaidOutPage, inside: set[int], grids: Sequence[Grid]) -> LaidOutPage:
    blocks: list[Block] = [block for block in laid_out.blocks if id(block) not in inside]
    blocks += [grid for grid in grids if grid.place.page == laid_out.number]
    blocks.sort(key=lambda block: block.place.box.y0)
    return LaidOutPage(laid_out.number, tuple(blocks))
