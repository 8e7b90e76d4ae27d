"""What was seen in a document, drawn on its pages, or on its tables as a page: how a layout is read, at one look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from perftable_etl.document import Raster
from perftable_etl.errors import UsageError
from perftable_etl.extract.source import OnPage
from perftable_etl.formats import PDF
from perftable_etl.normalize.layouts.collection import Layouts
from perftable_etl.pipeline import Examination, examine, render
from perftable_etl.records import Outcome
from perftable_etl.report.drawing.overlay import draw_marks
from perftable_etl.report.marks import page_marks
from perftable_etl.report.table_drawing import draw_tables

DPI = 144
"""Two pixels to the point: the smallest print is legible, and a page is some 300 kB."""

_DRAWN = (".png", ".html")

Render = Callable[[frozenset[int], int], Iterable[Raster]]
"""Images of the pages with these numbers, at so many pixels to the inch."""


class PicturedOutcome(NamedTuple):
    """What a file yields, and the pictures of its pages."""

    outcome: Outcome
    pictures: tuple[Path, ...]


def read_and_draw(
    file: Path,
    /,
    *,
    out: Path,
    max_bytes: int,
    layouts: Layouts | None = None,
    on_page: OnPage | None = None,
    page: int | None = None,
) -> PicturedOutcome:
    """What a file yields, its pages drawn on the way, or the one `page`.

    Raises what `write_pictures` and `write_tables` raise.
    """
    examination = examine(file, layouts=layouts, on_page=on_page, max_bytes=max_bytes)
    if _has_pages(examination.outcome):
        render_pages = partial(render, file, max_bytes=max_bytes)
        return PicturedOutcome(examination.outcome, tuple(write_pictures(examination, render_pages, out, page)))
    return PicturedOutcome(examination.outcome, tuple(write_tables(examination, out, page)))


def _has_pages(outcome: Outcome) -> bool:
    """Whether pictures can be made of a file; of one that could not be read nothing is drawn."""
    return outcome.media_type == PDF.media_type


def require_place(out: Path) -> None:
    """Raises UsageError where `out` is no .png, no .html and no folder, or lies in a folder that is missing."""
    is_picture = out.suffix.lower() in _DRAWN
    if not is_picture and (out.is_file() or (out.suffix and not out.is_dir())):
        raise UsageError(f"{out} is neither a .png, an .html nor a folder. Give one of these to --draw.")
    if not out.absolute().parent.is_dir():
        raise UsageError(f"The folder {out.parent} does not exist. Create it, or give another place to --draw.")


def write_pictures(examination: Examination, render: Render, out: Path, page: int | None = None) -> Iterator[Path]:
    """The files written, one for each page worth a look or for `page`, none of a file that could not be read.

    Files that exist are overwritten; no folder is made but `out` itself. Raises UsageError where `out` is an .html or
    cannot be written to, and what `require_place` raises.
    """
    require_place(out)
    if _is(out, ".html"):
        raise UsageError(f"{examination.outcome.file_name} has pages. Give a .png or a folder to --draw.")
    pages = _pages(examination, page)
    if not pages:
        return
    for raster in render(frozenset(pages), DPI):
        marks = tuple(page_marks(raster.number, examination))
        path = picture_path(out, raster.number, len(pages))
        _write(path, draw_marks(raster, marks))
        yield path


def write_tables(examination: Examination, out: Path, page: int | None = None) -> Iterator[Path]:
    """The page that shows the tables of a file without pages: the .html `out`, or tables.html in the folder `out`.

    Raises UsageError where `out` is a .png or cannot be written to, and what `require_place` raises.
    """
    require_place(out)
    if examination.outcome.status == "failed":
        return
    if _is(out, ".png"):
        raise UsageError(f"{examination.outcome.file_name} has no pages. Give an .html or a folder to --draw.")
    path = out if _is(out, ".html") else out / "tables.html"
    _write(path, draw_tables(examination, _pages(examination, page)).encode())
    yield path


def _is(out: Path, suffix: str) -> bool:
    return out.suffix.lower() == suffix and not out.is_dir()


def _pages(examination: Examination, page: int | None) -> list[int]:
    if page is None:
        return pages_to_draw(examination)
    return [page] if any(one.number == page for one in examination.pages) else []


def pages_to_draw(examination: Examination) -> list[int]:
    """The pages with a form, or a finding that a person should see; every page where there are none, to see why."""
    declarations, findings = examination.outcome.declarations, examination.outcome.findings
    of_forms = {page for form in declarations for page in range(form.first_page, form.last_page + 1)}
    found = of_forms | {finding.place.page for finding in findings if finding.place and finding.severity != "info"}
    return sorted(found) or [laid_out.number for laid_out in examination.pages]


def picture_path(out: Path, page: int, count: int) -> Path:
    """The file for one of `count` pages: in the folder `out`, or the .png `out`, of several out-3.png beside it."""
    if out.suffix.lower() != ".png" or out.is_dir():
        return out / f"page-{page:03}.png"
    return out if count == 1 else out.with_stem(f"{out.stem}-{page}")


def _write(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all: whoever looks at it meanwhile sees the old one."""
    unfinished = path.with_suffix(".part")
    try:
        path.parent.mkdir(exist_ok=True)
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}). Give another place to --draw.") from error
