"""Measures what a page costs: parsing it, against the libraries below the parser; then what a target value costs.

Usage: bench.py [PDF...]; without arguments the samples. The parser may take twice what MuPDF itself takes for the text
and drawings of the same pages, and must be fifteen times quicker than pdfplumber's tables. Where a file brings its
tables with it, getting them out may take 5 ms a form. Target values are those of the samples; with the repeats that
they have there, at least 50,000 a second must be read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from time import process_time
from typing import NamedTuple

import pdfplumber
import pymupdf

from perftable_etl import parse, parse_target
from perftable_etl.formats import format_named
from perftable_etl.table_files import TABLE_READERS

ROUNDS = 5
SAMPLES = Path(__file__).parents[1] / "samples"


class Cost(NamedTuple):
    """Milliseconds a page."""

    mupdf: float
    parse: float
    pdfplumber: float


def read_with_mupdf(path: Path) -> None:
    with pymupdf.open(path) as pdf:
        for page in pdf:
            page.get_text("words")
            page.get_cdrawings()


def read_with_pdfplumber(path: Path) -> None:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()


def best_of(rounds: int, read: Callable[[Path], object], path: Path) -> float:
    """The shortest of several times, in milliseconds: what the work takes when nothing disturbs it."""
    times = []
    for _ in range(rounds):
        started = process_time()
        read(path)
        times.append(process_time() - started)
    return min(times) * 1000


def measure(path: Path) -> Cost:
    with pymupdf.open(path) as pdf:
        pages = pdf.page_count
    return Cost(
        mupdf=best_of(ROUNDS, read_with_mupdf, path) / pages,
        parse=best_of(ROUNDS, parse, path) / pages,
        pdfplumber=best_of(1, read_with_pdfplumber, path) / pages,
    )


def sample_targets() -> list[str]:
    """The target values of all samples, in order and as often as they are printed."""
    records = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SAMPLES.glob("*.expected.json"))]
    return [
        indicator["target_raw"]
        for record in records
        for project in record["projects"]
        for indicator in project["indicators"]
    ]


_years = count(1000)


def targets_a_second(texts: Sequence[str], *, seen: bool = False) -> float:
    """The best of several rounds, each of which has seen none of the values, or all of them.

    Values are remembered with the form's year: in a new year all are new, though their units and words are not.
    """
    times = []
    for _ in range(ROUNDS):
        year = next(_years)
        if seen:
            read_targets(texts, year)
        started = process_time()
        read_targets(texts, year)
        times.append(process_time() - started)
    return len(texts) / min(times)


def read_targets(texts: Sequence[str], year: int) -> None:
    for text in texts:
        parse_target(text, year=year)


def show_targets() -> None:
    texts = sample_targets()
    distinct = list(dict.fromkeys(texts))
    rows = (
        (f"as in the samples ({len(texts)}, {len(distinct)} of them distinct)", targets_a_second(texts)),
        ("distinct ones, never seen", targets_a_second(distinct)),
        ("all seen before", targets_a_second(texts, seen=True)),
    )
    sys.stdout.write(f"\n{'targets a second':52}\n")
    for what, speed in rows:
        sys.stdout.write(f"{what:52} {speed:12,.0f}\n")


def show_tables() -> None:
    """What it takes to get the tables out of files that bring them with them."""
    sys.stdout.write(f"\n{'ms a form':28} {'extract':>8} {'parse':>8}\n")
    for path in sorted(SAMPLES.iterdir()):
        if read := _table_reader(path):
            forms = len(parse(path).declarations)
            extract, whole = best_of(ROUNDS, read, path) / forms, best_of(ROUNDS, parse, path) / forms
            sys.stdout.write(f"{path.name:28} {extract:8.1f} {whole:8.1f}\n")


def _table_reader(path: Path) -> Callable[[Path], object] | None:
    known = format_named(path.name)
    read = TABLE_READERS.get(known.name) if known else None
    return (lambda file: read(file.read_bytes())) if read else None


def main() -> None:
    show_pages()
    show_tables()
    show_targets()


def show_pages() -> None:
    paths = [Path(argument) for argument in sys.argv[1:]] or sorted(SAMPLES.rglob("*.pdf"))
    sys.stdout.write(f"{'ms a page':28} {'mupdf':>8} {'parse':>8} {'plumber':>8} {'of mupdf':>9} {'quicker':>8}\n")
    for path in paths:
        cost = measure(path)
        sys.stdout.write(
            f"{path.name:28} {cost.mupdf:8.1f} {cost.parse:8.1f} {cost.pdfplumber:8.1f}"
            f" {cost.parse / cost.mupdf:8.2f}x {cost.pdfplumber / cost.parse:7.1f}x\n"
        )


if __name__ == "__main__":
    main()
