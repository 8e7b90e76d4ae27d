"""Lines that a text prints among the rows of a form and outside all forms too, as running heads are."""

from __future__ import annotations

from collections.abc import Iterable

from perftable_etl.normalize.layouts.catalogue import is_level
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.values.text import fold

_SHORTEST = 4  # characters of such a line. A shorter one may be a word that both use


def folded_outside(texts: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """The lines outside all forms, folded, but for words of forms: what is printed there too is no row of a form."""
    return frozenset(fold(text) for text in texts if not (is_level(text) or vocabulary.meaning(text).is_label))


def is_outside_too(text: str, outside: frozenset[str]) -> bool:
    """Whether a line is one of those."""
    folded = fold(text)
    return len(folded) >= _SHORTEST and folded in outside
