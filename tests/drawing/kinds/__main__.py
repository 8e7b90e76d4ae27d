"""`python -m tests.drawing.kinds declaration ruled 7 --to FILE` draws an example; without a seed, a table.

Each faulty example is shown by its seed and its first differences.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from tests.drawing.kinds.judge import Example, example, judge
from tests.drawing.kinds.print_styles import STYLES
from tests.drawing.kinds.records import FormKind


def main() -> None:
    arguments = _arguments()
    sys.modules["perftable_etl.extract.ocr"] = None  # type: ignore[assignment]  # recognition takes seconds a page
    kinds = [arguments.kind] if arguments.kind else list(get_args(FormKind))
    styles = [arguments.style] if arguments.style else list(STYLES)
    with tempfile.TemporaryDirectory() as folder:
        lines = (
            _one(example(kinds[0], styles[0], arguments.seed), Path(folder), arguments.to)
            if arguments.seed is not None
            else _table(kinds, styles, range(arguments.seeds), Path(folder), arguments.differences)
        )
        for line in lines:
            print(line, flush=True)  # noqa: T201 - a tool for people


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.drawing.kinds", description=__doc__)
    parser.add_argument("kind", nargs="?", choices=get_args(FormKind))
    parser.add_argument("style", nargs="?", choices=STYLES)
    parser.add_argument("seed", nargs="?", type=int)
    parser.add_argument("--to", type=Path, help="where to write the file")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--differences", type=int, default=0, help="how many differences of each example to show")
    return parser.parse_args()


def _one(one: Example, folder: Path, to: Path | None) -> Iterator[str]:
    if to:
        to.write_bytes(one.data)
    verdict = judge(one, folder)
    yield verdict.name
    yield from (*verdict.differences, *verdict.told)


def _table(kinds: list[FormKind], styles: list[str], seeds: range, folder: Path, differences: int) -> Iterator[str]:
    for kind in kinds:
        for style in styles:
            verdicts = {seed: judge(example(kind, style, seed), folder) for seed in seeds}
            counts = Counter(verdict.name for verdict in verdicts.values())
            yield f"{kind:16} {style:9} {dict(counts)}"
            for seed, verdict in verdicts.items():
                if differences and verdict.name != "exact":
                    yield f"  seed {seed}: {verdict.name} ({len(verdict.differences)} differences)"
                    yield from (f"      {line}" for line in (*verdict.differences, *verdict.told)[:differences])


if __name__ == "__main__":
    main()
