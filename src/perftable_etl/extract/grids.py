"""From a page of words and rules to lines and grids, by geometry alone.

The text of a cell is the words whose middle lies in it, in reading order, printed line breaks kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import inf
from typing import NamedTuple

from perftable_etl.document import Block, Box, Cell, Flaw, Grid, LaidOutPage, Line, Page, Place, Word, least_confidence
from perftable_etl.extract.cell_areas import find_cell_areas, place_words
from perftable_etl.extract.comments import place_comments, struck_out
from perftable_etl.extract.flaws import flaws_of_leading, flaws_of_lines, flaws_of_rules, partly_hidden
from perftable_etl.extract.joined_cells import CellWords, crowded_cells, part_joined
from perftable_etl.extract.missing_floors import Floor, missing_floor
from perftable_etl.extract.pictures import drawn_in
from perftable_etl.extract.ruling import Outline, find_outlines
from perftable_etl.extract.spilled_lines import with_spilled_lines
from perftable_etl.extract.struck import as_read
from perftable_etl.extract.torn_words import overlaps_of, torn_words, with_overflows, without_stray_walls
from perftable_etl.geometry.boxes import around_words
from perftable_etl.geometry.reading_order import line_text, split_lines
from perftable_etl.geometry.transform import turn
from perftable_etl.quick_tuples import maker

_box, _place = maker(Box), maker(Place)
_cell, _cell_words = maker(Cell), maker(CellWords)


def lay_out(page: Page) -> LaidOutPage:
    """Everything on a page as lines and grids, from top to bottom."""
    laid_out = place_comments(_lay_out(page), page.comments)
    return _on_paper(laid_out, page) if page.skew else laid_out


def _lay_out(page: Page) -> LaidOutPage:
    """The same of a page that lies level, without what was written over it later."""
    words: Sequence[Word] = page.words
    blocks: list[Block] = []
    flaws: list[Flaw] = []
    outlines = find_outlines(page)
    for outline in outlines:
        grid, words, flaws_of_grid, floor = build_grid(outline, words, page.number)
        if floor:
            return _with_floor(page, floor)
        blocks.append(grid)
        flaws += flaws_of_grid
    if blocks:
        ruled = list(flaws_of_rules(page, sorted({y for outline in outlines for y in outline.ys})))
        if ruled and (read := as_read(page, ruled)):
            laid_out = _lay_out(read)
            return replace(laid_out, flaws=(*laid_out.flaws, *ruled))
        flaws += ruled
        flaws += partly_hidden(page)
        flaws += struck_out(page)
        flaws += (flaw for block in blocks if isinstance(block, Grid) for flaw in drawn_in(block, page))
    gutter = _gutter(page, [block.place.box for block in blocks], words)
    blocks += _lines(words, gutter, page.number)
    blocks.sort(key=lambda block: (block.place.box.x0 >= gutter, block.place.box.y0))
    return LaidOutPage(page.number, tuple(blocks), page.is_scan, page.noise, tuple(flaws))


def _with_floor(page: Page, floor: Floor) -> LaidOutPage:
    """A page as it is with a rule that is missing between two rows, and what says so of the cells above it."""
    laid_out = _lay_out(replace(page, rules=(*page.rules, *floor.rules())))
    cells = (cell for block in laid_out.blocks if isinstance(block, Grid) for cell in block.cells)
    upper = (cell for cell in cells if cell.text and floor.is_below(cell.place.box))
    return replace(laid_out, flaws=(*laid_out.flaws, *(Flaw("rule_missing", cell.text, cell.place) for cell in upper)))


def _gutter(page: Page, tables: Sequence[Box], words: Sequence[Word]) -> float:
    """Where a sheet that is wider than high parts two pages printed side by side; past its edge where it is one page.

    Tables stand on both sides of its middle, and neither a table nor a word outside of them reaches over it.
    """
    middle = page.width / 2
    is_two = any(box.x1 <= middle for box in tables) and any(box.x0 >= middle for box in tables)
    across = any(box.x0 < middle < box.x1 for box in (*tables, *(word.box for word in words)))
    return middle if page.width > page.height and is_two and not across else inf


def _lines(words: Sequence[Word], gutter: float, page_number: int) -> Iterator[Line]:
    """The words outside of tables as printed lines, none of which reaches over the gutter."""
    left, right = (word for word in words if word.box.x0 < gutter), (word for word in words if word.box.x0 >= gutter)
    for line in (*split_lines(list(left)), *split_lines(list(right))):
        yield Line(line_text(line), Place(page_number, around_words(line)))


def _on_paper(laid_out: LaidOutPage, page: Page) -> LaidOutPage:
    """A levelled page with every place where the paper has it; the columns' boundaries stay level."""
    back = turn(page.skew, page.width, page.height)

    def on_paper(place: Place) -> Place:
        return Place(place.page, back.box(place.box))

    def block_on_paper(block: Block) -> Block:
        if isinstance(block, Line):
            return Line(block.text, on_paper(block.place))
        cells = tuple(cell._replace(place=on_paper(cell.place)) for cell in block.cells)
        return replace(block, cells=cells, place=on_paper(block.place))

    noise = tuple(item._replace(place=on_paper(item.place)) for item in laid_out.noise)
    flaws = tuple(item._replace(place=on_paper(item.place)) for item in laid_out.flaws)
    return replace(laid_out, blocks=tuple(map(block_on_paper, laid_out.blocks)), noise=noise, flaws=flaws)


class FilledGrid(NamedTuple):
    """A grid with its texts, the words that lie outside it, what is doubtful about how its texts are printed.

    `missing` is a rule that should part two of its rows.
    """

    grid: Grid
    outside: list[Word]
    flaws: list[Flaw]
    missing: Floor | None


def build_grid(outline: Outline, words: Sequence[Word], page_number: int) -> FilledGrid:
    """The grid inside `outline` with the words that lie in it, and the words that do not."""
    xs, ys = outline.xs, outline.ys
    areas = find_cell_areas(outline)
    contents, outside, at_walls = place_words(words, areas, outline)
    filled = list(map(_cell_words, zip(areas, contents, strict=True)))
    torn = torn_words(at_walls, filled, xs)
    if torn:
        whole = without_stray_walls(outline, torn, filled)
        if whole is not outline:
            return build_grid(whole, words, page_number)
        filled = with_overflows(filled, torn)
    filled = part_joined(filled, xs, ys, outline.walls)
    printed = _printed(filled, outline, page_number)
    leading = list(flaws_of_leading(printed.in_lines))
    is_spilled = any(flaw.kind == "lines_close" for flaw in leading)
    if is_spilled:
        printed = _printed(with_spilled_lines(filled, printed.lines), outline, page_number)
    flaws = [flaw for lines, place in printed.in_lines for flaw in flaws_of_lines(lines, place)]
    flaws += leading
    if torn or is_spilled or any(word.box.x1 > xs[areas[index].end_column] for index, word in at_walls):
        flaws += (Flaw("texts_overlap", text, Place(page_number, box)) for text, box in overlaps_of(printed.filled, xs))
    grid = Grid(printed.cells, len(ys) - 1, xs, Place(page_number, outline.box))
    return FilledGrid(grid, outside, flaws, missing_floor(printed.filled, printed.lines, outline))


class _PrintedCells(NamedTuple):
    """Cells and their words, the lines of each that has several, and these with the cell's place."""

    filled: Sequence[CellWords]
    lines: list[list[list[Word]]]
    cells: tuple[Cell, ...]
    in_lines: list[tuple[list[list[Word]], Place]]


def _printed(filled: Sequence[CellWords], outline: Outline, page_number: int) -> _PrintedCells:
    crowded = list(crowded_cells(filled))
    lines: list[list[list[Word]]] = [[]] * len(filled)
    for index in crowded:
        lines[index] = split_lines(filled[index].words)
    cells = tuple(_cells(filled, lines, outline, page_number))
    return _PrintedCells(filled, lines, cells, [(lines[index], cells[index].place) for index in crowded])


def _cells(
    filled: Iterable[CellWords], lines: Iterable[list[list[Word]]], outline: Outline, page_number: int
) -> Iterator[Cell]:
    """Cells with their words, and the printed lines of each where its words are more than one."""
    xs, ys, floors = outline.xs, outline.ys, outline.floors
    last_row = len(ys) - 1
    for ((row, column, end_row, end_column), words), printed in zip(filled, lines, strict=True):
        yield _cell(
            (
                "\n".join(map(line_text, printed)) if printed else words[0].text if words else "",
                row,
                column,
                end_row - row,
                end_column - column,
                _place((page_number, _box((xs[column], ys[row], xs[end_column], ys[end_row])))),
                row == 0 and _is_open(floors[0], column, end_column),
                end_row == last_row and _is_open(floors[-1], column, end_column),
                (),
                _confidence(words) if words and words[0].confidence is not None else None,
            )
        )


def _is_open(floor: int, column: int, end_column: int) -> bool:
    """Whether no rule is drawn along some columns of a boundary, of which `floor` says where it is drawn."""
    return not floor & ((1 << end_column) - (1 << column))


def _confidence(words: Iterable[Word]) -> float | None:
    """That of the least certain word; of a text layer, the first word tells that none has any."""
    return least_confidence(word.confidence for word in words)
