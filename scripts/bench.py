"""Measures what a page costs: parsing it, against the libraries below the parser.

Usage: bench.py [PDF...]; without arguments the samples. The parser may take twice what MuPDF itself takes for the text
and drawings of the same pages, and must be fifteen times quicker than pdfplumber's tables.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import pdfplumber
import pymupdf

from perftable_etl import parse

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
        started = perf_counter()
        read(path)
        times.append(perf_counter() - started)
    return min(times) * 1000


def measure(path: Path) -> Cost:
    with pymupdf.open(path) as pdf:
        pages = pdf.page_count
    return Cost(
        mupdf=best_of(ROUNDS, read_with_mupdf, path) / pages,
        parse=best_of(ROUNDS, parse, path) / pages,
        pdfplumber=best_of(1, read_with_pdfplumber, path) / pages,
    )


def main() -> None:
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
