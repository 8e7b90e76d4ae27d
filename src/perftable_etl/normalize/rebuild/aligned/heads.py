"""The heads of an indicator table without rules, in one row or in two, of known columns and of unknown ones.

A row with two heads that the vocabulary spells is a header where its heads name what is measured, and how much of it.
Whatever else stands between them heads a column too. A head over two or more others heads their columns together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from perftable_etl.normalize.forms.table_heads import MEASURES, TREE
from perftable_etl.normalize.layouts.vocabulary import Vocabulary, meaning_of
from perftable_etl.normalize.rebuild.aligned.labels import Label
from perftable_etl.normalize.rebuild.aligned.passages import Passage, line_of, on_lines, parted, stack
from perftable_etl.normalize.rebuild.aligned.stacked_pages import StackedPages

_ONE_HEADER = 1.2
"""Lines by which the middles of neighbouring heads differ at most: some are wrapped, or set over several rows."""

_NEXT_ROW = 3.0
"""Lines from the foot of a header's upper row to the last line of its lower one at most."""

_SAME_ROW = 0.9
"""Em by which the middles of heads beside each other differ at most, one of them being wrapped."""

_APART = 0.4
"""Em. Unknown heads nearer to one another on a line are one."""


class Band(NamedTuple):
    """From where to where a header stands down the stack."""

    top: float
    floor: float

    def holds(self, word: Passage) -> bool:
        """Whether a word stands in it."""
        return self.top <= word.middle <= self.floor


class OverHead(NamedTuple):
    """A head over several columns, and the first and the one after the last of them."""

    passage: Passage
    first: int
    end: int


class TableHead(NamedTuple):
    """A header: where it stands, the heads of its columns from left to right, and those over several of them."""

    band: Band
    heads: tuple[Label, ...]
    over: tuple[OverHead, ...]
    words: frozenset[Passage]


def find_table_head(labels: Sequence[Label], stacked: StackedPages, vocabulary: Vocabulary) -> TableHead | None:
    """The first header among some labels."""
    spelled = _heads(labels, stacked, vocabulary)
    stacked = _without_sides(labels, spelled, stacked)
    for band in _bands(spelled, stacked, vocabulary):
        words = [word for word in stacked.words if band.holds(word)]
        head = _table_head(band, [label for label in spelled if band.holds(label.passage)], words, stacked, vocabulary)
        if head:
            return head
    return None


def find_repeated(
    head: TableHead, labels: Sequence[Label], stacked: StackedPages, vocabulary: Vocabulary
) -> list[Band]:
    """Where pages print a header again: half of its spelled heads beside one another."""
    spelled = _heads(labels, stacked, vocabulary)
    fewest = sum(label.meaning.column is not None for label in spelled if head.band.holds(label.passage)) / 2
    below = [label for label in spelled if label.passage.top > head.band.floor]
    bands = _bands(below, _without_sides(labels, spelled, stacked), vocabulary)
    return [band for band in bands if sum(band.holds(label.passage) for label in below) >= fewest]


def _without_sides(labels: Sequence[Label], heads: Sequence[Label], stacked: StackedPages) -> StackedPages:
    """Stacked pages without the labels that stand beside the rows, left of all heads."""
    left = min((head.passage.x0 for head in heads), default=float("-inf"))
    beside = (label for label in labels if label.concept is None and label.passage.centre < left)
    return stacked.without({word for label in beside for word in label.words})


def _heads(labels: Sequence[Label], stacked: StackedPages, vocabulary: Vocabulary) -> list[Label]:
    """The labels that may head a column, and beside them, or beside the head of a level, what is worded like one."""
    spelled = [label for label in labels if label.meaning.column]
    taken = {word for label in labels for word in label.words}
    top = min((label.passage.top for label in labels), default=float("inf"))
    end = max((label.passage.bottom for label in labels), default=0.0)
    reach = _NEXT_ROW * stacked.pitch
    words = [word for word in stacked.words if top <= word.middle < end + reach and word not in taken]
    cells = _wrapped_cells(words, stacked) if stacked.is_padded else [[word] for word in words]
    worded = [_named(cell, vocabulary) for cell in cells if _heads_column(stack(cell).text, vocabulary)]
    heights = [label.passage.middle for label in (*spelled, *worded) if label in spelled or label.concept in TREE]
    near = _SAME_ROW * stacked.em
    return [*spelled, *(head for head in worded if any(abs(head.passage.middle - at) < near for at in heights))]


def _heads_column(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is worded like the head of a column, and is no name of the catalogue."""
    return vocabulary.head(text) is not None and not vocabulary.meaning(text).is_level


def _bands(spelled: Sequence[Label], stacked: StackedPages, vocabulary: Vocabulary) -> Iterator[Band]:
    """Where two or more of the spelled heads stand beside one another on one page, with the heads below them."""
    reach = _ONE_HEADER * stacked.pitch
    row: list[Passage] = []
    for label in [*sorted((label.passage for label in spelled), key=lambda head: head.middle), None]:
        if row and (label is None or label.middle - row[-1].middle > reach or label.pages != row[-1].pages):
            band = Band(min(head.top for head in row), max(head.bottom for head in row))
            if len(row) > 1:
                words = [word for word in stacked.words if word.pages == row[0].pages]
                yield _with_upper_heads(_with_lower_heads(band, words, stacked, vocabulary), words, stacked)
            row = []
        if label:
            row.append(label)


def _with_upper_heads(band: Band, words: Sequence[Passage], stacked: StackedPages) -> Band:
    """A band with the heads that begin above it beside its own: those over others, where the rest is set in between."""
    upper: list[Passage] = []
    for word in sorted(words, key=lambda word: -word.middle):
        reaches_in = band.top + 0.1 * stacked.em < word.bottom < band.floor
        if word.top < band.top and (reaches_in or any(_goes_on(word, other, stacked) for other in upper)):
            upper.append(word)
    return band._replace(top=min((word.top for word in upper), default=band.top))


def _with_lower_heads(band: Band, words: Sequence[Passage], stacked: StackedPages, vocabulary: Vocabulary) -> Band:
    """A band with the heads right below it, if nothing else stands beside them but what its own heads go on with."""
    end = band.floor + _NEXT_ROW * stacked.pitch
    own = [word for word in words if band.holds(word)]
    lines = on_lines(word for word in words if band.floor < word.middle < end)
    for count in range(1, len(lines) + 1):
        lower = [word for line in lines[:count] for word in line]
        cells = [cell for cell in _wrapped_cells([*own, *lower], stacked) if cell[0].middle > band.floor]
        if len(cells) > 1 and all(_heads_column(stack(cell).text, vocabulary) for cell in cells):
            return band._replace(floor=max(word.bottom for word in lower))
    return _with_wrapped_heads(band, own, lines, stacked) if stacked.is_padded else band


def _with_wrapped_heads(
    band: Band, own: Sequence[Passage], lines: Sequence[Sequence[Passage]], stacked: StackedPages
) -> Band:
    """A band with the lines right below it that its heads go on in; where rows are set apart, nothing else is there."""
    heads = list(own)
    for word in chain.from_iterable(lines):
        if any(_goes_on(head, word, stacked) for head in heads):
            heads.append(word)
    return band._replace(floor=max((word.bottom for word in heads), default=band.floor))


def _table_head(
    band: Band, spelled: Sequence[Label], words: Sequence[Passage], stacked: StackedPages, vocabulary: Vocabulary
) -> TableHead | None:
    known = {word for label in spelled for word in label.words}
    others = _wrapped_cells([word for word in words if word not in known], stacked)
    heads = [*spelled, *(_named(cell, vocabulary) for cell in others)]
    heads.sort(key=lambda head: head.passage.centre)
    over = [head for head in heads if _is_over_others(head.passage, [other.passage for other in heads])]
    own = tuple(head for head in heads if head not in over)
    names = {head.meaning.column for head in own}
    if not names & TREE or not (names & MEASURES or len(names & TREE) > 1):
        return None
    spans = tuple(_over_head(head.passage, [other.passage for other in own]) for head in over)
    return TableHead(band, own, spans, frozenset(words) | known)


def _named(cell: list[Passage], vocabulary: Vocabulary) -> Label:
    """A head that is spelled nowhere: its wording may tell its column."""
    passage = stack(cell)
    return Label(passage, meaning_of(None, (), vocabulary.head(passage.text), is_side=False), frozenset(cell))


def _wrapped_cells(words: Sequence[Passage], stacked: StackedPages) -> list[list[Passage]]:
    """Words as cells: of one line, or of lines right below each other that are set alike."""
    cells: list[list[Passage]] = []
    for line in on_lines(words):
        for part in map(line_of, parted(line, _APART * stacked.em)):
            upper = next((cell for cell in cells if _goes_on(cell[-1], part, stacked)), None)
            if upper is None:
                cells.append([part])
            else:
                upper.append(part)
    return cells


def _goes_on(upper: Passage, lower: Passage, stacked: StackedPages) -> bool:
    is_next = 0 < lower.top - upper.top < stacked.next_line
    is_alike = min(abs(upper.centre - lower.centre), abs(upper.x0 - lower.x0)) < 0.3 * stacked.em
    return is_next and is_alike


def _is_over_others(head: Passage, heads: Sequence[Passage]) -> bool:
    """Whether heads right below it stand to the left and to the right of a head's middle."""
    lower = [other for other in heads if other.top > head.bottom - 1]
    left, right = ([other for other in heads if sign * (other.centre - head.centre) > 0] for sign in (-1, 1))
    return bool(left and right) and left[-1] in lower and right[0] in lower


def _over_head(head: Passage, heads: Sequence[Passage]) -> OverHead:
    """The columns that a head is over: all that are headed below it on both sides of its middle."""
    is_below = [other.top > head.bottom - 1 for other in heads]
    centre = sum(other.centre < head.centre for other in heads)
    first = next((index + 1 for index in range(centre - 1, -1, -1) if not is_below[index]), 0)
    end = next((index for index in range(centre, len(heads)) if not is_below[index]), len(heads))
    return OverHead(head, first, end)
