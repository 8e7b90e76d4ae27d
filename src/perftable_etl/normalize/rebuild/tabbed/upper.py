"""The rows above an indicator table: where merged cells leave no field, a row stands right of what goes on down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import GOALS
from perftable_etl.normalize.rebuild.tabbed.grid import Placed
from perftable_etl.normalize.rebuild.tabbed.heads import told
from perftable_etl.normalize.rebuild.tabbed.rows import TabbedRow
from perftable_etl.normalize.values.money import is_blank, parse_money

Role = Literal["side", "field", "goal", "money", "words", "text", "amount", "blank"]
"""What a text is: a label of one of four sorts, words that may be one, or a value."""

LABELS: frozenset[Role] = frozenset({"side", "field", "goal", "money"})
_VALUES: frozenset[Role] = frozenset({"text", "amount", "blank"})

_LONGEST_LABEL = 20  # characters
_STOPS = "。；;”"


def role(text: str, vocabulary: Vocabulary) -> Role:
    """What a text is above an indicator table."""
    meaning = told(text, vocabulary).meaning
    if meaning.is_side:
        return "side"
    if meaning.label:
        return "goal" if meaning.label in GOALS else "field"
    if meaning.money or vocabulary.is_total(text):
        return "money"
    if is_blank(text) or parse_money(text) is not None:
        return "amount" if text else "blank"
    return "text" if len(text) > _LONGEST_LABEL or text[-1] in _STOPS else "words"


def place_upper(rows: Sequence[TabbedRow], width: int, vocabulary: Vocabulary) -> Iterator[Placed]:
    """Each row right of what goes on beside it. The columns beside the first share the width of the table evenly."""
    above: list[Role] = []
    placed: list[Placed] = []
    for row in rows:
        roles = [role(one.text, vocabulary) for one in row.fields]
        offset = _offset(roles, above)
        above[offset:] = roles + ["blank"] * (len(above) - offset - len(roles) if offset else 0)
        share = max(1.0, (width - 1) / max(1, len(above) - 1))
        columns = [max(0, 1 + round((offset + index - 1) * share)) for index in row.starts]
        placed.append(Placed(row, tuple(columns)))
    edges: tuple[int, ...] = ()
    for one, following in pairwise([*placed, Placed(TabbedRow((), ()), ())]):
        edges = (*(edges if one.first else ()), *one.columns)
        yield one._replace(edges=(*edges, following.first))


def _offset(roles: Sequence[Role], above: Sequence[Role]) -> int:
    """How far right a row stands: as far as it has fields less than the block that it goes on with.

    A label of money stands below the one above, though a cell to the right is merged down beside both.
    """
    if not above or not _goes_on(roles, above):
        return 0
    lacking = max(0, len(above) - len(roles))
    if roles[0] != "money" or "money" in above[lacking : lacking + 1]:
        return lacking
    return max((place for place in range(1, lacking) if above[place] == "money"), default=lacking)


def _goes_on(roles: Sequence[Role], above: Sequence[Role]) -> bool:
    """Whether a row goes on beside the label of the block above: goals do beside goals, money beside money."""
    first = roles[0]
    are_pairs = above[0] == "field" or (above[2:3] == ["field"] and above[1] not in {*LABELS, "blank"})
    if first in _VALUES:
        return True
    if first == "goal":
        return first in above[1:]
    if first in LABELS or are_pairs:
        return first == "money" and not are_pairs and not {"money", "amount"}.isdisjoint(above)
    return "amount" in roles or len(roles) == len(above) - 1
