"""Tables whose merged cells leave no field: what a row lacks is merged down from above, from the left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from perftable_etl.normalize.layouts.notes import begins_note
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.tabbed.blocks import (
    Block,
    continues,
    is_value,
    leads,
    offset_in,
    opens_block,
    parted_widths,
)
from perftable_etl.normalize.rebuild.tabbed.body import Head, place_body_row
from perftable_etl.normalize.rebuild.tabbed.fit import LEVELS
from perftable_etl.normalize.rebuild.tabbed.placement import PlacedCell, PlacedRow
from perftable_etl.normalize.rebuild.tabbed.rows import Row


def place_upper(rows: Sequence[Row], width: int, halves: Sequence[int], vocabulary: Vocabulary) -> Iterator[PlacedRow]:
    """The rows above an indicator table, block by block; the last cell of each ends at `width`.

    Where tables stand side by side, from the columns `halves` on, a block with as many cells beside its label has one
    above each.
    """
    block: Block | None = None
    for row, following in pairwise([*rows, None]):
        assert row is not None
        if block is not None and continues(row, block, vocabulary):
            offset = offset_in(row, block)
            block = block.with_row(row, offset)
            yield _placed(row, block.columns[offset : offset + len(row.fields)], block.columns[-1] + 1, width)
        else:
            starts = [0, *accumulate(_widths(row, following, vocabulary))]
            columns = (
                (0, *halves) if leads(row, vocabulary) and starts[-1] == len(halves) + 1 > 2 else range(starts[-1])
            )
            block = Block(row, tuple(columns), ()).with_row(row, 0)
            yield _placed(row, [block.columns[start] for start in starts[:-1]], block.columns[-1] + 1, width)


def _widths(row: Row, following: Row | None, vocabulary: Vocabulary) -> list[int]:
    """How many columns each cell of a block's first row covers: more than one where the next row has more cells."""
    if following is None or len(following.fields) <= len(row.fields) or not leads(row, vocabulary):
        return [1] * len(row.fields)
    if opens_block(following, vocabulary) or any(is_value(text, vocabulary) for text in row.texts[1:]):
        return [1] * len(row.fields)
    if vocabulary.meaning(following.fields[0].text).money and not any(
        vocabulary.meaning(text).is_label for text in row.texts
    ):
        return [1] * len(row.fields)
    return [1, *parted_widths(len(row.fields) - 1, [one.text for one in following.fields])]


def _placed(row: Row, columns: Sequence[int], block_width: int, width: int) -> PlacedRow:
    """A row of a block in these columns, the last of the block's as wide as the table."""
    ends = [*columns[1:], columns[-1] + 1 if columns[-1] + 1 < block_width and columns[0] else width]
    cells = (PlacedCell(*placed) for placed in zip(row.fields, columns, ends, strict=True))
    return PlacedRow(row, tuple(cells), columns[0])


def place_body(rows: Sequence[Row], head: Head, vocabulary: Vocabulary) -> Iterator[PlacedRow]:
    """The rows of an indicator table; what a row lacks is merged down from above, but never the name. Blanks are cells.

    Where no row ends with a blank, blanks at the ends of lines were cut off, and the count of fields is not certain.
    """
    is_cut = all(row.end == len(row.fields) for row in rows)
    merged = _most_merged(head)
    for row in rows:
        lacking = max(0, len(head.kinds) - len(row.fields))
        if lacking and begins_note(row.fields[0].text):
            yield _beside_names(row, head)
        elif lacking and ((not is_cut and lacking > merged) or vocabulary.is_total(row.fields[0].text)):
            yield _from_left(row, lacking, head)
        else:
            placed = place_body_row(row, head, {lacking}, len(head.kinds) - len(row.fields) + row.end)
            yield placed._replace(merged=max(0, min(placed.merged - row.first, merged)))


def _beside_names(row: Row, head: Head) -> PlacedRow:
    """A row that is no indicator, from the left; where names stand there, what follows its label stands beside them."""
    first = len(head.kinds) if head.kind(0) == "level3" else 1
    columns = [0, *range(first, first + len(row.fields) - 1)]
    return _placed(row, columns, columns[-1] + 1, head.width)


def width_of_notes(rows: Sequence[Row], head: Head) -> int:
    """How many columns the rows need that are no indicators."""
    fields = [len(row.fields) for row in rows if begins_note(row.fields[0].text) and len(row.fields) < len(head.kinds)]
    return len(head.kinds) + max(fields) - 1 if fields and head.kind(0) == "level3" else 0


def _most_merged(head: Head) -> int:
    """How many columns may be merged down: those of levels, and all left of the names, which stand beside targets."""
    kinds = head.kinds
    end = kinds.index("target") if "target" in kinds else len(kinds)
    names = [column for column in range(end) if kinds[column] == "level3"]
    return max(sum(kind in LEVELS for kind in kinds), names[-1]) if names else len(kinds)


def _from_left(row: Row, lacking: int, head: Head) -> PlacedRow:
    """A row that lacks the column of its name is no indicator: its first cell begins at the left."""
    columns = [0, *(lacking + index for index in range(1, len(row.fields)))]
    ends = [*columns[1:], head.width]
    cells = (PlacedCell(*placed) for placed in zip(row.fields, columns, ends, strict=True))
    return PlacedRow(row, tuple(cells), 0, head.groups)
