"""Samples with every kind of damage, and forms in disorder: no parse raises, crashes or exceeds its limits.

A fault of ours ends as an outcome with the code `crash`. In a worker such outcomes are counted here, in this process
the fault itself comes out (see conftest.py).
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from perftable_etl.document import Document, Grid, Line
from perftable_etl.extract import recognition
from perftable_etl.ingest.limits import Limits
from perftable_etl.pipeline import parse
from perftable_etl.records import Outcome
from tests.drawing import shuffle
from tests.drawing.redraw import SAMPLES
from tests.normalize.grids import document, grid, line
from tests.normalize.reader import understand
from tests.parsing import parse_all

LIMITS = Limits(seconds=60, megabytes=1024)

FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".pdf", ".txt"})
ORIGINALS = [path.read_bytes() for path in FILES]
OBJECT = re.compile(rb"\d+ 0 obj\b.*?endobj", re.DOTALL)

Mutate = Callable[[bytearray, random.Random], None]


def parse_without_recognition(path: Path, max_bytes: int) -> Outcome:
    """As where the extra is not installed: what is damaged is often illegible, and recognition takes seconds a page.

    For worker processes only: nothing takes it back.
    """
    sys.modules["perftable_etl.extract.ocr"] = None  # type: ignore[assignment]
    return parse(path, max_bytes=max_bytes)


def flip_bits(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 10, 100, 1000))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def cut_out(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.choice((1, 100, 10_000))]


def splice(data: bytearray, chance: random.Random) -> None:
    """Puts in a piece of some sample."""
    other = chance.choice(ORIGINALS)
    start, at = chance.randrange(len(other)), chance.randrange(len(data))
    data[at:at] = other[start : start + chance.choice((10, 1000, 10_000))]


def repeat_object(data: bytearray, chance: random.Random) -> None:
    """Puts an object of the PDF in again, somewhere."""
    found = list(OBJECT.finditer(data))
    if found:
        again, at = chance.choice(found)[0], chance.choice(found).start()
        data[at:at] = again + b"\n"


def change_number(data: bytearray, chance: random.Random) -> None:
    """Makes a number, often a length, a place or a reference, another one."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return
    number = chance.choice(found)
    data[number.start() : number.end()] = str(chance.choice((-1, 0, 1, 7, 65_536, 2**31, 10**20))).encode()


def cut_off(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(1, len(data)) :]


MUTATIONS: tuple[Mutate, ...] = (flip_bits, cut_out, splice, repeat_object, change_number, cut_off)


def mutated(folder: Path, seeds: range) -> Iterator[Path]:
    """A damaged sample for each seed."""
    for seed in seeds:
        chance = random.Random(seed)
        index = chance.randrange(len(FILES))
        data = bytearray(ORIGINALS[index])
        for mutate in chance.choices(MUTATIONS, k=chance.randint(1, 3)):
            if data:
                mutate(data, chance)
        path = folder / f"{seed}-{FILES[index].name}"
        path.write_bytes(data)
        yield path


def assert_sound(files: Iterator[Path], folder: Path) -> None:
    """Reads files in workers; those that are read well are taken away again."""
    broken = []
    for outcome in parse_all(files, parse_without_recognition, 2, LIMITS):
        if outcome.error_code in {"crash", "timeout", "memory"}:
            broken.append(outcome.error_message)
        else:
            (folder / outcome.file_name).unlink()
        assert (outcome.error_code is not None) == (outcome.status == "failed")
    assert broken == []


TEXTS: dict[str, Callable[[random.Random], str]] = {
    "words": shuffle.words,
    "lines": shuffle.lines,
    "forms": shuffle.flattened,
}
"""Shuffled texts: words in any order; the lines of a form in another order; whole forms that make no sense."""


def shuffled_texts(folder: Path, make: Callable[[random.Random], str], seeds: range) -> Iterator[Path]:
    for seed in seeds:
        path = folder / f"{seed}.txt"
        path.write_text(make(random.Random(seed)), encoding="utf-8")
        yield path


def shuffled_pdfs(folder: Path, seeds: range) -> Iterator[Path]:
    for seed in seeds:
        path = folder / f"{seed}.pdf"
        path.write_bytes(shuffle.pdf(random.Random(seed)))
        yield path


def shuffled_grids(chance: random.Random) -> Document:
    """A few pages with titles and grids, as page geometry gives them, their edges open here and there."""
    return document(*(list(shuffled_page(chance, number)) for number in range(1, chance.randint(2, 4))))


def shuffled_page(chance: random.Random, number: int) -> Iterator[Grid | Line]:
    width, top = chance.choice((2, 5, 5, 5, 7)), 100.0
    for _ in range(chance.randint(1, 3)):
        for _ in range(chance.randint(0, 2)):
            yield line(chance.choice(shuffle.TITLES), page=number, y=top - 20)
        rows, shift = shuffle.rows(chance, chance.choice((2, 8, 20)), width), chance.choice((0.0, 0.0, 3.0))
        is_cut = {"open_above": chance.random() < 0.3, "open_below": chance.random() < 0.3}
        yield grid(rows, page=number, top=top, shift=shift, **is_cut)
        top += len(rows) * 20 + 60


def assert_tiled(grid: Grid) -> None:
    """Every cell lies within the grid's rows and columns, and no two on one place."""
    places = [
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.end_row)
        for column in range(cell.column, cell.end_column)
    ]
    assert len(places) == len(set(places))
    assert all(0 <= row < grid.row_count and 0 <= column < grid.column_count for row, column in places)


def assert_grids_hold(seeds: range) -> None:
    for seed in seeds:
        for form in understand(shuffled_grids(random.Random(seed))).forms:
            assert_tiled(form.form.grid)


@pytest.mark.parametrize("first", [0, *(pytest.param(first, marks=pytest.mark.slow) for first in (50, 100, 150))])
def test_damaged_samples(first: int, tmp_path: Path) -> None:
    assert_sound(mutated(tmp_path, range(first, first + 50)), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 11_000, 1000))
def test_ten_thousand_damaged_samples(first: int, tmp_path: Path) -> None:
    assert_sound(mutated(tmp_path, range(first, first + 1000)), tmp_path)


@pytest.mark.parametrize("family", TEXTS)
def test_shuffled_texts(family: str, tmp_path: Path) -> None:
    for path in shuffled_texts(tmp_path, TEXTS[family], range(30)):
        parse(path)


def test_shuffled_grids() -> None:
    assert_grids_hold(range(100))


def test_shuffled_pdfs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_reader", lambda: None)
    for path in shuffled_pdfs(tmp_path, range(20)):
        parse(path)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 5000, 1000))
@pytest.mark.parametrize("family", TEXTS)
def test_thousands_of_shuffled_texts(family: str, first: int, tmp_path: Path) -> None:
    assert_sound(shuffled_texts(tmp_path, TEXTS[family], range(first, first + 1000)), tmp_path)


@pytest.mark.slow
def test_thousands_of_shuffled_grids() -> None:
    assert_grids_hold(range(1000, 11_000))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 4000, 500))
def test_thousands_of_shuffled_pdfs(first: int, tmp_path: Path) -> None:
    assert_sound(shuffled_pdfs(tmp_path, range(first, first + 500)), tmp_path)
