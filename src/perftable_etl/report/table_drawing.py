"""Tables with marks over them, as a page for a browser: for files that have no pages to draw on.

It has the colours and tags of the pictures of pages. All that the file says is text: nothing of it runs, and nothing is
fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from perftable_etl.document import Block, Box, Cell, Grid, LaidOutPage
from perftable_etl.pipeline import Examination
from perftable_etl.report.drawing.overlay import STYLES, Colour
from perftable_etl.report.marks import Mark, page_marks
from perftable_etl.screen import visible

_STYLE = """
body { font: 14px/1.5 sans-serif; margin: 2em; color: #222 }
table { border-collapse: collapse; margin: .5em 0 1em }
td { padding: 2px 6px; border: 1px solid #ccc; vertical-align: top; white-space: pre-wrap; max-width: 40em }
p { margin: .2em 0; white-space: pre-wrap }
b { color: #fff; font: 11px/1.4 monospace; border-radius: 3px; padding: 0 3px; margin-left: 4px; white-space: nowrap }
.legend span { display: inline-block; padding: 2px 8px; margin-right: 8px; border: 1px solid #ccc }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_OUTLINES = {
    "cell": "solid 1px",
    "doubt": "solid 3px",
    "note": "solid 2px",
    "line": "dotted 1px",
    "noise": "dashed 1px",
}


class _Marked(NamedTuple):
    """Something printed, and the marks on it."""

    text: str
    marks: tuple[Mark, ...]


def draw_tables(seen: Examination, pages: Sequence[int]) -> str:
    """The tables with these numbers, and the lines above them, with what was seen in them."""
    drawn = "".join(part for page in seen.pages if page.number in pages for part in _page(page, seen))
    title = escape(visible(seen.outcome.file_name))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><style>{_STYLE}{"".join(_classes())}</style>'
        f"</head><body><h1>{title}</h1>{_legend()}{drawn}</body></html>\n"
    )


def _classes() -> Iterator[str]:
    for kind, style in STYLES.items():
        tint = f"background: {_hex(style.tint)};" if style.tint else ""
        outline = f"outline: {_OUTLINES[kind]} {_hex(style.colour)}; outline-offset: -2px;" if kind in _OUTLINES else ""
        yield f".{kind} {{ {tint} {outline} }} b.{kind}-tag {{ background: {_hex(style.colour)} }}\n"


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def _legend() -> str:
    swatches = (f'<span class="{kind}">{escape(style.meaning)}</span>' for kind, style in STYLES.items())
    return f'<p class="legend">{"".join(swatches)}</p>'


def _page(page: LaidOutPage, seen: Examination) -> Iterator[str]:
    marks = list(page_marks(page.number, seen))
    places = [box for block in page.blocks for box in _boxes(block)]
    yield f"<h2>{page.number}</h2>"
    for block in page.blocks:
        if isinstance(block, Grid):
            yield from _table(block, marks, places)
        else:
            yield _line(_marked(block.text, block.place.box, marks, places))
    for noise in page.noise:
        box = noise.place.box
        yield _line(_Marked(noise.text, (Mark("noise", box, noise.kind),)))


def _boxes(block: Block) -> Iterator[Box]:
    if isinstance(block, Grid):
        yield from (cell.place.box for cell in block.cells)


def _table(grid: Grid, marks: Sequence[Mark], places: Sequence[Box]) -> Iterator[str]:
    yield "<table>"
    for _, cells in groupby(grid.cells, key=lambda cell: cell.row):
        yield f"<tr>{''.join(_cell(cell, _marked(cell.text, cell.place.box, marks, places)) for cell in cells)}</tr>"
    yield "</table>"


def _marked(text: str, box: Box, marks: Iterable[Mark], places: Sequence[Box]) -> _Marked:
    """A text with the marks on its place. One over several places stands with its tag on the first of them."""
    own = (mark for mark in marks if _covers(mark.box, box))
    return _Marked(text, tuple(mark if _begins_in(mark.box, box, places) else mark._replace(tag="") for mark in own))


def _covers(mark: Box, box: Box) -> bool:
    return mark.holds(*box.middle)


def _begins_in(mark: Box, box: Box, places: Sequence[Box]) -> bool:
    """Whether a place is the first of those that a mark is over."""
    return mark == box or box == next((place for place in places if _covers(mark, place)), box)


def _cell(cell: Cell, marked: _Marked) -> str:
    rows = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    columns = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    return f'<td{rows}{columns} class="{_names(marked)}">{_content(marked)}</td>'


def _line(marked: _Marked) -> str:
    return f'<p class="{_names(marked)}">{_content(marked)}</p>'


def _names(marked: _Marked) -> str:
    """The classes of a text: what is drawn later shows, as in pictures."""
    return " ".join(dict.fromkeys(mark.kind for mark in marked.marks))


def _content(marked: _Marked) -> str:
    tags = (f'<b class="{mark.kind}-tag">{escape(mark.tag)}</b>' for mark in marked.marks if mark.tag)
    return f"{escape(_visible_lines(marked.text))}{''.join(tags)}"


def _visible_lines(text: str) -> str:
    """A text whose line breaks stay and whose other commands are shown as what they are."""
    return "\n".join(map(visible, text.split("\n")))
