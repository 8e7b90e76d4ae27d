"""What is on the paper, before anything is understood.

Every reader of a file, whatever library it stands on, ends in these types; every later stage starts from them. Text
is kept exactly as printed. Coordinates have their origin at the top left of the page, turned so that its text stands
upright; for PDF they are points (1/72 inch), for plain text they are characters across and lines down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def around(cls, boxes: Iterable[Box]) -> Box:
        """The smallest box that holds all of `boxes`, of which there must be at least one."""
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return tuple.__new__(cls, (min(lefts), min(tops), max(rights), max(bottoms)))

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the box or on its edge."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def shared_with(self, other: Box) -> tuple[float, float]:
        """How wide and how high the part is that both have; less than 0 where they are apart."""
        across = min(self.x1, other.x1) - max(self.x0, other.x0)
        return across, min(self.y1, other.y1) - max(self.y0, other.y0)

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            self.x0 if self.x0 < other.x0 else other.x0,
            self.y0 if self.y0 < other.y0 else other.y0,
            self.x1 if self.x1 > other.x1 else other.x1,
            self.y1 if self.y1 > other.y1 else other.y1,
        )


class Place(NamedTuple):
    """Where something is printed: page number from 1, and the box on that page."""

    page: int
    box: Box

    def meets(self, other: Place) -> bool:
        """Whether both are on one page and share some of it."""
        (x0, y0, x1, y1), box = self.box, other.box
        return self.page == other.page and x0 < box.x1 and box.x0 < x1 and y0 < box.y1 and box.y0 < y1


def least_confidence(confidences: Iterable[float | None]) -> float | None:
    """That of what is least certain; None where nothing was recognised in an image."""
    known = [confidence for confidence in confidences if confidence is not None]
    return min(known) if known else None


class Style(NamedTuple):
    """How a word is printed: type size in points, colour as 0xRRGGBB, degrees its line rises, whether it shows.

    `background` is the colour it is printed on; white where nothing is painted below it.
    """

    size: float
    colour: int
    angle: float
    is_visible: bool
    background: int = 0xFFFFFF


class Word(NamedTuple):
    """A run of characters without white space, and its box.

    `style` is None where all of the page is plain text. `confidence`, 0 to 1, is how sure text
    recognition is of a word read from an image; None for a word of a text layer.
    """

    text: str
    box: Box
    style: Style | None = None
    confidence: float | None = None


class Rule(NamedTuple):
    """A straight horizontal or vertical stroke, given by its two ends (x0 <= x1, y0 <= y1)."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_horizontal(self) -> bool:
        """Whether it runs across the page; else it runs down."""
        return self.x1 - self.x0 >= self.y1 - self.y0


NoiseKind = Literal["running_head", "page_number", "watermark", "stamp", "doubled", "hidden", "comment", "note_mark"]


class Noise(NamedTuple):
    """Something printed that belongs to no form: what it is told for, its text and its place."""

    kind: NoiseKind
    text: str
    place: Place


FlawKind = Literal[
    "comment_left_out", "comment_read", "cut_by_sheet", "drawn", "drawn_read", "lines_apart", "lines_close", "off_line",
    "partly_hidden", "rule_missing", "ruled_through", "sign_underlined", "struck_by_comment", "texts_overlap",
]  # fmt: skip


class Flaw(NamedTuple):
    """Something about how a text is printed that may make its reading wrong: what it is, the text and its place."""

    kind: FlawKind
    text: str
    place: Place


LEGIBLE = 0.95
"""The least legibility of a page whose text is taken for what it says. Where only the digits are lost, it is lower."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a reader found it: words in any order, rules in any order.

    `is_scan` says that an image fills the page, or outlines of characters do, and no text lies on it. A page that lies
    askew has been levelled, words and rules alike, around its middle; `skew` is by how many degrees (clockwise is
    positive). `legibility` is the share, 0 to 1, of its characters that say something: those of a broken font do not.

    `comments` is what was written over the page later (annotations), no part of its words; `struck` is where later
    marks strike something out. `drawn` is where pictures and small shapes stand, `shades` where areas are painted.
    `is_patched` says that something opaque hides words. `attachments` names the files attached to it, or, on the first
    page, to the whole document.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    is_scan: bool = False
    skew: float = 0.0
    noise: tuple[Noise, ...] = ()
    legibility: float = 1.0
    comments: tuple[Word, ...] = ()
    struck: tuple[Box, ...] = ()
    drawn: tuple[Box, ...] = ()
    shades: tuple[Box, ...] = ()
    is_patched: bool = False
    attachments: tuple[str, ...] = ()

    @property
    def needs_recognition(self) -> bool:
        """Whether what it says must be recognised in its image: it has no text there, or none that can be read."""
        return self.is_scan or self.legibility < LEGIBLE


class Raster(NamedTuple):
    """A page as an image: rows of `width` RGB pixels from top to bottom, three bytes each, and pixels to the inch."""

    number: int
    width: int
    height: int
    samples: bytes
    dpi: int


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line that stands outside every grid. Cells of tabbed text are parted by a tab."""

    text: str
    place: Place


class Cell(NamedTuple):
    """One cell of a grid. `text` keeps the printed line breaks as newlines; a blank cell has an empty text.

    `cut_above` and `cut_below` say that no rule closes the cell on that side: the page ended before the cell did.
    `parts` are the texts and places a page break has cut the cell into; empty for a whole cell. `confidence` is that of
    the least certain of its words.
    """

    text: str
    row: int
    column: int
    row_span: int
    column_span: int
    place: Place
    cut_above: bool = False
    cut_below: bool = False
    parts: tuple[tuple[str, Place], ...] = ()
    confidence: float | None = None

    @property
    def printed(self) -> tuple[tuple[str, Place], ...]:
        """The cell's text and place; several where page breaks cut it."""
        return self.parts or ((self.text, self.place),)

    @property
    def end_row(self) -> int:
        """The row below its last one."""
        return self.row + self.row_span

    @property
    def end_column(self) -> int:
        """The column to the right of its last one."""
        return self.column + self.column_span


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its cells by row and then column, and where its column boundaries are (one more than columns).

    Whoever makes one keeps every cell within them. `is_rebuilt` says that nothing printed parts its cells.
    """

    cells: tuple[Cell, ...]
    row_count: int
    boundaries: tuple[float, ...]
    place: Place
    is_rebuilt: bool = False

    @property
    def column_count(self) -> int:
        """How many columns there are between the boundaries."""
        return len(self.boundaries) - 1


Block = Line | Grid


def lines_before_grid(blocks: Iterable[Block]) -> Iterator[Line]:
    """The first lines of some blocks, down to the first grid."""
    for block in blocks:
        if not isinstance(block, Line):
            return
        yield block


@dataclass(frozen=True, slots=True)
class LaidOutPage:
    """One page after its geometry is understood: lines and grids from top to bottom, and what was left out of them.

    `flaws` are what is printed in a way that may make the reading of its grids wrong.
    """

    number: int
    blocks: tuple[Block, ...]
    is_scan: bool = False
    noise: tuple[Noise, ...] = ()
    flaws: tuple[Flaw, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole file as printed."""

    pages: tuple[LaidOutPage, ...]

    def lines(self) -> Iterator[Line]:
        """The lines outside all grids, in their order."""
        return (block for laid_out in self.pages for block in laid_out.blocks if isinstance(block, Line))


@dataclass(frozen=True, slots=True)
class Form:
    """One form cut out of a document and stitched over its pages.

    `heading` are the lines above the table, `repeats` the cells of headers that were printed again on a later page and
    are not part of `grid`.
    """

    heading: tuple[Line, ...]
    grid: Grid
    repeats: tuple[Cell, ...] = ()

    @property
    def pages(self) -> range:
        """The numbers of the pages that it stands on."""
        numbers = [cell.place.page for cell in self.grid.cells]
        return range(min(numbers), max(numbers) + 1)
