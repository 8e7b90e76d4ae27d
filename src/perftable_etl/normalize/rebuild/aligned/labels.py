"""The labels on stacked pages: words of a form's frame, wrapped in narrow columns or with their characters apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perftable_etl.normalize.layouts.vocabulary import Concept, Meaning, Vocabulary
from perftable_etl.normalize.rebuild.aligned.passages import Passage, line_of, stack
from perftable_etl.normalize.rebuild.aligned.stacked_pages import StackedPages

_MOST_LINES = 4
"""Lines a label is wrapped over at most: the narrowest column of a form holds two characters."""

_OVER_BREAK = 4.0
"""Lines from a line of a label to the next one on another page at most: a header that is printed again stands between.
"""

_REACH = 60
"""Passages among which the rest of a label is looked for: those of its own and the next few lines."""


class Label(NamedTuple):
    """A label, what it means, and the words that it is printed in."""

    passage: Passage
    meaning: Meaning
    words: frozenset[Passage]

    @property
    def concept(self) -> Concept | None:
        """What it names; None for one that stands beside a block of rows (项目资金, 绩效指标)."""
        return self.meaning.concept


def find_labels(stacked: StackedPages, vocabulary: Vocabulary) -> list[Label]:
    """All labels in reading order: of the readings of a text as a label the longest."""
    taken: set[Passage] = set()
    labels = []
    for index, word in enumerate(stacked.words):
        if word in taken:
            continue
        near = [near for near in stacked.words[index : index + _REACH] if near not in taken]
        label = _label_at(stacked, near, vocabulary)
        if label:
            labels.append(label)
            taken |= label.words
    return labels


def without_false_padding(stacked: StackedPages, vocabulary: Vocabulary) -> StackedPages:
    """Stacked pages, their rows not set apart where one label stands as near to another as a line to the next."""
    labels = [label for label in find_labels(stacked._replace(is_padded=False), vocabulary) if label.concept]
    firsts = {word for label in labels for word in label.words if word.top <= label.passage.top + 0.5 * stacked.em}
    lasts = {word for label in labels for word in label.words if word.bottom >= label.passage.bottom - 0.5 * stacked.em}
    is_near = any(
        0 < first.top - last.top < stacked.next_line
        and last.x0 < first.x1
        and first.x0 < last.x1
        and first.pages == last.pages
        for last in lasts
        for first in firsts
        if not any({last, first} <= label.words for label in labels)
    )
    return stacked._replace(is_padded=stacked.is_padded and not is_near)


def _label_at(stacked: StackedPages, words: Sequence[Passage], vocabulary: Vocabulary) -> Label | None:
    """The longest label that the first of `words` begins: over lines below it, or characters set apart beside it."""
    readings = [*_downwards(words, stacked), *_across(words, stacked.em)]
    for chain, passage in sorted(readings, key=lambda reading: -len(reading[1].text)):
        meaning = vocabulary.meaning(passage.text)
        if meaning.is_label:
            return Label(passage, meaning, frozenset(chain))
    return None


def _downwards(words: Sequence[Passage], stacked: StackedPages) -> Iterator[tuple[list[Passage], Passage]]:
    """The first of `words` alone, and together with the lines right below it that are centred or begin like it."""
    chain = [words[0]]
    yield chain, words[0]
    for word in words[1:]:
        step = word.top - chain[-1].top
        if len(chain) == _MOST_LINES or step > _furthest(chain[-1], word, stacked):
            return
        if step > 0.5 * stacked.pitch and _is_in_line(chain[0], word, stacked.em):
            chain = [*chain, word]
            yield chain, stack(chain)


def _furthest(line: Passage, following: Passage, stacked: StackedPages) -> float:
    """How far the next line of a label may be: the stack does not tell how far it is over a page break."""
    return stacked.next_line if line.pages & following.pages else _OVER_BREAK * stacked.pitch


def _is_in_line(upper: Passage, lower: Passage, em: float) -> bool:
    return abs(upper.centre - lower.centre) < 0.6 * em or abs(upper.x0 - lower.x0) < 0.3 * em


def _across(words: Sequence[Passage], em: float) -> Iterator[tuple[list[Passage], Passage]]:
    """The first of `words` with those beside it, where single characters are set apart (项 目 名 称)."""
    chain = [words[0]]
    beside = (word for word in words[1:] if abs(word.middle - chain[0].middle) < 0.45 * em)
    for word in sorted(beside, key=lambda word: word.x0):
        if len(word.text) > 2 or len(chain[-1].text) > 2 or not 0 <= word.x0 - chain[-1].x1 < 2.5 * em:
            return
        chain = [*chain, word]
        yield chain, line_of(chain)
