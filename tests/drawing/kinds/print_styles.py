"""The ways in which a drawn form becomes a file: PDF with rules and without, text, web pages, office documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.drawing.flatten import Broken, Tabbed, broken_forms, printed_text, tabbed_forms
from tests.drawing.kinds.choice import Choice
from tests.drawing.kinds.drawn import Drawn
from tests.drawing.mupdf import RULED, Pen, RuleStyle, draw_forms
from tests.drawing.office_ods import write_ods
from tests.drawing.office_sheet import SheetStyle, write_xlsx
from tests.drawing.office_word import WordStyle, write_docx
from tests.drawing.table import DrawnForm
from tests.drawing.web import ENCODINGS, FRAMES, Web, web_forms

PrintStyle = Callable[[Choice, Drawn], tuple[str, bytes]]
"""The name and the bytes of a file."""

_CROWDED = 9
"""Columns. More need a page on its side."""


def ruled(choose: Choice, drawn: Drawn) -> tuple[str, bytes]:
    """A PDF with rules around every cell."""
    return "ruled.pdf", draw_forms("", [drawn.form], _pen(choose, drawn, RULED))


def unruled(choose: Choice, drawn: Drawn) -> tuple[str, bytes]:
    """A PDF without rules."""
    return "unruled.pdf", draw_forms("", [drawn.form], _pen(choose, drawn, ("none",)))


def tabs(choose: Choice, drawn: Drawn) -> tuple[str, bytes]:
    """Tabs between cells, and blanks for what merged cells span, as from a spreadsheet."""
    return "tabs.txt", tabbed_forms("", [drawn.form], Tabbed(spans=True)).encode()


def web_tabs(choose: Choice, drawn: Drawn) -> tuple[str, bytes]:
    """Tabs between cells, and nothing for what merged cells span, as copied from a browser."""
    return "web.txt", _without_spans(drawn.form).encode()


def broken(choose: Choice, drawn: Drawn) -> tuple[str, bytes]:
    """Broken lines with blank lines inside the cells."""
    style = Broken(total=choose.one_of((44.0, 52.0)), spaced=choose.flag(), loose=choose.flag())
    return "broken.txt", broken_forms("", [drawn.form], style).encode()


def printed(choose: Choice, drawn: Drawn) -> tuple[str, bytes]:
    """A line for each printed line."""
    return "printed.txt", printed_text(draw_forms("", [drawn.form], Pen(landscape=drawn.columns > _CROWDED))).encode()


def web(choose: Choice, drawn: Drawn) -> tuple[str, bytes]:
    """A web page."""
    style = Web(
        frame=choose.one_of(FRAMES),
        breaks=choose.one_of(("br", "p")),
        wrapped=choose.flag(),
        entities=choose.flag(),
        loose=choose.flag(),
        hidden=choose.flag(),
        encoding=choose.one_of(ENCODINGS),
    )
    return "web.html", web_forms("", [drawn.form], style)


def docx(choose: Choice, drawn: Drawn) -> tuple[str, bytes]:
    """A Word document."""
    flags = [choose.flag() for _ in range(6)]
    return "form.docx", write_docx([drawn.form], WordStyle(*flags))


def xlsx(choose: Choice, drawn: Drawn) -> tuple[str, bytes]:
    """An Excel workbook, its table ruled or not."""
    row, column = choose.integer(0, 6), choose.integer(0, 2)
    style = SheetStyle(row, column, ruled=choose.flag(), typed=choose.flag())
    return "form.xlsx", write_xlsx([drawn.form], style)


def ods(choose: Choice, drawn: Drawn) -> tuple[str, bytes]:
    """An OpenDocument sheet."""
    return "form.ods", write_ods([drawn.form], choose.integer(0, 2))


STYLES: Mapping[str, PrintStyle] = {
    style.__name__: style for style in (ruled, unruled, tabs, web_tabs, broken, printed, web, docx, xlsx, ods)
}

CERTAIN = ("ruled", "tabs", "web_tabs", "web", "docx", "xlsx", "ods")
"""The styles that keep the cells of a row apart."""

LOOSE = ("unruled", "broken", "printed")
"""The styles in which cells may run together, so that a form may be told instead of read."""


def _pen(choose: Choice, drawn: Drawn, rules: tuple[RuleStyle, ...]) -> Pen:
    return Pen(
        rules=choose.one_of(rules),
        font_size=choose.one_of((9.0, 7.5)),
        landscape=drawn.columns > _CROWDED or choose.flag(),
        page_break=choose.one_of(("closed", "open", "reprinted")),
        middle=choose.flag(),
        first_y=choose.one_of((60.0, 200.0)),
    )


def _without_spans(form: DrawnForm) -> str:
    table = form.table
    rows = ("\t".join(cell.text.replace("\n", " ") for cell in table.row(row)) for row in range(len(table.rows)))
    return "".join(f"{line}\n" for line in (*form.heading, *rows))
