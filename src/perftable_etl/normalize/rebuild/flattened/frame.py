"""The frame of flattened forms: their labels, the headers of their tables, and where their rows end.

Labels and heads are a closed vocabulary, so they are found wherever the text was broken, as some pieces behind one
another. A form begins with the label of its project's name.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

import regex

from perftable_etl.characters.look_alikes import look_alikes
from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, level_at_start
from perftable_etl.normalize.layouts.vocabulary import Concept, Vocabulary
from perftable_etl.normalize.layouts.words import GOALS, ColumnName
from perftable_etl.normalize.rebuild.flattened.pieces import Piece
from perftable_etl.normalize.values.text import fold

_FEWEST_LABELS = 4  # that must follow a project's name for it to begin a form
_SHORTEST = 4  # characters of a label that is a field only together with others; a shorter one is a word like others
_FEWEST_HEADS = 3  # that make a header, all but one of them spelled in the vocabulary
_LONGEST_WORDED = 12  # characters of a head that is told by its wording
_MOST_PIECES, _LONGEST = 8, 40  # pieces and characters of one label or head
_REACH = 24  # pieces that may stand between two of one side label

T = TypeVar("T")

_COLONS = look_alikes(":")
_QUALIFIER = regex.compile(r"(?<=.)\([^()]{1,24}\):*$|:+$")


class FrameWord(NamedTuple, Generic[T]):
    """A word of a form's frame: what it stands for, and its pieces, from the first to before the end."""

    concept: T
    first: int
    end: int


Label = FrameWord[Concept | None]
"""The label of a field or of a goal; a side label has no concept."""

Head = FrameWord[ColumnName]


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
        rest = _rest_of_side(piece, left[:_REACH], vocabulary)
        gathered += [piece, *(left[index] for index in rest)]
        left = [other for index, other in enumerate(left) if index not in rest]
    return gathered


def _rest_of_side(piece: Piece, window: Sequence[Piece], vocabulary: Vocabulary) -> list[int]:
    """Which pieces of a window make up a side label with a piece; no label of a field stands between them."""
    begun, rest = fold(piece.text), []
    if piece.joint != "line" or not any(side.startswith(begun) for side in vocabulary.sides):
        return []
    for index, other in enumerate(window):
        if vocabulary.field(other.text) not in (None, *GOALS) and not vocabulary.meaning(other.text).money:
            break
        text = begun + fold(other.text)
        if any(side.startswith(text) for side in vocabulary.sides):
            rest.append(index)
            begun = text
        if begun in vocabulary.sides:
            return rest
    return []


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


def _spelled_in(words: Container[str]) -> Callable[[str], str | None]:
    """Which of some words a text spells."""
    return lambda text: key if (key := _key(text)) in words else None


def word_at(pieces: Sequence[Piece], at: int, meaning: Callable[[str], T | None]) -> FrameWord[T] | None:
    """The longest word that begins with a piece, if one does."""
    text, found = "", None
    for end in range(at + 1, min(at + _MOST_PIECES, len(pieces)) + 1):
        text += pieces[end - 1].text
        if len(text) > _LONGEST:
            break
        concept = meaning(text)
        found = found if concept is None else FrameWord(concept, at, end)
    return found


def _find_labels(pieces: Sequence[Piece], vocabulary: Vocabulary) -> Iterator[Label]:
    words, in_cells = _words(vocabulary), vocabulary.goals_in_cells
    at = 0
    while at < len(pieces):
        key = word_at(pieces, at, _spelled_in(words))
        if key and (key.concept not in in_cells or _are_lines(pieces, key)):
            yield FrameWord(words[key.concept], key.first, key.end)
        at = key.end if key else at + 1


def _are_lines(pieces: Sequence[Piece], word: FrameWord[str]) -> bool:
    """Whether a word fills whole lines."""
    return pieces[word.first].joint == "line" and (word.end == len(pieces) or pieces[word.end].joint == "line")


def side_at(pieces: Sequence[Piece], at: int, vocabulary: Vocabulary) -> int:
    """Where the side label ends that begins with a piece; 0 where none does."""
    side = word_at(pieces, at, _spelled_in(vocabulary.sides))
    return side.end if side else 0


def heads_at(pieces: Sequence[Piece], at: int, vocabulary: Vocabulary) -> Sequence[Head]:
    """The heads of the header that begins with a piece, if one does; it ends where it is printed again.

    All but one are spelled in the vocabulary. One that is not begins a header only where it counts rows.
    """
    heads = list(_heads_from(pieces, at, vocabulary))
    again = (n for n, head in enumerate(heads) if n >= _FEWEST_HEADS and head.concept == heads[0].concept)
    heads = heads[: next(again, len(heads))]
    spelled = [head for head in heads if word_at(pieces, head.first, vocabulary.column)]
    is_begun = heads[:1] == spelled[:1] or heads[0].concept == "number"
    return heads if is_begun and len(heads) >= _FEWEST_HEADS and len(spelled) >= _FEWEST_HEADS - 1 else ()


def _heads_from(pieces: Sequence[Piece], at: int, vocabulary: Vocabulary) -> Iterator[Head]:
    while at < len(pieces) and (head := _head_at(pieces, at, vocabulary)):
        yield head
        at = head.end


def _head_at(pieces: Sequence[Piece], at: int, vocabulary: Vocabulary) -> Head | None:
    """The head that begins with a piece, spelled, or the one that a piece is by its wording."""
    spelled: Head | None = word_at(pieces, at, vocabulary.column)
    if spelled:
        return spelled
    text = pieces[at].text
    column = vocabulary.head(text) if len(text) <= _LONGEST_WORDED else None
    return FrameWord(column, at, at + 1) if column and not _begins_rows(pieces, at, vocabulary) else None


def _begins_rows(pieces: Sequence[Piece], at: int, vocabulary: Vocabulary) -> bool:
    """Whether a piece is, or begins, what only stands beside rows: the name of a level, or a side label."""
    text = pieces[at].text
    is_level = find_level1(text) or find_level2(text) or level_at_start(text)
    return bool(is_level) or side_at(pieces, at, vocabulary) > 0
