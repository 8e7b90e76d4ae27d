"""`python -m tests.disturbances NAME SEED --to out.pdf` writes a file for a look; without NAME, a table of verdicts.

`--seeds N` examples each, `--only WORD` those whose name has it. `--pending` says what the list of those that are not
yet told should lose, gain and change.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.disturbances import DISTURBANCES
from tests.disturbances.judge import judge
from tests.disturbances.pending import NOT_YET_TOLD
from tests.disturbances.protocol import Disturbance


def main() -> None:
    arguments = _arguments()
    if arguments.name:
        show(DISTURBANCES[arguments.name], arguments.seed, arguments.to)
        return
    chosen = [one for one in DISTURBANCES.values() if arguments.only in f"{one.noun} {one.name}"]
    show_all = pending if arguments.pending else table
    for line in show_all(chosen, range(arguments.seeds)):
        print(line, flush=True)  # noqa: T201 - a tool for people


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.disturbances", description=__doc__)
    parser.add_argument("name", nargs="?")
    parser.add_argument("seed", nargs="?", type=int, default=0)
    parser.add_argument("--to", type=Path, help="where to write the file")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--only", default="")
    parser.add_argument("--pending", action="store_true")
    return parser.parse_args()


def show(disturbance: Disturbance, seed: int, to: Path | None) -> None:
    """Prints how a file fares, and writes it."""
    disturbed = disturbance.example(seed)
    if to:
        to.write_bytes(disturbed.data)
    print(judge(disturbed))  # noqa: T201 - a tool for people
    print(disturbed.concern)  # noqa: T201 - a tool for people


def table(disturbances: Iterable[Disturbance], seeds: range) -> Iterator[str]:
    """A line for each disturbance, with a seed of what is not as it should be."""
    totals: Counter[str] = Counter()
    for one in disturbances:
        verdicts = {seed: judge(one.example(seed)).verdict for seed in seeds}
        counts = Counter(verdicts.values())
        totals.update(counts)
        bad = [f"{verdict} {seed}" for seed, verdict in verdicts.items() if verdict in ("silent", "elsewhere")]
        numbers = " ".join(f"{counts[verdict]:3}" for verdict in ("exact", "told", "elsewhere", "silent"))
        yield f"{numbers}  {one.noun}: {one.name}{f'  ({bad[0]})' if bad else ''}"
    examples = sum(totals.values())
    yield f"total {dict(totals)} of {examples}: {totals['exact'] / (examples or 1):.1%} exact"


def pending(disturbances: Iterable[Disturbance], seeds: range) -> Iterator[str]:
    """A line for each disturbance whose place on the list, or off it, is wrong."""
    for one in disturbances:
        listed = NOT_YET_TOLD.get(one.name)
        bad = next((seed for seed in seeds if judge(one.example(seed)).verdict in ("silent", "elsewhere")), None)
        if listed is None and bad is not None:
            yield f"put on: {one.name!r} seed {bad}"
        elif listed is not None and bad is None:
            yield f"take off: {one.name!r}"
        elif listed is not None and judge(one.example(listed.seed)).verdict in ("exact", "told"):
            yield f"change: {one.name!r} to seed {bad}"


if __name__ == "__main__":
    main()
