"""Drawn forms as LibreOffice writes them. `python -m tests.drawing.conversions` makes those that are kept, again.

Words of the vocabulary are drawn from, and it grows, so what each kept file must give is kept with it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.drawing.kinds.choice import Choice
from tests.drawing.kinds.composition import compose
from tests.drawing.kinds.drawn import Drawn
from tests.drawing.kinds.records import USUAL
from tests.drawing.office_sheet import SheetStyle, write_xlsx
from tests.drawing.office_word import write_docx
from tests.drawing.soffice import convert
from tests.drawing.table import DrawnForm

KEPT = Path(__file__).parent / "converted"
SEED = 7
"""The seed of the forms that are kept."""

WAYS: Mapping[str, Sequence[str]] = {
    "docx": ("odt", "docx"),
    "docx.html": ("html",),
    "xls": ("xls",),
    "ods": ("ods",),
    "xlsx.html": ("html",),
}
"""By the end of the names of converted files: the formats that one becomes after the other."""


class Conversion(NamedTuple):
    """A form that was converted: what was drawn, the file that it was written to first, and the one it became."""

    drawn: Drawn
    written: Path
    path: Path


def converted(seeds: Iterable[int], folder: Path) -> Iterator[Conversion]:
    """Forms of every kind by some seeds, in every way."""
    drawn = {f"{kind}-{seed}": compose(Choice(seed), kind) for kind in USUAL for seed in seeds}
    for end, formats in WAYS.items():
        written = list(_write(drawn, "docx" if end.startswith("docx") else "xlsx", folder / end.replace(".", "-")))
        for one, path in zip(written, _converted(written, end, formats), strict=True):
            yield Conversion(drawn[one.stem], one, path)


def _write(drawn: Mapping[str, Drawn], to: str, folder: Path) -> Iterator[Path]:
    folder.mkdir()
    for name, one in drawn.items():
        path = folder / f"{name}.{to}"
        path.write_bytes(_written(one.form, to))
        yield path


def _converted(written: Sequence[Path], end: str, formats: Sequence[str]) -> list[Path]:
    folder, paths = written[0].parent, list(written)
    for number, to in enumerate(formats):
        step = folder / str(number)
        step.mkdir()
        convert(paths, to, step)
        paths = [step / f"{path.stem}.{to}" for path in paths]
    return [path.rename(path.with_name(f"{path.stem}.{end}")) for path in paths]


def _written(form: DrawnForm, to: str) -> bytes:
    return write_docx([form]) if to == "docx" else write_xlsx([form], SheetStyle(typed=True))


def cells_of(form: DrawnForm) -> list[list[Any]]:
    """The cells of a drawn table, on the rows and columns in which some cell begins."""
    rows = sorted({cell.row for cell in form.table.cells})
    columns = sorted({cell.column for cell in form.table.cells})
    return [
        [
            cell.text,
            rows.index(cell.row),
            columns.index(cell.column),
            sum(cell.row <= row < cell.end_row for row in rows),
            sum(cell.column <= column < cell.end_column for column in columns),
        ]
        for cell in form.table.cells
    ]


def main() -> None:
    """Makes the kept files again."""
    KEPT.mkdir(exist_ok=True)
    expected = {}
    with tempfile.TemporaryDirectory() as folder:
        for drawn, _, path in converted([SEED], Path(folder)):
            (KEPT / path.name).write_bytes(path.read_bytes())
            expected[drawn.kind] = {
                "lines": list(drawn.form.heading),
                "cells": cells_of(drawn.form),
                "projects": drawn.projects,
            }
    text = json.dumps(expected, ensure_ascii=False, indent=0)
    (KEPT / "expected.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
