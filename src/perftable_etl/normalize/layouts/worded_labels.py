"""Labels that are spelled nowhere, and that are told by how they are worded (市级配套资金, 项目责任单位)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from perftable_etl.fields import Money
from perftable_etl.normalize.layouts.labels import LONGEST_LABEL, plain_key
from perftable_etl.normalize.layouts.words import Label, Words

_SHORTEST, _LONGEST = 3, 24
"""Characters, without white space and without what qualifies a label."""


class Worded(NamedTuple):
    """What a text is the label of: a field or a goal, or the amounts that it may be."""

    label: Label | None
    money: tuple[Money, ...] = ()


class WordedLabels:
    """The patterns of labels of some sets of words; where several fit, the first one speaks."""

    def __init__(self, sets: Sequence[Words]) -> None:
        labels = ((Worded(label), text) for words in sets for label, text in words.label_patterns.items())
        amounts = ((Worded(None, money), text) for words in sets for money, text in words.amount_patterns())
        pairs = [*labels, *amounts]
        self._worded = [worded for worded, _ in pairs]
        self._pattern = re.compile("|".join(f"({text})" for _, text in pairs) or "(?!)")
        """All as one, each in a group of its own: to ask one after the other takes twice the time."""

    def find(self, text: str) -> Worded | None:
        """What a text is the label of; None where no pattern fits."""
        key = plain_key(text) if 0 < len(text) <= LONGEST_LABEL else ""
        found = self._pattern.fullmatch(key) if _SHORTEST <= len(key) <= _LONGEST else None
        return self._worded[found.lastindex - 1] if found and found.lastindex else None
