"""The labels in a stream of flattened text.

Labels are a closed vocabulary in a fixed order, so they are found wherever the text was broken: with white space
between any two of their characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from perftable_etl.look_alikes import look_alikes
from perftable_etl.normalize.layouts.vocabulary import Concept, Vocabulary
from perftable_etl.normalize.layouts.words import GOALS
from perftable_etl.normalize.rebuild.flattened.stream import Stream
from perftable_etl.normalize.values.text import fold


class FoundLabel(NamedTuple):
    """A label found in a stream: what it stands for (None for a side label), and from where to where it is printed."""

    field: Concept | None
    start: int
    end: int


_SHORTEST = 4
"""Characters of a label that is a field only together with others; a shorter one is a word like others."""

_SIGNS = {sign: f"[{regex.escape(look_alikes(sign))}]" for sign in "():/"}
_OPEN, _CLOSED, _COLON = (_SIGNS[sign] for sign in "():")


def _spaced_pattern(label: str) -> str:
    """A pattern for a label with white space anywhere in it, half-width or full-width brackets and colons."""
    return r"\s*".join(_SIGNS.get(character, regex.escape(character)) for character in label)


def alternation(labels: Sequence[str]) -> str:
    """A pattern for any of these labels, the longest first, with white space anywhere in it."""
    return "|".join(map(_spaced_pattern, sorted(labels, key=len, reverse=True)))


_QUALIFIER = rf"(?:\s*{_OPEN}[^{regex.escape(look_alikes('()'))}]{{1,24}}{_CLOSED})?(?:\s*{_COLON})?"


class _Patterns:
    """What finds the labels of a vocabulary in a stream: those above the indicator table."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        form_labels = {label: vocabulary.concept(label) for label in vocabulary.form_labels if len(label) >= _SHORTEST}
        everywhere = {**dict.fromkeys(vocabulary.sides), **form_labels, **vocabulary.labels}
        run_on = [label for label, field in everywhere.items() if field not in (None, *GOALS)]
        alone = list(vocabulary.goals_in_cells)
        self.fields: Mapping[str, Concept | None] = {**vocabulary.goals_in_cells, **everywhere}
        self.label = regex.compile(
            rf"(?:(?<=\s|{_COLON})|^)(?P<label>{alternation(list(everywhere))}){_QUALIFIER}(?=\s|$|(?<={_COLON}))"
            rf"|(?:(?<=\n)|^)(?P<label>{alternation(run_on)}|(?:{alternation(alone)})(?=[ ]*(?:\n|$)))"
        )


@lru_cache(maxsize=8)
def _patterns(vocabulary: Vocabulary) -> _Patterns:
    """The patterns of a vocabulary: compiling them takes longer than reading a page."""
    return _Patterns(vocabulary)


def find_labels(stream: Stream, start: int, end: int) -> Iterator[FoundLabel]:
    """The labels between two positions, in the order they are printed.

    A label stands alone, or opens a line that runs on with its value; but goals may well begin with a goal's name.
    """
    patterns = _patterns(stream.vocabulary)
    for match in patterns.label.finditer(stream.searched, start, end):
        yield FoundLabel(patterns.fields[fold(match["label"])], match.start(), match.end())
