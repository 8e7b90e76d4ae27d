"""What LibreOffice makes of drawn forms is read as exactly as what we write ourselves.

A few files that it made are kept; `make test-office` makes many and reads them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from perftable_etl import parse
from perftable_etl.document import Grid
from perftable_etl.pipeline import examine
from tests.comparison import differences, squeeze
from tests.drawing.conversions import KEPT, cells_of, converted
from tests.drawing.kinds.reading import read_projects

FILES = sorted(path for path in KEPT.iterdir() if path.suffix != ".json")


@lru_cache
def expected() -> dict[str, Any]:
    records: dict[str, Any] = json.loads((KEPT / "expected.json").read_text("utf-8"))
    return records


def grid(path: Path, heading: Sequence[str]) -> list[list[Any]]:
    """The cells of the one grid of a file. On a web page made from a sheet, the lines above a table are its rows."""
    blocks = [block for page in examine(path).pages for block in page.blocks]
    (found,) = (block for block in blocks if isinstance(block, Grid))
    above = [cell.text for cell in found.cells if cell.column_span == found.column_count][: len(heading)]
    lines = len(heading) if squeeze(above) == squeeze(list(heading)) else 0
    cells = [cell for cell in found.cells if cell.row >= lines]
    return [[cell.text, cell.row - lines, cell.column, cell.row_span, cell.column_span] for cell in cells]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_converted_form_is_read_exactly(path: Path) -> None:
    drawn = expected()[path.name.partition("-")[0]]
    assert squeeze(grid(path, drawn["lines"])) == squeeze(drawn["cells"])
    assert differences(read_projects(parse(path)), drawn["projects"]) == []


@pytest.mark.office
def test_all_converted_forms_are_read_as_they_were_written(tmp_path: Path) -> None:
    wrong = []
    for drawn, written, path in converted(range(100, 108), tmp_path):
        if squeeze(grid(path, drawn.form.heading)) != squeeze(cells_of(drawn.form)):
            wrong.append(f"{path.name}: another grid")
        found = differences(read_projects(parse(path)), read_projects(parse(written)))
        wrong += [f"{path.name}: {line}" for line in found]
    assert wrong == []
