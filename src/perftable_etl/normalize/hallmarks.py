"""What tells that text is part of a form, whether or not it was read as one.

Four marks rarely stand together in any other text: a name of the catalogue of indicators, the head of an indicator
table, a comparison sign before a number, and labels of a form's fields. They are looked for in phrases, so that it does
not matter what parts the cells: blanks, tabs, box characters, commas and quotation marks (CSV), or tags (HTML).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import regex

from perftable_etl.normalize.catalogue import is_level
from perftable_etl.normalize.text import fold
from perftable_etl.normalize.vocabulary import labels_above
from perftable_etl.records import FieldName

_PHRASE = regex.compile(r"[^\s,，;；|\"“”<>＞＜\u2500-\u257F]+")

_SIGN = regex.compile(
    r"(?<![A-Za-z0-9\"'])(?:[≥≤=<>＞＜＝≧≦⩾⩽≮≯]|&(?:[gl][et]|[gl]t;=);?)[=＝]?\s*[\"'|│]*\s*[0-9０-９]"
)
"""A comparison sign before a number, in one cell or in two beside each other; `colspan=2` is none."""

_HEAD = regex.compile(
    r"[一二三]级指标(?:内容|名称)?|指标(?:名称|内容|说明|性质|方向)|评价指标|[计度]量单位"
    r"|(?:年度|全年|预期|计划|项目|当年)*(?:\([/]?\p{Han}+\))?(?:指标|目标)值(?:及单位)?"
)
"""The head of a column that only indicator tables have."""

_FEWEST_HEADS = 2
_FEWEST_LABELS = 3
_ENOUGH = 2
"""Marks of different kinds. One alone is found in prose on performance targets too."""

_ENOUGH_LABELS = 6
"""Labels that are enough by themselves: a form prints some fifteen, a list that mentions projects fewer."""


class Hallmarks(NamedTuple):
    """What of a form some text shows: names of levels, heads of indicator columns, signs before numbers, fields."""

    levels: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    has_sign: bool = False
    fields: frozenset[FieldName] = frozenset()

    def __or__(self, other: Hallmarks) -> Hallmarks:
        return Hallmarks(
            self.levels | other.levels,
            self.heads | other.heads,
            self.has_sign or other.has_sign,
            self.fields | other.fields,
        )

    @property
    def is_form(self) -> bool:
        """Whether two kinds of marks stand together, or labels enough."""
        return len(list(self.kinds())) >= _ENOUGH or len(self.fields) >= _ENOUGH_LABELS

    def kinds(self) -> Iterator[str]:
        """The kinds of marks that are shown, in words."""
        if self.levels:
            yield "names of levels of indicators"
        if len(self.heads) >= _FEWEST_HEADS:
            yield "the head of an indicator table"
        if self.has_sign:
            yield "comparison signs before numbers"
        if len(self.fields) >= _FEWEST_LABELS:
            yield "labels of a form"


NOTHING = Hallmarks()


def find_hallmarks(text: str) -> Hallmarks:
    """What a line shows, or a row of cells with tabs between them."""
    has_sign = _SIGN.search(text) is not None
    if "标" not in text and not has_sign and not _may_have_labels(text):
        return NOTHING
    phrases = [fold(phrase) for phrase in _PHRASE.findall(text)]
    return Hallmarks(
        frozenset(phrase for phrase in phrases if is_level(phrase)),
        frozenset(phrase for phrase in phrases if _HEAD.fullmatch(phrase)),
        has_sign,
        frozenset(_fields(phrases)),
    )


def _may_have_labels(text: str) -> bool:
    """Whether a text is short enough to be a row with labels; most lines of a document are prose."""
    return any(labels_above().find(phrase) for phrase in _PHRASE.findall(text))


def _fields(phrases: Iterable[str]) -> Iterator[FieldName]:
    for phrase in phrases:
        field = labels_above().find(phrase) or labels_above().find(phrase.partition(":")[0])
        if field:
            yield field
