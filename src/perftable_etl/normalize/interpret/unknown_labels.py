"""Labels that no word tells, known by their place: each has a value beside it, as the labels around it have.

In a row of pairs labels and values take turns. A label that nobody knows stands where a label's turn is, is worded as
one, and begins where labels above or below it begin, or ends with a colon. What stands before the first label of a row
is one that says what its block is about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.label_shapes import may_be_label
from perftable_etl.normalize.layouts.labels import bare_key, label_key
from perftable_etl.normalize.layouts.vocabulary import UNKNOWN


class Turns(NamedTuple):
    """What a row has beside what is known: labels of pairs, and labels that have no value of their own."""

    labels: tuple[LabelledCell, ...] = ()
    sides: tuple[LabelledCell, ...] = ()


NOTHING = Turns()


def beside_goals(row: Sequence[LabelledCell]) -> Turns:
    """The unknown labels beside goals that stand side by side: these have their texts below them, and so have they."""
    return Turns(tuple(cell for cell in row if _is_worded(cell)))


def take_turns(
    row: Sequence[LabelledCell],
    known: Collection[int],
    columns: Collection[int],
    below: Sequence[LabelledCell] = (),
) -> Turns:
    """The unknown labels among the cells that begin in a row.

    `known` are the ids of the labels that are known, `columns` those in which they begin; `below` are the cells of the
    next row.
    """
    labels: list[LabelledCell] = []
    sides: list[LabelledCell] = []
    before, stretches = _stretches(row, known)
    if len(before) == 1 and len(row) > 1 and _is_worded(before[0]) and row[1].inline and id(row[1]) in known:
        sides, before = before, []  # beside a cell that has a label of its own
    has_known = bool(stretches)
    if before:
        turns = _open_row(before, columns, has_known=has_known)
        turns = _between_pairs(before, columns, below) if turns is NOTHING else turns
        labels += turns.labels
        sides += turns.sides
    for stretch in stretches:
        if len(stretch) > 1:
            labels += _after_value(stretch)
    return Turns(tuple(labels), tuple(sides))


def _stretches(
    row: Sequence[LabelledCell], known: Collection[int]
) -> tuple[list[LabelledCell], list[list[LabelledCell]]]:
    """The cells before the first known label, and those after each."""
    before: list[LabelledCell] = []
    stretches: list[list[LabelledCell]] = []
    for cell in row:
        if id(cell) in known:
            stretches.append([])
        elif stretches:
            stretches[-1].append(cell)
        else:
            before.append(cell)
    return before, stretches


def _after_value(cells: Sequence[LabelledCell]) -> Iterator[LabelledCell]:
    """The labels after the value of a known one, if each has a cell beside it.

    Blanks between a value and the next label are columns that the value stands in.
    """
    labels, at = [], 1
    while at < len(cells):
        if cells[at].text:
            labels.append(cells[at])
        at += 2 if cells[at].text else 1
    if at == len(cells) and all(_is_worded(label) for label in labels):
        yield from labels


def _open_row(cells: Sequence[LabelledCell], columns: Collection[int], *, has_known: bool) -> Turns:
    """The labels at the beginning of a row, a known one after them or none at all."""
    if len(cells) % 2:
        if not _may_stand_before(cells[0], has_known=has_known) or (len(cells) == 1 and not has_known):
            return NOTHING
        if _are_heads(cells) and not has_known:
            return NOTHING
        labels = _pairs(cells[1:], columns, has_known=has_known)
        return Turns(labels, tuple(cells[:1])) if labels is not None else NOTHING
    labels = _pairs(cells, columns, has_known=has_known)
    return Turns(labels) if labels else NOTHING


def _between_pairs(cells: Sequence[LabelledCell], columns: Collection[int], below: Sequence[LabelledCell]) -> Turns:
    """The labels of a row of words by turns, the first in line with those of the form; it heads no list below."""
    labels = cells[::2]
    is_even = len(cells) % 2 == 0 and all(_is_worded(label) for label in labels)
    begun = {cell.column for cell in below}
    heads_list = not below or all(cell.column in begun for cell in cells)
    is_label = labels[0].column in columns or _fills_row(cells)
    return Turns(tuple(labels)) if is_even and is_label and not heads_list else NOTHING


def _fills_row(cells: Sequence[LabelledCell]) -> bool:
    """Whether a row is one label and one value that is wider: no list has such heads."""
    return len(cells) == _PAIR and cells[1].cell.column_span > cells[0].cell.column_span


_PAIR = 2


def _are_heads(cells: Sequence[LabelledCell]) -> bool:
    """Whether cells may all be labels, and the first one names no block: they head a list."""
    return len(cells) > 1 and cells[0].cell.row_span == 1 and all(map(_is_worded, cells))


def _may_stand_before(cell: LabelledCell, *, has_known: bool) -> bool:
    """Whether a cell says what its block is about, and is not the value of a label that was lost."""
    return _is_worded(cell) and (not has_known or cell.cell.row_span > 1 or bare_key(cell.text) != label_key(cell.text))


def _pairs(
    cells: Sequence[LabelledCell], columns: Collection[int], *, has_known: bool
) -> tuple[LabelledCell, ...] | None:
    """The labels of cells that are pairs; None where they are not."""
    labels, values = tuple(cells[::2]), cells[1::2]
    if not all(map(_is_worded, labels)):
        return None
    aligned = [label.ends_with_colon or label.column in columns for label in labels]
    says_more = [not may_be_label(value.text) for value in values]
    is_pairs = has_known or all(aligned) or all(says_more) or (any(says_more) and any(aligned))
    return labels if is_pairs or not labels else None


def _is_worded(cell: LabelledCell) -> bool:
    return cell.meaning is UNKNOWN and not cell.inline and may_be_label(cell.text)
