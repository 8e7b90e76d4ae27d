"""The cookbook's database and its answers. `python -m tests.cookbook` writes the present ones into the page."""

from __future__ import annotations

import contextlib
import io
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb

from perftable_etl import Outcome, parse
from perftable_etl.load.warehouse import Warehouse
from tests.drawing.kinds.year_of_a_project import declaration, self_evaluation
from tests.drawing.mupdf import Pen, draw_forms

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "cookbook.md"
DATABASE = "forms.duckdb"
SAMPLES = ("cac-2024.writer.pdf", "cac-2024.txt", "cac-2025.writer.pdf", "district-2026.writer.pdf")
ADDRESS = "https://example.gov.cn/"

_BLOCK = re.compile(r"```(?P<language>sql|python)\n(?P<code>.*?)```\n(?:\n```\n(?P<shown>.*?)\n```\n)?", re.DOTALL)


class Question(NamedTuple):
    """A query or a program of the page, and the answer that the page shows."""

    language: str
    code: str
    shown: str


def questions() -> list[Question]:
    """All of the page."""
    return [Question(*found.group("language", "code", "shown")) for found in _BLOCK.finditer(PAGE.read_text("utf-8"))]


def make_database(folder: Path) -> Path:
    """The database that the page is about: the same on every machine, with addresses of a site."""
    path = folder / DATABASE
    with Warehouse(path) as warehouse:
        for outcome in _outcomes(folder):
            warehouse.store(outcome.model_copy(update={"source_uri": f"{ADDRESS}{outcome.file_name}"}))
        warehouse.relate()
    return path


def _outcomes(folder: Path) -> Iterator[Outcome]:
    """What the files say; the library declares a second project with the same targets."""
    for file in _files(folder):
        outcome = parse(file)
        yield outcome
        if file.name == "declaration.pdf":
            again = outcome.declarations[0].model_copy(update={"name": "公共图书馆周末开放"})
            other = {"document_id": "0" * 64, "file_name": "weekend.pdf", "declarations": (again,)}
            yield outcome.model_copy(update=other)


def _files(folder: Path) -> list[Path]:
    """Samples, and two forms that are drawn."""
    drawn = {"declaration.pdf": declaration(), "self-evaluation.pdf": self_evaluation()}
    for name, form in drawn.items():
        (folder / name).write_bytes(draw_forms("", [form], Pen()))
    return [*(ROOT / "samples" / name for name in SAMPLES), *(folder / name for name in drawn)]


def answer(question: Question, database: Path) -> str:
    """What the query gives or the program prints."""
    if question.language == "python":
        return _printed(question.code, database.parent)
    with duckdb.connect(str(database), read_only=True) as connection:
        return str(connection.sql(question.code.strip().rstrip(";"))).strip()


def _printed(code: str, folder: Path) -> str:
    output, before = io.StringIO(), Path.cwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(output):
            exec(compile(code, "cookbook.md", "exec"), {})
    finally:
        os.chdir(before)
    return output.getvalue().strip()


def main() -> None:
    """Writes the present answers into the page: read the difference before you commit it."""
    with tempfile.TemporaryDirectory() as folder:
        database = make_database(Path(folder))

        def answered(found: re.Match[str]) -> str:
            shown = answer(Question(*found.group("language", "code", "shown")), database)
            return f"```{found['language']}\n{found['code']}```\n\n```\n{shown}\n```\n"

        PAGE.write_text(_BLOCK.sub(answered, PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
