"""The rows above an indicator table: where merged cells leave no field, a row stands right of what goes on beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from perftable_etl.document import Cell, Box, Place
from perftable_etl.normalize.forms.labelling import label
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import GOALS
from perftable_etl.normalize.rebuild.tabs.grid import Placed, placed
from perftable_etl.normalize.rebuild.tabs.rows import Row
from perftable_etl.normalize.values.money import is_blank, parse_money

Role = Literal["field", "goal", "money", "words", "text", "amount", "blank"]

LONGEST_LABEL = 20
_NOWHERE = Place(1, Box(0, 0, 0, 0))
_LABELS = frozenset({"field", "goal", "money", "words"})


def role(text: str, vocabulary: Vocabulary) -> Role:
    """What a text is above an indicator table."""
    meaning = label(Cell(text, 0, 0, 1, 1, _NOWHERE), vocabulary).meaning
    if not text:
        return "blank"
    if meaning.is_side:
        return "field"
    if meaning.label:
        return "goal" if meaning.label in GOALS else "field"
    if meaning.money or vocabulary.is_total(text):
        return "money"
    if is_blank(text) or parse_money(text) is not None:
        return "amount"
    return "text" if len(text) > LONGEST_LABEL else "words"


def spread_upper(rows: Sequence[Row], vocabulary: Vocabulary) -> Iterator[Placed]:
    """Each row right of what goes on beside it."""
    above: list[Role] = []
    for row in rows:
        roles = [role(one.text, vocabulary) for one in row.fields]
        offset = _offset(roles, above)
        yield placed(row, offset)
        rest = above[offset + len(roles) :] if offset else []
        above = [*above[:offset], *roles, *(["blank"] * len(rest))]


def _offset(roles: Sequence[Role], above: Sequence[Role]) -> int:
    lacking = len(above) - len(roles)
    if lacking <= 0 or roles[0] == "field":
        return 0
    if roles[0] == "goal" and "goal" not in above[1:]:
        return 0
    fits = [sum(map(_match, roles, above[offset:])) for offset in range(lacking + 1)]
    if fits[0] == sum(role != "blank" for role in roles):
        return 0
    return max(range(1, lacking + 1), key=lambda offset: (fits[offset], offset))


def _match(role: Role, above: Role) -> bool:
    return role != "blank" and (role == above or (role in _LABELS and above in _LABELS))
