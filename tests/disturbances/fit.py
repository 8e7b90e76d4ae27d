"""Texts that do not fit their cells, or stand otherwise beside their labels."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.disturbances.bases import lined_page, one_year_page
from tests.disturbances.edits import (
    NEAR,
    is_at,
    only_page,
)
from tests.disturbances.ink import line
from tests.disturbances.invention import Draft
from tests.disturbances.leaves import Box, Shown, Text
from tests.disturbances.protocol import Disturbed, at, disturbance, on, page_of
from tests.drawing.mupdf import Edge
from tests.drawing.wrap import em


@disturbance("underlines under all texts", lined_page)
def _underlined(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    roles = chance.choice((("field", "amount"), ("value",), ("field", "amount", "goal", "name", "value")))
    texts = [text for cell in leaf.cells if cell.role in roles for text in cell.texts]
    lines = [line(t.x, t.y + 1.6, t.x + em(t.text) * t.size, t.y + 1.6, 0.4) for t in texts]
    return page_of([leaf.over(*lines)], draft, on(1))


@disturbance("blanks filled in on lines", lined_page)
def _filled_blanks(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    around = chance.choice((0.0, 4.0, 12.0))
    roles = chance.choice((("field", "amount"), ("field", "amount", "name", "value"), ("label", "field", "goal")))
    shown = [(cell.box, text) for cell in leaf.cells if cell.role in roles for text in cell.texts]
    lines = [_line_around(box, text, around) for box, text in shown]
    return page_of([leaf.over(*lines)], draft, on(1))


def _line_around(box: Box, text: Text, around: float) -> str:
    """A line under a text that goes on under the blanks around it, within its cell."""
    x0, x1 = text.x, text.x + em(text.text) * text.size
    return line(max(box.x0 + 2, x0 - around), text.y + 1.6, min(box.x1 - 2, x1 + around), text.y + 1.6, 0.4)


@disturbance("wrapped texts in rows too low", lined_page)
def _too_low(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    name, value = chance.choice([row for row in leaf.rows() if len(row[0].texts) == 1 and len(row[0].text) >= 6])
    third = -(-len(name.text) // 3)
    parts = [name.text[start : start + third] for start in range(0, len(name.text), third)]
    size = name.texts[0].size
    middle = (name.box.y0 + name.box.y1) / 2 + size * 0.4
    texts = tuple(
        Text(name.box.x0 + 3, middle + (number - (len(parts) - 1) / 2) * size * 1.25, size, part)
        for number, part in enumerate(parts)
    )
    near = [cell for pair in leaf.rows() for cell in pair if abs(cell.box.y0 - name.box.y0) < 2.2 * name.box.height]
    return page_of([leaf.with_cell(name, replace(name, texts=texts))], draft, at(1, name, value, *near))


@disturbance("text past the frame", lined_page)
def _past_the_frame(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    name, value = chance.choice(leaf.rows())
    *kept, last = value.texts
    over = chance.choice((0.3, 0.6, 1.0)) * last.size
    moved = last._replace(x=value.box.x1 - em(last.text) * last.size + over)
    return page_of([leaf.with_cell(value, replace(value, texts=(*kept, moved)))], draft, at(1, name, value))


@disturbance("text into the next cell", lined_page)
def _into_the_next_cell(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    name, value = chance.choice(leaf.rows())
    *kept, last = name.texts
    moved = last._replace(x=name.box.x1 - (em(last.text) - chance.choice((0.6, 1.2))) * last.size)
    return page_of([leaf.with_cell(name, replace(name, texts=(*kept, moved)))], draft, at(1, name, value))


@disturbance("money labels above their amounts", one_year_page)
def _money_labels_above(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    old = [cell for cell in leaf.cells if cell.kind == "funds" and cell.role != "side"]
    labels, amounts = _annual(old)
    top, bottom = min(cell.box.y0 for cell in old), max(cell.box.y1 for cell in old)
    left, right = min(cell.box.x0 for cell in old), max(cell.box.x1 for cell in old)
    xs = [left + (right - left) * part / 4 for part in range(5)]
    middle = (top + bottom) / 2
    new = [
        replace(cell, box=Box(xs[n], y0, xs[n + 1], y1), texts=_two_lines(cell.text, xs[n], y0, draft.pen.font_size))
        for row, (y0, y1) in ((labels, (top, middle)), (amounts, (middle, bottom)))
        for n, cell in enumerate(row)
    ]
    kept = tuple(cell for cell in leaf.cells if cell not in old)
    inside = [
        edge for edge in leaf.rules if edge.x0 > left - NEAR and top + NEAR < (edge.y0 + edge.y1) / 2 < bottom - NEAR
    ]
    rules = [edge for edge in leaf.rules if edge not in inside]
    rules += [Edge(round(x, 2), round(top, 2), round(x, 2), round(bottom, 2)) for x in xs]
    rules += [Edge(round(left, 2), round(middle, 2), round(right, 2), round(middle, 2))]
    stacked = replace(leaf, cells=(*kept, *new), rules=tuple(rules))
    return page_of([stacked], draft, at(1, *new))


def _annual(cells: list[Shown]) -> tuple[list[Shown], list[Shown]]:
    """The labels and amounts of the right block, from top to bottom."""
    right = max(cell.box.x1 for cell in cells)
    amounts = sorted((cell for cell in cells if is_at(cell.box.x1, right)), key=lambda cell: cell.box.y0)
    labels = sorted((cell for cell in cells if is_at(cell.box.x1, amounts[0].box.x0)), key=lambda cell: cell.box.y0)
    return labels, amounts


def _two_lines(text: str, x: float, y: float, size: float) -> tuple[Text, ...]:
    half = text if len(text) < 9 or text[0].isdigit() else text[: len(text) // 2 + 1]
    lines = [part for part in (half, text[len(half) :]) if part]
    return tuple(Text(x + 3, y + 3 + (n + 1) * size, size, part) for n, part in enumerate(lines))
