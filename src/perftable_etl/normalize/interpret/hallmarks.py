"""What tells that text is part of a form, whether or not it was read as one.

Four marks rarely stand together in any other text: a name of the catalogue of indicators, the head of an indicator
table, a comparison sign before a number, and labels of a form's fields. A title says by itself what a table below
it is. They are looked for in phrases, so that it does not matter what parts the cells: blanks, tabs, box characters,
commas and quotation marks (CSV), or tags (HTML).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise, starmap
from typing import NamedTuple

import regex

from perftable_etl.normalize.forms.table_heads import TREE
from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, is_level
from perftable_etl.normalize.layouts.heads import may_name_column, names_column
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.values.text import fold
from perftable_etl.records import FieldName

_PHRASE = regex.compile(r"[^\s,，;；|\"“”<>＞＜\u2500-\u257F]+")

_SIGN = regex.compile(r"(?<![A-Za-z0-9])(?:[≥≤=<>＞＜＝≧≦⩾⩽≮≯]|&(?:[gl][et]|[gl]t;=);?)[=＝]?\s*[\"'|│]*\s*[0-9０-９]")
"""A comparison sign before a number, in one cell or in two beside each other; `colspan=2` is none."""

_COLON = regex.compile(r"[:：]")

_FEWEST_HEADS = 2
_FEWEST_LABELS = 3
_ENOUGH = 2
"""Marks of different kinds. One alone is found in prose on performance targets too."""

_ENOUGH_LABELS = 6
"""Labels that are enough by themselves: a form prints some fifteen, a list that mentions projects fewer."""


_FEWEST_SIGNS = 3
"""Rows with a sign in a document that has a form: together they are as likely its rows as anything else."""


class Hallmarks(NamedTuple):
    """What of a form some text shows: names of levels, heads of indicator columns, rows with signs, labels' fields.

    `has_pair` says that a level 1 and a level 2 below it stand in one row, as only indicator tables have them;
    `has_title` that the title of a form stands over it, with nothing between.
    """

    levels: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    signs: int = 0
    fields: frozenset[FieldName] = frozenset()
    has_pair: bool = False
    has_title: bool = False

    def __or__(self, other: Hallmarks) -> Hallmarks:
        return Hallmarks(
            self.levels | other.levels,
            self.heads | other.heads,
            self.signs + other.signs,
            self.fields | other.fields,
            self.has_pair or other.has_pair,
            self.has_title or other.has_title,
        )

    @property
    def is_form(self) -> bool:
        """Whether two kinds of marks stand together, both levels of one row, labels enough, or a title over a table."""
        return (
            self.has_pair or self.has_title or len(list(self.kinds())) >= _ENOUGH or len(self.fields) >= _ENOUGH_LABELS
        )

    @property
    def goes_on(self) -> bool:
        """Whether they are enough for the rest of a form, where a form stands before: a level, or some signs."""
        return bool(self.levels) or self.signs >= _FEWEST_SIGNS

    def kinds(self) -> Iterator[str]:
        """The kinds of marks that are shown, in words."""
        if self.levels:
            yield "names of levels of indicators"
        if len(self.heads) >= _FEWEST_HEADS:
            yield "the head of an indicator table"
        if self.signs:
            yield "comparison signs before numbers"
        if len(self.fields) >= _FEWEST_LABELS:
            yield "labels of a form"
        if self.has_title:
            yield "a table below the title of a form"


NOTHING = Hallmarks()

TITLED = Hallmarks(has_title=True)
"""What a table shows that the title of a form stands over."""


def find_hallmarks(text: str, vocabulary: Vocabulary) -> Hallmarks:
    """What a line shows, or a row of cells with tabs between them."""
    signs = int(_SIGN.search(text) is not None)
    phrases = _PHRASE.findall(text)
    fields = frozenset(_fields(phrases, vocabulary))
    if not signs and not fields and not may_name_column(text):  # most lines of a document
        return NOTHING
    folded = [fold(phrase) for phrase in phrases]
    levels = [phrase for phrase in folded if is_level(phrase)]
    heads = frozenset(phrase for phrase in folded if names_column(phrase)) | _worded_heads(text, vocabulary)
    return Hallmarks(frozenset(levels), heads, signs, fields, any(starmap(_is_pair, pairwise(levels))))


def _worded_heads(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The cells of a row that head what is measured by how they are worded, where several do."""
    heads = frozenset(fold(cell) for cell in text.split("\t") if vocabulary.head(cell) in TREE) if "\t" in text else ()
    return frozenset(heads) if len(heads) >= _FEWEST_HEADS else frozenset()


def _is_pair(upper: str, lower: str) -> bool:
    """Whether a level-1 name is followed by a level-2 name that stands under it."""
    level2 = find_level2(lower)
    return level2 is not None and level2.level1 == find_level1(upper) and fold(upper) != fold(lower)


def _fields(phrases: Iterable[str], vocabulary: Vocabulary) -> Iterator[FieldName]:
    """The fields whose labels stand alone, or before a colon."""
    for phrase in phrases:
        field = vocabulary.field(phrase) or vocabulary.field(_COLON.split(phrase, maxsplit=1)[0])
        if field:
            yield field
