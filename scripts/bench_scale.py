"""Measures how an ingest grows with its files: time, processor time, memory, from 100 documents to 100,000.

Usage: make bench-scale, or python -m scripts.bench_scale SIZE... The documents are made in build/bench-scale; later
calls find them there. Needs Linux: memory and processor time of each process are read from /proc, five times a second.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from matplotlib import pyplot

from perftable_etl import connect
from tests.drawing.corpus import write_corpus
from tests.processes import Use, watched

BUILD = Path(__file__).parents[1] / "build" / "bench-scale"
SIZES = (100, 1_000, 10_000, 100_000)
WORKERS = (1, 2)


class Run(NamedTuple):
    """A command: how long it took, and what its main process and the others used."""

    passed: float
    main: Use
    others: Use


class Size(NamedTuple):
    """What one size of corpus costs with so many workers. Times are seconds, sizes megabytes."""

    documents: int
    workers: int
    passed: float
    main_ms: float
    others_ms: float
    main_mb: float
    worker_mb: float
    again: float
    database_mb: float
    load_rate: float
    load_mb: float


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    write_corpus(BUILD / "files", max(sizes))
    found = [measured(documents, workers) for documents in sizes for workers in WORKERS]
    (BUILD / "sizes.json").write_text(json.dumps([one._asdict() for one in found], indent=1))
    draw([one for one in found if one.workers == max(WORKERS)], BUILD / "scale.png")


def draw(found: Sequence[Size], path: Path) -> None:
    """Draws how time a document and memory go with the size."""
    figure, (times, memory) = pyplot.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
    sizes = [one.documents for one in found]
    times.plot(sizes, [1000 * one.passed / one.documents for one in found], "o-", label="time that passed")
    times.plot(sizes, [one.others_ms for one in found], "s-", label="processors, workers")
    times.plot(sizes, [one.main_ms for one in found], "^-", label="processors, main process")
    times.set(xscale="log", yscale="log", xlabel="documents", ylabel="ms a document")
    memory.plot(sizes, [one.main_mb for one in found], "^-", label="main process")
    memory.plot(sizes, [one.worker_mb for one in found], "s-", label="largest worker")
    memory.set(xscale="log", ylim=(0, 400), xlabel="documents", ylabel="MB at most")
    for axes in (times, memory):
        axes.grid(alpha=0.3)
        axes.legend()
    figure.savefig(path, dpi=120)


def measured(documents: int, workers: int) -> Size:
    folder, db, parts = BUILD / f"files-{documents}", BUILD / "scale.duckdb", BUILD / "parts"
    shutil.rmtree(parts, ignore_errors=True)
    for file in BUILD.glob("*.duckdb*"):
        file.unlink()
    link_some(folder, documents)
    first = run("ingest", str(folder), "--db", str(db), "--workers", str(workers))
    again = run("ingest", str(folder), "--db", str(db), "--workers", str(workers))
    run("ingest", str(folder), "--shard", "1/1", "--to", str(parts), "--workers", str(workers))
    load = run("load", str(parts), "--db", str(BUILD / "loaded.duckdb"))
    size = Size(
        documents,
        workers,
        first.passed,
        1000 * first.main.total / documents,
        1000 * first.others.total / documents,
        first.main.memory / 1e6,
        first.others.memory / 1e6,
        again.passed,
        db.stat().st_size / 1e6,
        indicators_in(db) / load.passed,
        load.main.memory / 1e6,
    )
    print(" ".join(f"{name}={value:,.1f}" for name, value in size._asdict().items()), flush=True)  # noqa: T201
    return size


def link_some(folder: Path, documents: int) -> None:
    """The first documents of the corpus, in a folder of their own."""
    for number in range(documents):
        path = folder / f"{number // 1000:04}" / f"{number:07}.pdf"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.hardlink_to(BUILD / "files" / path.relative_to(folder))


def run(*arguments: str) -> Run:
    """Runs a command of ours and watches its processes."""
    started = perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "perftable_etl", *arguments], stdout=subprocess.DEVNULL)
    seen = watched(process)
    if process.returncode:
        sys.exit(f"perftable-etl {' '.join(arguments)} ended with exit code {process.returncode}")
    return Run(perf_counter() - started, *seen)


def indicators_in(db: Path) -> int:
    with connect(db) as connection:
        return int(connection.execute("SELECT count(*) FROM indicators").fetchall()[0][0])


if __name__ == "__main__":
    main()
