"""Rebuilding the grids of forms whose cells tabs part.

Each line is a row. A spreadsheet leaves a blank for each column and row that a merged cell covers, a browser leaves
nothing: then a row stands as far to the right as it has fields less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Literal

from perftable_etl.document import Document
from perftable_etl.normalize.forms.table_heads import MEASURES
from perftable_etl.normalize.layouts.catalogue import is_level
from perftable_etl.normalize.layouts.notes import begins_note
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import GOALS
from perftable_etl.normalize.rebuild.line_findings import doubtful_row
from perftable_etl.normalize.rebuild.rebuilt import Rebuilt, with_grids_for_lines
from perftable_etl.normalize.rebuild.tabbed.grid import Placed, make_grid
from perftable_etl.normalize.rebuild.tabbed.heads import TabbedHead, head_rows, read_head
from perftable_etl.normalize.rebuild.tabbed.placing import LEVELS, TOO_MANY, Columns, are_tried, may_stand, place, ways
from perftable_etl.normalize.rebuild.tabbed.rows import TabbedRow, read_rows
from perftable_etl.normalize.rebuild.tabbed.tables import find_tables
from perftable_etl.normalize.values.blanks import is_unfilled_name
from perftable_etl.normalize.values.money import is_blank, parse_money

Role = Literal["side", "field", "goal", "money", "words", "text", "amount", "blank"]
"""What a text above an indicator table is: a label of one of four sorts, words that may be one, or a value."""

_BELOW: Mapping[Role, Set[Role]] = {
    "side": frozenset(),
    "field": frozenset(),
    "goal": {"goal"},
    "money": {"money", "words", "side", "blank"},
}
"""What a label may stand below in the block that it goes on with; a value may stand below all."""

_IMPOSSIBLE, _UNLIKE = 1.0, 0.5
_LONGEST_LABEL = 20  # characters
_PAIR = 2


def rebuild(document: Document, vocabulary: Vocabulary) -> Rebuilt:
    """The document with the grids of its tables; the lines they were made of are lines no more."""
    tables = list(find_tables(list(read_rows(list(document.lines()))), vocabulary))
    placed = [list(_place(table.rows, vocabulary)) for table in tables]
    grids = [
        make_grid(rows, max(column + 1 for one in rows for column in (*one.columns, *one.edges))) for rows in placed
    ]
    used = {line for rows in placed for one in rows for line in one.row.lines}
    doubtful = [one for rows in placed for one in rows if one.doubt]
    told = (doubtful_row(" ".join(one.row.texts), one.row.lines[0].place, one.doubt) for one in doubtful)
    of_lines = (finding for table in tables for finding in table.findings)
    return Rebuilt(with_grids_for_lines(document, used, grids), (*of_lines, *told))


def _place(rows: Sequence[TabbedRow], vocabulary: Vocabulary) -> Iterator[Placed]:
    """The rows of a table in its columns: those above its first head, then each head and the rows below it."""
    heads = list(head_rows(rows, vocabulary))
    starts = [*(own.start for own in heads), len(rows)]
    bodies = [rows[own.stop : end] for own, end in zip(heads, starts[1:], strict=True)]
    read = [read_head(rows[own.start : own.stop], body, vocabulary) for own, body in zip(heads, bodies, strict=True)]
    width = max([*(len(row.fields) for row in rows), *(len(head.kinds) for head in read)])
    yield from _upper(rows[: starts[0]], width, vocabulary)
    for head, body in zip(read, bodies, strict=True):
        yield from head.rows
        yield from _body(body, head, vocabulary)


def _upper(rows: Sequence[TabbedRow], width: int, vocabulary: Vocabulary) -> Iterator[Placed]:
    """The rows above an indicator table, each right of what goes on beside it."""
    above: list[Role] = []
    for row in rows:
        roles = [_role(one.text, vocabulary) for one in row.fields]
        columns, doubt = _beside(roles, above)
        above[columns[0] : columns[-1] + 1 if columns[0] else len(above)] = roles
        share = max(1.0, (width - 1) / max(1, len(above) - 1))
        texts = tuple(max(0, 1 + round((columns[index] - 1) * share)) for index in row.starts)
        yield Placed(row, texts, texts[0], doubt=doubt)


def _beside(roles: Sequence[Role], above: Sequence[Role]) -> tuple[Columns, str]:
    """The columns of a row in the block above it, and what speaks against them: for what goes on it has no field."""
    count, width, first = len(roles), len(above), roles[0]
    is_apart = {
        "words": count < width - 1 and "amount" not in roles,
        "money": {"money", "amount"}.isdisjoint(above),
    }
    new = tuple(range(count))
    if count >= width or (first in is_apart and (is_apart[first] or "field" in above[:3:2])):
        return new, ""
    costs = {
        way: sum(_clash(own, above[at]) for own, at in zip(roles, way, strict=True)) + way[-1] - way[0]
        for way in ways(count, width)
    }
    best = min(costs, key=lambda way: (costs[way], -way[0]))
    doubt = "" if are_tried(count, width) else TOO_MANY
    return best if _clash(first, above[best[0]]) < _IMPOSSIBLE else new, doubt


def _clash(own: Role, above: Role) -> float:
    """How far a text may not stand below another."""
    return _IMPOSSIBLE * (above not in _BELOW[own]) + _UNLIKE * (own != above) if own in _BELOW else 0.0


def _role(text: str, vocabulary: Vocabulary) -> Role:
    """What a text is above an indicator table."""
    meaning = vocabulary.meaning(text)
    if meaning.is_side:
        return "side"
    if meaning.label:
        return "goal" if meaning.label in GOALS else "field"
    if meaning.money or vocabulary.is_total(text):
        return "money"
    if is_blank(text) or parse_money(text) is not None:
        return "amount" if text else "blank"
    return "text" if len(text) > _LONGEST_LABEL or text[-1] in "。；;”" else "words"


def _body(rows: Sequence[TabbedRow], head: TabbedHead, vocabulary: Vocabulary) -> Iterator[Placed]:
    """The rows in the columns of their head; beside labels that go on down, each has all cells of its own."""
    sides = next((at for at, kind in enumerate(head.kinds) if kind in LEVELS), len(head.kinds))
    is_below_sums = False
    for row in rows:
        lacking = len(head.kinds) - len(row.fields)
        is_sum = vocabulary.is_total(row.texts[0])
        is_below_sums = is_below_sums and len(row.texts) <= _PAIR and not any(map(is_level, row.texts))
        if lacking >= 0 and (is_sum or is_below_sums or _stands_apart(row, head)):
            yield Placed(row, tuple(index and index + lacking for index in row.starts), 0)
        else:
            columns, doubt = place(row, head.kinds)
            yield Placed(row, columns, min(sides, columns[0]), tuple(range(len(head.kinds))), head.doubt or doubt)
        is_below_sums = is_below_sums or is_sum


def _stands_apart(row: TabbedRow, head: TabbedHead) -> bool:
    """Whether a row is no indicator: a note, a text alone at its left, or labels from the column beside all rows on."""
    text, *others = row.texts
    if row.starts[0] > 0 or any(map(is_level, row.texts)) or is_unfilled_name(text):
        return False
    kinds = {head.kinds[at] for at in row.starts} if len(row.fields) == len(head.kinds) else MEASURES
    are_words = may_stand(row.texts, ["level3"] * len(row.texts))
    return begins_note(text) or not others or (are_words and head.kinds[0] == "side" and kinds.isdisjoint(MEASURES))
