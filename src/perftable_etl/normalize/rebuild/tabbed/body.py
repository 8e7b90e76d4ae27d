"""The rows below the head of an indicator table, in its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perftable_etl.normalize.forms.table_heads import MEASURES
from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, is_level, may_stand_under
from perftable_etl.normalize.layouts.notes import begins_note
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.tabbed.grid import Placed
from perftable_etl.normalize.rebuild.tabbed.heads import Head
from perftable_etl.normalize.rebuild.tabbed.placing import Kind, may_stand, place
from perftable_etl.normalize.rebuild.tabbed.rows import TabbedRow
from perftable_etl.normalize.values.blanks import is_unfilled_name


def place_body(rows: Sequence[TabbedRow], head: Head, vocabulary: Vocabulary) -> Iterator[Placed]:
    """The rows in the columns of their head. Of that, only the label beside all rows goes on down."""
    own = frozenset(column for column, kind in enumerate(head.kinds) if kind != "side")
    level1 = ""
    is_below = False
    for row in rows:
        is_below = is_below and _may_stand_below_sums(row)
        placed = _placed(row, head, vocabulary, is_outside=is_below or _is_beside(row, head))
        is_below = is_below or vocabulary.is_total(row.texts[0])
        printed = {head.kinds[column]: one.text for column, one in placed.fields.items() if column < len(head.kinds)}
        level1 = printed.get("level1", level1)
        if "level1" not in printed and _is_of_other(printed.get("level2", ""), level1):
            own |= {head.kinds.index("level1")}
        yield placed._replace(own=own)
        own = frozenset()


def _is_of_other(level2: str, level1: str) -> bool:
    """Whether a row is not of the level 1 above: its level 2 is of another, or that names a level 2 itself."""
    known1, known2 = find_level1(level1), find_level2(level2)
    if known1 is None:
        return find_level2(level1) is not None
    return known2 is not None and not may_stand_under(known2, known1)


def _may_stand_below_sums(row: TabbedRow) -> bool:
    """Whether a row below the sums of all points is a label and what it says: it names no level."""
    return len(row.texts) <= _PAIR and not any(map(is_level, row.texts))


def _is_beside(row: TabbedRow, head: Head) -> bool:
    """Whether a row has a label in the column of the one beside all rows, and no value: it is none of them."""
    kinds = {head.kinds[column] for column in row.starts if column < len(head.kinds)}
    has_side = len(row.fields) == len(head.kinds) and row.starts[0] == 0 and head.kinds[0] == "side"
    as_names: list[Kind] = ["level3" for _ in row.texts]
    has_words = may_stand(row.texts, as_names) and not any(map(is_level, row.texts))
    return has_side and has_words and kinds.isdisjoint(MEASURES)


_PAIR = 2


def _is_note(row: TabbedRow) -> bool:
    """Whether a row is no indicator: a note, or one text at the left that is no level, and no name left open."""
    text, *others = row.texts or ("",)
    is_open = is_unfilled_name(text)
    return begins_note(text) or not (others or row.starts[:1] != [0] or is_level(text) or is_open)


def _placed(row: TabbedRow, head: Head, vocabulary: Vocabulary, *, is_outside: bool) -> Placed:
    """A row with a field for each column by their number, if it can be; one that is no indicator from the left."""
    lacking = len(head.kinds) - len(row.fields)
    is_note = is_outside or _is_note(row)
    own = [head.kinds[index] for index in row.starts] if lacking == 0 else []
    is_whole = bool(own) and (row.starts[0] == 0 or "target" in own) and may_stand(row.texts, own)
    if lacking == 0 and (is_whole or is_note):
        return Placed(row, tuple(row.starts), () if is_note else head.edges)
    if lacking >= 0 and (is_note or vocabulary.is_total(row.texts[0])):
        return Placed(row, tuple(index and index + lacking for index in row.starts))
    columns, is_certain = place(row, head.kinds)
    doubt = None if is_certain else "its cells fit into the columns in two ways"
    if columns[-1] >= len(head.kinds):
        doubt = "it has a cell to the right of all columns that have a head"
    return Placed(row, columns, head.edges, doubt=doubt)
