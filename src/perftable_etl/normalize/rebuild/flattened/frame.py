"""The frame of flattened forms: their labels, the headers of their tables, and where their rows end.

Labels and heads are a closed vocabulary, so they are found wherever the text was broken, as some pieces behind one
another. A form begins with the label of its project's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from perftable_etl.characters.look_alikes import look_alikes
from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, level_at_start
from perftable_etl.normalize.layouts.vocabulary import Concept, Vocabulary
from perftable_etl.normalize.layouts.words import GOALS, ColumnName
from perftable_etl.normalize.rebuild.flattened.pieces import Piece
from perftable_etl.normalize.values.money import money_unit
from perftable_etl.normalize.values.text import fold

_FEWEST_LABELS = 4  # that must follow a project's name for it to begin a form
_SHORTEST = 4  # characters of a label that is a field only together with others; a shorter one is a word like others
_FEWEST_HEADS = 3  # that make a header, all but one of them spelled in the vocabulary
_LONGEST_WORDED = 12  # characters of a head that is told by its wording
_MOST_WORDED = 4  # heads told by their wording, one behind the other
_MOST_PIECES, _LONGEST = 8, 40  # pieces and characters of one label or head
_REACH = 24  # pieces that may stand between two of one side label

_COLONS = look_alikes(":")
_QUALIFIER = regex.compile(r"(?<=.)\([^()]{1,24}\):*$|:+$")


class Label(NamedTuple):
    """A label: what it stands for (None for a side label), and its pieces, from the first to before the end."""

    concept: Concept | None
    first: int
    end: int


class Head(NamedTuple):
    """The head of a column: what the column is for, and its pieces."""

    column: ColumnName
    first: int
    end: int


class FlattenedForm(NamedTuple):
    """One form: its labels, the heads of its indicator table, and the piece before which its rows end at the latest."""

    labels: Sequence[Label]
    heads: Sequence[Head]
    end: int


@lru_cache(maxsize=8)
def _words(vocabulary: Vocabulary) -> Mapping[str, Concept | None]:
    """The spellings of labels, folded, and what each stands for: None for side labels."""
    of_form = {label: vocabulary.concept(label) for label in vocabulary.form_labels if len(label) >= _SHORTEST}
    return {**vocabulary.goals_in_cells, **dict.fromkeys(vocabulary.sides), **of_form, **vocabulary.labels}


def cut_words(piece: Piece, vocabulary: Vocabulary) -> Iterator[Piece]:
    """A piece, parted where it goes on behind a label or a head with nothing between."""
    if end := _end_of_word(piece, vocabulary):
        word, rest = piece.cut(end, "gap")
        yield word
        yield from cut_words(rest, vocabulary)
    else:
        yield piece


def _end_of_word(piece: Piece, vocabulary: Vocabulary) -> int:
    """Where the word ends that a piece begins with: a label that opens a line or ends in a colon, or one of two heads.

    Goals may well begin with a goal's name. It is 0 where there is none.
    """
    words, columns = _words(vocabulary), vocabulary.columns
    for end in range(min(len(piece.text) - 1, _LONGEST), 1, -1):
        text, rest = piece.text[:end], piece.text[end:]
        concept = words.get(_key(text))
        is_label = concept and (text[-1] in _COLONS or (piece.joint == "line" and concept not in GOALS))
        if is_label or (fold(text) in columns and fold(rest) in columns):
            return end
    return 0


def gather_sides(pieces: Iterable[Piece], vocabulary: Vocabulary) -> list[Piece]:
    """The pieces with those of each side label behind its first one: beside a block, other lines stand between them."""
    left, gathered = list(pieces), []
    while left:
        piece = left.pop(0)
        rests = (_rest_of_side(side, piece, left[:_REACH], vocabulary) for side in vocabulary.sides)
        rest = min((rest for rest in rests if rest), key=lambda rest: rest[-1], default=[])
        gathered += [piece, *(left[index] for index in rest)]
        left = [other for index, other in enumerate(left) if index not in rest]
    return gathered


def _rest_of_side(side: str, piece: Piece, window: Sequence[Piece], vocabulary: Vocabulary) -> list[int]:
    """Which pieces of a window make up a side label with a piece, and the unit of money below it; none where none do.

    No label of a field stands between them.
    """
    text, rest = fold(piece.text), []
    if piece.joint != "line" or not side.startswith(text):
        return []
    for index, other in enumerate(window):
        own = fold(other.text) if other.joint == "line" else ""
        if vocabulary.field(other.text) not in (None, *GOALS) and not vocabulary.meaning(other.text).money:
            break
        if own and side.startswith(text + own):
            rest.append(index)
            text += own
        elif own and side.startswith(own):
            break
        elif text == side and own.startswith("(") and money_unit(own):
            return [*rest, index]
    return rest if text == side else []


def find_forms(pieces: Sequence[Piece], vocabulary: Vocabulary) -> Iterator[FlattenedForm]:
    """The forms among the pieces, each up to the name of the next."""
    found = list(_find_labels(pieces, vocabulary))
    starts = [index for index, label in enumerate(found) if label.concept == "name"]
    for start, end in pairwise([*starts, len(found)]):
        limit = found[end].first if end < len(found) else len(pieces)
        heads = next(
            (heads for at in range(found[start].end, limit) if (heads := heads_at(pieces, at, vocabulary))), ()
        )
        labels = [label for label in found[start:end] if heads and label.end <= heads[0].first]
        if len(labels) > _FEWEST_LABELS:
            yield FlattenedForm(labels, heads, limit)


def _key(text: str) -> str:
    return _QUALIFIER.sub("", fold(text))


def _joins(pieces: Sequence[Piece], at: int) -> Iterator[tuple[int, str]]:
    """Where some pieces from one on end, and their text."""
    text = ""
    for end in range(at + 1, min(at + _MOST_PIECES, len(pieces)) + 1):
        text += pieces[end - 1].text
        if len(text) > _LONGEST:
            return
        yield end, text


def _find_labels(pieces: Sequence[Piece], vocabulary: Vocabulary) -> Iterator[Label]:
    words, in_cells = _words(vocabulary), vocabulary.goals_in_cells
    at = 0
    while at < len(pieces):
        found = [(end, key) for end, text in _joins(pieces, at) if (key := _key(text)) in words]
        found = [(end, key) for end, key in found if key not in in_cells or _are_lines(pieces, at, end)]
        end, key = max(found, default=(at + 1, ""))
        if found:
            yield Label(words[key], at, end)
        at = end


def _are_lines(pieces: Sequence[Piece], first: int, end: int) -> bool:
    """Whether some pieces are whole lines."""
    return pieces[first].joint == "line" and (end == len(pieces) or pieces[end].joint == "line")


def side_at(pieces: Sequence[Piece], at: int, vocabulary: Vocabulary) -> int:
    """Where the side label ends that begins with a piece; 0 where none does."""
    sides = vocabulary.sides
    return max((end for end, text in _joins(pieces, at) if _key(text) in sides), default=0)


def heads_at(pieces: Sequence[Piece], at: int, vocabulary: Vocabulary) -> Sequence[Head]:
    """The heads of the header that begins with a piece, if one does: spelled ones, and those between and behind them
    that are told by their wording.
    """
    heads: list[Head] = []
    spelled = 0
    counter = Head("number", at, at + 1) if vocabulary.head(pieces[at].text) == "number" else None
    end = at + 1 if counter else at
    while end < len(pieces):
        worded = list(_worded(pieces, end, vocabulary)) if spelled else []
        start = worded[-1].end if worded else end
        head = _spelled(pieces, end, vocabulary) or _spelled(pieces, start, vocabulary)
        is_again = len(heads) >= _FEWEST_HEADS and head is not None and head.column == heads[0].column
        if head is None or is_again:
            heads += _followed_by_rows(pieces, worded, end, vocabulary) if head is None else ()
            break
        heads += [*(one for one in worded if one.end <= head.first), head]
        spelled, end = spelled + 1, head.end
    is_header = spelled >= _FEWEST_HEADS - 1 and len(heads) >= _FEWEST_HEADS
    return ([counter] if counter else []) + heads if is_header else ()


def _spelled(pieces: Sequence[Piece], at: int, vocabulary: Vocabulary) -> Head | None:
    found = [Head(column, at, end) for end, text in _joins(pieces, at) if (column := vocabulary.column(text))]
    return found[-1] if found else None


def _worded(pieces: Sequence[Piece], at: int, vocabulary: Vocabulary) -> Iterator[Head]:
    """The heads from a piece on that are told by their wording, up to the first text that is none."""
    for index in range(at, min(at + _MOST_WORDED, len(pieces))):
        text = pieces[index].text
        column = vocabulary.head(text) if len(text) <= _LONGEST_WORDED and not _is_level(text) else None
        if column is None or side_at(pieces, index, vocabulary):
            return
        yield Head(column, index, index + 1)


def _followed_by_rows(
    pieces: Sequence[Piece], heads: Sequence[Head], end: int, vocabulary: Vocabulary
) -> Sequence[Head]:
    """The last heads of a header, if it is certain that rows follow them."""
    after = heads[-1].end if heads else end
    return (
        heads if after < len(pieces) and (_is_level(pieces[after].text) or side_at(pieces, after, vocabulary)) else ()
    )


def _is_level(text: str) -> bool:
    return bool(find_level1(text) or find_level2(text) or level_at_start(text))
