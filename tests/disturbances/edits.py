"""Edits of drafts and pages that several kinds of disturbance make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from random import Random

import pymupdf

from tests.disturbances.ink import put
from tests.disturbances.invention import Draft
from tests.disturbances.leaves import Box, Finish, Leaf, Shown, Text, leaves, written
from tests.disturbances.protocol import Concern, Disturbed, rows_of, together
from tests.drawing.forms import DrawnIndicator, DrawnTarget, expected
from tests.drawing.mupdf import Edge

GONE = DrawnTarget("", "missing")


def only_page(draft: Draft) -> Leaf:
    (leaf,) = leaves(draft)
    return leaf


def some_row(leaf: Leaf, chance: Random) -> tuple[int, Shown, Shown]:
    """An indicator row of a page that has them all: its index, name and value."""
    rows = leaf.rows()
    index = chance.randrange(len(rows))
    return (index, *rows[index])


def signed_row(draft: Draft, leaf: Leaf, chance: Random) -> tuple[int, Shown, Shown]:
    """A row whose target begins with ≥."""
    signed = [n for n, row in enumerate(draft.disclosure.projects[0].indicators) if row.target.operator == ">="]
    index = chance.choice(signed)
    return (index, *leaf.rows()[index])


def with_target(draft: Draft, index: int, target: DrawnTarget) -> Draft:
    """The draft with another target in one row."""
    project = draft.disclosure.projects[0]
    rows = list(project.indicators)
    rows[index] = replace(rows[index], target=target)
    return draft.with_project(lambda one: replace(one, indicators=tuple(rows)))


def without_row(draft: Draft, index: int) -> Draft:
    project = draft.disclosure.projects[0]
    rows: list[DrawnIndicator] = list(project.indicators)
    del rows[index]
    return draft.with_project(lambda one: replace(one, indicators=tuple(rows)))


def inner(box: Box, by: float = 1.0) -> Box:
    return Box(box.x0 + by, box.y0 + by, box.x1 - by, box.y1 - by)


def on_top(text: Text) -> str:
    return put(text.text, text.x, text.y, text.size, upside_down=True)


def meaning(draft: Draft, leaf: Leaf, concern: Concern, *, says: Draft | None = None) -> Disturbed:
    """A page of one draft that a person reads as another."""
    return Disturbed(written([leaf]), expected((says or draft).disclosure), concern)


def picture(box: Box, grey: int) -> Finish:
    """Puts a plain picture on the page."""

    def paste(page: pymupdf.Page) -> None:
        pixels = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 60, 20), False)
        pixels.clear_with(grey)
        page.insert_image(pymupdf.Rect(*box), pixmap=pixels, keep_proportion=False)

    return paste


def with_name(draft: Draft, index: int, name: str) -> Draft:
    project = draft.disclosure.projects[0]
    rows = list(project.indicators)
    rows[index] = replace(rows[index], level3=name)
    return draft.with_project(lambda one: replace(one, indicators=tuple(rows)))


def rest_of(pages: list[Leaf], *, inserted: int = 0) -> Concern:
    """The rows after the first page, where so many pages were put in before them."""
    return together(*(rows_of(number + inserted, leaf) for number, leaf in enumerate(pages[1:], start=2)))


def lattice(x: float, y: float, widths: tuple[float, ...], heights: tuple[float, ...]) -> list[Edge]:
    """Rules of a table of columns and rows that begins at a point."""
    xs, ys = [x], [y]
    for width in widths:
        xs.append(xs[-1] + width)
    for height in heights:
        ys.append(ys[-1] + height)
    level = [Edge(x0, y, x1, y) for y in ys for x0, x1 in pairwise(xs)]
    upright = [Edge(x, y0, x, y1) for x in xs for y0, y1 in pairwise(ys)]
    return level + upright


NEAR = 0.1


def is_at(one: float, other: float) -> bool:
    return abs(one - other) < NEAR


def level_at(y: float, x0: float, x1: float) -> Callable[[Edge], bool]:
    """Whether a rule is not level at a height between two sides."""

    def keep(edge: Edge) -> bool:
        inside = edge.x0 >= x0 - NEAR and edge.x1 <= x1 + NEAR
        return not (edge.y0 == edge.y1 and is_at(edge.y0, y) and inside)

    return keep


def upright_at(x: float, y0: float, y1: float) -> Callable[[Edge], bool]:
    """Whether a rule is not upright at a place between two heights."""

    def keep(edge: Edge) -> bool:
        inside = edge.y0 >= y0 - NEAR and edge.y1 <= y1 + NEAR
        return not (edge.x0 == edge.x1 and is_at(edge.x0, x) and inside)

    return keep
