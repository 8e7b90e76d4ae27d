"""Lines that recur and are no part of a form: running heads and feet, page numbers, headings and heads printed again.

In the margins of pages they recur outermost and at the same height, apart from the body by a line. Headings of forms
may recur like that too, page by page; the vocabulary tells them, and a colon tells a line that names something. Text
has no heights: there a line recurs among the rows of a form and outside all forms, or prints the heads above it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile
from typing import NamedTuple

import regex

from perftable_etl.document import Block, Document, LaidOutPage, Line, Noise, NoiseKind, Place, lines_before_grid
from perftable_etl.normalize.forms.find import loose_labels
from perftable_etl.normalize.forms.page_numbers import clear_page_numbers
from perftable_etl.normalize.layouts.catalogue import is_level
from perftable_etl.normalize.layouts.headings import is_continued, is_heading, read_page_number
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import COLUMN_NAMES
from perftable_etl.normalize.values.text import fold

MARGIN_KINDS: frozenset[NoiseKind] = frozenset({"running_head", "page_number"})
"""The noise that stands in a margin."""

_DEPTH = 3
"""Lines. No margin holds more of them."""

_FEWEST_PAGES = 3
"""Or both of a document of two: two alike lines may be chance."""

_SHORTEST_HEAD = 4
"""Characters. A shorter line that recurs is as likely a value, unless it counts the pages."""

_STEP = 3.0
"""Points. Lines of the same height differ by less."""

_APART = 0.8
"""Times its height. A line nearer to the body belongs to it."""

_FEWEST_FIELDS = 2

_FEWEST_COLUMNS = 3
"""Columns that a line must name to be a header."""

_DIGITS = regex.compile(r"\d+")


class _Key(NamedTuple):
    """What recurs: a text with all numbers made alike, its height in steps, and what a page number is ahead by."""

    text: str
    step: int
    ahead: int


class _Recurring(NamedTuple):
    """What stands in the margins of how many pages, how many are enough, and the words that are of no margin."""

    counts: Counter[_Key]
    fewest: int
    vocabulary: Vocabulary

    def has(self, line: Line) -> bool:
        """Whether a line recurs, and neither heads a form nor is part of one."""
        text, step, ahead = _key(line.text, line.place)
        if read_page_number(line.text) is None and (len(text) < _SHORTEST_HEAD or self._names_something(line.text)):
            return False
        return sum(self.counts[_Key(text, near, ahead)] for near in (step - 1, step, step + 1)) >= self.fewest

    def _names_something(self, text: str) -> bool:
        """Whether a line may head a form or be part of one, however often it recurs."""
        return ":" in fold(text) or any(is_heading(part) or self._is_word(part) for part in (text, *text.split()))

    def _is_word(self, text: str) -> bool:
        meaning = self.vocabulary.meaning(text)
        return meaning.concept is not None or meaning.is_level


def clear_margins(document: Document, vocabulary: Vocabulary) -> Document:
    """`document` with its running heads and page numbers moved to the noise of each page."""
    counts = Counter(key for laid_out in document.pages for key in _keys(laid_out))
    recurring = _Recurring(counts, max(min(_FEWEST_PAGES, len(document.pages)), 2), vocabulary)
    return clear_page_numbers(Document(tuple(_clear(laid_out, recurring) for laid_out in document.pages)))


def clear_repeated_headings(document: Document, numbers: Container[int], vocabulary: Vocabulary) -> Document:
    """`document` with what heads its pages with these `numbers` moved to their noise where it heads no form there.

    Nothing but its text tells that a heading is none of the rows below it, where no rules do. A page with no labels but
    the heads of columns begins no form, so that a heading printed before says nothing there.
    """
    seen: set[str] = set()
    pages: list[LaidOutPage] = []
    for laid_out in document.pages:
        lines = list(lines_before_grid(laid_out.blocks))
        again = _headings_again(lines, seen) if laid_out.number in numbers else []
        pages.append(laid_out if not again or _has_fields(laid_out, vocabulary) else _without_head(laid_out, again))
        seen |= {fold(line.text) for line in lines if is_heading(line.text)}
    return Document(tuple(pages))


def _has_fields(laid_out: LaidOutPage, vocabulary: Vocabulary) -> bool:
    """Whether a page has labels of a form's fields; one alone may be a word of some text."""
    return len(loose_labels(laid_out, vocabulary).labels.difference(COLUMN_NAMES)) >= _FEWEST_FIELDS


def _headings_again(lines: Iterable[Line], seen: Container[str]) -> list[Line]:
    """The first of some lines, as far as they are headings that were seen before, or say that a table goes on."""

    def is_again(line: Line) -> bool:
        return is_continued(line.text) or (is_heading(line.text) and fold(line.text) in seen)

    return list(takewhile(is_again, lines))


def _without_head(laid_out: LaidOutPage, head: Sequence[Line]) -> LaidOutPage:
    noise = (Noise("running_head", line.text, line.place) for line in head)
    return replace(laid_out, blocks=laid_out.blocks[len(head) :], noise=(*laid_out.noise, *noise))


def _keys(laid_out: LaidOutPage) -> set[_Key]:
    """What stands in a page's margins, or was found there before."""
    found = {_key(noise.text, noise.place) for noise in laid_out.noise if noise.kind in MARGIN_KINDS}
    outermost = (*_outermost(laid_out.blocks), *_outermost(laid_out.blocks[::-1]))
    return found.union(_key(line.text, line.place) for line in outermost)


def _outermost(blocks: Iterable[Block]) -> Iterator[Line]:
    """The first lines of `blocks` before any grid."""
    return islice(lines_before_grid(blocks), _DEPTH)


def _key(text: str, place: Place) -> _Key:
    folded = fold(text)
    number = read_page_number(text)
    return _Key(_DIGITS.sub("0", folded), round(place.box.y0 / _STEP), 0 if number is None else number - place.page)


def _clear(laid_out: LaidOutPage, recurring: _Recurring) -> LaidOutPage:
    head = _margin(laid_out.blocks, recurring)
    body = laid_out.blocks[len(head) :]
    foot = _margin(body[::-1], recurring)
    if not head and not foot:
        return laid_out
    return replace(
        laid_out, blocks=body[: len(body) - len(foot)], noise=(*laid_out.noise, *map(_noise, (*head, *foot)))
    )


def _margin(blocks: Sequence[Block], recurring: _Recurring) -> list[Line]:
    """The lines from an edge of a page inwards that recur, up to the last that stands apart from what follows."""
    lines = list(takewhile(recurring.has, _outermost(blocks)))
    while lines and len(lines) < len(blocks) and not _stand_apart(lines[-1], blocks[len(lines)]):
        lines.pop()
    return lines


def _stand_apart(line: Line, other: Block) -> bool:
    one, two = line.place.box, other.place.box
    return max(two.y0 - one.y1, one.y0 - two.y1) >= _APART * (one.y1 - one.y0)


def _noise(line: Line) -> Noise:
    kind: NoiseKind = "running_head" if read_page_number(line.text) is None else "page_number"
    return Noise(kind, line.text, line.place)


def without_repeated_heads(document: Document, vocabulary: Vocabulary) -> Document:
    """The document without the lines that only print again the heads above them."""
    again = set(_repeats(list(document.lines()), vocabulary))
    if not again:
        return document
    pages = (replace(page, blocks=tuple(_without(page.blocks, again))) for page in document.pages)
    return Document(tuple(pages))


def _without(blocks: Sequence[Block], again: set[int]) -> Iterator[Block]:
    return (block for block in blocks if id(block) not in again)


def _repeats(lines: Sequence[Line], vocabulary: Vocabulary) -> Iterator[int]:
    """Which lines have the very heads of the header above them, nothing but rows of indicators between."""
    header: tuple[str, ...] = ()
    for line in lines:
        texts = tuple(text for field in line.text.split("\t") if (text := field.strip()))
        if len(texts) >= _FEWEST_COLUMNS and all(vocabulary.column(text) for text in texts):
            if texts == header:
                yield id(line)
            header = texts
        elif any(vocabulary.meaning(text).label for text in texts):
            header = ()


def folded_outside(texts: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """The lines outside all forms, folded, but for words of forms: what is printed there too is no row of a form."""
    return frozenset(fold(text) for text in texts if not (is_level(text) or vocabulary.meaning(text).is_label))


def is_outside_too(text: str, outside: frozenset[str]) -> bool:
    """Whether a line is one of those."""
    folded = fold(text)
    return len(folded) >= _SHORTEST_HEAD and folded in outside
