"""Which pages are drawn, and to which files."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path

import pytest

from perftable_etl.document import LaidOutPage, Raster
from perftable_etl.errors import UsageError
from perftable_etl.pipeline import Examination
from perftable_etl.records import Finding, Outcome
from perftable_etl.report.pictures import pages_to_draw, picture_path, write_pictures, write_tables
from tests.outcomes import DECLARATION, FINDINGS, failed_outcome, outcome_of, place

PNG = b"\x89PNG"


def blank(numbers: Container[int], dpi: int) -> Iterator[Raster]:
    """White pages an inch wide and high."""
    return (Raster(number, dpi, dpi, b"\xff" * (3 * dpi * dpi), dpi) for number in range(1, 10) if number in numbers)


def examined(outcome: Outcome, page_count: int = 4) -> Examination:
    return Examination(outcome, tuple(LaidOutPage(number, ()) for number in range(1, page_count + 1)), ())


def on_pages(first: int, last: int) -> Outcome:
    form = DECLARATION.model_copy(update={"first_page": first, "last_page": last})
    return outcome_of(declarations=(form,), findings=())


WITHOUT_FORMS = outcome_of(declarations=(), findings=())


def test_pages_of_forms_and_of_doubts_are_drawn() -> None:
    assert pages_to_draw(examined(on_pages(3, 4))) == [3, 4]
    notes = (*FINDINGS, Finding(code="page_by_ocr", severity="info", message="", place=place(4)))
    assert pages_to_draw(examined(outcome_of(declarations=(), findings=notes))) == [2]


def test_every_page_is_drawn_where_nothing_was_found() -> None:
    assert pages_to_draw(examined(WITHOUT_FORMS)) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("out", "count", "path"),
    [("a.png", 1, "a.png"), ("a.png", 2, "a-3.png"), ("A.PNG", 1, "A.PNG"), ("folder", 1, "folder/page-003.png")],
)
def test_a_picture_is_the_file_named_or_one_beside_it_or_in_a_folder(out: str, count: int, path: str) -> None:
    assert picture_path(Path(out), 3, count) == Path(path)


def test_a_folder_may_be_called_as_it_likes(tmp_path: Path) -> None:
    folder = tmp_path / "v1.png"
    folder.mkdir()
    assert picture_path(folder, 12, 1) == folder / "page-012.png"


def test_pictures_replace_those_that_were_there(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    out = tmp_path / "new" / "a.png"
    for _ in range(2):
        written = list(write_pictures(examined(on_pages(1, 2)), blank, out))
    assert written == [out.with_name("a-1.png"), out.with_name("a-2.png")]
    assert sorted(out.parent.iterdir()) == written
    assert all(path.read_bytes().startswith(PNG) for path in written)


def test_a_file_that_could_not_be_read_has_no_pictures(tmp_path: Path) -> None:
    unread = failed_outcome().model_copy(update={"media_type": "application/pdf", "findings": ()})
    assert list(write_pictures(examined(unread, page_count=0), blank, tmp_path)) == []


def test_what_has_no_pages_is_drawn_as_a_page_of_its_own(tmp_path: Path) -> None:
    text = outcome_of(name="a.txt", media_type="text/plain")
    assert list(write_tables(examined(text), tmp_path)) == [tmp_path / "tables.html"]
    assert list(write_tables(examined(text), tmp_path / "seen.HTML")) == [tmp_path / "seen.HTML"]
    with pytest.raises(UsageError, match=r"a\.txt has no pages\. Give an \.html"):
        list(write_tables(examined(text), tmp_path / "seen.png"))
    with pytest.raises(UsageError, match=r"has pages\. Give a \.png"):
        list(write_pictures(examined(on_pages(1, 2)), blank, tmp_path / "seen.html"))


@pytest.mark.parametrize("name", ["a.jpg", "taken"])
def test_other_kinds_of_file_are_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    with pytest.raises(UsageError, match=r"neither a \.png, an \.html nor a folder"):
        list(write_pictures(examined(WITHOUT_FORMS), blank, tmp_path / name))


@pytest.mark.parametrize("name", ["a.png", "folder"])
def test_no_folder_is_made_around_the_pictures(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"The folder {tmp_path}/missing does not exist"):
        list(write_pictures(examined(WITHOUT_FORMS), blank, tmp_path / "missing" / name))
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "a-1.part").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        list(write_pictures(examined(WITHOUT_FORMS), blank, tmp_path / "a.png"))
