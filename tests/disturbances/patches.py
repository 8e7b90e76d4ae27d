"""What is painted over texts, clipped away, struck out or hidden: the file has it, and nobody sees it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.disturbances.bases import lined_page, municipal_page, one_page
from tests.disturbances.edits import (
    GONE,
    inner,
    meaning,
    on_top,
    only_page,
    picture,
    some_row,
    with_target,
    without_row,
)
from tests.disturbances.ink import line, put, rectangle
from tests.disturbances.invention import Draft, bound
from tests.disturbances.leaves import Box, written
from tests.disturbances.protocol import Disturbed, at, at_fault, disturbance, lost, on
from tests.drawing.forms import DrawnTarget, Printed, expected
from tests.drawing.geometry import cropped
from tests.drawing.wrap import em


@disturbance("value under a white patch, another on it", one_page)
def _patched(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    index, name, value = some_row(leaf, chance)
    target = bound(chance, "%")
    text = value.texts[0]._replace(text=target.text)
    patched = leaf.over(rectangle(inner(value.box)), on_top(text))
    return meaning(draft, patched, at(1, name, value), says=with_target(draft, index, target))


@disturbance("value under a white patch", one_page)
def _patched_away(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    index, name, value = some_row(leaf, chance)
    patched = leaf.over(rectangle(inner(value.box)))
    return meaning(draft, patched, at(1, name, value), says=with_target(draft, index, GONE))


@disturbance("part of a value under a white patch", one_page)
@lost
def _partly_patched(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    _, name, value = some_row(leaf, chance)
    text = value.texts[0]
    half = text.x + em(text.text) * text.size / 2
    patched = leaf.over(rectangle((half, text.y - text.size, value.box.x1 - 1, text.y + 2)))
    return meaning(draft, patched, at(1, name, value))


@disturbance("row under a white box", one_page)
def _covered_row(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    index, name, value = some_row(leaf, chance)
    box = Box(name.box.x0 + 1, name.box.y0 + 1, value.box.x1 - 1, value.box.y1 - 1)
    return meaning(draft, leaf.over(rectangle(box)), at(1, name, value), says=without_row(draft, index))


@disturbance("amount under a white patch, another on it", municipal_page)
@at_fault
def _patched_amount(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    amount = leaf.of("amount")[-1]
    text = amount.texts[0]
    patched = leaf.over(rectangle(inner(amount.box)), on_top(text._replace(text="1.00")))
    says = draft.with_project(lambda project: replace(project, annual_other_funds=Printed.money("1.00")))
    return meaning(draft, patched, at(1, *leaf.of("amount")), says=says)


@disturbance("value under a picture", one_page)
def _under_a_picture(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    index, name, value = some_row(leaf, chance)
    pasted = leaf.finished(picture(inner(value.box), 255))
    return meaning(draft, pasted, at(1, name, value), says=with_target(draft, index, GONE))


@disturbance("white box with a word over the table", one_page)
def _sample_box(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    index, name, value = some_row(leaf, chance)
    box = Box(value.box.x0 + 2, value.box.y0 + 1, value.box.x1 - 2, value.box.y1 - 1)
    word = chance.choice(("样张", "另行通知"))
    marked = leaf.over(rectangle(box), put(word, box.x0 + 4, box.y1 - 4, 8.0, upside_down=True))
    target = DrawnTarget(word, "qualitative")
    return meaning(draft, marked, at(1, name, value), says=with_target(draft, index, target))


@disturbance("text clipped at the cell's edge", lined_page)
def _clipped(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    _, name, value = some_row(leaf, chance)
    x0, y0, x1, y1 = name.box
    size = name.texts[0].size
    shown = put(name.text, x1 - 0.6 * em(name.text) * size, y0 + size + 3, size, upside_down=True)
    clip = f"q {x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re W n {shown} Q"
    return meaning(draft, leaf.with_cell(name, None).over(clip), at(1, name, value))


@disturbance("text cut off at the cell's edge", lined_page)
def _cut_off(draft: Draft, chance: Random) -> Disturbed:
    """A long line that a spreadsheet cut where its cell ends: some characters half, the rest not at all."""
    leaf = only_page(draft)
    _, name, value = some_row(leaf, chance)
    x0, y0, x1, y1 = name.box
    size = name.texts[0].size
    shown = put(name.text + "及其他相关工作的完成情况说明材料", x0 + 3, y0 + size + 3, size, upside_down=True)
    clip = f"q {x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re W n {shown} Q"
    disturbed = meaning(draft, leaf.with_cell(name, None).over(clip), at(1, name, value))
    return replace(disturbed, wanted=_renamed(disturbed, name.text, name.text + "及其他相关工作的完成情况说明材料"))


def _renamed(disturbed: Disturbed, old: str, new: str) -> dict[str, object]:
    """The records with one row's name changed."""
    (project,) = disturbed.wanted["projects"]
    rows = [{**row, "level3": new} if row["level3"] == old else row for row in project["indicators"]]
    return {**disturbed.wanted, "projects": [{**project, "indicators": rows}]}


@disturbance("struck-through value beside its correction", one_page)
def _struck(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    index, name, value = some_row(leaf, chance)
    target = bound(chance, "%")
    old = value.texts[0]._replace(text=bound(chance, "%").text, x=value.box.x0 + 3)
    width = em(old.text) * old.size
    new = old._replace(x=old.x + width + 3, text=target.text)
    stroke = line(old.x, old.y - 0.35 * old.size, old.x + width, old.y - 0.35 * old.size, 0.6)
    struck = leaf.with_cell(value, replace(value, texts=(old, new))).over(stroke)
    return meaning(draft, struck, at(1, name, value), says=with_target(draft, index, target))


@disturbance("struck-through row", one_page)
def _struck_row(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    index, name, value = some_row(leaf, chance)
    texts = (*name.texts, *value.texts)
    strokes = [line(t.x, t.y - 0.35 * t.size, t.x + em(t.text) * t.size, t.y - 0.35 * t.size) for t in texts]
    return meaning(draft, leaf.over(*strokes), at(1, name, value), says=without_row(draft, index))


@disturbance("struck-through amount beside its correction", municipal_page)
def _struck_amount(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    amount = leaf.of("amount")[-1]
    old = amount.texts[0]._replace(text="9.00", x=amount.box.x0 + 3)
    stroke = line(old.x, old.y - 0.35 * old.size, old.x + 2 * old.size, old.y - 0.35 * old.size, 0.6)
    struck = leaf.with_cell(amount, replace(amount, texts=(old, *amount.texts))).over(stroke)
    return meaning(draft, struck, at(1, amount))


@disturbance("text beyond the crop box", one_page)
def _cropped(draft: Draft, chance: Random) -> Disturbed:
    data = cropped(written([only_page(draft)]), chance.choice((40.0, 120.0)))
    return Disturbed(data, expected(draft.disclosure), on(1))


@disturbance("texts drawn twice", one_page)
def _doubled(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    aside = chance.choice((0.0, 0.25, 0.5))
    cells = leaf.of(*chance.choice((("value",), ("name", "value"), ("label", "field", "amount"))))
    return meaning(draft, leaf.over(*(on_top(t._replace(x=t.x + aside)) for c in cells for t in c.texts)), on(1))


@disturbance("invisible value beside the visible", one_page)
def _invisible(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    _, name, value = some_row(leaf, chance)
    text = value.texts[0]
    hidden = text._replace(text="≥55(%)", x=text.x + em(text.text) * text.size + 4)
    way = chance.choice(("3 Tr", "1 1 1 rg"))
    return meaning(draft, leaf.over(f"q {way} {on_top(hidden)} Q"), at(1, name, value))
