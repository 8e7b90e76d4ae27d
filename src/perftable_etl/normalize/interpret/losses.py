"""What was lost on the way: text that the source has and the document with rebuilt grids has no more.

Rebuilding moves every character of a form from lines into cells, so the characters before and after are the same. Where
some are missing, the lines that miss them are told. A header that a page prints again, or a label beside a block, says
nothing more and may go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from perftable_etl.document import Document, LaidOutPage, Line, Place
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.values.text import count_characters


class Lost(NamedTuple):
    """Words of one line, or one cell, that are in no line and no cell any more; where the line stands."""

    text: str
    place: Place

    @property
    def characters(self) -> int:
        """How many characters they have, white space left out."""
        return count_characters(self.text)


def find_lost(source: Document, rebuilt: Document, vocabulary: Vocabulary) -> list[Lost]:
    """What of `source` is missing in the document rebuilt from it. Pages that were not rebuilt are the same pages."""
    before = {page.number: page for page in source.pages}
    pairs = [(before[page.number], page) for page in rebuilt.pages if page is not before[page.number]]
    missing = _characters(one for one, _ in pairs) - _characters(other for _, other in pairs)
    return [lost for pair in pairs for lost in _lost_on_page(*pair, missing, vocabulary)] if missing else []


def _characters(pages: Iterable[LaidOutPage]) -> Counter[str]:
    return Counter("".join("".join(text.split()) for page in pages for text, _ in _printed(page)))


def _printed(page: LaidOutPage) -> Iterator[tuple[str, Place]]:
    """The texts of a page's lines and cells, and its noise."""
    yield from ((noise.text, noise.place) for noise in page.noise)
    for block in page.blocks:
        if isinstance(block, Line):
            yield block.text, block.place
        else:
            yield from ((cell.text, cell.place) for cell in block.cells)


def _lost_on_page(
    before: LaidOutPage, after: LaidOutPage, missing: Counter[str], vocabulary: Vocabulary
) -> Iterator[Lost]:
    """The lines of a page with words that are fewer than they were; what they consist of is taken from `missing`."""
    kept = Counter(word for text, _ in _printed(after) for word in text.split())
    for text, place in _printed(before):
        lost = [word for word in text.split() if _is_lost(word, kept, missing) and _says_something(word, vocabulary)]
        if lost:
            yield Lost(" ".join(lost), place)


def _is_lost(word: str, kept: Counter[str], missing: Counter[str]) -> bool:
    """Whether a word is left out; one that is kept is counted off."""
    if kept[word]:
        kept[word] -= 1
        return False
    letters = Counter(word)
    if not letters <= missing:
        return False
    missing.subtract(letters)
    return True


def _says_something(word: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.column(word) is None and not vocabulary.is_side(word)
