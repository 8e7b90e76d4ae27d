"""Times every view over a database of two million indicators, as `make bench-views` does: each under a second.

Usage: bench_views.py [DATABASE]; by default build/bench/views.duckdb, which is made where it is missing, in a minute or
two. Its rows are drawn in SQL from their numbers (bench_views.sql): units that publish every year, projects and
indicators that come again, later publications. DuckDB gets two threads. Each question is asked three times and the best
counts, as the machine may have other work to do.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

import duckdb

from perftable_etl.load.ddl import VIEWS
from perftable_etl.load.organizations import organize
from perftable_etl.load.warehouse import Warehouse

TRIES = 3
THREADS = 2
LIMIT = 1.0
BUILD = Path(__file__).parents[1] / "build" / "bench"
QUESTIONS = Path(__file__).with_suffix(".questions.sql")


class Cost(NamedTuple):
    """Seconds of a question: what passed, and what it used of processors, which other work alters less."""

    passed: float
    used: float


def prepare(path: Path) -> None:
    """The database, at its name only once it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".partial")
    draft.unlink(missing_ok=True)
    with Warehouse(draft):
        pass
    with duckdb.connect(str(draft)) as connection:
        connection.execute(Path(__file__).with_suffix(".sql").read_text("utf-8"))
        organize(connection)
    draft.rename(path)


def questions() -> Iterator[tuple[str, str]]:
    """What is asked, and its SQL: every view counted, and questions as researchers have them."""
    yield from ((f"{view}: count", f"SELECT count(*) FROM {view}") for view in VIEWS)
    for question in QUESTIONS.read_text("utf-8").strip().split(";"):
        comment, _, query = question.strip().partition("\n")
        if query:
            yield comment.removeprefix("-- "), query


def cost(connection: duckdb.DuckDBPyConnection, query: str) -> Cost:
    """The best of several tries."""
    return min(_once(connection, query) for _ in range(TRIES))


def _once(connection: duckdb.DuckDBPyConnection, query: str) -> Cost:
    used, started = process_time(), perf_counter()
    connection.execute(query).fetchall()
    return Cost(perf_counter() - started, process_time() - used)


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else BUILD / "views.duckdb"
    if not path.exists():
        prepare(path)
    slow: list[str] = []
    sys.stdout.write(f"{'passed':>8} {'used':>8}  seconds, best of {TRIES}, {THREADS} threads\n")
    with duckdb.connect(str(path), read_only=True, config={"threads": THREADS}) as connection:
        for name, query in questions():
            took = cost(connection, query)
            sys.stdout.write(f"{took.passed:8.2f} {took.used:8.2f}  {name}\n")
            sys.stdout.flush()
            slow += [name] if took.passed >= LIMIT else []
    sys.exit(f"{LIMIT:g} second or more: {', '.join(slow)}" if slow else 0)


if __name__ == "__main__":
    main()
