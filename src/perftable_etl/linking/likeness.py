"""How alike two names are, and whether they say that they are of different things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import LCSseq, Levenshtein
from rapidfuzz.fuzz import ratio

from perftable_etl.linking.names import ComparedName
from perftable_etl.linking.wording import CONTRASTS

_REORDERED = 0.95
"""What the characters of a name count in another order."""

_WITHIN = 0.7
"""What a name counts that stands in a much longer one."""

_MEASURED_OTHERWISE = 0.9
"""What a name counts without what is measured, where that differs."""


@lru_cache(maxsize=1 << 13)
def likeness(one: ComparedName, other: ComparedName) -> float:
    """How much of two names is the same, from 0 to 1: as printed, without fillers, or in another order."""
    printed = ratio(one.key, other.key) / 100
    bare = ratio(one.core, other.core) / 100
    bare *= 1 if one.measure == other.measure else _MEASURED_OTHERWISE
    return max(printed, bare, _REORDERED * _shared(one.core, other.core), _WITHIN * _contained(one.core, other.core))


def _contained(one: str, other: str) -> float:
    """The share of the shorter of two texts that stands in the other in its order; nothing where it is very short."""
    shortest = min(len(one), len(other))
    return LCSseq.similarity(one, other) / shortest if shortest >= _LEAST else 0.0


def _shared(one: str, other: str) -> float:
    """The share of characters and of pairs of neighbours that two texts have both, wherever they stand."""
    characters, neighbours = _common(one, other), _common(_pairs(one), _pairs(other))
    return (characters + neighbours) / 2


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]


def _common(one: str | list[str], other: str | list[str]) -> float:
    total = len(one) + len(other)
    return 2 * (Counter(one) & Counter(other)).total() / total if total else 0.0


def is_reworded(one: ComparedName, other: ComparedName) -> bool:
    """Whether two names say the same in other words: the same in another order, or one says more of it than the other.

    What is put in must be the smaller part; what takes the place of something else may be something else.
    """
    return _says_as_much(one, other, _LEAST, _MOST_OF)


def is_surely_reworded(one: ComparedName, other: ComparedName) -> bool:
    """The same, where no more than a small part of a long name is put in: a word before a short one may narrow it."""
    return _says_as_much(one, other, _LONG, _NEARLY_ALL)


def _says_as_much(one: ComparedName, other: ComparedName, least: int, share: float) -> bool:
    shorter, longer = sorted((one.core, other.core), key=len)
    if len(shorter) == len(longer):
        return sorted(shorter) == sorted(longer)
    return len(shorter) >= max(least, share * len(longer)) and not Counter(shorter) - Counter(longer)


_LEAST, _LONG = 4, 8
"""Characters that a name has at least to be known again in a longer one."""

_MOST_OF, _NEARLY_ALL = 0.6, 0.8
"""The share of the longer name that the shorter one has at least."""


def contradicts(one: ComparedName, other: ComparedName) -> bool:
    """Whether two names are of different things though they are alike.

    Their numbers differ, only one of them has a word that says which part is meant, or a contrast stands in one place.
    """
    return (
        one.marks != other.marks
        or one.narrowing != other.narrowing
        or any(_is_contrast(*pair) for pair in _replacements(one.core, other.core))
    )


def _replacements(one: str, other: str) -> Iterator[tuple[str, str]]:
    """The characters of one text in whose place another stands in the other."""
    for step in Levenshtein.editops(one, other):
        if step.tag == "replace":
            yield one[step.src_pos], other[step.dest_pos]


def _is_contrast(one: str, other: str) -> bool:
    return not _CONTRASTED.get(one, frozenset()).isdisjoint(_CONTRASTED.get(other, ()))


_CONTRASTED = {
    character: frozenset(number for number, line in enumerate(CONTRASTS) if character in line)
    for character in "".join(CONTRASTS)
}
"""The contrasts that a character stands in, by their numbers."""
