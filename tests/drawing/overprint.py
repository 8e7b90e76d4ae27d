"""Puts on a drawn PDF what is printed over, under and around the texts of published ones: bytes in, bytes out.

Everything is set in the font that the pages have already (drawing/mupdf.py), by operators before or after theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin
from typing import Literal, NamedTuple, Protocol

import pymupdf

from perftable_etl.document import NoiseKind
from tests.drawing.wrap import em

Colour = tuple[float, float, float]
GREY, PINK, RED, WHITE = (0.85, 0.85, 0.85), (1.0, 0.75, 0.75), (0.9, 0.0, 0.0), (1.0, 1.0, 1.0)

_SHOWN = re.compile(r"BT /F0 (\S+) Tf 1 0 0 1 (\S+) (\S+) Tm <([0-9a-f]+)> Tj ET")


class Paper(NamedTuple):
    """One page to print on: its number from 1, of how many, its size in points, and the operators on it."""

    number: int
    pages: int
    width: float
    height: float
    content: str


class Ink(NamedTuple):
    """Operators to put below and above those of a page, and the texts that a reader should tell from the page's."""

    above: str
    below: str = ""
    noise: tuple[tuple[NoiseKind, str], ...] = ()


class Overprint(Protocol):
    """Something printed on every page of a document."""

    def on(self, paper: Paper) -> Ink: ...


def overprint(data: bytes, prints: Sequence[Overprint]) -> bytes:
    """The PDF with all of `prints` on every page, one over the other."""
    with pymupdf.open("pdf", data) as document:
        for page, paper in zip(document, papers(document), strict=True):
            inks = [one.on(paper) for one in prints]
            content = "\n".join([*(ink.below for ink in inks), paper.content, *(ink.above for ink in inks)])
            document.update_stream(page.get_contents()[0], content.encode("ascii"), compress=False)
            document.xref_set_key(page.xref, "Resources/ExtGState", "<</Half <</ca 0.3>> /None <</ca 0>>>>")
        result: bytes = document.tobytes(no_new_id=True)
    return result


def noise_of(data: bytes, prints: Sequence[Overprint]) -> list[tuple[NoiseKind, str]]:
    """What `prints` add to the pages of a PDF that a reader should leave out again."""
    with pymupdf.open("pdf", data) as document:
        return [noise for paper in papers(document) for one in prints for noise in one.on(paper).noise]


def papers(document: pymupdf.Document) -> list[Paper]:
    return [
        Paper(page.number + 1, document.page_count, page.rect.width, page.rect.height, page.read_contents().decode())
        for page in document
    ]


@dataclass(frozen=True, slots=True)
class Watermark:
    """A text across the page, or small ones all over it; `is_faded` prints it black with little opacity."""

    text: str = "内部资料 仅供公开"
    size: float = 40.0
    colour: Colour = GREY
    angle: float = 0.0
    is_tiled: bool = False
    is_below: bool = False
    is_faded: bool = False

    def on(self, paper: Paper) -> Ink:
        spots = list(_tiles(paper, em(self.text) * self.size, self.size)) if self.is_tiled else [self._middle(paper)]
        paint = "/Half gs" if self.is_faded else _fill(self.colour)
        shown = "\n".join(_show(self.text, x, y, self.size, self.angle) for x, y in spots)
        operators = f"q {paint}\n{shown}\nQ"
        noise: tuple[tuple[NoiseKind, str], ...] = (("watermark", self.text),) * len(spots)
        return Ink("", operators, noise) if self.is_below else Ink(operators, "", noise)

    def _middle(self, paper: Paper) -> tuple[float, float]:
        length = em(self.text) * self.size / 2
        angle = radians(self.angle)
        return paper.width / 2 - length * cos(angle), paper.height * 0.6 - length * sin(angle)


def _tiles(paper: Paper, length: float, size: float) -> Iterator[tuple[float, float]]:
    """Where the tiles of a watermark begin that fit on the paper, close enough to lie over any table."""
    y = 20.0
    while y < paper.height - 3 * size:
        x = 15.0
        while x < paper.width - length:
            yield x, y
            x += length + size
        y += 2.5 * size


@dataclass(frozen=True, slots=True)
class Seal:
    """A round seal: a name around its circle, a level line below the middle, at a place given as shares of the page."""

    name: str = "青岚区财政局预算专用"
    line: str = "业务章"
    colour: Colour = RED
    radius: float = 50.0
    across: float = 0.7
    down: float = 0.4

    def on(self, paper: Paper) -> Ink:
        x, y, size = paper.width * self.across, paper.height * (1 - self.down), self.radius / 4
        angles = [220.0 - 260.0 * index / (len(self.name) - 1) for index in range(len(self.name))]
        ring = (self._character(text, x, y, angle) for text, angle in zip(self.name, angles, strict=True))
        line = _show(self.line, x - em(self.line) * size / 2, y - self.radius * 0.55, size)
        circle = f"{_stroke(self.colour)} 2 w {_circle(x, y, self.radius + 4)} S"
        operators = "\n".join(["q", _fill(self.colour), circle, *ring, line, "Q"])
        return Ink(operators, "", (("stamp", self.name), ("stamp", self.line)))

    def _character(self, text: str, x: float, y: float, angle: float) -> str:
        """One character whose foot is on the inner circle, its head outwards."""
        size, inner, turned = self.radius / 4, self.radius * 0.72, radians(angle - 90)
        foot_x, foot_y = x + inner * cos(radians(angle)), y + inner * sin(radians(angle))
        return _show(text, foot_x - size / 2 * cos(turned), foot_y - size / 2 * sin(turned), size, angle - 90)


def _circle(x: float, y: float, radius: float) -> str:
    """A circle of four curves."""
    parts = [f"{x + radius:g} {y:g} m"]
    for quarter in range(4):
        a, b = quarter * pi / 2, (quarter + 1) * pi / 2
        pull = 0.5523 * radius
        points = (
            (x + radius * cos(a) - pull * sin(a), y + radius * sin(a) + pull * cos(a)),
            (x + radius * cos(b) + pull * sin(b), y + radius * sin(b) - pull * cos(b)),
            (x + radius * cos(b), y + radius * sin(b)),
        )
        parts.append(" ".join(f"{value:.3f}" for point in points for value in point) + " c")
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A level text in the colour of an ink pad right over some line of the page's own."""

    text: str = "已公开"
    colour: Colour = RED
    size: float = 18.0

    def on(self, paper: Paper) -> Ink:
        shown = list(_SHOWN.finditer(paper.content))
        _, x, y, _ = shown[len(shown) // 2].groups()
        operators = f"q {_fill(self.colour)} {_show(self.text, float(x), float(y) - 3, self.size)} Q"
        return Ink(operators, "", (("stamp", self.text),))


PageNumbers = Literal["{n}", "- {n} -", "第 {n} 页 共 {m} 页", "{n}/{m}", "第{n}页"]


@dataclass(frozen=True, slots=True)
class Margins:
    """A running head and a page number; a document needs two pages to tell them."""

    head: str = "青岚区司法局 部门预算公开"
    number: PageNumbers = "第 {n} 页 共 {m} 页"

    def on(self, paper: Paper) -> Ink:
        number = self.number.format(n=paper.number, m=paper.pages)
        head = _show(self.head, 40, paper.height - 28, 8)
        foot = _show(number, (paper.width - em(number) * 9) / 2, 24, 9)
        noise: tuple[tuple[NoiseKind, str], ...] = (("running_head", self.head), ("page_number", number))
        return Ink(f"{head}\n{foot}", "", noise if paper.pages > 1 else ())


@dataclass(frozen=True, slots=True)
class Doubled:
    """Every text, or every so many, drawn a second time a bit aside."""

    aside: float = 0.3
    down: float = 0.0
    every: int = 1

    def on(self, paper: Paper) -> Ink:
        shown = list(_SHOWN.finditer(paper.content))[:: self.every]
        texts = [_text(match[4]) for match in shown]
        again = "\n".join(
            _show(text, float(match[2]) + self.aside, float(match[3]) - self.down, float(match[1]))
            for match, text in zip(shown, texts, strict=True)
        )
        return Ink(again, "", tuple(("doubled", text) for text in texts))


def fake_bold(data: bytes, aside: float) -> bytes:
    """The PDF with every character drawn twice, the second time `aside` points to the right, before the next one is."""
    with pymupdf.open("pdf", data) as document:
        for page, paper in zip(document, papers(document), strict=True):
            content = _SHOWN.sub(lambda match: "\n".join(_characters(match, aside)), paper.content)
            document.update_stream(page.get_contents()[0], content.encode("ascii"), compress=False)
        result: bytes = document.tobytes(no_new_id=True)
    return result


def _characters(match: re.Match[str], aside: float) -> Iterator[str]:
    size, x, y = (float(match[group]) for group in (1, 2, 3))
    for character in _text(match[4]):
        yield _show(character, x, y, size)
        yield _show(character, x + aside, y, size)
        x += em(character) * size


@dataclass(frozen=True, slots=True)
class Hidden:
    """A text beside those of the page that nobody can see, in one of several ways."""

    way: Literal["invisible", "white", "transparent", "clipped", "outside"]
    text: str = "不见之字 9999"

    def on(self, paper: Paper) -> Ink:
        lines = [match.groups() for match in _SHOWN.finditer(paper.content)][1::3]
        shift = paper.width if self.way == "outside" else -5.0
        shown = "\n".join(_show(self.text, float(x) + shift, float(y) - 2, 6) for _, x, y, _ in lines)
        found = self.way in ("invisible", "white", "transparent")
        noise: tuple[tuple[NoiseKind, str], ...] = (("hidden", self.text),) * len(lines)
        return Ink(_HIDE[self.way](shown), "", noise if found else ())


@dataclass(frozen=True, slots=True)
class Patched:
    """Under every so many texts of the page an earlier one, which an editor has covered before it set the new one."""

    patch: Literal["white", "picture"] = "white"
    text: str = "≥7777.00(册)"
    every: int = 5

    def on(self, paper: Paper) -> Ink:
        lines = [match.groups() for match in _SHOWN.finditer(paper.content)][:: self.every]
        below = []
        for size, x, y, _ in lines:
            width = em(self.text) * float(size)
            below.append(_show(self.text, float(x), float(y), float(size)))
            below.append(_PATCHES[self.patch](float(x) - 1, float(y) - 0.4 * float(size), width + 2, 1.5 * float(size)))
        return Ink("", "\n".join(below), (("hidden", self.text),) * len(lines))


_PATCHES: dict[str, Callable[[float, float, float, float], str]] = {
    "white": lambda x, y, width, height: f"q 1 g {x:g} {y:g} {width:g} {height:g} re f Q",
    "picture": lambda x, y, width, height: (
        f"q {width:g} 0 0 {height:g} {x:g} {y:g} cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID FF> EI Q"
    ),
}


@dataclass(frozen=True, slots=True)
class Veil:
    """An area over all of the page that lets it show through, as of a marker."""

    def on(self, paper: Paper) -> Ink:
        return Ink(f"q /Half gs 1 1 0 rg 0 0 {paper.width:g} {paper.height:g} re f Q")


_HIDE: dict[str, Callable[[str], str]] = {
    "invisible": lambda shown: f"q BT 3 Tr ET {shown} Q",
    "white": lambda shown: f"q {_fill(WHITE)} {shown} Q",
    "transparent": lambda shown: f"q /None gs {shown} Q",
    "clipped": lambda shown: f"q 0 0 1 1 re W n {shown} Q",
    "outside": lambda shown: shown,
}


def _text(code: str) -> str:
    return bytes.fromhex(code).decode("utf-16-be")


def _fill(colour: Colour) -> str:
    return "{:g} {:g} {:g} rg".format(*colour)


def _stroke(colour: Colour) -> str:
    return "{:g} {:g} {:g} RG".format(*colour)


def _show(text: str, x: float, y: float, size: float, angle: float = 0.0) -> str:
    a, b = cos(radians(angle)), sin(radians(angle))
    code = text.encode("utf-16-be").hex()
    return f"BT /F0 {size:g} Tf {a:.4f} {b:.4f} {-b:.4f} {a:.4f} {x:.2f} {y:.2f} Tm <{code}> Tj ET"
