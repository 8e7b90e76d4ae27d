"""Long tables: one table for a department, what is said of each project merged down beside the rows of its indicators.

Each project becomes a form of its own, as if it were printed alone: the heads of the project's columns are labels with
their values beside them, and below them stand the header of the indicators and its rows. Every text keeps its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from perftable_etl.document import Box, Cell, Form, Grid, Line, Place
from perftable_etl.normalize.forms.labelled_form import LabelledForm, labelled_form
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.forms.project_lists import holds_list, part_list
from perftable_etl.normalize.forms.table_heads import Header
from perftable_etl.normalize.layouts.vocabulary import NAME, UNKNOWN, Vocabulary
from perftable_etl.normalize.values.text import fold


class _ProjectRows(NamedTuple):
    """The grid rows of one project, and the cells beside them that say what it is.

    `above` are the rows of a name alone, that of the unit whose projects follow.
    """

    rows: tuple[int, ...]
    values: tuple[LabelledCell, ...]
    above: tuple[LabelledCell, ...] = ()


def part_by_project(labelled: LabelledForm, vocabulary: Vocabulary) -> list[LabelledForm]:
    """The forms of the projects of a long table or of a list; the form itself where it is of one project."""
    if holds_list(labelled.cells):
        return part_list(labelled, vocabulary)
    named = (_with_name(header, vocabulary) for header in labelled.headers)
    headers = [header for header in named if _name_label(header)]
    projects = list(_projects(labelled, headers)) if headers else []
    if not projects:
        return [labelled]
    return [_form(labelled, headers, project, is_first=index == 0) for index, project in enumerate(projects)]


def _with_name(header: Header, vocabulary: Vocabulary) -> Header:
    """A header in which one label at most is that of a project's name, the first one that has it in it."""
    label = _name_label(header) or next((head for head in header.project if vocabulary.names_project(head.text)), None)
    labels = (head._replace(meaning=NAME) if head is label else head for head in header.project)
    return header._replace(project=tuple(labels))


def _name_label(header: Header) -> LabelledCell | None:
    return next((label for label in header.project if label.meaning.label == "name"), None)


def _projects(labelled: LabelledForm, headers: Sequence[Header]) -> Iterator[_ProjectRows]:
    """The projects of a table from top to bottom. A name with nothing beside it is the unit's whose projects follow."""
    above: tuple[LabelledCell, ...] = ()
    first_column = headers[0].columns[0].first
    for rows in _rows_by_name(labelled, headers):
        project = _project(rows, labelled, headers[0], above)
        if any(cell.row in rows and _says_row(cell, first_column) for cell in labelled.cells):
            yield project
            above = ()
        else:
            above = (*above, *(cell for cell in project.values if cell.text))


def _rows_by_name(labelled: LabelledForm, headers: Sequence[Header]) -> Iterator[list[int]]:
    """The rows below the header, those of one project together; rows without a name and without indicators sum them up.

    Projects have names of their own; two of one name are told apart by what else is said of them on one page.
    """
    first_column = headers[0].columns[0].first
    filled = {cell.row for cell in labelled.cells if _says_row(cell, first_column)}
    heads = {row for header in headers for row in range(header.row, header.end_row)}
    label = _name_label(headers[0])
    inner = _inner_rows(labelled.cells, headers[0])
    names = {
        cell.row: cell
        for cell in labelled.cells
        if label and cell.text and cell.row not in inner
        if _is_below(cell, label) or _is_across(cell, first_column)
    }
    said = _said(labelled.cells, headers[0])
    is_merged = any(cell.cell.row_span > 1 for cell in names.values())
    rows: list[int] = []
    name: LabelledCell | None = None
    for row in (row for row in range(headers[0].end_row, labelled.form.grid.row_count) if row not in heads):
        following = names.get(row, name)
        if rows and _is_other(name, following, said, is_merged=is_merged) and (name or filled.isdisjoint(rows)):
            yield rows
            rows = []
        name = following
        rows.append(row)
    if rows:
        yield rows


def _said(cells: Iterable[LabelledCell], header: Header) -> dict[int, dict[int, str]]:
    """What is said of projects, by row and column."""
    said: dict[int, dict[int, str]] = {}
    for cell in cells:
        if cell.text and cell.end_column <= header.columns[0].first:
            said.setdefault(cell.row, {})[cell.column] = fold(cell.text)
    return said


def _is_other(
    name: LabelledCell | None,
    following: LabelledCell | None,
    said: Mapping[int, Mapping[int, str]],
    *,
    is_merged: bool,
) -> bool:
    """Whether a name is another project's than the one before it.

    `is_merged` says that the table merges names down beside the rows of a project: it prints one once on a page.
    """
    if name is None or following is None or name is following:
        return name is not following
    if fold(name.text) != fold(following.text):
        return True
    before, now = said.get(name.row, {}), said.get(following.row, {})
    is_own = is_merged and name.cell.place.page == following.cell.place.page
    return is_own and any(before[column] != now[column] for column in before.keys() & now.keys())


def _says_row(cell: LabelledCell, first_column: int) -> bool:
    """Whether something is printed right of what is said of projects, and does not stand across both."""
    return bool(cell.text) and cell.column >= first_column


def _is_across(cell: LabelledCell, first_column: int) -> bool:
    """Whether a cell stands across: it is the name of the unit whose projects follow."""
    return cell.column < first_column < cell.end_column


def _inner_rows(cells: Sequence[LabelledCell], header: Header) -> set[int]:
    """The rows that something said of one project goes on over a page break into: no other project begins there.

    What is printed on both sides of the break may be said of two.
    """
    beside = (cell.cell for cell in cells if cell.end_column <= header.columns[0].first)
    return {row for cell in beside if cell.parts and not _is_twice(cell) for row in range(cell.row + 1, cell.end_row)}


def _is_twice(cell: Cell) -> bool:
    """Whether a page break has left a cell with the same text on both sides."""
    return len(cell.parts) > 1 and len({fold(text) for text, _ in cell.parts}) == 1


def _project(
    rows: Sequence[int], labelled: LabelledForm, header: Header, above: tuple[LabelledCell, ...]
) -> _ProjectRows:
    first_column = header.columns[0].first
    beside = (cell for cell in labelled.cells if cell.column < first_column)
    values = (cell for cell in beside if cell.row <= rows[-1] and cell.end_row > rows[0] and cell.row >= header.end_row)
    return _ProjectRows(tuple(rows), tuple(values), above)


def _is_below(cell: LabelledCell, label: LabelledCell) -> bool:
    return label.column <= cell.column and cell.end_column <= label.end_column and cell.row >= label.end_row


def _form(labelled: LabelledForm, headers: Sequence[Header], project: _ProjectRows, *, is_first: bool) -> LabelledForm:
    """The form of one project. What stands above the table is the first one's, and above those of the others."""
    header, grid = headers[0], labelled.form.grid
    top = [cell for cell in labelled.cells if cell.row < header.row]
    kept = top if is_first else []
    pairs = list(_pairs(header.project, project.values, header.row if is_first else 0, is_first=is_first))
    first = (header.row if is_first else 0) + len(header.project)
    heads = [_moved(cell, first - header.row) for cell in labelled.cells if _is_head(cell, header)]
    below = first + header.end_row - header.row
    cells = [*kept, *pairs, *heads, *_body(labelled.cells, project.rows, header.columns[0].first, below)]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    outside = (*(() if is_first else top), *project.above)
    lines = tuple(Line(cell.text, cell.cell.place) for cell in outside if cell.text)
    rows, side = set(project.rows), header.columns[0].first
    place = _place(cell.cell for cell in labelled.cells if cell.row in rows and cell.end_column > side)
    own = Grid(tuple(cell.cell for cell in cells), below + len(project.rows), grid.boundaries, place, grid.is_rebuilt)
    once = (*labelled.form.repeats, *_numbers(labelled.cells, header)) if is_first else ()
    repeats = (*once, *_repeats(labelled, headers, project))
    return labelled_form(Form((*labelled.form.heading, *lines), own, repeats), cells)


def _place(cells: Iterable[Cell]) -> Place:
    """Where the rows of a project are: the box around them, on the first page of them."""
    places = [cell.place for cell in cells]
    first = min(place.page for place in places)
    return Place(first, Box.around(place.box for place in places if place.page == first))


def _pairs(
    labels: Sequence[LabelledCell], values: Sequence[LabelledCell], row: int, *, is_first: bool
) -> Iterator[LabelledCell]:
    """Each label with what stands below it beside it. A label is printed once: the first project's has its place."""
    for index, label in enumerate(labels):
        below = _values_of(label, values)
        below = [_joined(below)] if len(below) > 1 else below
        place = label.cell.place if is_first or not below else below[0].cell.place
        cells = (label.with_cell(label.cell._replace(place=place)), *below)
        for column, cell in enumerate(cells):
            shape = cell.cell._replace(row=row + index, column=column, row_span=1, column_span=1)
            yield cell.with_cell(shape)


def _joined(cells: Sequence[LabelledCell]) -> LabelledCell:
    """What stands below one label as one value, which page breaks cut."""
    parts = tuple(part for cell in cells for part in cell.cell.printed)
    return LabelledCell.of(cells[0].cell._replace(text="\n".join(cell.text for cell in cells), parts=parts), UNKNOWN)


def _values_of(label: LabelledCell, values: Sequence[LabelledCell]) -> list[LabelledCell]:
    """What stands below the label of a project; what is printed again in later rows stands there once."""
    below = {fold(cell.text): cell for cell in reversed(values) if cell.text and _is_below(cell, label)}
    return sorted(below.values(), key=lambda cell: cell.row)


def _is_head(cell: LabelledCell, header: Header) -> bool:
    return header.row <= cell.row < header.end_row and cell.column >= header.columns[0].first


def _body(cells: Iterable[LabelledCell], rows: Sequence[int], first_column: int, below: int) -> Iterator[LabelledCell]:
    """The cells of a project's rows right of what is said of it, in rows from `below` on."""
    moved = {row: below + index for index, row in enumerate(rows)}
    for cell in cells:
        own = [moved[row] for row in range(cell.row, cell.end_row) if row in moved]
        if own and cell.end_column > first_column:
            yield cell.with_cell(cell.cell._replace(row=own[0], row_span=own[-1] - own[0] + 1))


def _moved(cell: LabelledCell, rows: int) -> LabelledCell:
    return cell.with_cell(cell.cell._replace(row=cell.row + rows))


def _numbers(cells: Iterable[LabelledCell], header: Header) -> Iterator[Cell]:
    """The numbers of the project's columns below its labels, where a header counts its columns."""
    start, first_column = min((label.end_row for label in header.project), default=0), header.columns[0].first
    counted = (cell for cell in cells if start <= cell.row < header.end_row and cell.column < first_column)
    yield from (cell.cell for cell in counted if cell.text.isdecimal())


def _repeats(labelled: LabelledForm, headers: Sequence[Header], project: _ProjectRows) -> Iterator[Cell]:
    """The cells printed again among a project's rows, or right above them: headers, and what is said of it."""
    kept = {id(cell) for label in headers[0].project for cell in _values_of(label, project.values)}
    yield from (cell.cell for cell in project.values if cell.text and id(cell) not in kept)
    for header in headers[1:]:
        if project.rows[0] <= header.end_row <= project.rows[-1]:
            yield from (cell.cell for cell in labelled.cells if header.row <= cell.row < header.end_row)
