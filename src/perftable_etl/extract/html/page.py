"""A web page as its tables and the lines between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perftable_etl.characters.code_points import printed
from perftable_etl.document import Box, Flaw, LaidOutPage, Place
from perftable_etl.errors import TooManyCells, TruncatedFile
from perftable_etl.extract.html.encoding import decode_page
from perftable_etl.extract.html.flow import DataTable, Flow, FlowCell
from perftable_etl.extract.html.styles import read_styles
from perftable_etl.extract.html.walk import fill
from perftable_etl.extract.tables import TableCell, build_grid, lines_above, lines_from
from perftable_etl.tables import TableDocument
from perftable_etl.web.pages import Tree, excess, parsed

_SHORTEST_TITLE = 6
"""Characters. A shorter line at the beginning of a title is the name of a site, or of one of its parts."""

_END = re.compile(r"</(?:body|html)\s*>")

MOST_TAGS = 1_000_000
"""A page of more is no disclosure: a hundred forms, each character with tags of its own, have fewer."""


def read_html(data: bytes) -> TableDocument:
    """A web page held in memory; nothing that it refers to is fetched.

    Raises NotText, TruncatedFile, and TooManyCells where it has more than a page for people.
    """
    return document_of(read_flow(decode_page(data)))


def read_flow(text: str) -> Flow:
    """What is seen on a page whose characters are known, the addresses of its frames as lines.

    Raises TooManyCells and TruncatedFile.
    """
    text = printed(text)
    if too_much := excess(text.encode("utf-8", "replace"), MOST_TAGS):
        raise TooManyCells(f"{too_much}, too many for a web page; give the part of it that has the forms")
    _require_end(text)
    tree = parsed(text)
    body = tree.body
    flow = fill(body, read_styles((node.text() for node in tree.css("style")), text)) if body else Flow()
    flow.items += (node.attributes.get("src") or "" for node in tree.css("frame"))
    _put_title_first(flow, tree)
    return flow


def document_of(flow: Flow) -> TableDocument:
    """What is seen on a page, or on several, by its tables."""
    return TableDocument(tuple(_pages(flow)))


def _require_end(text: str) -> None:
    """Raises TruncatedFile where a table is open and the page is, too: its other rows are missing."""
    lower = text.lower()
    is_open = lower.count("<table") > lower.count("</table")
    if is_open and not _END.search(lower):
        raise TruncatedFile("its end is missing, in a table; fetch the page again")


def _put_title_first(flow: Flow, tree: Tree) -> None:
    """Adds the title of the window, unless the page prints it too; the name of the site may follow there."""
    node = tree.css_first("title")
    title = " ".join(node.text().split()) if node else ""
    printed_lines = (line for line in flow.lines if len(line) >= min(_SHORTEST_TITLE, len(title)))
    if title and not any(map(title.startswith, printed_lines)):
        flow.items.insert(0, title)


def _pages(flow: Flow) -> Iterator[LaidOutPage]:
    """A page for each table with the lines above it; those below the last stand on its page."""
    above: list[str] = []
    last: LaidOutPage | None = None
    end = 0
    group = 0
    for item in _with_heads_as_lines(flow.items):
        if isinstance(item, str):
            above.append(item)
            continue
        number = last.number + 1 if last else 1
        group += bool(above)
        grid = build_grid(map(_table_cell, item.cells), number, group)
        if last and grid:
            yield last
        if grid:
            last = LaidOutPage(number, (*lines_above(above, number), grid), flaws=tuple(_flaws(item, number)))
            end = item.row_count
            above.clear()
    rest = lines_from(above, last.number if last else 1, end)
    if last is None:
        yield LaidOutPage(1, rest)
    else:
        yield LaidOutPage(last.number, (*last.blocks, *rest), flaws=last.flaws)


def _with_heads_as_lines(items: Sequence[str | DataTable]) -> Iterator[str | DataTable]:
    """The same, but a table of one row between text and a table of several is its heading: the year, the unit."""
    for before, item, below in zip(("", *items), items, (*items[1:], ""), strict=False):
        is_above = isinstance(below, DataTable) and below.row_count > 1
        if isinstance(item, DataTable) and item.row_count == 1 and is_above and isinstance(before, str):
            yield from (line for cell in item.cells for line in cell.content.lines)
        else:
            yield item


def _table_cell(cell: FlowCell) -> TableCell:
    return TableCell(cell.content.text, cell.row, cell.column, cell.row_span, cell.column_span)


def _flaws(table: DataTable, number: int) -> Iterator[Flaw]:
    """What cells show that their texts do not say."""
    for cell in table.cells:
        end_column = cell.column + cell.column_span
        place = Place(number, Box(float(cell.column), cell.row, float(end_column), cell.row + cell.row_span))
        if cell.content.struck:
            yield Flaw("ruled_through", " ".join(cell.content.struck), place)
        if cell.content.has_picture:
            yield Flaw("drawn", cell.content.text, place)
