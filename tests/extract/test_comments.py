"""What somebody wrote over a page: a remark over a text, a value in a blank."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pymupdf

from perftable_etl import parse
from perftable_etl.document import Grid
from perftable_etl.extract import mupdf
from perftable_etl.extract.grids import lay_out
from tests.drawing.mupdf import draw
from tests.drawing.sources import source
from tests.extract.pages import lattice, page, word

XS, YS = (50, 150, 300), (100, 130, 160)


def test_a_comment_fills_a_blank_cell_and_is_left_out_of_others() -> None:
    written = (word("new", 60, 105), word("filled", 160, 140), word("in", 230, 140), word("beside", 400, 105))
    laid_out = lay_out(replace(page(lattice(XS, YS), [word("old", 60, 105)]), comments=written))
    (grid,) = (block for block in laid_out.blocks if isinstance(block, Grid))
    assert [cell.text for cell in grid.cells] == ["old", "", "", "filled in"]
    assert [(flaw.kind, flaw.text) for flaw in laid_out.flaws] == [
        ("comment_left_out", "new"),
        ("comment_read", "filled in"),
    ]
    assert [(noise.kind, noise.text) for noise in laid_out.noise] == [("comment", "new"), ("comment", "beside")]


def _annotated(rotation: int) -> bytes:
    with pymupdf.open("pdf", draw(source("cac-2024"))) as document:
        for laid_out in document:
            (spot, *_) = laid_out.search_for("≥")
            laid_out.add_text_annot(spot.tl, "compare this")
            laid_out.add_highlight_annot(spot)
            laid_out.add_freetext_annot(pymupdf.Rect(spot.x0, spot.y0, spot.x0 + 60, spot.y1 + 2), "7000", fontsize=7)
            laid_out.set_rotation(rotation)
        data: bytes = document.tobytes()
    return data


def test_comments_change_no_value_and_are_told_where_they_lie_over_one(tmp_path: Path) -> None:
    path = tmp_path / "plain.pdf"
    path.write_bytes(draw(source("cac-2024")))
    plain = parse(path)
    for rotation in (0, 90):
        path = tmp_path / f"commented-{rotation}.pdf"
        path.write_bytes(_annotated(rotation))
        commented = parse(path)
        assert commented.declarations == plain.declarations
        told = [
            finding for finding in commented.findings if finding.severity != "info" and finding not in plain.findings
        ]
        assert {finding.code for finding in told} == {"comment_on_form"}
        assert len(told) == commented.page_count
        assert all("≥" in finding.raw and finding.place for finding in told)


def test_form_fields_are_the_form_s_own() -> None:
    with pymupdf.open() as document:
        laid_out = document.new_page(width=300, height=200)
        field = pymupdf.Widget()
        field.field_type, field.field_name = pymupdf.PDF_WIDGET_TYPE_TEXT, "name"
        field.rect, field.field_value = pymupdf.Rect(60, 90, 200, 110), "Value"
        laid_out.add_widget(field)
        laid_out.add_text_annot((60, 120), "note")
        (found,) = mupdf.read_pages(document.tobytes())
    assert [one.text for one in found.words] == ["Value"]
    assert not found.comments
