"""The labels on stacked pages: words of a form's frame, wrapped in narrow columns or with their characters apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perftable_etl.normalize.forms.table_heads import MEASURES, TREE
from perftable_etl.normalize.layouts.publishers import is_place
from perftable_etl.normalize.layouts.vocabulary import Concept, Meaning, Vocabulary, meaning_of
from perftable_etl.normalize.rebuild.aligned.stacked_pages import (
    Passage,
    StackedPages,
    line_of,
    on_lines,
    parted,
    stack,
)

_MOST_LINES = 4  # lines a label is wrapped over at most: the narrowest column of a form holds two characters
# lines from a line of a label to the next one on another page at most: a header that is printed again stands between
_OVER_BREAK = 4.0
_REACH = 60  # passages among which the rest of a label is looked for: those of its own and the next few lines


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


# lines by which the middles of neighbouring heads differ at most: some are wrapped, or set over several rows
_ONE_HEADER = 1.2
_NEXT_ROW = 3.0  # lines from the foot of a header's upper row to the last line of its lower one at most
_SAME_ROW = 0.9  # em by which the middles of heads beside each other differ at most, one of them being wrapped
_APART = 0.4  # em: unknown heads nearer to one another on a line are one


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
    end = max((label.passage.bottom for label in labels), default=0.0) + _NEXT_ROW * stacked.pitch
    words = [word for word in stacked.words if top <= word.middle < end and word not in taken]
    cells = _wrapped_cells(words, stacked) if stacked.is_padded else [[word] for word in words]
    worded = [_named(cell, vocabulary) for cell in cells if _heads_column(stack(cell).text, vocabulary)]
    heights = [label.passage.middle for label in (*spelled, *worded) if label in spelled or label.concept in TREE]
    near = _SAME_ROW * stacked.em
    return [*spelled, *(head for head in worded if any(abs(head.passage.middle - at) < near for at in heights))]


def _heads_column(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is worded like the head of a column, and names no level; a place heads its targets."""
    return (vocabulary.head(text) is not None or is_place(text)) and not vocabulary.meaning(text).is_level


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
    for word in (word for line in lines for word in line):
        heads += [word] if any(_goes_on(head, word, stacked) for head in heads) else []
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
