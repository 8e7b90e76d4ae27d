"""Both readers give the same grid of the same drawn page, however its rules are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle, pairwise, product
from typing import Any

import pymupdf
import pytest

from perftable_etl.document import Grid, Page
from perftable_etl.errors import DamagedFile, EncryptedFile, TruncatedFile
from perftable_etl.extract import mupdf, plumber
from perftable_etl.extract.grids import lay_out
from tests.drawing.layouts import LAYOUTS
from tests.drawing.mupdf import RULED, Pen, RuleStyle, draw
from tests.drawing.sources import source

Reader = Callable[[bytes], Iterator[Page]]


def with_plumber(data: bytes) -> Iterator[Page]:
    return plumber.read_pages(data, range(1, 1000))


XS, YS = (50.0, 150.0, 300.0), (100.0, 130.0, 160.0)
TEXTS = {(60, 120): "Left", (160, 120): "Right", (60, 150): "Below"}

PAINTINGS: dict[str, Callable[[pymupdf.Shape], None]] = {}


def painting(paint: Callable[[pymupdf.Shape], None]) -> Callable[[pymupdf.Shape], None]:
    PAINTINGS[paint.__name__] = paint
    return paint


def _rules() -> Iterator[tuple[pymupdf.Point, pymupdf.Point]]:
    for y in YS:
        yield pymupdf.Point(XS[0], y), pymupdf.Point(XS[-1], y)
    for x in XS:
        yield pymupdf.Point(x, YS[0]), pymupdf.Point(x, YS[-1])


@painting
def lines(shape: pymupdf.Shape) -> None:
    for start, end in _rules():
        shape.draw_line(start, end)
    shape.finish(width=0.5)


@painting
def hairlines(shape: pymupdf.Shape) -> None:
    for start, end in _rules():
        shape.draw_line(start, end)
    shape.finish(width=0.05)


@painting
def dashed(shape: pymupdf.Shape) -> None:
    for start, end in _rules():
        shape.draw_line(start, end)
    shape.finish(width=0.5, dashes="[2 1] 0")


@painting
def thin_rectangles(shape: pymupdf.Shape) -> None:
    for start, end in _rules():
        shape.draw_rect(pymupdf.Rect(start.x - 0.4, start.y - 0.4, end.x + 0.4, end.y + 0.4))
        shape.finish(color=None, fill=(0, 0, 0), width=0)


@painting
def borders(shape: pymupdf.Shape) -> None:
    for x0, x1 in pairwise(XS):
        for y0, y1 in pairwise(YS):
            shape.draw_rect(pymupdf.Rect(x0, y0, x1, y1))
            shape.finish(width=0.5)


@painting
def borders_with_shading(shape: pymupdf.Shape) -> None:
    shape.draw_rect(pymupdf.Rect(XS[0], YS[0], XS[-1], YS[1]))
    shape.finish(color=None, fill=(0.9, 0.9, 0.9), width=0)
    borders(shape)


@painting
def doubled(shape: pymupdf.Shape) -> None:
    for start, end in _rules():
        for shift in (-0.6, 0.6):
            by = (0, shift) if start.y == end.y else (shift, 0)
            shape.draw_line(start + by, end + by)
    shape.finish(width=0.3)


@painting
def upwards_and_leftwards(shape: pymupdf.Shape) -> None:
    for start, end in _rules():
        shape.draw_line(end, start)
    shape.finish(width=0.5)


def drawn(paint: Callable[[pymupdf.Shape], None], texts: dict[tuple[int, int], str] = TEXTS) -> bytes:
    with pymupdf.open() as document:
        page = document.new_page(width=400, height=300)
        shape = page.new_shape()
        paint(shape)
        shape.commit()
        for position, text in texts.items():
            page.insert_text(position, text, fontsize=11, fontname="helv" if text.isascii() else "china-s")
        data: bytes = document.tobytes()
        return data


def the_grid(page: Page) -> Grid:
    (grid,) = (block for block in lay_out(page).blocks if isinstance(block, Grid))
    return grid


def both_readers(**marks: pytest.MarkDecorator) -> pytest.MarkDecorator:
    """Both readers, those with an open bug marked."""
    known = {"mupdf": mupdf.read_pages, "plumber": with_plumber}
    parameters = [pytest.param(read, id=name, marks=marks.get(name, ())) for name, read in known.items()]
    return pytest.mark.parametrize("read", parameters)


def kinds() -> Iterator[Any]:
    """Every kind of rules for every reader."""
    for name in PAINTINGS:
        yield pytest.param(name, mupdf.read_pages, id=f"{name}-mupdf")
        yield pytest.param(name, with_plumber, id=f"{name}-plumber")


@pytest.mark.parametrize(("name", "read"), list(kinds()))
def test_rules_of_every_kind_make_the_same_grid(name: str, read: Reader) -> None:
    (page,) = read(drawn(PAINTINGS[name]))
    grid = the_grid(page)
    assert grid.boundaries == pytest.approx(XS, abs=1)
    assert [cell.text for cell in grid.cells] == ["Left", "Right", "Below", ""]
    assert [tuple(cell.place.box) for cell in grid.cells[:1]] == [pytest.approx((50, 100, 150, 130), abs=1)]


@both_readers()
def test_a_word_over_a_wall_is_two_words(read: Reader) -> None:
    """The two cells' texts touch: a reader alone takes them for one word."""
    width = pymupdf.get_text_length("Left", fontsize=11)
    (page,) = read(drawn(lines, {(int(150 - width), 120): "Left", (150, 120): "Right"}))
    assert [cell.text for cell in the_grid(page).cells] == ["Left", "Right", "", ""]


@both_readers()
def test_a_word_that_overflows_its_cell_stays_one(read: Reader) -> None:
    (page,) = read(drawn(lines, {(133, 120): "Overflowing"}))
    assert sorted(cell.text for cell in the_grid(page).cells) == ["", "", "", "Overflowing"]


@both_readers()
def test_ideographic_spaces_are_no_text(read: Reader) -> None:
    """Chinese text is set with them (U+3000): to indent, to spread a label, and where a cell is left blank."""
    (page,) = read(drawn(lines, {(60, 120): "\u3000\u3000项\u3000目", (130, 150): "\u3000\u3000\u3000"}))
    assert [word.text for word in page.words] == ["项", "目"]


def test_lines_printed_upwards_are_parted_character_by_character() -> None:
    """Each word of such a line stands above the one before it, over the same wall."""
    with pymupdf.open("pdf", drawn(lines)) as document:
        document[0].insert_text((155, 158), "up the", rotate=90)
        (page,) = mupdf.read_pages(document.tobytes())
    assert sorted(word.text for word in page.words) == ["Below", "Left", "Right", "the", "up"]


@both_readers()
def test_text_clipped_at_the_pages_edge_is_not_read(read: Reader) -> None:
    (page,) = read(drawn(lines, {(60, 120): "Left", (60, 420): "Gone"}))
    assert [word.text for word in page.words] == ["Left"]


def test_a_turned_page_whose_text_stands_upright_is_left_as_it_is() -> None:
    with pymupdf.open("pdf", drawn(lines)) as document:
        document[0].set_rotation(90)
        turned = document.tobytes()
    (page,) = mupdf.read_pages(turned)
    assert the_grid(page).place.box == pytest.approx((50, 100, 300, 160), abs=1)


def test_a_page_drawn_sideways_and_turned_is_read_as_a_person_sees_it() -> None:
    with pymupdf.open("pdf", drawn(lines)) as upright, pymupdf.open() as document:
        page = document.new_page(width=300, height=400)
        page.show_pdf_page(page.rect, upright, 0, rotate=90)
        page.set_rotation(90)
        turned = document.tobytes()
    (page,) = mupdf.read_pages(turned)
    assert (page.width, page.height) == (400, 300)
    grid = the_grid(page)
    assert grid.place.box == pytest.approx((50, 100, 300, 160), abs=1)
    assert [cell.text for cell in grid.cells if cell.text] == ["Left", "Right", "Below"]


ALIKE = list(zip(RULED, cycle(LAYOUTS), strict=False))
"""Every way to draw rules and every layout, once at least."""

OTHERS = [pytest.param(*pair, marks=pytest.mark.slow) for pair in product(RULED, LAYOUTS) if pair not in ALIKE]


@pytest.mark.parametrize(("rules", "layout"), [*ALIKE, *OTHERS])
def test_both_readers_read_a_whole_disclosure_alike(rules: RuleStyle, layout: str) -> None:
    disclosure = source("district-2026" if layout.startswith("district") else "cac-2024")
    data = draw(disclosure, Pen(rules=rules, cut_rows=True, page_break="open"), LAYOUTS[layout])
    for first, second in zip(mupdf.read_pages(data), with_plumber(data), strict=True):
        ours, theirs = grids(first), grids(second)
        assert [texts(grid) for grid in ours] == [texts(grid) for grid in theirs]
        for one, other in zip(ours, theirs, strict=True):
            assert one.boundaries == pytest.approx(other.boundaries, abs=0.5)


def grids(page: Page) -> list[Grid]:
    return [block for block in lay_out(page).blocks if isinstance(block, Grid)]


def texts(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.row_span, c.column_span, "".join(c.text.split())) for c in grid.cells]


def test_the_second_reader_reads_only_the_pages_asked_for() -> None:
    data = draw(source("cac-2024"), Pen(form_per_page=True))
    assert [page.number for page in plumber.read_pages(data, {2, 4})] == [2, 4]


def test_the_second_reader_has_no_opinion_on_what_it_cannot_read() -> None:
    assert list(plumber.read_pages(b"no pdf at all", {1})) == []


def test_the_second_reader_writes_nothing_to_the_terminal(caplog: pytest.LogCaptureFixture) -> None:
    with pymupdf.open("pdf", drawn(lines)) as document:
        information = document.get_new_xref()
        document.update_object(information, f"<</Title[{information} 0 R]>>")  # a title that contains itself
        document.xref_set_key(-1, "Info", f"{information} 0 R")
        assert len(list(with_plumber(document.tobytes()))) == 1
    assert caplog.records == []


def test_a_locked_file_says_what_to_do() -> None:
    with pymupdf.open("pdf", drawn(lines)) as document:
        locked = document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="secret", owner_pw="owner")
    with pytest.raises(EncryptedFile, match="save a copy without one"):
        list(mupdf.read_pages(locked))


def test_a_file_that_only_forbids_printing_is_read() -> None:
    with pymupdf.open("pdf", drawn(lines)) as document:
        restricted = document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="owner", permissions=0)
    assert len(list(mupdf.read_pages(restricted))) == 1


def test_a_file_without_its_end_says_what_to_do() -> None:
    data = drawn(lines)
    with pytest.raises((TruncatedFile, DamagedFile), match="fetch the file again"):
        list(mupdf.read_pages(data[: len(data) // 2]))


def test_a_file_locked_by_a_certificate_says_what_to_do() -> None:
    with pymupdf.open("pdf", drawn(lines)) as document:
        locked = document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="owner")
    with pytest.raises(EncryptedFile, match=r"unknown encryption handler.*save a copy without encryption"):
        list(mupdf.read_pages(locked.replace(b"/Filter/Standard", b"/Filter/Foreign_")))


def _with_pages(pages: str) -> bytes:
    """A file whose tree of pages is the PDF object `pages`."""
    with pymupdf.open("pdf", drawn(lines)) as document:
        _, reference = document.xref_get_key(document.pdf_catalog(), "Pages")
        document.update_object(int(reference.split()[0]), pages.replace("SELF", reference))
        data: bytes = document.tobytes()
        return data


@pytest.mark.parametrize(
    "pages",
    ["<</Type/Pages/Count 1/Kids[SELF]>>", "<</Type/Pages/Count 1>>"],
    ids=["in a circle", "without pages"],
)
def test_a_file_whose_pages_cannot_be_found_is_damaged(pages: str) -> None:
    with pytest.raises(DamagedFile, match="fetch the file again"):
        list(mupdf.read_pages(_with_pages(pages)))


def test_a_file_that_counts_more_pages_than_it_can_have_is_damaged() -> None:
    data = drawn(lines).replace(b"/Count 1", b"/Count 99")
    with pytest.raises(DamagedFile, match=r"Invalid number of pages.*fetch the file again"):
        list(mupdf.read_pages(data))


def test_a_page_whose_contents_are_lost_costs_no_other_page() -> None:
    with pymupdf.open("pdf", drawn(lines)) as document:
        lost = document.new_page()
        document.xref_set_key(lost.xref, "Contents", f"{document.pdf_catalog()} 0 R")
        first, second = mupdf.read_pages(document.tobytes())
    assert {word.text for word in first.words} == set(TEXTS.values())
    assert second.words == ()


def _complaints(key: str, value: str) -> list[str]:
    """What is said of a file whose page has an odd entry."""
    with pymupdf.open("pdf", drawn(lines)) as document:
        document.xref_set_key(document[0].xref, key, value)
        return _complaints_of(document.tobytes())


def _complaints_of(data: bytes) -> list[str]:
    complaints: list[str] = []
    list(mupdf.read_pages(data, complain=complaints.append))
    return complaints


def test_contents_that_are_missing_are_complained_about() -> None:
    assert _complaints("Contents", "[999 0 R]")


def test_complaints_quote_no_bytes_that_are_no_text() -> None:
    with pymupdf.open("pdf", drawn(lines)) as document:
        document.update_stream(document[0].get_contents()[0], b"/Odd\xb8\xed gs")
        complaints = _complaints_of(document.tobytes())
    assert any("'Odd" in line for line in complaints)
    assert "".join(complaints).encode()


def test_what_holds_no_text_may_be_odd() -> None:
    """A kind of form field that MuPDF does not know and cannot draw."""
    assert not _complaints("Annots", "[<</Subtype/Widget/FT/Odd/Rect[0 0 9 9]>>]")


@pytest.mark.parametrize(
    "box", ["[0 0 0 0]", "[10 10 10 500]", "[700 900 800 1000]", "[595 842 0 0]", "[-9 -9 900 900]"]
)
@pytest.mark.parametrize("quarters", [0, 1])
@pytest.mark.parametrize("read", [mupdf.read_pages, with_plumber])
def test_a_crop_box_that_shows_nothing_hides_nothing(read: Reader, box: str, quarters: int) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=595, height=842)
    page.insert_text((60, 120), "Left")
    page.set_rotation(90 * quarters)
    pdf.xref_set_key(page.xref, "CropBox", box)
    (found,) = read(pdf.tobytes())
    assert [word.text for word in found.words] == ["Left"]
    assert (found.width, found.height) == (595, 842)


@pytest.mark.parametrize("turn", [90, 270])
@pytest.mark.parametrize("read", [mupdf.read_pages, with_plumber])
def test_a_turned_label_is_read_the_way_it_runs(read: Reader, turn: int) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=595, height=842)
    page.insert_text((60, 300), "Label", rotate=turn)
    for y in (100, 120, 140, 160):
        page.insert_text((60, y), "level text of the page")
    (found,) = read(pdf.tobytes())
    assert "Label" in [word.text for word in found.words]


def _in_cells(texts: dict[tuple[float, float, float, float], str]) -> Page:
    """A page with texts, each shown within its box only, as spreadsheets print them; the boxes are ruled."""
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=595, height=842)
        for (x0, y0, x1, y1), text in ((box, text) for box, text in texts.items() if text):
            page.insert_text((x0 + 2, y1 - 6), text, fontsize=10)
            content = page.get_contents()[-1]
            clip = b"q %g %g %g %g re W n\n" % (x0, 842 - y1, x1 - x0, y1 - y0)
            pdf.update_stream(content, clip + pdf.xref_stream(content) + b"\nQ")
        for box in texts:
            page.draw_rect(pymupdf.Rect(box), color=(0, 0, 0), width=0.5)
        (found,) = mupdf.read_pages(pdf.tobytes())
    return found


@pytest.mark.parametrize("neighbour", ["95%", ""])
def test_a_text_that_its_cell_cuts_off_is_read_whole(neighbour: str) -> None:
    whole = "Libraries (picture books, periodicals and newspapers)"
    page = _in_cells({(50, 100, 150, 120): whole, (150, 100, 300, 120): neighbour, (50, 120, 150, 140): "short one"})
    (grid,) = (block for block in lay_out(page).blocks if isinstance(block, Grid))
    assert [cell.text for cell in grid.cells] == [whole, neighbour, "short one", ""]


def test_a_text_of_which_nothing_is_shown_is_not_read() -> None:
    page = _in_cells({(50, 100, 150, 120): "shown", (150, 100, 300, 120): " " * 80 + "hidden"})
    assert [word.text for word in page.words] == ["shown"]


def test_a_text_that_runs_over_its_cell_is_read_once() -> None:
    with pymupdf.open() as pdf:
        laid_out = pdf.new_page(width=595, height=842)
        laid_out.insert_text((52, 114), "Libraries (picture books, and", fontsize=10)
        laid_out.insert_text((205, 114), "95%", fontsize=10)
        for box in ((50, 100, 150, 120), (150, 100, 300, 120)):
            laid_out.draw_rect(pymupdf.Rect(box), color=(0, 0, 0), width=0.5)
        (found,) = mupdf.read_pages(pdf.tobytes())
    assert "".join(word.text for word in found.words) == "Libraries(picturebooks,and95%"
