"""Draws disclosures as PDF in milliseconds, with MuPDF's built-in Chinese font: the drawing behind the round trips.

Content streams are written by hand: text positions, rules and page breaks are exactly as asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import pymupdf

from tests.drawing.forms import DrawnDisclosure
from tests.drawing.layouts import Layout, forms
from tests.drawing.paginate import Frame, PageBreak, Portion, paginate
from tests.drawing.table import Align, DrawnForm
from tests.drawing.wrap import em, wrap

RuleStyle = Literal["lines", "edges", "fills", "boxes", "dashed", "double", "grey", "none", "level", "frame"]
A4 = (595.0, 842.0)
PROSE = (
    "项目经费情况说明",
    "一、项目概述：根据部门职责和年度工作安排设立本项目，项目名称、实施单位见后附表格。",
    "二、立项依据：按照财政支出管理办法和相关规划要求编制。",
    "三、绩效目标：详见项目支出绩效目标申报表。",
)
BUDGET = (
    ("收入", "预算数", "支出", "预算数"),
    ("财政拨款收入", "1,200.00", "基本支出", "800.00"),
    ("", "", "项目支出", "400.00"),
)


@dataclass(frozen=True, slots=True)
class Pen:
    """How a disclosure is drawn. The defaults are a plain A4 portrait page with stroked rules."""

    rules: RuleStyle = "lines"
    font_size: float = 9.0
    landscape: bool = False
    narrow: bool = False
    cut_rows: bool = False
    repeat_columns: bool = False
    page_break: PageBreak = "closed"
    middle: bool = True
    form_per_page: bool = False
    first_y: float = 60.0
    preface: bool = False

    @property
    def page_size(self) -> tuple[float, float]:
        return A4[::-1] if self.landscape else A4

    def frame(self) -> Frame:
        width, height = self.page_size
        margin = 120.0 if self.narrow else 50.0
        return Frame(
            left=margin,
            width=width - 2 * margin,
            top=60.0,
            bottom=height - 60.0,
            font_size=self.font_size,
            padding=3.0,
            cut_rows=self.cut_rows,
            repeat_columns=self.repeat_columns,
            page_break=self.page_break,
        )


class Text(NamedTuple):
    page: int
    x: float
    y: float
    size: float
    text: str


class Edge(NamedTuple):
    """A straight horizontal or vertical stretch of a cell's border."""

    x0: float
    y0: float
    x1: float
    y1: float


def draw(disclosure: DrawnDisclosure, pen: Pen | None = None, layout: Layout | None = None) -> bytes:
    """The PDF of a disclosure."""
    return draw_forms(disclosure.title, forms(disclosure, layout), pen or Pen())


def draw_forms(title: str, drawn: Iterable[DrawnForm], pen: Pen) -> bytes:
    """The PDF of these forms under a title, which may be empty."""
    sketch = Sketch(pen)
    if pen.preface:
        sketch.preface()
    if title:
        sketch.centred(title, 14.0)
    for form in drawn:
        sketch.form(form)
    return _write(sketch)


class Sketch:
    """Texts and portions of cells, page by page, before they become content streams."""

    def __init__(self, pen: Pen) -> None:
        self.pen, self.frame = pen, pen.frame()
        self.page, self.y = 0, pen.first_y
        self.texts: list[Text] = []
        self.portions: list[Portion] = []
        self._forms = 0

    def preface(self) -> None:
        """A page as before the forms in a department budget: prose and a table that is no declaration."""
        for paragraph in PROSE:
            for line in wrap(paragraph, self.frame.width / self.pen.font_size):
                self._line(line, self.frame.left, self.pen.font_size)
        row_height, column_width = self.frame.height(1), self.frame.width / 4
        for row in BUDGET:
            for column, text in enumerate(row):
                x = self.frame.left + column * column_width
                self._simple_cell(text, x, self.y, column_width, row_height)
            self.y += row_height
        self._new_page()

    def form(self, form: DrawnForm) -> None:
        """A heading and its table; the heading stays with the first rows."""
        room = len(form.heading) * 24.0 + self.frame.height(2) * 3
        wants_page = self._forms and self.pen.form_per_page
        if wants_page or self.y + room > self.frame.bottom:
            self._new_page()
        for number, line in enumerate(form.heading):
            self.centred(line, 9.0 if number else 12.0)
        setting = paginate(form.table, self.frame, wrap, self.page, self.y)
        self.portions += setting.portions
        self.page, self.y = setting.page, setting.y + 20.0
        self._forms += 1

    def centred(self, text: str, size: float) -> None:
        for line in wrap(text, self.frame.width / size):
            self._line(line, self.frame.left + (self.frame.width - em(line) * size) / 2, size)

    def _line(self, text: str, x: float, size: float) -> None:
        self.texts.append(Text(self.page, x, self.y + size, size, text))
        self.y += size * 1.6

    def _simple_cell(self, text: str, x: float, y: float, width: float, height: float) -> None:
        lines = (text,) if text else ()
        self.portions.append(Portion(self.page, x, y, x + width, y + height, lines, "center", True, False, False))

    def _new_page(self) -> None:
        self.page, self.y = self.page + 1, self.frame.top


def _write(sketch: Sketch) -> bytes:
    document = pymupdf.open()
    width, height = sketch.pen.page_size
    resources = ""
    for number in range(1 + max(portion.page for portion in sketch.portions)):
        page = document.new_page(width=width, height=height)
        resources = resources or f"<</Font<</F0 {chinese_font(document, page)} 0 R>>>>"
        document.xref_set_key(page.xref, "Resources", resources)
        content = document.get_new_xref()
        document.update_object(content, "<<>>")
        document.update_stream(content, _content(sketch, number, height).encode("ascii"), compress=False)
        page.set_contents(content)
    data: bytes = document.tobytes(no_new_id=True)
    return data


def chinese_font(document: pymupdf.Document, page: pymupdf.Page) -> int:
    """MuPDF's built-in Chinese font, its ASCII half as wide as a Han character."""
    font: int = page.insert_font(fontname="china-s")
    _, descendants = document.xref_get_key(font, "DescendantFonts")
    document.xref_set_key(int(descendants.strip("[] ").split()[0]), "W", "[1 95 500]")
    return font


def _content(sketch: Sketch, page: int, height: float) -> str:
    portions = sorted((p for p in sketch.portions if p.page == page), key=lambda p: (p.y0, p.x0))
    texts = [text for text in sketch.texts if text.page == page]
    texts += [text for portion in portions for text in portion_texts(portion, sketch.pen)]
    strokes = "\n".join(PAINTERS[sketch.pen.rules](portions))
    shown = "\n".join(_show(text, height) for text in texts)
    return f"q 1 0 0 -1 0 {height:g} cm\n{strokes}\nQ\n{shown}\n"


def _show(text: Text, height: float) -> str:
    code = text.text.encode("utf-16-be").hex()
    return f"BT /F0 {text.size:g} Tf 1 0 0 1 {text.x:.2f} {height - text.y:.2f} Tm <{code}> Tj ET"


def portion_texts(portion: Portion, pen: Pen) -> Iterator[Text]:
    size, padding, step = pen.font_size, pen.frame().padding, pen.frame().line_height
    slack = portion.y1 - portion.y0 - 2 * padding - len(portion.lines) * step
    top = portion.y0 + padding + (max(slack, 0) / 2 if pen.middle and portion.whole else 0)
    for number, line in enumerate(portion.lines):
        x = _aligned(portion, portion.align, em(line) * size, padding)
        yield Text(portion.page, x, top + number * step + size, size, line)


def _aligned(portion: Portion, align: Align, width: float, padding: float) -> float:
    if align == "left":
        return portion.x0 + padding
    if align == "right":
        return portion.x1 - padding - width
    return (portion.x0 + portion.x1 - width) / 2


def edges_of(portions: Iterable[Portion]) -> list[Edge]:
    """The borders of all cells, each stretch once, in a fixed order."""
    edges = {edge: None for portion in portions for edge in _portion_edges(portion)}
    return list(edges)


def _portion_edges(portion: Portion) -> Iterator[Edge]:
    x0, y0, x1, y1 = (round(value, 2) for value in (portion.x0, portion.y0, portion.x1, portion.y1))
    if not portion.open_above:
        yield Edge(x0, y0, x1, y0)
    if not portion.open_below:
        yield Edge(x0, y1, x1, y1)
    yield Edge(x0, y0, x0, y1)
    yield Edge(x1, y0, x1, y1)


def merged(edges: Iterable[Edge]) -> list[Edge]:
    """Stretches that touch or overlap on one line become one long rule, as word processors draw them."""
    runs: list[Edge] = []
    for edge in sorted(edges, key=lambda edge: (edge.y0 == edge.y1, edge.y0 if edge.y0 == edge.y1 else edge.x0, edge)):
        last = runs[-1] if runs else None
        if last and _goes_on(last, edge):
            runs[-1] = Edge(last.x0, last.y0, max(last.x1, edge.x1), max(last.y1, edge.y1))
        else:
            runs.append(edge)
    return runs


def _goes_on(last: Edge, edge: Edge) -> bool:
    if last.y0 == last.y1:
        return edge.y0 == edge.y1 == last.y0 and edge.x0 <= last.x1
    return edge.x0 == edge.x1 == last.x0 and edge.y0 <= last.y1


def stroke(edges: Iterable[Edge], width: float = 0.5) -> Iterator[str]:
    yield f"{width:g} w"
    yield from (f"{x0:g} {y0:g} m {x1:g} {y1:g} l S" for x0, y0, x1, y1 in edges)


def _lines(portions: list[Portion]) -> Iterator[str]:
    yield from stroke(merged(edges_of(portions)))


def _separate_edges(portions: list[Portion]) -> Iterator[str]:
    yield from stroke(edges_of(portions))


def _fills(portions: list[Portion]) -> Iterator[str]:
    """Rules as rectangles half a point thin, filled."""
    for x0, y0, x1, y1 in merged(edges_of(portions)):
        yield f"{x0 - 0.25:g} {y0 - 0.25:g} {x1 - x0 + 0.5:g} {y1 - y0 + 0.5:g} re f"


def _boxes(portions: list[Portion]) -> Iterator[str]:
    """A stroked rectangle for each cell; a cell that goes on over the page has its three sides stroked."""
    yield "0.5 w"
    for p in portions:
        if p.open_above or p.open_below:
            yield from stroke(_portion_edges(p))
        else:
            yield f"{p.x0:.2f} {p.y0:.2f} {p.x1 - p.x0:.2f} {p.y1 - p.y0:.2f} re S"


def _dashed(portions: list[Portion]) -> Iterator[str]:
    yield "[2 1] 0 d"
    yield from stroke(merged(edges_of(portions)))


def _double(portions: list[Portion]) -> Iterator[str]:
    """Two hairlines beside each other for each rule."""
    runs = merged(edges_of(portions))
    for shift in (-0.6, 0.6):
        yield from stroke((shifted(edge, shift) for edge in runs), 0.3)


def shifted(edge: Edge, by: float) -> Edge:
    x0, y0, x1, y1 = edge
    return Edge(x0, y0 + by, x1, y1 + by) if y0 == y1 else Edge(x0 + by, y0, x1 + by, y1)


def _grey(portions: list[Portion]) -> Iterator[str]:
    yield "0.7 G"
    yield from stroke(merged(edges_of(portions)), 1.0)


def _none(_: list[Portion]) -> Iterator[str]:
    """No rules at all."""
    return iter(())


def _level(portions: list[Portion]) -> Iterator[str]:
    """Level rules only, as in a table that is open at its sides."""
    yield from stroke(edge for edge in merged(edges_of(portions)) if edge.y0 == edge.y1)


def _frame(portions: list[Portion]) -> Iterator[str]:
    """Level rules, and upright ones at the table's two sides."""
    edges = merged(edges_of(portions))
    sides = {min(edge.x0 for edge in edges), max(edge.x1 for edge in edges)} if edges else set()
    yield from stroke(edge for edge in edges if edge.y0 == edge.y1 or edge.x0 in sides)


PAINTERS: Mapping[RuleStyle, Callable[[list[Portion]], Iterator[str]]] = {
    "lines": _lines,
    "edges": _separate_edges,
    "fills": _fills,
    "boxes": _boxes,
    "dashed": _dashed,
    "double": _double,
    "grey": _grey,
    "none": _none,
    "level": _level,
    "frame": _frame,
}
RULED: tuple[RuleStyle, ...] = ("lines", "edges", "fills", "boxes", "dashed", "double", "grey")
"""The styles that rule every cell."""
