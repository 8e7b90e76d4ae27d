"""A part of a form: rows of one grid, as one page has them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2
from perftable_etl.normalize.layouts.vocabulary import Concept
from perftable_etl.normalize.values.signs import is_signed


@dataclass(frozen=True, slots=True)
class Fragment:
    """Rows `first` to `last` (excluded) of one grid; `starts` where a project begins in its first row.

    `headers` are those of its rows that head an indicator table. `is_rebuilt` is what the grid's says.
    """

    cells: tuple[LabelledCell, ...]
    first: int
    last: int
    boundaries: tuple[float, ...]
    starts: bool
    headers: frozenset[int]
    is_rebuilt: bool = False

    @property
    def page(self) -> int:
        """The number of the page that it stands on."""
        return self.cells[0].cell.place.page

    @property
    def rows(self) -> range:
        """The numbers of its rows."""
        return range(self.first, self.last)


def texts_by_row(cells: Iterable[LabelledCell], rows: Container[int]) -> dict[int, tuple[str, ...]]:
    """What is printed in some rows, white space left out."""
    texts: dict[int, tuple[str, ...]] = {}
    for cell in cells:
        text, row = cell.cell[:2]
        if text and row in rows:
            texts[row] = (*texts.get(row, ()), "".join(text.split()))
    return texts


def has_header(fragments: Iterable[Fragment]) -> bool:
    """Whether one of some fragments has the head of an indicator table."""
    return any(fragment.headers for fragment in fragments)


def labels_in(fragment: Fragment, rows: Container[int]) -> set[Concept]:
    """The header fields, goals and amounts that some rows have labels of, those of a table's header left out."""
    meanings = (cell.meaning for cell in fragment.cells if cell.row in rows and cell.row not in fragment.headers)
    return {meaning.concept for meaning in meanings if meaning.concept and not meaning.column}


def shows_indicators(cells: Sequence[LabelledCell]) -> bool:
    """Whether among cells are such as only the rows of an indicator table have: names of levels, signs."""
    return any(cell.meaning.is_level or is_signed(cell.text) for cell in cells)


def may_go_on(before: Sequence[LabelledCell], after: Sequence[LabelledCell]) -> bool:
    """Whether rows may go on below others by the groups that they name.

    A level-2 name heads one group of a form: what goes on may print that of the last group again, first of all.
    """
    above, below = _groups(before), _groups(after)
    return set(above).isdisjoint(below[1:]) and set(above[:-1]).isdisjoint(below[:1])


def are_apart(one: Sequence[LabelledCell], other: Sequence[LabelledCell]) -> bool:
    """Whether no level-2 group has rows in both."""
    return set(_groups(one)).isdisjoint(_groups(other))


def _groups(cells: Iterable[LabelledCell]) -> list[str]:
    """The catalogue's names of the level-2 groups that cells name, from top to bottom."""
    found = (find_level2(cell.text) for cell in cells if cell.meaning.is_level and not find_level1(cell.text))
    return list(dict.fromkeys(level2.name for level2 in found if level2))
