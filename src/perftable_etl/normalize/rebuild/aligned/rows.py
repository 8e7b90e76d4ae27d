"""Which cells stand in one row, and over which rows a cell is merged down.

The cells of a row stand beside each other. A cell that stands beside two others, one below the other, is merged over
the rows of both: it has the middle of all its rows, or their top.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice, pairwise

from perftable_etl.normalize.layouts.publishers import is_place
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import GOALS
from perftable_etl.normalize.rebuild.aligned.merged_labels import Heights, Label, PlacedCell, merged_down
from perftable_etl.normalize.rebuild.aligned.passages import Passage
from perftable_etl.normalize.values.money import is_figure

_SAME_EDGE = 0.3  # em by which the edges or the middles of cells in one column differ at most
_FEW_NEARER = 10  # one of so many cells may be nearer to the next one below it than cells are: headings are


def heights_of(pages: Sequence[Sequence[Passage]], em: float) -> list[Heights]:
    """How the cells on some pages may be set."""
    gaps = sorted(one.gap_to(other) for cells in pages for one, other in _stacked(cells))
    gap = gaps[len(gaps) // _FEW_NEARER] if gaps else em
    return [Heights(is_top, em, max(gap, 0.0)) for is_top in (False, True)]


def _stacked(cells: Sequence[Passage]) -> Iterator[tuple[Passage, Passage]]:
    """Each cell with the next ones below it that share some width with it."""
    ordered = sorted(cells, key=lambda cell: cell.box.y0)
    for index, upper in enumerate(ordered):
        below = (cell for cell in ordered[index + 1 :] if cell.is_above_or_below(upper))
        yield from ((upper, cell) for cell in islice(below, 1))


def rows_of(cells: Sequence[Passage], heights: Heights) -> list[list[Passage]]:
    """The cells of each row, from left to right; those merged over several are left out."""
    merged = set(_beside_two(cells, heights))
    rows: list[list[Passage]] = []
    for cell in sorted((cell for cell in cells if cell not in merged), key=lambda cell: cell.box.y1):
        if rows and all(heights.are_beside(cell, other) for other in rows[-1]):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return [sorted(row, key=lambda cell: cell.box.x0) for row in rows]


def _stands_over(head: Passage, below: Sequence[Passage], others: Sequence[Passage]) -> bool:
    """Whether a head is over what is below it on both sides of its middle, with none of some others between those."""
    left = [cell.box.x0 for cell in below if cell.centre <= head.centre]
    right = [cell.box.x1 for cell in below if cell.centre >= head.centre]
    return bool(left and right) and not any(max(left) < other.box.x1 and other.box.x0 < min(right) for other in others)


def _beside_two(cells: Sequence[Passage], heights: Heights) -> Iterator[Passage]:
    """The cells that stand beside two others, one below the other."""
    stacked = list(_stacked(cells))
    for cell in cells:
        if any(heights.are_beside(cell, upper) and heights.are_beside(cell, lower) for upper, lower in stacked):
            yield cell


def place(
    cells: Sequence[Passage], rows: Sequence[Sequence[Passage]], heights: Heights, vocabulary: Vocabulary
) -> list[PlacedCell]:
    """All cells with their rows: labels may be merged down, from left to right and from top to bottom."""
    row_of = {cell: index for index, row in enumerate(rows) for cell in row}
    placed = {cell: PlacedCell(cell, row, row + 1) for cell, row in row_of.items()}
    heads = [is_row_of_heads(row, vocabulary) for row in rows]
    labels = [c for c in cells if c not in row_of or _may_be_merged(c, rows, row_of[c], heads, vocabulary)]
    begun = set(_begun(rows, heads, heights.em, vocabulary))
    left = {label: _left_of_column(label, labels, heights.em) for label in labels}
    for _, group in groupby(sorted(labels, key=lambda label: (left[label], label.middle)), key=left.__getitem__):
        column = list(group)
        own = [_label(label, column, rows) for label in column]
        placed |= {one.passage: one for one in merged_down(own, rows, heights, begun)}
        begun |= {placed[label].first for label in column}
    return list(placed.values())


def _label(label: Passage, column: Sequence[Passage], rows: Sequence[Sequence[Passage]]) -> Label:
    """A label with the rows in which nothing has its width, but for other labels of its column."""
    others = [(index, cell) for index, row in enumerate(rows) for cell in row if cell not in column]
    beside = [(index, cell) for index, cell in others if cell.is_above_or_below(label)]
    first = max((index + 1 for index, cell in beside if cell.middle < label.middle), default=0)
    end = min((index for index, cell in beside if cell.middle > label.middle), default=len(rows))
    return Label(label, first, end, next((index for index, row in enumerate(rows) if label in row), None))


def _left_of_column(label: Passage, labels: Iterable[Passage], em: float) -> float:
    """Where the widest of the labels begins that stand in the column of a label, set as it is."""
    return min(other.box.x0 for other in labels if label.is_in_column_of(other, _SAME_EDGE * em))


def _begun(
    rows: Sequence[Sequence[Passage]], heads: Sequence[bool], em: float, vocabulary: Vocabulary
) -> Iterator[int]:
    """The rows that head a table, or end one, as few of their cells are in line with what is around, or pairs.

    Labels merged down beside the rows above end there.
    """
    start = 0
    for index, row in enumerate(rows):
        around = [cell for other in (*rows[start:index], *rows[index + 1 : index + 2]) for cell in other]
        in_line = sum(any(cell.is_in_column_of(other, _SAME_EDGE * em) for other in around) for cell in row)
        is_below_heads = index > 0 and heads[index - 1]
        ends_table = any(heads[start:index]) and 2 * in_line <= len(row)
        is_field = names_fields(row, vocabulary) != names_fields(rows[index - 1], vocabulary)
        if (heads[index] or ends_table or is_field) and not is_below_heads:
            start = index
            yield index


def names_fields(row: Sequence[Passage], vocabulary: Vocabulary) -> bool:
    """Whether the label of a field is in a row, and none of a goal, an amount or a column."""
    meanings = [vocabulary.meaning(cell.text) for cell in row]
    return any(m.label and m.label not in GOALS and not m.money and not m.column for m in meanings)


def _may_be_merged(
    cell: Passage, rows: Sequence[Sequence[Passage]], row: int, heads: Sequence[bool], vocabulary: Vocabulary
) -> bool:
    """Whether a cell of one row may be of more: in a table, where one beside it begins further right."""
    meaning = vocabulary.meaning(cell.text)
    if all(heads[row : row + 2]) and row + 1 < len(rows):
        return not _stands_over(cell, rows[row + 1], [other for other in rows[row] if other is not cell])
    if meaning.is_level or meaning.is_side:
        return True
    if heads[row]:
        return False
    begins_right = any(other[0].box.x0 > cell.box.x1 for other in rows[max(row - 1, 0) : row + 2])
    return begins_right and any(heads[: row + 1])


def is_row_of_heads(row: Sequence[Passage], vocabulary: Vocabulary) -> bool:
    """Whether words stand beside each other in a row, one that heads a column among them or no others; no number."""
    own = [cell for cell in row if not vocabulary.meaning(cell.text).is_side or vocabulary.head(cell.text)]
    are_words = words_in(own, vocabulary)
    known = [vocabulary.column(cell.text) or vocabulary.task_column(cell.text) for cell in own]
    beside = [any(known[at : at + 2]) for at, pair in enumerate(pairwise(are_words)) if all(pair)]
    return (any(beside) or all(are_words)) and not any(is_figure(cell.text) for cell in own) and bool(own)


def words_in(row: Sequence[Passage], vocabulary: Vocabulary) -> list[bool]:
    """Which cells of a row have words of a form's frame: those of places do beside such."""
    if len(row) > 1 and all(is_place(cell.text) for cell in row):
        return [True] * len(row)
    found: list[bool] = []
    for before, text in pairwise(["", *(cell.text for cell in row)]):
        is_beside = bool(found and found[-1] and (vocabulary.column(before) or is_place(before)))
        is_value = vocabulary.head(text) in {vocabulary.concept(before)} - {None}
        found.append((is_beside and is_place(text)) or (is_word(text, vocabulary) and not is_value))
    return found


def may_head_column(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text may head a column of a table, by its spelling or by how it is worded."""
    meaning = vocabulary.meaning(text)
    known = meaning.column or vocabulary.head(text) or vocabulary.task_column(text) or is_place(text)
    return not meaning.is_level and bool(known)


def is_word(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is one of a form's frame, or worded like the head of a column."""
    meaning = vocabulary.meaning(text)
    return not meaning.is_level and (meaning.is_label or bool(vocabulary.head(text) or vocabulary.task_column(text)))
