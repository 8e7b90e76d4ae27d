"""The pages of one PDF, by each reader that is asked for them.

Every reader yields pages of words and rules in the same frame. It reads a page once, when the page is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from functools import cached_property

from perftable_etl.document import LEGIBLE, Box, Page, Raster, Word
from perftable_etl.extract import mupdf, recognition
from perftable_etl.extract.reader import EVERY_PAGE, Reader

OnPage = Callable[[int, int], None]
"""Hears which page is to be recognised next, and of how many pages: each takes seconds."""


def unheard(page: int, pages: int) -> None:
    """Nobody follows the pages."""


class PdfSource:
    """A PDF held in memory, to be asked for its pages.

    What is asked of MuPDF raises what `mupdf.read_pages` raises. `on_page` hears of each page before it is recognised.
    """

    def __init__(self, data: bytes, on_page: OnPage = unheard) -> None:
        self._data = data
        self._on_page = on_page
        self._complaints: dict[str, None] = {}
        self._by_character = _PageCache(
            lambda data, numbers: mupdf.read_characters(data, numbers, self._complain), data
        )
        self._by_second = _PageCache(_read_by_second, data)
        self._recognised = _PageCache(self._recognise, data)
        self._parts: dict[tuple[int, tuple[Box, ...]], tuple[Word, ...]] = {}

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """All pages, as the first reader (MuPDF) finds their words."""
        return tuple(mupdf.read_pages(self._data, EVERY_PAGE, self._complain))

    @cached_property
    def legible_pages(self) -> tuple[Page, ...]:
        """All pages, those that MuPDF cannot read the text of by whoever can: pdfplumber, else text recognition."""
        illegible = [page.number for page in self.pages if page.legibility < LEGIBLE and not page.is_scan]
        second = {number: page for number, page in self.second(illegible).items() if page.legibility >= LEGIBLE}
        rest = [page.number for page in self.pages if page.needs_recognition and page.number not in second]
        read = {**second, **self.recognised(rest)}
        return tuple(read.get(page.number, page) for page in self.pages)

    def characters(self, numbers: Collection[int]) -> Mapping[int, Page]:
        """Pages by their numbers, as the first reader finds their characters: each is a word."""
        return self._by_character.pages(numbers)

    def second(self, numbers: Collection[int]) -> Mapping[int, Page]:
        """Pages by their numbers, as the second reader (pdfplumber) finds them; without those that it cannot read."""
        return self._by_second.pages(numbers)

    def recognised(self, numbers: Collection[int]) -> Mapping[int, Page]:
        """Pages by their numbers, as text recognition reads their images; none where it is not installed."""
        return self._recognised.pages(numbers)

    def words_in(self, number: int, parts: tuple[Box, ...]) -> tuple[Word, ...]:
        """The words that text recognition reads in some parts of a page; none where it is not installed."""
        asked = number, parts
        if asked not in self._parts:
            self._parts[asked] = recognition.read_parts(self._data, number, parts, self._complain)
        return self._parts[asked]

    def images(self, numbers: Container[int], dpi: int) -> Iterator[Raster]:
        """Images of pages, in their order; a point of their places is dpi / 72 pixels. None is kept: they are large."""
        return mupdf.render_pages(self._data, numbers, dpi, self._complain)

    @property
    def complaints(self) -> tuple[str, ...]:
        """What MuPDF passed over in all that it was asked for so far, each line once; nothing of a sound file."""
        return tuple(self._complaints)

    def _complain(self, line: str) -> None:
        self._complaints[line] = None

    def _recognise(self, data: bytes, numbers: Container[int]) -> Iterable[Page]:
        return recognition.read_pages(data, numbers, self._complain, self._on_image)

    def _on_image(self, number: int) -> None:
        self._on_page(number, len(self.pages))


def _read_by_second(data: bytes, numbers: Container[int]) -> Iterable[Page]:
    """What the second reader finds. It is imported when the first page needs it, which hardly any does."""
    from perftable_etl.extract import plumber  # noqa: PLC0415

    return plumber.read_pages(data, numbers)


class _PageCache:
    """What a reader has read of a file: no page is read again, also not one that it could not read."""

    def __init__(self, read: Reader, data: bytes) -> None:
        self._read, self._data = read, data
        self._pages: dict[int, Page] = {}
        self._asked: frozenset[int] = frozenset()

    def pages(self, numbers: Collection[int]) -> Mapping[int, Page]:
        """Those pages whose numbers are in `numbers` and that can be read."""
        new = frozenset(numbers) - self._asked
        if new:
            self._asked |= new
            self._pages.update((page.number, page) for page in self._read(self._data, new))
        return {number: self._pages[number] for number in sorted(numbers) if number in self._pages}
