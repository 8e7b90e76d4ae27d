"""Signs, values and pages that are no text: paths, pictures, fonts with odd boxes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pymupdf

from tests.disturbances.bases import municipal_page, one_page, over_pages, signed_page
from tests.disturbances.edits import (
    meaning,
    only_page,
    signed_row,
    some_row,
)
from tests.disturbances.ink import line, tall
from tests.disturbances.invention import Draft
from tests.disturbances.leaves import Leaf, Shown, Text, leaves, written
from tests.disturbances.outlines import outlines, pasted
from tests.disturbances.protocol import Disturbed, anywhere, at, disturbance, in_images, on, page_of, rows_of, together
from tests.drawing.broken_fonts import MAPS, Map, digits, only, remapped, unloadable
from tests.drawing.forms import expected
from tests.drawing.wrap import em


def _unsigned(value: Shown) -> Shown:
    """A value without its first character, the rest where it was."""
    first, *rest = value.texts
    moved = first._replace(x=first.x + first.size, text=first.text[1:])
    return replace(value, texts=(moved, *rest))


def _with_drawn_sign(draft: Draft, chance: Random, put: Callable[[Leaf, Text], Leaf]) -> Disturbed:
    """A sign is no text: it is put on the page otherwise."""
    leaf = only_page(draft)
    _, name, value = signed_row(draft, leaf, chance)
    sign = value.texts[0]._replace(text=value.text[:1])
    return meaning(draft, put(leaf.with_cell(value, _unsigned(value)), sign), at(1, name, value))


def _path_of(sign: Text) -> str:
    """The sign ≥ as three strokes."""
    x, y, s, _text = sign
    return (
        f"q 0.7 w {x:.2f} {y - 0.8 * s:.2f} m {x + 0.7 * s:.2f} {y - 0.45 * s:.2f} l {x:.2f} {y - 0.15 * s:.2f} l S "
        f"{x:.2f} {y:.2f} m {x + 0.7 * s:.2f} {y:.2f} l S Q"
    )


@disturbance("≥ as > with a line under it", signed_page)
def _underlined_greater(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    _, name, value = signed_row(draft, leaf, chance)
    text = value.texts[0]
    sign = chance.choice((">", "＞"))
    changed = leaf.with_cell(value, replace(value, texts=(text._replace(text=sign + text.text[1:]), *value.texts[1:])))
    stroke = line(text.x, text.y + 0.8, text.x + em(sign) * text.size, text.y + 0.8, 0.5)
    return meaning(draft, changed.over(stroke), at(1, name, value))


@disturbance("≥ as a path", signed_page)
@in_images
def _sign_as_path(draft: Draft, chance: Random) -> Disturbed:
    return _with_drawn_sign(draft, chance, lambda leaf, sign: leaf.over(_path_of(sign)))


@disturbance("≥ as a picture", signed_page)
@in_images
def _sign_as_picture(draft: Draft, chance: Random) -> Disturbed:
    return _with_drawn_sign(draft, chance, lambda leaf, sign: leaf.finished(pasted(sign)))


@disturbance("≥ in outlines", signed_page)
@in_images
def _sign_in_outlines(draft: Draft, chance: Random) -> Disturbed:
    return _with_drawn_sign(draft, chance, lambda leaf, sign: leaf.over(*outlines(sign)))


@disturbance("value as paths", one_page)
@in_images
def _value_as_paths(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    _, name, value = some_row(leaf, chance)
    return meaning(draft, leaf.with_cell(value, None).over(*_paths(value)), at(1, name, value))


def _paths(cell: Shown) -> list[str]:
    return [path for text in cell.texts for path in outlines(text)]


@disturbance("name as paths", one_page)
@in_images
def _name_as_paths(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    _, name, value = some_row(leaf, chance)
    return meaning(draft, leaf.with_cell(name, None).over(*_paths(name)), at(1, name, value))


@disturbance("all values as paths", one_page)
@in_images
def _values_as_paths(draft: Draft, chance: Random) -> Disturbed:
    leaf = bare = only_page(draft)
    for value in leaf.of("value"):
        bare = bare.with_cell(value, None).over(*_paths(value))
    return meaning(draft, bare, at(1, *leaf.of("name", "value")))


@disturbance("value as a picture", one_page)
@in_images
def _value_as_picture(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    _, name, value = some_row(leaf, chance)
    return meaning(draft, leaf.with_cell(value, None).finished(pasted(*value.texts)), at(1, name, value))


@disturbance("amount as a picture", municipal_page)
@in_images
def _amount_as_picture(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    amount = chance.choice([cell for cell in leaf.of("amount") if cell.text != "0.00"])
    bare = leaf.with_cell(amount, None).finished(pasted(*amount.texts))
    return meaning(draft, bare, at(1, amount, *leaf.of("amount")))


@disturbance("page of outlines", one_page)
@in_images
def _page_of_outlines(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    return meaning(draft, _outlined(leaf), anywhere(1))


def _outlined(leaf: Leaf) -> Leaf:
    texts = [*leaf.lines, *(text for cell in leaf.cells for text in cell.texts)]
    cells = tuple(replace(cell, texts=()) for cell in leaf.cells)
    return replace(leaf, cells=cells, lines=()).over(*(path for text in texts for path in outlines(text)))


@disturbance("second page of outlines", over_pages)
@in_images
def _second_page_of_outlines(draft: Draft, chance: Random) -> Disturbed:
    first, second, *others = leaves(draft)
    return page_of([first, _outlined(second), *others], draft, together(rows_of(2, second), on(2)))


@disturbance("second page a picture", over_pages)
@in_images
def _second_page_a_picture(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    with pymupdf.open("pdf", written(pages)) as document:
        pixels = document[1].get_pixmap(dpi=200)
    sheet = Leaf(*draft.pen.page_size).finished(lambda page: page.insert_image(page.rect, pixmap=pixels) and None)
    return page_of([pages[0], sheet, *pages[2:]], draft, on(2))


@disturbance("signs with tall boxes", signed_page)
def _tall_signs(draft: Draft, chance: Random) -> Disturbed:
    leaf = tall_leaf = only_page(draft)
    for value in leaf.of("value"):
        text = value.texts[0]
        if text.text[0] in "≥≤":
            rest = replace(value, texts=value.texts[1:])
            shown = tall(text.text[0], text.text[1:], text.x, text.y, text.size)
            tall_leaf = tall_leaf.with_cell(value, rest).over(shown)
    return meaning(draft, tall_leaf, at(1, *leaf.of("value")))


def _with_broken_font(draft: Draft, broken: Map) -> Disturbed:
    """The form in a font whose map to Unicode says something else of some characters."""
    data = remapped(written(leaves(draft)), broken)
    return Disturbed(data, expected(draft.disclosure), anywhere(1))


@disturbance("fonts that cannot be loaded", one_page)
def _unloadable_fonts(draft: Draft, chance: Random) -> Disturbed:
    """Their maps to Unicode still say which characters stand on the page."""
    return Disturbed(unloadable(written(leaves(draft))), expected(draft.disclosure), anywhere(1))


@disturbance("font that says nothing", one_page)
@in_images
def _silent_font(draft: Draft, chance: Random) -> Disturbed:
    return _with_broken_font(draft, MAPS[chance.choice(("unknown", "private"))])


@disturbance("font that says other characters", one_page)
@in_images
def _lying_font(draft: Draft, chance: Random) -> Disturbed:
    return _with_broken_font(draft, MAPS[chance.choice(("next_page_of_unicode", "any_ideograph", "glyph_numbers"))])


@disturbance("font whose digits say nothing", one_page)
@in_images
def _silent_digits(draft: Draft, chance: Random) -> Disturbed:
    return _with_broken_font(draft, only(MAPS[chance.choice(("unknown", "private"))], digits))
