"""`python -m tests.drawing.shares broken --examples 200`: how random flattened disclosures fare, as shares.

`--layout` and `--disturbance` choose; `--to FOLDER` keeps each example that is not exact, and beside it what differs.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, Literal, NamedTuple

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from perftable_etl import parse
from perftable_etl.records import Outcome
from tests.comparison import faults
from tests.drawing.flatten import broken, printed_lines, tabbed
from tests.drawing.forms import DrawnDisclosure
from tests.drawing.layouts import LAYOUTS
from tests.drawing.text_disturbances import TEXT_DISTURBANCES, disturb
from tests.strategies import breakings, disclosures, pens, tabbings, variations

STYLES: dict[str, tuple[Callable[[], st.SearchStrategy[Any]], Callable[..., str]]] = {
    "tabs": (tabbings, tabbed),
    "broken": (breakings, broken),
    "printed": (pens, printed_lines),
}

ABOUT_VALUES = {"unit_contradicts_name", "target_damaged", "target_unknown_unit", "year_inferred", "dates_outside_year"}
"""Findings on what is printed, however well it is read: random values often have them."""

RUN = 5
"""Examples of one run of hypothesis: it makes many out of each other, which are as good as one."""

Verdict = Literal["exact", "doubted", "told", "silent"]
"""Read exactly, perhaps with a doubt; else wrong, and told or not."""


class Example(NamedTuple):
    """A disclosure and its text."""

    disclosure: DrawnDisclosure
    text: str


@st.composite
def example(draw: st.DrawFn, style: str, layout: str, disturbance: str | None) -> Example:
    """A random example, disturbed or not."""
    strategy, flatten = STYLES[style]
    disclosure = draw(disclosures(layout, plain=True))
    varied = draw(variations(layout))
    text = flatten(disclosure, draw(strategy()), varied)
    chance = Random(draw(st.integers(0, 10**6)))
    return Example(disclosure, disturb(text, disturbance, chance) if disturbance else text)


def told(outcome: Outcome) -> list[str]:
    """What is said against the reading."""
    said = (one for one in outcome.findings if one.severity != "info" and one.code not in ABOUT_VALUES)
    return [f"{one.code}: {one.message} | {one.raw!r}" for one in said]


def verdict(differing: list[str], doubts: list[str]) -> Verdict:
    """How an example fares."""
    if differing:
        return "told" if doubts else "silent"
    return "doubted" if doubts else "exact"


def main() -> None:
    """Counts, and prints the shares."""
    arguments = _arguments()
    styles = [arguments.style] if arguments.style else list(STYLES)
    layouts = [arguments.layout] if arguments.layout else list(LAYOUTS)
    names = list(TEXT_DISTURBANCES) if arguments.disturbance == "all" else [arguments.disturbance]
    for style in styles:
        for name in names:
            for layout in layouts:
                for line in _lines(arguments, style, layout, name):
                    print(line, flush=True)  # noqa: T201 - a tool for people


def _lines(arguments: argparse.Namespace, style: str, layout: str, disturbance: str | None) -> Iterator[str]:
    counts: Counter[Verdict] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drawn.txt"

        def count(one: Example) -> None:
            path.write_text(one.text, encoding="utf-8", newline="")
            outcome = parse(path)
            differing, doubts = faults(outcome, one.disclosure), told(outcome)
            name = verdict(differing, doubts)
            counts[name] += 1
            if arguments.to and differing:
                _keep(arguments.to, f"{style}-{layout}-{name}-{counts[name]}", one, [*differing, "", *doubts])

        for number in range(0, arguments.examples, RUN):
            _try(count, example(style, layout, disturbance), arguments.seed + number)
    total = sum(counts.values())
    exact = (counts["exact"] + counts["doubted"]) / max(total, 1)
    yield f"{style:8} {layout:24} {disturbance or '':28} {exact:7.1%} of {total} exact  {dict(counts)}"


def _try(count: Callable[..., None], examples: st.SearchStrategy[Example], number: int) -> None:
    """Counts the examples of one run."""
    few = settings(max_examples=RUN, phases=(Phase.generate,), database=None, deadline=None, derandomize=False,
                   suppress_health_check=list(HealthCheck))  # fmt: skip
    seed(number)(few(given(one=examples)(count)))()


def _keep(folder: Path, name: str, one: Example, lines: list[str]) -> None:
    folder.mkdir(exist_ok=True, parents=True)
    (folder / f"{name}.txt").write_text(one.text, encoding="utf-8", newline="")
    (folder / f"{name}.why").write_text("\n".join(lines), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.drawing.shares", description=__doc__)
    parser.add_argument("style", nargs="?", choices=list(STYLES))
    parser.add_argument("--layout", choices=list(LAYOUTS))
    parser.add_argument("--disturbance", choices=["all", *TEXT_DISTURBANCES])
    parser.add_argument("--examples", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--to", type=Path, help="where to keep what is not exact")
    return parser.parse_args()


if __name__ == "__main__":
    main()
