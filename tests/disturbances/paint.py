"""What lies on the page: patches, pictures, seals, comments, clipped and struck text, and signs that are no text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pymupdf

from tests.disturbances.bases import lined_page, municipal_page, one_page, over_pages, signed_page
from tests.disturbances.ink import line, put, rectangle, tall
from tests.disturbances.invention import Draft, bound
from tests.disturbances.leaves import Box, Finish, Leaf, Shown, Text, leaves, written
from tests.disturbances.protocol import Concern, Disturbed, anywhere, at, disturbance, on, page_of, rows_of, together
from tests.drawing.forms import DrawnIndicator, DrawnTarget, expected
from tests.drawing.geometry import cropped
from tests.drawing.overprint import Overprint, Seal, Watermark, overprint
from tests.drawing.wrap import em

GONE = DrawnTarget("", "missing")


def _page(draft: Draft) -> Leaf:
    (leaf,) = leaves(draft)
    return leaf


def _some_row(leaf: Leaf, chance: Random) -> tuple[int, Shown, Shown]:
    """An indicator row of a page that has them all: its index, name and value."""
    rows = leaf.rows()
    index = chance.randrange(len(rows))
    return (index, *rows[index])


def _signed_row(draft: Draft, leaf: Leaf, chance: Random) -> tuple[int, Shown, Shown]:
    """A row whose target begins with ≥."""
    signed = [n for n, row in enumerate(draft.disclosure.projects[0].indicators) if row.target.operator == ">="]
    index = chance.choice(signed)
    return (index, *leaf.rows()[index])


def _with_target(draft: Draft, index: int, target: DrawnTarget) -> Draft:
    """The draft with another target in one row."""
    project = draft.disclosure.projects[0]
    rows = list(project.indicators)
    rows[index] = replace(rows[index], target=target)
    return draft.with_project(lambda one: replace(one, indicators=tuple(rows)))


def _without_row(draft: Draft, index: int) -> Draft:
    project = draft.disclosure.projects[0]
    rows: list[DrawnIndicator] = list(project.indicators)
    del rows[index]
    return draft.with_project(lambda one: replace(one, indicators=tuple(rows)))


def _inner(box: Box, by: float = 1.0) -> Box:
    return Box(box.x0 + by, box.y0 + by, box.x1 - by, box.y1 - by)


def _on_top(text: Text) -> str:
    return put(text.text, text.x, text.y, text.size, upside_down=True)


def _meaning(draft: Draft, leaf: Leaf, concern: Concern, *, says: Draft | None = None) -> Disturbed:
    """A page of one draft that a person reads as another."""
    return Disturbed(written([leaf]), expected((says or draft).disclosure), concern)


@disturbance("value under a white patch, another on it", one_page)
def _patched(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    index, name, value = _some_row(leaf, chance)
    target = bound(chance, "%")
    text = value.texts[0]._replace(text=target.text)
    patched = leaf.over(rectangle(_inner(value.box)), _on_top(text))
    return _meaning(draft, patched, at(1, name, value), says=_with_target(draft, index, target))


@disturbance("value under a white patch", one_page)
def _patched_away(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    index, name, value = _some_row(leaf, chance)
    patched = leaf.over(rectangle(_inner(value.box)))
    return _meaning(draft, patched, at(1, name, value), says=_with_target(draft, index, GONE))


@disturbance("part of a value under a white patch", one_page)
def _partly_patched(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    _, name, value = _some_row(leaf, chance)
    text = value.texts[0]
    half = text.x + em(text.text) * text.size / 2
    patched = leaf.over(rectangle((half, text.y - text.size, value.box.x1 - 1, text.y + 2)))
    return replace(_meaning(draft, patched, at(1, name, value)), must_be_told=True)


@disturbance("row under a white box", one_page)
def _covered_row(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    index, name, value = _some_row(leaf, chance)
    box = Box(name.box.x0 + 1, name.box.y0 + 1, value.box.x1 - 1, value.box.y1 - 1)
    return _meaning(draft, leaf.over(rectangle(box)), at(1, name, value), says=_without_row(draft, index))


@disturbance("amount under a white patch, another on it", municipal_page)
def _patched_amount(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    amount = leaf.of("amount")[-1]
    text = amount.texts[0]
    patched = leaf.over(rectangle(_inner(amount.box)), _on_top(text._replace(text="1.00")))
    concern = at(1, *leaf.of("amount"))
    return replace(_meaning(draft, patched, concern), must_be_told=True)


@disturbance("value under a picture", one_page)
def _under_a_picture(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    index, name, value = _some_row(leaf, chance)
    pasted = leaf.finished(_picture(_inner(value.box), 255))
    return _meaning(draft, pasted, at(1, name, value), says=_with_target(draft, index, GONE))


def _picture(box: Box, grey: int) -> Finish:
    """Puts a plain picture on the page."""

    def paste(page: pymupdf.Page) -> None:
        pixels = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 60, 20), False)
        pixels.clear_with(grey)
        page.insert_image(pymupdf.Rect(*box), pixmap=pixels, keep_proportion=False)

    return paste


@disturbance("white box with a word over the table", one_page)
def _sample_box(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    index, name, value = _some_row(leaf, chance)
    box = Box(value.box.x0 + 2, value.box.y0 + 1, value.box.x1 - 2, value.box.y1 - 1)
    word = chance.choice(("样张", "略", "待定"))
    marked = leaf.over(rectangle(box), put(word, box.x0 + 4, box.y1 - 4, 8.0, upside_down=True))
    target = DrawnTarget(word, "qualitative")
    return _meaning(draft, marked, at(1, name, value), says=_with_target(draft, index, target))


@disturbance("text clipped at the cell's edge", lined_page)
def _clipped(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    _, name, value = _some_row(leaf, chance)
    x0, y0, x1, y1 = name.box
    size = name.texts[0].size
    shown = put(name.text, x1 - 0.6 * em(name.text) * size, y0 + size + 3, size, upside_down=True)
    clip = f"q {x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re W n {shown} Q"
    return _meaning(draft, leaf.with_cell(name, None).over(clip), at(1, name, value))


@disturbance("text cut off at the cell's edge", lined_page)
def _cut_off(draft: Draft, chance: Random) -> Disturbed:
    """A long line that a spreadsheet cut where its cell ends: some characters half, the rest not at all."""
    leaf = _page(draft)
    _, name, value = _some_row(leaf, chance)
    x0, y0, x1, y1 = name.box
    size = name.texts[0].size
    shown = put(name.text + "及其他相关工作的完成情况说明材料", x0 + 3, y0 + size + 3, size, upside_down=True)
    clip = f"q {x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re W n {shown} Q"
    disturbed = _meaning(draft, leaf.with_cell(name, None).over(clip), at(1, name, value))
    return replace(disturbed, wanted=_renamed(disturbed, name.text, name.text + "及其他相关工作的完成情况说明材料"))


def _renamed(disturbed: Disturbed, old: str, new: str) -> dict[str, object]:
    """The records with one row's name changed."""
    (project,) = disturbed.wanted["projects"]
    rows = [{**row, "level3": new} if row["level3"] == old else row for row in project["indicators"]]
    return {**disturbed.wanted, "projects": [{**project, "indicators": rows}]}


@disturbance("struck-through value beside its correction", one_page)
def _struck(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    index, name, value = _some_row(leaf, chance)
    target = bound(chance, "%")
    old = value.texts[0]._replace(text=bound(chance, "%").text, x=value.box.x0 + 3)
    width = em(old.text) * old.size
    new = old._replace(x=old.x + width + 3, text=target.text)
    stroke = line(old.x, old.y - 0.35 * old.size, old.x + width, old.y - 0.35 * old.size, 0.6)
    struck = leaf.with_cell(value, replace(value, texts=(old, new))).over(stroke)
    return _meaning(draft, struck, at(1, name, value), says=_with_target(draft, index, target))


@disturbance("struck-through row", one_page)
def _struck_row(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    index, name, value = _some_row(leaf, chance)
    texts = (*name.texts, *value.texts)
    strokes = [line(t.x, t.y - 0.35 * t.size, t.x + em(t.text) * t.size, t.y - 0.35 * t.size) for t in texts]
    return _meaning(draft, leaf.over(*strokes), at(1, name, value), says=_without_row(draft, index))


@disturbance("struck-through amount beside its correction", municipal_page)
def _struck_amount(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    amount = leaf.of("amount")[-1]
    old = amount.texts[0]._replace(text="9.00", x=amount.box.x0 + 3)
    stroke = line(old.x, old.y - 0.35 * old.size, old.x + 2 * old.size, old.y - 0.35 * old.size, 0.6)
    struck = leaf.with_cell(amount, replace(amount, texts=(old, *amount.texts))).over(stroke)
    return _meaning(draft, struck, at(1, amount))


@disturbance("sticky note", one_page)
def _sticky(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    cell = chance.choice(leaf.of("name", "value", "level2", "field", "label"))
    point = pymupdf.Point(cell.box.x1 - 9, cell.box.y0 - 6)
    comment = "请核对：此处应为 ≥99%"

    def annotate(page: pymupdf.Page) -> None:
        page.add_text_annot(point, comment, icon=chance_icon)

    chance_icon = chance.choice(("Note", "Comment", "Help"))
    return _meaning(draft, leaf.finished(annotate), together(at(1, cell), on(1)))


@disturbance("comment typed into a cell", one_page)
def _typed_comment(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    _, name, value = _some_row(leaf, chance)
    comment = chance.choice(("to be checked", "see p.3: 88 (%)", "was 120"))
    return _meaning(draft, leaf.finished(_typed(value.box, comment)), at(1, name, value))


def _typed(box: Box, text: str) -> Finish:
    """Writes a comment into the right half of a cell, as with a PDF editor's typewriter."""
    area = pymupdf.Rect((box.x0 + box.x1) / 2, box.y0 + 1, box.x1 - 1, box.y1 - 1)

    def annotate(page: pymupdf.Page) -> None:
        page.add_freetext_annot(area, text, fontsize=7, text_color=(0.8, 0, 0))

    return annotate


@disturbance("comment beside the table", one_page)
def _comment_beside(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    box = Box(leaf.right - 200, leaf.bottom + 8, leaf.right, leaf.bottom + 24)
    return _meaning(draft, leaf.finished(_typed(box, "checked 2026-03-01 OK")), on(1))


@disturbance("value typed over a blank cell", one_page)
def _typed_value(draft: Draft, chance: Random) -> Disturbed:
    """What a person typed into the PDF is not of the page's text, and yet it is the value."""
    leaf = _page(draft)
    index, name, value = _some_row(leaf, chance)
    typed = leaf.with_cell(value, None).finished(_typed(value.box, "95%"))
    target = DrawnTarget("95%", "quantitative", None, "95", None, "%")
    return _meaning(draft, typed, at(1, name, value), says=_with_target(draft, index, target))


@disturbance("value in a form field", one_page)
def _form_field(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    index, name, value = _some_row(leaf, chance)

    def add(page: pymupdf.Page) -> None:
        widget = pymupdf.Widget()
        widget.field_name, widget.field_type = "target", pymupdf.PDF_WIDGET_TYPE_TEXT
        widget.field_value, widget.rect = "95%", pymupdf.Rect(*_inner(value.box, 1.5))
        page.add_widget(widget)

    target = DrawnTarget("95%", "quantitative", None, "95", None, "%")
    filled = leaf.with_cell(value, None).finished(add)
    return _meaning(draft, filled, at(1, name, value), says=_with_target(draft, index, target))


@disturbance("highlighted values", one_page)
def _highlighted(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    boxes = [cell.texts[0].box for cell in chance.sample(leaf.of("value"), 2)]

    def annotate(page: pymupdf.Page) -> None:
        for box in boxes:
            page.add_highlight_annot(pymupdf.Rect(*box))

    return _meaning(draft, leaf.finished(annotate), on(1))


@disturbance("value struck out by a comment", one_page)
def _struck_by_annotation(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    index, name, value = _some_row(leaf, chance)

    def annotate(page: pymupdf.Page) -> None:
        page.add_strikeout_annot([pymupdf.Rect(*text.box) for text in value.texts])

    return _meaning(draft, leaf.finished(annotate), at(1, name, value), says=_with_target(draft, index, GONE))


def _overprinted(draft: Draft, chance: Random, mark: Overprint) -> Disturbed:
    pages = leaves(draft)
    whole = on(*range(1, len(pages) + 1))
    return Disturbed(overprint(written(pages), [mark]), expected(draft.disclosure), whole)


@disturbance("seal over labels", one_page)
def _seal(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    label = chance.choice(leaf.of("label", "goal_label", "head"))
    across, down = label.box.x0 / leaf.width, label.box.y0 / leaf.height
    return _overprinted(draft, chance, Seal("松岭区财政局预算审核专用", "公开章", across=across, down=down))


@disturbance("watermark", over_pages)
def _watermark(draft: Draft, chance: Random) -> Disturbed:
    mark = Watermark(chance.choice(("仅供公示", "征求意见稿 内部")), 36.0, angle=chance.choice((0.0, 35.0, 50.0)))
    return _overprinted(draft, chance, mark)


@disturbance("black word across the table", one_page)
def _black_word(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    _, name, value = _some_row(leaf, chance)
    word = chance.choice(("作废", "草案", "样本"))
    mark = put(word, value.box.x0 + 10, value.box.y1 - 2, 16.0, upside_down=True)
    return _meaning(draft, leaf.over(mark), together(at(1, name, value), _texts(word)))


def _texts(*texts: str) -> Concern:
    return Concern(texts=texts, pages=frozenset({1}))


def _unsigned(value: Shown) -> Shown:
    """A value without its first character, the rest where it was."""
    first, *rest = value.texts
    moved = first._replace(x=first.x + first.size, text=first.text[1:])
    return replace(value, texts=(moved, *rest))


@disturbance("≥ as > with a line under it", signed_page)
def _underlined_greater(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    _, name, value = _signed_row(draft, leaf, chance)
    text = value.texts[0]
    sign = chance.choice((">", "＞"))
    changed = leaf.with_cell(value, replace(value, texts=(text._replace(text=sign + text.text[1:]), *value.texts[1:])))
    stroke = line(text.x, text.y + 0.8, text.x + em(sign) * text.size, text.y + 0.8, 0.5)
    return _meaning(draft, changed.over(stroke), at(1, name, value))


@disturbance("≥ as a path", signed_page)
def _sign_as_path(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    _, name, value = _signed_row(draft, leaf, chance)
    x, y, s, _text = value.texts[0]
    path = (
        f"q 0.7 w {x:.2f} {y - 0.8 * s:.2f} m {x + 0.7 * s:.2f} {y - 0.45 * s:.2f} l {x:.2f} {y - 0.15 * s:.2f} l S "
        f"{x:.2f} {y:.2f} m {x + 0.7 * s:.2f} {y:.2f} l S Q"
    )
    return _meaning(draft, leaf.with_cell(value, _unsigned(value)).over(path), at(1, name, value))


@disturbance("≥ as a picture", signed_page)
def _sign_as_picture(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    _, name, value = _signed_row(draft, leaf, chance)
    text = value.texts[0]
    box = Box(text.x, text.y - text.size * 0.8, text.x + text.size * 0.8, text.y)
    return _meaning(draft, leaf.with_cell(value, _unsigned(value)).finished(_picture(box, 60)), at(1, name, value))


@disturbance("value as paths", one_page)
def _value_as_paths(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    _, name, value = _some_row(leaf, chance)
    paths = [path for text in value.texts for path in _outlines(text)]
    return _meaning(draft, leaf.with_cell(value, None).over(*paths), at(1, name, value))


def _outlines(text: Text) -> Iterator[str]:
    """Something like a glyph's outline for each character of a text."""
    x = text.x
    for character in text.text:
        w, h = em(character) * text.size * 0.8, text.size * 0.8
        y, bend = text.y, (ord(character) % 7 + 2) / 10
        yield (
            f"{x:.2f} {y:.2f} m {x + w * bend:.2f} {y - h:.2f} l {x + w:.2f} {y - h * bend:.2f} "
            f"{x + w:.2f} {y:.2f} {x + w * bend:.2f} {y - h * 0.2:.2f} c h f"
        )
        x += em(character) * text.size


@disturbance("name as paths", one_page)
def _name_as_paths(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    _, name, value = _some_row(leaf, chance)
    paths = [path for text in name.texts for path in _outlines(text)]
    return _meaning(draft, leaf.with_cell(name, None).over(*paths), at(1, name, value))


@disturbance("all values as paths", one_page)
def _values_as_paths(draft: Draft, chance: Random) -> Disturbed:
    leaf = bare = _page(draft)
    for value in leaf.of("value"):
        bare = bare.with_cell(value, None).over(*(path for text in value.texts for path in _outlines(text)))
    return _meaning(draft, bare, at(1, *leaf.of("name", "value")))


@disturbance("value as a picture", one_page)
def _value_as_picture(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    _, name, value = _some_row(leaf, chance)
    box = value.texts[0].box
    return _meaning(draft, leaf.with_cell(value, None).finished(_picture(box, 90)), at(1, name, value))


@disturbance("amount as a picture", municipal_page)
def _amount_as_picture(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    amount = chance.choice([cell for cell in leaf.of("amount") if cell.text != "0.00"])
    pasted = leaf.with_cell(amount, None).finished(_picture(amount.texts[0].box, 90))
    return _meaning(draft, pasted, at(1, amount, *leaf.of("amount")))


@disturbance("page of outlines", one_page)
def _page_of_outlines(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    return _meaning(draft, _outlined(leaf), anywhere(1))


def _outlined(leaf: Leaf) -> Leaf:
    texts = [*leaf.lines, *(text for cell in leaf.cells for text in cell.texts)]
    cells = tuple(replace(cell, texts=()) for cell in leaf.cells)
    return replace(leaf, cells=cells, lines=()).over(*(path for text in texts for path in _outlines(text)))


@disturbance("second page of outlines", over_pages)
def _second_page_of_outlines(draft: Draft, chance: Random) -> Disturbed:
    first, second, *others = leaves(draft)
    return page_of([first, _outlined(second), *others], draft, together(rows_of(2, second), on(2)))


@disturbance("second page a picture", over_pages)
def _second_page_a_picture(draft: Draft, chance: Random) -> Disturbed:
    pages = leaves(draft)
    with pymupdf.open("pdf", written(pages)) as document:
        pixels = document[1].get_pixmap(dpi=72)
    sheet = Leaf(*draft.pen.page_size).finished(lambda page: page.insert_image(page.rect, pixmap=pixels) and None)
    return page_of([pages[0], sheet, *pages[2:]], draft, on(2))


@disturbance("text beyond the crop box", one_page)
def _cropped(draft: Draft, chance: Random) -> Disturbed:
    data = cropped(written([_page(draft)]), chance.choice((40.0, 120.0)))
    return Disturbed(data, expected(draft.disclosure), on(1))


@disturbance("texts drawn twice", one_page)
def _doubled(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    aside = chance.choice((0.0, 0.25, 0.5))
    cells = leaf.of(*chance.choice((("value",), ("name", "value"), ("label", "field", "amount"))))
    return _meaning(draft, leaf.over(*(_on_top(t._replace(x=t.x + aside)) for c in cells for t in c.texts)), on(1))


@disturbance("invisible value beside the visible", one_page)
def _invisible(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    _, name, value = _some_row(leaf, chance)
    text = value.texts[0]
    hidden = text._replace(text="≥55(%)", x=text.x + em(text.text) * text.size + 4)
    way = chance.choice(("3 Tr", "1 1 1 rg"))
    return _meaning(draft, leaf.over(f"q {way} {_on_top(hidden)} Q"), at(1, name, value))


@disturbance("signs with tall boxes", signed_page)
def _tall_signs(draft: Draft, chance: Random) -> Disturbed:
    leaf = tall_leaf = _page(draft)
    for value in leaf.of("value"):
        text = value.texts[0]
        if text.text[0] in "≥≤":
            rest = replace(value, texts=value.texts[1:])
            shown = tall(text.text[0], text.text[1:], text.x, text.y, text.size)
            tall_leaf = tall_leaf.with_cell(value, rest).over(shown)
    return _meaning(draft, tall_leaf, at(1, *leaf.of("value")))


@disturbance("footnote mark after a value", one_page)
def _footnote(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    _, name, value = _some_row(leaf, chance)
    last = value.texts[-1]
    mark = Text(last.x + em(last.text) * last.size + 0.5, last.y - 0.4 * last.size, last.size * 0.55, "2")
    noted = leaf.with_cell(value, replace(value, texts=(*value.texts, mark)))
    return _meaning(draft, noted, at(1, name, value))
