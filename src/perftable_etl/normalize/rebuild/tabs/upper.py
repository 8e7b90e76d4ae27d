"""The rows above an indicator table: where merged cells leave no field, a row stands right of what goes on beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from perftable_etl.document import Cell, Box, Place
from perftable_etl.normalize.forms.labelling import label
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import GOALS
from perftable_etl.normalize.rebuild.tabs.grid import Placed, placed
from perftable_etl.normalize.rebuild.tabs.rows import Row
from perftable_etl.normalize.values.money import is_blank, parse_money

Role = Literal["side", "field", "goal", "money", "words", "text", "amount", "blank"]

LONGEST_LABEL = 20
_NOWHERE = Place(1, Box(0, 0, 0, 0))
_STOPS = "。；;”"
_LABELS = frozenset({"side", "field", "goal", "money", "words"})


def role(text: str, vocabulary: Vocabulary) -> Role:
    """What a text is above an indicator table."""
    meaning = label(Cell(text, 0, 0, 1, 1, _NOWHERE), vocabulary).meaning
    if not text:
        return "blank"
    if meaning.is_side:
        return "side"
    if meaning.label:
        return "goal" if meaning.label in GOALS else "field"
    if meaning.money or vocabulary.is_total(text):
        return "money"
    if is_blank(text) or parse_money(text) is not None:
        return "amount"
    return "text" if len(text) > LONGEST_LABEL or text[-1] in _STOPS else "words"


def spread_upper(rows: Sequence[Row], width: int, vocabulary: Vocabulary) -> Iterator[Placed]:
    """Each row right of what goes on beside it; the columns beside the first share the width of the table."""
    above: list[Role] = []
    spread: list[Placed] = []
    for row in rows:
        roles = [role(one.text, vocabulary) for one in row.fields]
        offset = _offset(roles, above)
        rest = above[offset + len(roles) :] if offset else []
        above = [*above[:offset], *roles, *(["blank"] * len(rest))]
        share = max(1, (width - 1) // max(1, len(above) - 1))
        columns = tuple(max(0, 1 + (index + offset - 1) * share) for index in row.starts)
        spread.append(Placed(row, columns, min(columns, default=0)))
    edges: set[int] = set()
    for row, following in pairwise([*spread, None]):
        edges = {*(edges if row.merged else ()), *row.columns}
        yield row._replace(edges=(*edges, following.merged if following else 0))


def _offset(roles: Sequence[Role], above: Sequence[Role]) -> int:
    lacking = len(above) - len(roles)
    if lacking <= 0 or list(above[: len(roles)]) == roles or not _continues(roles, above, lacking):
        return 0
    fits = [sum(map(_match, roles, above[offset:])) for offset in range(lacking + 1)]
    return max(range(1, lacking + 1), key=lambda offset: (fits[offset], offset))


def _continues(roles: Sequence[Role], above: Sequence[Role], lacking: int) -> bool:
    first = roles[0]
    if first in ("side", "field"):
        return False
    if first == "goal":
        return "goal" in above[1:]
    if first in ("blank", "text", "amount"):
        return True
    if _are_pairs(above):
        return False
    return not {"money", "amount"}.isdisjoint(above) if first == "money" else "amount" in roles or lacking == 1


def _are_pairs(roles: Sequence[Role]) -> bool:
    return roles[0] == "field" or (roles[2:3] == ["field"] and roles[1] in ("words", "text", "amount"))


def _match(role: Role, above: Role) -> bool:
    return role != "blank" and (role == above or (role in _LABELS and above in _LABELS))
