"""Measures an ingest of a folder of 10,000 files that has nothing new, as a whole process: under 2 seconds.

Usage: bench_rerun.py [FOLDER]; by default build/bench. The files are made there and read once, which takes minutes;
later calls find them read. Processor time is told beside the time that passed, for machines with other work to do.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

FILES = 10_000
FILES_PER_FOLDER = 100
ROUNDS = 5
LIMIT = 2.0
BUILD = Path(__file__).parents[1] / "build" / "bench"


class Cost(NamedTuple):
    """Seconds of a process: from its start to its end, and what it used of processors."""

    passed: float
    used: float


def prepare(folder: Path) -> None:
    """Small files with text of their own each, below `folder`."""
    for number in range(FILES):
        path = folder / f"{number // FILES_PER_FOLDER:03}" / f"{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"没有表格的一封信，第{number}号。\n", encoding="utf-8")


def ingest(folder: Path, db: Path) -> Cost:
    command = [sys.executable, "-m", "perftable_etl", "ingest", str(folder), "--db", str(db)]
    before, started = os.times(), perf_counter()
    subprocess.run([*command, f"--workers={os.cpu_count()}"], check=True, stdout=subprocess.DEVNULL)
    passed, after = perf_counter() - started, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(passed, used)


def main() -> None:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else BUILD
    folder, db = root / "files", root / "work.duckdb"
    if not folder.exists():
        prepare(folder)
    first = ingest(folder, db)
    costs = [ingest(folder, db) for _ in range(ROUNDS)]
    sys.stdout.write(f"{'seconds':28} {'passed':>8} {'used':>8}\n")
    for what, cost in (("first call", first), (f"nothing new, best of {ROUNDS}", min(costs))):
        sys.stdout.write(f"{what:28} {cost.passed:8.2f} {cost.used:8.2f}\n")
    sys.exit(0 if min(costs).passed < LIMIT else f"an unchanged folder takes {LIMIT:g} seconds or more")


if __name__ == "__main__":
    main()
