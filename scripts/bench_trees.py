"""Measures what source trees of this package cost beside one another: the processor time of parses and of a start.

Usage: bench_trees.py ROUNDS TREE TREE... [FILE...]; a tree is a folder with `src` in it, the first is what the others
are compared with; without files, five samples. Each tree has a process of its own. They parse a file five times in
turn, so that whatever else the machine does meets all of them; the first parses, which fill their memories, count not.
A start is a process of its own that imports `parse` and reads the first file.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from typing import NamedTuple

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = ("cac-2024.chromium", "cac-2024.weasyprint", "cac-2025.calc", "cac-2025.writer", "district-2026.writer")
TIMES = 5

SERVE = f"""
import sys
from time import process_time
from perftable_etl import parse
for line in sys.stdin:
    for _ in range({TIMES}):
        started = process_time()
        parse(line.rstrip("\\n"))
        print(process_time() - started, flush=True)
"""
START = "import sys; from perftable_etl import parse; parse(sys.argv[1])"


class Costs(NamedTuple):
    """Milliseconds of a processor for each file, and for a start, of one tree."""

    files: dict[Path, list[float]]
    starts: list[float]


class Server:
    """A process that parses files with the sources of one tree."""

    def __init__(self, tree: Path) -> None:
        command = [sys.executable, "-c", SERVE]
        self._process = subprocess.Popen(
            command, env=environment(tree), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def times(self, file: Path) -> Iterator[float]:
        """The milliseconds of a few parses of a file."""
        assert self._process.stdin
        assert self._process.stdout
        print(file, file=self._process.stdin, flush=True)
        for _ in range(TIMES):
            yield float(self._process.stdout.readline()) * 1000


def environment(tree: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(tree / "src")}


def start(tree: Path, file: Path) -> float:
    """The milliseconds of a processor that a first parse takes, with all that is imported for it."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", START, str(file)], env=environment(tree), check=True)
    after = getrusage(RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def measure(rounds: int, trees: Sequence[Path], files: Sequence[Path]) -> list[Costs]:
    servers = [Server(tree) for tree in trees]
    costs = [Costs({file: [] for file in files}, []) for _ in trees]
    for number in range(rounds + 1):
        in_turn = list(zip(trees, servers, costs, strict=True))[:: 1 if number % 2 else -1]
        for file in files:
            for _, server, cost in in_turn:
                taken = list(server.times(file))
                cost.files[file] += taken if number else []
        for tree, _, cost in in_turn:
            taken = [start(tree, files[0])]
            cost.starts.extend(taken if number else [])
    return costs


def lower_quarter(times: Sequence[float]) -> float:
    return sorted(times)[len(times) // 4]


SHOWN: dict[str, Callable[[Sequence[float]], float]] = {"least": min, "quarter": lower_quarter, "middle": median}


def main() -> None:
    rounds, folders = int(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]]
    trees = [folder for folder in folders if folder.is_dir()]
    files = [folder for folder in folders if folder.is_file()] or [SAMPLES / f"{name}.pdf" for name in NAMES]
    costs = measure(rounds, trees, files)
    for name, of in SHOWN.items():
        parses = [sum(of(times) for times in cost.files.values()) for cost in costs]
        starts = [of(cost.starts) for cost in costs]
        show(f"parses, {name}", parses)
        show(f"start, {name}", starts)


def show(what: str, times: Sequence[float]) -> None:
    row = (f"{time:9.1f} ms {time / times[0]:6.3f}" for time in times)
    sys.stdout.write(f"{what:16} {'  '.join(row)}\n")


if __name__ == "__main__":
    main()
