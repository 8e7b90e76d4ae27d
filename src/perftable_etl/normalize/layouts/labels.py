"""Sets of printed labels and what each stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

import regex

from perftable_etl.characters.code_points import INVISIBLES
from perftable_etl.characters.look_alikes import look_alikes
from perftable_etl.normalize.values.remembered import remembered
from perftable_etl.normalize.values.text import fold

T = TypeVar("T")

LONGEST_LABEL = 40
"""Characters, a qualifying bracket and line breaks included. A longer text is no label, but for a long bracket."""

_QUALIFIER = regex.compile(r"(?<=.)(?:(\((?:[^()]++|(?1))*+\)))+$")
_BRACKETED = regex.compile(r"^[^()（）]{2,20}[(（].*[)）]\s*[:：]?$", regex.DOTALL)
_INSIDE = regex.compile(r"(?<=\p{Han})\([/\p{Han}]{1,6}\)(?=\p{Han})")
_TRANSLATION = regex.compile(r"(?<=[\p{Han})][:]?)[A-Za-z][A-Za-z0-9.'/-]*$")
# A number, a star, 其中, or the name of the list that a numbered label begins: 1、资金来源：（1）财政拨款.
_NUMBER = regex.compile(
    r"^(?:[(]?[0-9一二三四五六七八九十]{1,2}[)、.．:]+|[*★☆]+|其中:|\p{Han}{2,6}:(?=[(][0-9一二三四五六七八九十]{1,2}[)]))+(?=\p{Han})"
)
_POINTS = regex.compile(r"(?<=\p{Han})[0-9]{1,3}分$")
_BEFORE = frozenset(look_alikes("(0123456789一二三四五六七八九十*★☆其"))
"""What a number before a label, a star or 其中 begins with."""
_BRACKETS = frozenset(look_alikes("("))


@remembered(65536)
def label_key(text: str) -> str:
    """What a label is compared by: folded, without a colon, a qualifying bracket or a translation at its end."""
    return _QUALIFIER.sub("", _TRANSLATION.sub("", fold(text).rstrip(":")).rstrip(":"))


@remembered(65536)
def bare_key(text: str) -> str:
    """The same without what may stand before a label: a number (（一）, 1、), a star, 其中, the name of a list."""
    return _NUMBER.sub("", label_key(text))


def pointless_key(text: str) -> str:
    """The same without the points that a block is worth: 预算执行情况10分."""
    return _POINTS.sub("", bare_key(text))


@remembered(65536)
def plain_key(text: str) -> str:
    """The same without a bracket inside it, which says the like in other words: 转移支付（项目）名称."""
    return _INSIDE.sub("", bare_key(text))


def is_near(one: str, other: str) -> bool:
    """Whether two keys differ by one character: another one, one more or one less."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or one == other:
        return False
    start = next((index for index, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest = short[start + 1 :] if len(short) == len(long) else short[start:]
    return rest == long[start + 1 :]


class Labels(Generic[T]):
    """Labels and their meanings. Most texts on a form are values; those are told by their first character."""

    def __init__(self, meanings: Mapping[str, T]) -> None:
        self.meanings: Mapping[str, T] = {fold(spelling): meaning for spelling, meaning in meanings.items()}
        self._initials = frozenset(look_alikes(spelling[0] for spelling in self.meanings if spelling)) | _BEFORE

    def find(self, text: str) -> T | None:
        """The meaning of a label: as printed, else without what qualifies it (项目总目标（2025年）) or numbers it.

        A bracket inside it (主管部门（单位）名称) is left out last of all.
        """
        if not text or (text[0] not in self._initials and text[0] not in INVISIBLES):
            return None
        if len(text) > LONGEST_LABEL and not _BRACKETED.match(text):
            return None
        meaning = self.meanings.get(fold(text).rstrip(":"))
        if meaning is None:
            meaning = self.meanings.get(label_key(text))
        if meaning is None and text[0] in _BEFORE:
            meaning = self.meanings.get(bare_key(text))
        if meaning is None and not _BRACKETS.isdisjoint(text):
            meaning = self.meanings.get(plain_key(text))
        return meaning
