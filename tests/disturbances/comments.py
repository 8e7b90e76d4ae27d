"""What people put on a page: notes, comments, form fields, highlights, seals, watermarks and words across it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pymupdf

from tests.disturbances.bases import one_page, over_pages
from tests.disturbances.edits import (
    inner,
    meaning,
    only_page,
    some_row,
    with_target,
)
from tests.disturbances.ink import put
from tests.disturbances.invention import Draft
from tests.disturbances.leaves import Box, Finish, Text, leaves, written
from tests.disturbances.protocol import Concern, Disturbed, anywhere, at, at_fault, disturbance, in_images, on, together
from tests.drawing.forms import DrawnTarget, expected
from tests.drawing.overprint import Overprint, Seal, Watermark, overprint
from tests.drawing.wrap import em


@disturbance("sticky note", one_page)
def _sticky(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    cell = chance.choice(leaf.of("name", "value", "level2", "field", "label"))
    point = pymupdf.Point(cell.box.x1 - 9, cell.box.y0 - 6)
    comment = "请核对：此处应为 ≥99%"

    def annotate(page: pymupdf.Page) -> None:
        page.add_text_annot(point, comment, icon=chance_icon)

    chance_icon = chance.choice(("Note", "Comment", "Help"))
    return meaning(draft, leaf.finished(annotate), together(at(1, cell), on(1)))


@disturbance("comment typed into a cell", one_page)
def _typed_comment(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    _, name, value = some_row(leaf, chance)
    comment = chance.choice(("to be checked", "see p.3: 88 (%)", "was 120"))
    return meaning(draft, leaf.finished(_typed(value.box, comment)), at(1, name, value))


def _typed(box: Box, text: str) -> Finish:
    """Writes a comment into the right half of a cell, as with a PDF editor's typewriter."""
    area = pymupdf.Rect((box.x0 + box.x1) / 2, box.y0 + 1, box.x1 - 1, box.y1 - 1)

    def annotate(page: pymupdf.Page) -> None:
        page.add_freetext_annot(area, text, fontsize=7, text_color=(0.8, 0, 0))

    return annotate


@disturbance("comment beside the table", one_page)
def _comment_beside(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    box = Box(leaf.right - 200, leaf.bottom + 8, leaf.right, leaf.bottom + 24)
    return meaning(draft, leaf.finished(_typed(box, "checked 2026-03-01 OK")), on(1))


@disturbance("value typed over a blank cell", one_page)
def _typed_value(draft: Draft, chance: Random) -> Disturbed:
    """What a person typed into the PDF is not of the page's text, and yet it is the value."""
    leaf = only_page(draft)
    index, name, value = some_row(leaf, chance)
    typed = leaf.with_cell(value, None).finished(_typed(value.box, "95%"))
    target = DrawnTarget("95%", "quantitative", None, "95", None, "%")
    return meaning(draft, typed, at(1, name, value), says=with_target(draft, index, target))


@disturbance("value in a form field", one_page)
def _form_field(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    index, name, value = some_row(leaf, chance)

    def add(page: pymupdf.Page) -> None:
        widget = pymupdf.Widget()
        widget.field_name, widget.field_type = "target", pymupdf.PDF_WIDGET_TYPE_TEXT
        widget.field_value, widget.rect = "95%", pymupdf.Rect(*inner(value.box, 1.5))
        page.add_widget(widget)

    target = DrawnTarget("95%", "quantitative", None, "95", None, "%")
    filled = leaf.with_cell(value, None).finished(add)
    return meaning(draft, filled, at(1, name, value), says=with_target(draft, index, target))


@disturbance("highlighted values", one_page)
def _highlighted(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    boxes = [cell.texts[0].box for cell in chance.sample(leaf.of("value"), 2)]

    def annotate(page: pymupdf.Page) -> None:
        for box in boxes:
            page.add_highlight_annot(pymupdf.Rect(*box))

    return meaning(draft, leaf.finished(annotate), on(1))


@disturbance("value struck out by a comment", one_page)
@at_fault
def _struck_by_annotation(draft: Draft, chance: Random) -> Disturbed:
    """A comment is no part of the page: what it strikes out still stands there, and somebody means to change it."""
    leaf = only_page(draft)
    _, name, value = some_row(leaf, chance)

    def annotate(page: pymupdf.Page) -> None:
        page.add_strikeout_annot([pymupdf.Rect(*text.box) for text in value.texts])

    return meaning(draft, leaf.finished(annotate), at(1, name, value))


def _overprinted(draft: Draft, chance: Random, mark: Overprint) -> Disturbed:
    pages = leaves(draft)
    whole = on(*range(1, len(pages) + 1))
    return Disturbed(overprint(written(pages), [mark]), expected(draft.disclosure), whole)


@disturbance("seal over labels", one_page)
def _seal(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    label = chance.choice(leaf.of("label", "goal_label", "head"))
    across, down = label.box.x0 / leaf.width, label.box.y0 / leaf.height
    return _overprinted(draft, chance, Seal("松岭区财政局预算审核专用", "公开章", across=across, down=down))


@disturbance("seal over labels of a scan", one_page)
@in_images
def _seal_on_a_scan(draft: Draft, chance: Random) -> Disturbed:
    """The page as a scanner sees it: the ink of a pad lets the black of the labels shine through."""
    sealed = _seal(draft, chance)
    with (
        pymupdf.open("pdf", sealed.data) as printed,
        pymupdf.open("pdf", written(leaves(draft))) as bare,
        pymupdf.open() as scan,
    ):
        for page, plain in zip(printed, bare, strict=True):
            pixels = page.get_pixmap(dpi=200)
            seen = bytes(map(min, pixels.samples, plain.get_pixmap(dpi=200).samples))
            sheet = scan.new_page(width=page.rect.width, height=page.rect.height)
            shown = pymupdf.Pixmap(pixels.colorspace, pixels.width, pixels.height, seen, False)
            sheet.insert_image(sheet.rect, pixmap=shown)
        data: bytes = scan.tobytes(no_new_id=True)
    return replace(sealed, data=data, concern=anywhere(1))


@disturbance("watermark", over_pages)
def _watermark(draft: Draft, chance: Random) -> Disturbed:
    mark = Watermark(chance.choice(("仅供公示", "征求意见稿 内部")), 36.0, angle=chance.choice((0.0, 35.0, 50.0)))
    return _overprinted(draft, chance, mark)


@disturbance("black word across the table", one_page)
def _black_word(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    _, name, value = some_row(leaf, chance)
    word = chance.choice(("作废", "草案", "样本"))
    mark = put(word, value.box.x0 + 10, value.box.y1 - 2, 16.0, upside_down=True)
    return meaning(draft, leaf.over(mark), together(at(1, name, value), _texts(word)))


def _texts(*texts: str) -> Concern:
    return Concern(texts=texts, pages=frozenset({1}))


@disturbance("footnote mark after a value", one_page)
def _footnote(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    _, name, value = some_row(leaf, chance)
    last = value.texts[-1]
    mark = Text(last.x + em(last.text) * last.size + 0.5, last.y - 0.4 * last.size, last.size * 0.55, "2")
    noted = leaf.with_cell(value, replace(value, texts=(*value.texts, mark)))
    return meaning(draft, noted, at(1, name, value))
