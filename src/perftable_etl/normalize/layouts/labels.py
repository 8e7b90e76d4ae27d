"""Sets of printed labels and what each stands for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Generic, TypeVar

import regex

from perftable_etl.characters import INVISIBLES
from perftable_etl.normalize.values.look_alikes import look_alikes
from perftable_etl.normalize.values.text import fold

T = TypeVar("T")

LONGEST_LABEL = 40
"""Characters, a qualifying bracket and line breaks included. A longer text is no label."""

_QUALIFIER = regex.compile(r"(?<=.)\([^()]*\)$")


@lru_cache(maxsize=65536)
def label_key(text: str) -> str:
    """What a label is compared by: folded, without a colon or a qualifying bracket at its end."""
    return _QUALIFIER.sub("", fold(text).rstrip(":"))


class Labels(Generic[T]):
    """Labels and their meanings. Most texts on a form are values; those are told by their first character."""

    def __init__(self, meanings: Mapping[str, T]) -> None:
        self.meanings: Mapping[str, T] = {fold(spelling): meaning for spelling, meaning in meanings.items()}
        self._initials = frozenset(look_alikes(spelling[0] for spelling in self.meanings if spelling))

    def find(self, text: str) -> T | None:
        """The meaning of a label: as printed, else without the bracket that qualifies it (项目总目标（2025年）)."""
        if not text or len(text) > LONGEST_LABEL or (text[0] not in self._initials and text[0] not in INVISIBLES):
            return None
        meaning = self.meanings.get(fold(text).rstrip(":"))
        return self.meanings.get(label_key(text)) if meaning is None else meaning
