"""The texts of a page: its words, or its characters one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import takewhile
from operator import itemgetter
from typing import Any

import pymupdf

from perftable_etl.document import Box, Word
from perftable_etl.extract.mupdf.annotations import Annotations
from perftable_etl.extract.mupdf.characters import TextLines
from perftable_etl.extract.mupdf.hidden import hidden_characters
from perftable_etl.extract.mupdf.styles import is_plain_page, runs_of_lines
from perftable_etl.extract.mupdf.upright import FLAGS, UprightPage, WordTuples
from perftable_etl.extract.note_marks import is_mark
from perftable_etl.extract.orientation import UPRIGHT
from perftable_etl.extract.styles import StyleRun, as_hidden, runs_within, with_styles
from perftable_etl.extract.words import MEETS_NONE, Walls, part
from perftable_etl.geometry.boxes import around_words
from perftable_etl.quick_tuples import maker

_box, _word = maker(Box), maker(Word)


def words_of(texts: Texts, walls: Walls) -> Iterator[Word]:
    """A page's words, with styles if these may differ; parted at blanks, and where a wall or style ends.

    To MuPDF only some blanks part words; the ideographic space (U+3000) that Chinese text is set with does not.
    """
    is_plain, is_patched = texts.is_plain, texts.is_patched
    is_simple = is_plain and not is_patched and not texts.may_have_marks
    for x0, y0, x1, y1, text, block, line, _ in texts.words:
        box = _box((x0, y0, x1, y1))
        met = walls.met(box)
        if is_simple and met is MEETS_NONE and len(text.split()) == 1:
            yield _word((text, box, None, None))
            continue
        at, is_cut = met
        inside = () if is_plain else texts.runs(block, line, box)
        if at or len(inside) > 1 or len(text.split()) != 1 or is_patched:
            yield from _whole_pieces(texts, walls, part(texts.characters(block, line, box, inside), at), text)
        elif text[-1] in _DIGITS and _may_have_mark(text):
            yield from texts.parted_mark(Word(text, box, inside[0].style if inside else None), block, line)
        else:
            word = Word(text, box, inside[0].style if inside else None)
            yield texts.whole(word, text) if is_cut else word


def _whole_pieces(texts: Texts, walls: Walls, pieces: Iterable[Word], shown: str) -> Iterator[Word]:
    """The pieces of a word that is `shown`, each with what its cell cuts off from it.

    MuPDF may take the first character that is cut off for shown: it is a piece beyond the wall, and has its text twice.
    """
    pieces = list(pieces)
    for number, piece in enumerate(pieces, start=1):
        after = pieces[number:]
        is_cut = walls.met(piece.box).cuts or [len(one.text) for one in after] == [1]
        whole = texts.whole(piece, shown) if is_cut else piece
        if after and whole.text.startswith(piece.text + after[0].text):
            yield whole
            return
        yield whole if walls.met(piece.box).cuts else piece


_DIGITS = frozenset("0123456789")
_MARK = re.compile(r"[)%）][0-9]$", re.MULTILINE)
_LETTERS = "\u2fff"
"""What comes after it are ideographs, and signs as wide as they are."""


def _may_have_mark(text: str) -> bool:
    """Whether a word ends in one digit behind a bracket, a per cent sign or an ideograph: it may be a note's mark."""
    return len(text) > 2 and (text[-2] in ")%）" or text[-2] > _LETTERS)


def characters_of(texts: Texts, _: Walls) -> Iterator[Word]:
    """A page's characters, each with its style if styles may differ."""
    for x0, y0, x1, y1, _text, block, line, _number in texts.words:
        box = Box(x0, y0, x1, y1)
        characters = texts.characters(block, line, box, texts.runs(block, line, box))
        yield from (character for character in characters if character.text.strip())


class Texts:
    """The words of a page, to be asked for their styles and their characters."""

    def __init__(self, page: Any, upright: UprightPage, annotations: Annotations) -> None:
        text_page, vectors = upright.text_page, upright.blocks.vectors
        self._page, self._orientation = page, upright.orientation
        self.words = upright.words
        self._lines = TextLines(text_page)
        self._hidden = hidden_characters(page, upright, self._lines, annotations)
        self._runs = {} if is_plain_page(page, self.words) else runs_of_lines(page, text_page, vectors, self.words)

    @property
    def is_plain(self) -> bool:
        """Whether all words have one style, those aside that something hides."""
        return not self._runs

    @property
    def is_patched(self) -> bool:
        """Whether something is painted over some of them."""
        return bool(self._hidden)

    @property
    def may_have_marks(self) -> bool:
        """Whether a word ends in one digit behind a bracket or a per cent sign, as where a note's mark stands there."""
        return _MARK.search("\n".join(map(itemgetter(4), self.words))) is not None

    def runs(self, block: int, line: int, box: Box) -> Sequence[StyleRun]:
        """The pieces of one style that a word is made of; none where all of the page is plain."""
        return runs_within(box, self._runs[block, line]) if self._runs else ()

    def characters(self, block: int, line: int, box: Box, runs: Sequence[StyleRun]) -> list[Word]:
        """The characters of a word, blanks too, with their styles."""
        dressed = with_styles(self._lines.characters(block, line, box), runs)
        hidden = self._hidden.get((block, line))
        return [as_hidden(one) if one.box in hidden else one for one in dressed] if hidden else dressed

    def parted_mark(self, word: Word, block: int, line: int) -> Iterator[Word]:
        """A word, and apart from it the mark of a note at its end."""
        *own, last = self.characters(block, line, word.box, ())
        if own and last.text == word.text[-1] and is_mark(last.box, word.text[-2], own[-1].box):
            yield Word(word.text[:-1], around_words(own), word.style)
            yield last._replace(style=word.style)
        else:
            yield word

    def whole(self, word: Word, shown: str) -> Word:
        """A word, or a piece of one that is `shown`, with what its cell cuts off from it (a clip), as the file has it.

        Its box stays that of what is shown.
        """
        x0, y0, _, y1 = word.box
        for other in self._unclipped:
            if abs(other[0] - x0) < 1 and abs(other[1] - y0) < 1 and abs(other[3] - y1) < 1:
                is_cut = other[4].startswith(word.text) and (word.text == shown or other[4] != shown)
                return word._replace(text=self._with_rest(other)) if is_cut else word
        return word

    def _with_rest(self, first: tuple[Any, ...]) -> str:
        """The text of a word and of those after it on its line of which nothing is shown."""
        shown = {(round(word[0]), round(word[1])) for word in self.words}
        after = (word for word in self._unclipped if word[5:7] == first[5:7] and word[7] > first[7])
        rest = takewhile(lambda word: (round(word[0]), round(word[1])) not in shown, after)
        return " ".join([first[4], *(word[4] for word in rest)])

    @cached_property
    def _unclipped(self) -> WordTuples:
        """The words with what is cut off from them; none of a page that does not lie as it is read."""
        if self._orientation != UPRIGHT:
            return []
        words: WordTuples = self._page.get_textpage(flags=FLAGS & ~pymupdf.TEXT_MEDIABOX_CLIP).extractWORDS()
        return words
