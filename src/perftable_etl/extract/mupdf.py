"""The first reader: MuPDF's words and vector drawings. The only module that knows pymupdf.

MuPDF is not thread-safe: use processes, never threads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import takewhile
from math import atan2, degrees, inf
from typing import Any, NamedTuple

import pymupdf

from perftable_etl.document import Box, Page, Raster, Word
from perftable_etl.errors import DamagedFile, EncryptedFile, NotPdf, OutOfMemory, ReadError, TooManyPages, TruncatedFile
from perftable_etl.extract.colours import GREY, over_white
from perftable_etl.extract.cover import Painted, Pixels, first_over, is_unseen, over_texts, touches
from perftable_etl.extract.drawing import FILLED, SLANTED, Drawing, Path, around
from perftable_etl.extract.envelope import ends_early, is_pdf, unwrapped
from perftable_etl.extract.legibility import legibility
from perftable_etl.extract.orientation import (
    UPRIGHT,
    Direction,
    Orientation,
    are_level,
    find_orientation,
    run_to_the_right,
)
from perftable_etl.extract.strokes import is_thin, on_page
from perftable_etl.extract.styles import (
    Fill,
    StyleRun,
    as_hidden,
    background_of,
    have_plain_heights,
    is_seen,
    paints_plainly,
    runs_within,
    seen_style,
    with_styles,
)
from perftable_etl.extract.words import Walls, part
from perftable_etl.glyphs import printed_words
from perftable_etl.plane import Matrix

# Complaints about a file go into its outcome, not to the terminal.
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)

Words = list[tuple[float, float, float, float, str, int, int, int]]
"""What MuPDF gives of words: box, text, and the numbers of block, line and word."""

_TEXT = pymupdf.mupdf.FZ_STEXT_BLOCK_TEXT
_IMAGE = pymupdf.mupdf.FZ_STEXT_BLOCK_IMAGE
_VECTOR = pymupdf.mupdf.FZ_STEXT_BLOCK_VECTOR
"""The kinds of block that MuPDF's text page has."""

_PAINTED = pymupdf.mupdf.FZ_STEXT_FILLED | pymupdf.mupdf.FZ_STEXT_STROKED
"""The flags of characters that are painted at all; others only clip, or are there to be searched."""

_NO_BOX = [612.0, 792.0]
"""The sides of what MuPDF takes for a page whose boxes leave nothing of it."""

_OPAQUE = re.compile(r"<vector filled.*alpha: 255, is-rect: true")
"""How a vector block tells a rectangle that hides what is below, unless it is blended."""

_LEAST_PATCH = 3.0
"""Points. What is narrower or lower is a rule and hides no text."""

_PATCHES = (pymupdf.PDF_ANNOT_FREE_TEXT, pymupdf.PDF_ANNOT_SQUARE)
"""The annotations that people cover texts with. Icons, marks and stamps hide text, too, but nobody takes it back."""

_STRIKES = (
    pymupdf.PDF_ANNOT_STRIKE_OUT,
    pymupdf.PDF_ANNOT_REDACT,
    pymupdf.PDF_ANNOT_CARET,
    pymupdf.PDF_ANNOT_INK,
    pymupdf.PDF_ANNOT_LINE,
    pymupdf.PDF_ANNOT_POLY_LINE,
)
"""The annotations that change what a text says; highlights and underlines do not."""

_VIEW_SCALE = 2.0
"""Pixels to the point of the images by which hidden text is told."""

_EVERYWHERE = pymupdf.Rect(-20000, -20000, 20000, 20000)
"""More than any page, wherever it lies (ISO 32000-1, annex C: 14,400 points)."""

_FEWEST_LINES = 3
"""Texts of one line that tell how a page lies: fewer may be chance."""

_REFERENCE = re.compile(r"\b(\d+) \d+ R\b")
_TRANSPARENT = re.compile(r"/ca\s*(?:0?\.\d|0\b)")

_LOSS = re.compile(r"error|repair|cannot|corrupt|invalid|premature|broken object|is not a stream", re.IGNORECASE)
"""Of what MuPDF says of a file, that which may have cost content; the rest is about fonts and oddities."""

_HARMLESS = re.compile(r"appearance stream|outline|link|marked content|Layer config|ICC|cms|JPX|FT_Load_Glyph")
"""Of the former, that which is about no page's text: widgets, links, tags, layers, colours, images, glyphs."""

_FAULTS = (RuntimeError, ValueError, SystemError, pymupdf.mupdf.FzErrorBase)
"""What is raised over a file that MuPDF cannot read: PyMuPDF's layers differ in how they pass its errors on."""

_NO_MEMORY = re.compile(r"\b(?:m|c|re)alloc \([^)]*\) failed")
"""How MuPDF says that it got no memory."""

MOST_PAGES = 5000
"""A file with more is no disclosure; as many of text take a minute to read, and a gigabyte."""

# One pass over a page for both its words and its vectors; get_cdrawings would be a second one.
# A character of a font without a map to Unicode is U+FFFD; TEXT_CID_FOR_UNKNOWN_UNICODE would make up another one.
# Images are not decoded for that: they only take their place in the order of painting.
_FLAGS = (
    pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_MEDIABOX_CLIP
    | pymupdf.TEXT_COLLECT_VECTORS
    | pymupdf.TEXT_PRESERVE_IMAGES
)


Complain = Callable[[str], None]
"""Hears what MuPDF had to pass over, a line each; nothing of a sound file."""


def _ignore(complaint: str) -> None:
    """Nobody wants to hear complaints."""


def read_pages(data: bytes, complain: Complain = _ignore) -> Iterator[Page]:
    """The pages of a PDF held in memory. `complain` hears what MuPDF passed over, once all pages are read.

    Raises EncryptedFile where a password is needed, TruncatedFile where the end of the file is missing, DamagedFile
    where MuPDF finds no pages in it or cannot read one, TooManyPages where it finds more than MOST_PAGES, OutOfMemory
    where there is not enough, NotPdf where it is something else.
    """
    with _opened(data, complain) as pdf:
        for index in range(pdf.page_count):
            yield _read_page(pdf, index, _words)


def read_characters(data: bytes, numbers: Container[int], complain: Complain = _ignore) -> Iterator[Page]:
    """Those pages whose numbers (from 1) are in `numbers`, with a word for every character.

    MuPDF's words may run over the gap between two columns, which only a rule would tell. Complains and raises as
    `read_pages` does.
    """
    with _opened(data, complain) as pdf:
        for index in range(pdf.page_count):
            if index + 1 in numbers:
                yield _read_page(pdf, index, _single_characters)


def render_pages(data: bytes, numbers: Container[int], dpi: int, complain: Complain = _ignore) -> Iterator[Raster]:
    """Images of those pages of a PDF held in memory whose numbers (from 1) are in `numbers`, their text upright.

    A point of `read_pages` is dpi / 72 pixels. Complains and raises as `read_pages` does.
    """
    with _opened(data, complain) as pdf:
        for index in range(pdf.page_count):
            if index + 1 in numbers:
                yield _render_page(pdf, index, dpi)


@contextmanager
def _opened(data: bytes, complain: Complain) -> Iterator[Any]:
    """An open PDF, for one pass over its pages; what MuPDF passed over in it is told at the end.

    MuPDF keeps one list of complaints for all that it has open: one pass ends before the next begins. Raises
    OutOfMemory where it passed something over for want of memory.
    """
    pymupdf.TOOLS.reset_mupdf_warnings()
    with _open(data) as pdf:
        yield pdf
    lines = _as_text(pymupdf.TOOLS.mupdf_warnings()).splitlines()
    if any(map(_NO_MEMORY.search, lines)):
        raise OutOfMemory
    for line in lines:
        if _LOSS.search(line) and not _HARMLESS.search(line):
            complain(line)


def _open(data: bytes) -> Any:
    if not is_pdf(data):
        raise NotPdf("it is named as a PDF but is none; fetch the file again or name it for what it is")
    is_cut_off = ends_early(data)
    try:
        pdf = pymupdf.open(stream=unwrapped(data), filetype="pdf")
        is_locked = pdf.needs_pass
        has_pages = is_locked or pdf.page_count > 0
    except _FAULTS as error:
        raise _refusal(_cause(error), is_cut_off) from error
    if is_locked:
        raise EncryptedFile("it is protected by a password; save a copy without one")
    if pdf.is_repaired and is_cut_off:
        raise TruncatedFile("its end is missing; fetch the file again")
    if not has_pages:
        raise DamagedFile("it has no pages; fetch the file again")
    if pdf.page_count > MOST_PAGES:
        raise TooManyPages(f"it has {pdf.page_count} pages, and {MOST_PAGES} are the most that are read; split it")
    return pdf


def _refusal(cause: str, is_cut_off: bool) -> ReadError:
    """What is wrong with a file that MuPDF does not open."""
    if is_cut_off:
        return TruncatedFile("its end is missing; fetch the file again")
    if "encryption" in cause:
        return EncryptedFile(f"it is encrypted as no reader here can open it ({cause}); save a copy without encryption")
    return DamagedFile(f"it is too damaged to open ({cause}); fetch the file again")


def _damage(what: str, error: Exception) -> ReadError:
    """What is wrong with a page that MuPDF does not read, unless there is only too little memory for it."""
    cause = _cause(error)
    if _NO_MEMORY.search(cause) or isinstance(error.__cause__, MemoryError):
        return OutOfMemory()
    return DamagedFile(f"{what} ({cause}); fetch the file again")


def _cause(error: Exception) -> str:
    """What MuPDF itself says is wrong, without its number for it."""
    return re.sub(r"^code=\d+: ", "", _as_text(str(error.__cause__ or error)))


def _as_text(message: str) -> str:
    """A message without the bytes of the file that MuPDF quotes in it, which no database and no JSON can hold."""
    return message.encode("utf-8", "replace").decode()


class _Upright(NamedTuple):
    """A page whose text stands upright: MuPDF's text page, its blocks, and how the paper was turned for it."""

    text_page: Any
    blocks: list[tuple[Any, ...]]
    orientation: Orientation


class _Comments(NamedTuple):
    """What was put on a page later, as the paper lies: words, areas it may hide, what it strikes out, files."""

    words: list[Word]
    areas: list[Painted]
    struck: list[Box]
    attachments: list[str]


_ReadWords = Callable[["_Texts", Walls], Iterator[Word]]


def _read_page(pdf: Any, index: int, read_words: _ReadWords) -> Page:
    try:
        page = _load_page(pdf, index)
        comments = _take_comments(page)
        upright = _read_upright(page)
        _, blocks, orientation = upright
        width, height = orientation.size(*_size(page))
        drawing = _drawing(page, blocks, orientation)
        rules = on_page(drawing.rules(), width, height)
        texts = _Texts(page, upright, comments)
        words = printed_words(read_words(texts, Walls(rules)))
        is_scan = not any(map(is_seen, words)) and (_is_filled_by_image(page) or drawing.has_outlines)
    except _FAULTS as error:
        raise _damage(f"page {index + 1} cannot be read", error) from error
    return Page(
        index + 1,
        width,
        height,
        words,
        rules,
        is_scan,
        orientation.skew,
        legibility=legibility(words),
        comments=tuple(_set_upright(comments.words, page, orientation)),
        struck=tuple(map(orientation.matrix(*_size(page)).box, comments.struck)),
        drawn=() if orientation.skew else tuple(drawing.shapes()),
        is_patched=texts.is_patched,
        attachments=(*(_embedded(pdf) if index == 0 else ()), *comments.attachments),
    )


def _load_page(pdf: Any, index: int) -> Any:
    """A page, shown whole where its crop box shows nothing of it: then the media box holds (ISO 32000-1, 14.11.2)."""
    page = pdf.load_page(index)
    if _sides(page.rect) == _NO_BOX and (_sides(page.cropbox) != _NO_BOX or not page.cropbox.intersects(page.mediabox)):
        page.set_cropbox(page.mediabox)
        page = pdf.load_page(index)
    return page


def _sides(rect: Any) -> list[float]:
    """The shorter and the longer side of a box, whichever way the page is turned."""
    return sorted((rect.width, rect.height))


def _embedded(pdf: Any) -> Iterator[str]:
    """The names of the files that a document has with it, as a portfolio has; none of a list that is damaged."""
    try:
        yield from map(_printable, pdf.embfile_names())
    except _FAULTS:
        return


def _printable(name: str) -> str:
    """A name without what no terminal and no database can hold."""
    return "".join(character if character.isprintable() else "\ufffd" for character in name)


def _render_page(pdf: Any, index: int, dpi: int) -> Raster:
    try:
        page = _load_page(pdf, index)
        turns = _read_upright(page).orientation.quarters - page.rotation // 90
        matrix = pymupdf.Matrix(dpi / 72, dpi / 72).prerotate(turns * 90)
        pixels = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csRGB, alpha=False)
    except _FAULTS as error:
        raise _damage(f"page {index + 1} cannot be drawn", error) from error
    return Raster(index + 1, pixels.width, pixels.height, pixels.samples, dpi)


def _read_upright(page: Any) -> _Upright:
    """A page's text and vectors, read a second time where its text does not stand upright at first."""
    text_page = page.get_textpage(flags=_FLAGS)
    blocks = text_page.extractBLOCKS()
    turned_by_viewer = page.rotation // 90
    if not turned_by_viewer and _seems_level(text_page, blocks):
        return _Upright(text_page, blocks, UPRIGHT)
    orientation = find_orientation(_directions(text_page), turned_by_viewer)
    if orientation != UPRIGHT:
        matrix = orientation.matrix(*_size(page))
        paper = pymupdf.Rect(matrix.box(Box(0, 0, *_size(page))))
        text_page = page.get_textpage(clip=paper, flags=_FLAGS, matrix=pymupdf.Matrix(matrix))
        blocks = text_page.extractBLOCKS()
    return _Upright(text_page, blocks, orientation)


def _size(page: Any) -> tuple[float, float]:
    """Width and height of a page as it was before /Rotate turned it, the frame of its text page."""
    rect = page.rect
    return (rect.height, rect.width) if page.rotation % 180 else (rect.width, rect.height)


def _seems_level(text_page: Any, blocks: list[tuple[Any, ...]]) -> bool:
    """Whether nothing suggests that a page's text runs up, down, upside down or askew.

    The boxes of rules and of texts of one line tell, or of words where there are few such texts. To read the directions
    of all lines takes ten times as long.
    """
    lines = []
    is_ruled = False
    for x0, y0, x1, y1, text, _, kind in blocks:
        if kind == _TEXT:
            if text.count("\n") == 1 and len(text) > 2:
                lines.append(Box(x0, y0, x1, y1))
        elif kind == _VECTOR:
            if SLANTED in text:
                return False
            is_ruled = True
    if len(lines) < _FEWEST_LINES:
        lines = [Box(*word[:4]) for word in text_page.extractWORDS() if len(word[4]) > 1]
    return run_to_the_right(lines) and (is_ruled or are_level(lines))


def _directions(text_page: Any) -> Iterator[Direction]:
    """Which way the lines of a page run; lines of vertical writing run down and stand upright."""
    for block in text_page.extractDICT()["blocks"]:
        for line in block.get("lines", ()):
            if not line["wmode"]:
                dx, dy = line["dir"]
                yield Direction(dx, dy, sum(len(span["text"]) for span in line["spans"]))


def _is_filled_by_image(page: Any) -> bool:
    """Whether one image covers most of the page, as a scan does."""
    area = page.rect.width * page.rect.height
    return any(pymupdf.Rect(image["bbox"]).get_area() > area / 2 for image in page.get_image_info())


def _words(texts: _Texts, walls: Walls) -> Iterator[Word]:
    """A page's words, with styles if these may differ; parted at blanks, and where a wall or style ends.

    To MuPDF only some blanks part words; the ideographic space (U+3000) that Chinese text is set with does not.
    """
    is_plain, is_patched = texts.is_plain, texts.is_patched
    for x0, y0, x1, y1, text, block, line, _ in texts.words:
        box = Box(x0, y0, x1, y1)
        at, is_cut = walls.met(box)
        inside = () if is_plain else texts.spans(block, line, box)
        if at or len(inside) > 1 or len(text.split()) != 1 or is_patched:
            pieces = part(texts.characters(block, line, box, inside), at)
            yield from (texts.whole(piece, text) if walls.met(piece.box).cuts else piece for piece in pieces)
        else:
            word = Word(text, box, inside[0].style if inside else None)
            yield texts.whole(word, text) if is_cut else word


def _single_characters(texts: _Texts, _: Walls) -> Iterator[Word]:
    """A page's characters, each with its style if styles may differ."""
    for x0, y0, x1, y1, _text, block, line, _number in texts.words:
        box = Box(x0, y0, x1, y1)
        characters = texts.characters(block, line, box, texts.spans(block, line, box))
        yield from (character for character in characters if character.text.strip())


class _Texts:
    """The words of a page, to be asked for their styles and their characters.

    `is_patched` says that something is painted over some of them.
    """

    def __init__(self, page: Any, upright: _Upright, comments: _Comments) -> None:
        text_page, blocks, _ = upright
        self._page, self._posture = page, upright.orientation
        self.words: Words = text_page.extractWORDS()
        self._lines = _Lines(text_page)
        self._hidden = _hidden(page, upright, self.words, self._lines, comments)
        self._spans = {} if _is_plain(page, self.words) else _spans(page, text_page, blocks, self.words)

    @property
    def is_plain(self) -> bool:
        """Whether all words have one style, those aside that something hides."""
        return not self._spans

    @property
    def is_patched(self) -> bool:
        return bool(self._hidden)

    def spans(self, block: int, line: int, box: Box) -> Sequence[StyleRun]:
        """The pieces of one style that a word is made of; none where all of the page is plain."""
        return runs_within(box, self._spans[block, line]) if self._spans else ()

    def characters(self, block: int, line: int, box: Box, spans: Sequence[StyleRun]) -> list[Word]:
        """The characters of a word, blanks too, with their styles."""
        dressed = with_styles(self._lines.characters(block, line, box), spans)
        hidden = self._hidden.get((block, line))
        return [as_hidden(one) if one.box in hidden else one for one in dressed] if hidden else dressed

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
    def _unclipped(self) -> Words:
        """The words with what is cut off from them; none of a page that does not lie as it is read."""
        if self._posture != UPRIGHT:
            return []
        words: Words = self._page.get_textpage(flags=_FLAGS & ~pymupdf.TEXT_MEDIABOX_CLIP).extractWORDS()
        return words


def _hidden(
    page: Any, upright: _Upright, words: Words, lines: _Lines, comments: _Comments
) -> dict[tuple[int, int], set[Box]]:
    """The boxes of the characters that something hides which is painted over them, by their block and line."""
    areas = [*_areas_over_texts(upright.blocks), *comments.areas]
    if not areas or upright.orientation.skew:
        return {}
    orders = lines.orders
    printed = [(word[5], word[6], Painted(orders[word[5]], Box(*word[:4]))) for word in words]
    suspects = [
        (block, line, Painted(word.order, character.box), area)
        for block, line, word in printed
        if touches(areas, word)
        for character in lines.characters(block, line, word.box)
        if (area := first_over(areas, Painted(word.order, character.box)))
    ]
    views = _views(page, upright.orientation) if suspects else None
    hidden: dict[tuple[int, int], set[Box]] = {}
    for block, line, character, area in suspects:
        later = [
            word.box for _, _, word in printed if word.order > area.order and touches([area], word._replace(order=-1))
        ]
        if views and is_unseen(character.box, later, *views):
            hidden.setdefault((block, line), set()).add(character.box)
    return hidden


def _areas_over_texts(blocks: list[tuple[Any, ...]]) -> list[Painted]:
    """The opaque areas and the images of a page that are painted over texts of it."""
    areas = [
        Painted(order, Box(x0, y0, x1, y1))
        for x0, y0, x1, y1, described, order, kind in blocks
        if kind != _TEXT
        and x1 - x0 > _LEAST_PATCH
        and y1 - y0 > _LEAST_PATCH
        and (kind == _IMAGE or _OPAQUE.search(described))
    ]
    if not areas:
        return areas
    return over_texts(areas, (Painted(block[5], Box(*block[:4])) for block in blocks if block[6] == _TEXT))


def _views(page: Any, orientation: Orientation) -> tuple[Pixels, Pixels] | None:
    """How a page looks with its texts and without; None where MuPDF cannot take them off it.

    They are taken off a copy, as what is read from a page must stay on it.
    """
    try:
        with pymupdf.open(stream=page.parent.stream, filetype="pdf") as copy:
            other = _load_page(copy, page.number)
            whole = _grey(other, orientation)
            other.add_redact_annot(_EVERYWHERE, fill=False, cross_out=False)
            other.apply_redactions(
                images=pymupdf.PDF_REDACT_IMAGE_NONE,
                graphics=pymupdf.PDF_REDACT_LINE_ART_NONE,
                text=pymupdf.PDF_REDACT_TEXT_REMOVE,
            )
            return whole, _grey(other, orientation)
    except _FAULTS:
        return None


def _grey(page: Any, orientation: Orientation) -> Pixels:
    turns = orientation.quarters - page.rotation // 90
    matrix = pymupdf.Matrix(_VIEW_SCALE, _VIEW_SCALE).prerotate(turns * 90)
    pixels = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, alpha=False)
    return Pixels(pixels.width, pixels.height, pixels.samples, _VIEW_SCALE)


def _take_comments(page: Any) -> _Comments:
    """What was put over a page later (annotations; form fields are its own), which is taken off it.

    One that MuPDF cannot handle stays, and so do those after it.
    """
    comments = _Comments([], [], [], [])
    if page.first_annot is None:
        return comments
    rotation = page.rotation
    try:
        page.set_rotation(0)
        while annotation := page.first_annot:
            comments.words.extend(_written(annotation))
            if annotation.type[0] == pymupdf.PDF_ANNOT_FILE_ATTACHMENT:
                comments.attachments.append(_printable(annotation.file_info["filename"]))
            if annotation.type[0] in _PATCHES:
                comments.areas.append(Painted(inf, Box(*annotation.rect)))
            if annotation.type[0] in _STRIKES:
                comments.struck.extend(_marked(annotation))
            page.delete_annot(annotation)
    except _FAULTS:
        pass
    finally:
        page.set_rotation(rotation)
    return comments


def _written(annotation: Any) -> Iterator[Word]:
    """The words of an annotation that shows."""
    if not annotation.flags & (pymupdf.PDF_ANNOT_IS_HIDDEN | pymupdf.PDF_ANNOT_IS_NO_VIEW):
        for word in annotation.get_textpage(flags=_FLAGS).extractWORDS():
            yield from (Word(text, Box(*word[:4])) for text in word[4].split())


def _marked(annotation: Any) -> Iterator[Box]:
    """The pieces of lines that an annotation marks; all that it covers where it marks no text."""
    corners = annotation.vertices if annotation.type[0] == pymupdf.PDF_ANNOT_STRIKE_OUT else None
    if not corners:
        yield Box(*annotation.rect)
        return
    for first in range(0, len(corners) - 3, 4):
        yield around(corners[first : first + 4])


def _set_upright(words: Iterable[Word], page: Any, orientation: Orientation) -> Iterator[Word]:
    return (word._replace(box=orientation.matrix(*_size(page)).box(word.box)) for word in words)


def _is_plain(page: Any, words: Words) -> bool:
    """Whether a page's words are all level, black and opaque, as far as can be told without asking each of them."""
    if not have_plain_heights([word[3] - word[1] for word in words]):
        return False
    content = _contents(page)
    if content is None or not paints_plainly(content):
        return False
    return b" gs" not in content or not _may_be_transparent(page)


def _contents(page: Any) -> bytes | None:
    """The operators that paint a page; None where part of them is damaged, of which MuPDF still shows the rest."""
    try:
        content: bytes = page.read_contents()
    except _FAULTS:
        return None
    return content


def _may_be_transparent(page: Any) -> bool:
    """Whether a page may fill with less than full opacity, by the states of graphics (ExtGState) it can call."""
    kind, states = page.parent.xref_get_key(page.xref, "Resources/ExtGState")
    if kind == "xref":
        states = page.parent.xref_object(int(states.split()[0]))
    if kind == "null" or not states:
        return True
    called = (page.parent.xref_object(int(number)) for number in _REFERENCE.findall(states))
    return any(_TRANSPARENT.search(state) for state in (states, *called))


def _spans(
    page: Any, text_page: Any, blocks: list[tuple[Any, ...]], words: Words
) -> dict[tuple[int, int], list[StyleRun]]:
    """The styles of the lines that `words` are on, by their numbers of block and line.

    MuPDF's description of a page has its lines in the same order, but lacks those without extent.
    """
    fills = [*_fills(blocks), *_images(page)]
    described = [line for block in text_page.extractDICT()["blocks"] for line in block.get("lines", ())]
    boxes = [Box(*line["bbox"]) for line in described]
    spans: dict[tuple[int, int], list[StyleRun]] = {}
    start = 0
    for x0, y0, x1, y1, _, block, line, _ in words:
        if (block, line) not in spans:
            middle = Box(x0, y0, x1, y1).middle
            index = next((index for index in range(start, len(boxes)) if boxes[index].holds(*middle)), None)
            spans[block, line] = [] if index is None else _spans_of_line(described[index], fills)
            start = start if index is None else index + 1
    return spans


def _spans_of_line(line: dict[str, Any], fills: list[Fill]) -> list[StyleRun]:
    return [_span(span, line["dir"], fills) for span in line["spans"] if span["text"].strip()]


def _span(span: dict[str, Any], direction: tuple[float, float], fills: list[Fill]) -> StyleRun:
    box = Box(*span["bbox"])
    angle = degrees(atan2(-direction[1], direction[0]))
    opacity = span["alpha"] / 255 if span["char_flags"] & _PAINTED else 0.0
    return StyleRun(box, seen_style(span["size"], span["color"], angle, opacity, background_of(box, fills)))


def _fills(blocks: list[tuple[Any, ...]]) -> Iterator[Fill]:
    """The areas that a page paints, in the order it does; those too thin for text to stand on are rules."""
    for x0, y0, x1, y1, described, _, kind in blocks:
        if kind == _VECTOR and (paint := FILLED.search(described)):
            box = Box(x0, y0, x1, y1)
            if not is_thin(box):
                yield Fill(box, over_white(int(paint["colour"], 16), int(paint["alpha"]) / 255))


def _images(page: Any) -> Iterator[Fill]:
    """The images of a page, taken for grey: text of any colour may be seen on them."""
    return (Fill(Box(*image["bbox"]), GREY) for image in page.get_image_info())


class _Lines:
    """The lines of a text page, to ask for their characters.

    Walked to in MuPDF's own structures: the documented way to them copies every character of the page, which costs
    as much as reading it. What is walked to is kept, as there are drawings of 100,000 blocks.
    """

    def __init__(self, text_page: Any) -> None:
        self._text_page = text_page
        self._lines: dict[int, list[Any]] = {}
        self._characters: dict[tuple[int, int], list[Word]] = {}

    def characters(self, block: int, line: int, box: Box) -> list[Word]:
        """The characters, blanks too, whose middle lies within `box`, of a line by the numbers that its words have."""
        if block not in self._lines:
            self._lines[block] = list(pymupdf.mupdf.FzStextBlock(self._blocks[block]))
        if (block, line) not in self._characters:
            self._characters[block, line] = list(_characters(self._lines[block][line]))
        return [character for character in self._characters[block, line] if box.holds(*character.box.middle)]

    @property
    def orders(self) -> list[int]:
        """When each block of text is painted, among all blocks of the page."""
        return [order for order, _ in self._ordered]

    @cached_property
    def _blocks(self) -> list[Any]:
        """The blocks of text, by whose count words are numbered; asked for its lines, any other would crash."""
        return [block for _, block in self._ordered]

    @cached_property
    def _ordered(self) -> list[tuple[int, Any]]:
        blocks = []
        order, block = 0, self._text_page.this.m_internal.first_block
        while block:
            if block.type == _TEXT:
                blocks.append((order, block))
            order, block = order + 1, block.next
        return blocks


def _characters(line: Any) -> Iterator[Word]:
    """All characters of one of MuPDF's lines, whichever way it runs."""
    character = line.m_internal.first_char
    while character:
        one, opposite = character.quad.ul, character.quad.lr
        x0, x1 = (one.x, opposite.x) if one.x <= opposite.x else (opposite.x, one.x)
        y0, y1 = (one.y, opposite.y) if one.y <= opposite.y else (opposite.y, one.y)
        yield Word(chr(character.c), Box(x0, y0, x1, y1))
        character = character.next


def _drawing(page: Any, blocks: Sequence[tuple[Any, ...]], orientation: Orientation) -> Drawing:
    vectors = [(Box(*block[:4]), block[4]) for block in blocks if block[6] == _VECTOR]
    pictures = [Box(*block[:4]) for block in blocks if block[6] == _IMAGE]
    return Drawing(vectors, pictures, lambda: _paths(page, orientation))


def _paths(page: Any, orientation: Orientation) -> Iterator[Path]:
    """The paths a page draws, set upright; get_cdrawings knows them only as they are on the paper."""
    paths: Iterable[Path] = page.get_cdrawings()
    if orientation == UPRIGHT:
        yield from paths
        return
    matrix = orientation.matrix(*_size(page))
    for path in paths:
        yield {
            "type": path["type"],
            "color": path.get("color"),
            "items": [_turned(item, matrix) for item in path["items"]],
        }


def _turned(item: tuple[Any, ...], matrix: Matrix) -> tuple[Any, ...]:
    """One part of a path turned: a line, a curve, a rectangle or a quadrilateral."""
    if item[0] in {"l", "c"}:
        return (item[0], *(matrix.point(*end) for end in item[1:]))
    if item[0] == "qu":
        return "qu", [matrix.point(*corner) for corner in item[1]]
    return "re", matrix.box(Box(*item[1]))
