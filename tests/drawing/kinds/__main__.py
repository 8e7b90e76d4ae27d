"""`python -m tests.drawing.kinds declaration ruled 7 --to FILE` draws an example; without a seed, a table.

Of each faulty example it shows the seed and the first `--differences`; of all, what differs most often.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import get_args

from perftable_etl.normalize.layouts.collection import read_layouts
from tests.drawing.kinds.judge import Verdict, Wording, example, judge, judge_outside, outcome_of
from tests.drawing.kinds.pending import READER, SEEDS, STYLES_OF, pending
from tests.drawing.kinds.print_styles import LOOSE, STYLES
from tests.drawing.kinds.records import USUAL, FormKind
from tests.drawing.kinds.words import write_layouts


def main() -> None:
    arguments = _arguments()
    sys.modules["perftable_etl.extract.ocr"] = None  # type: ignore[assignment]  # recognition takes seconds a page
    kinds = [arguments.kind] if arguments.kind else list(get_args(FormKind))
    styles = [arguments.style] if arguments.style else list(STYLES)
    if arguments.to:
        arguments.to.write_bytes(example(kinds[0], styles[0], arguments.seed, arguments.wording).data)
    seeds = range(arguments.seeds) if arguments.seed is None else [arguments.seed]
    if arguments.pending:
        _print_pending()
        return
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds:
            for style in styles:
                verdicts = {seed: _verdict(kind, style, seed, arguments.wording, Path(folder)) for seed in seeds}
                for line in _table(f"{kind:16} {style:9}", verdicts, arguments.differences):
                    print(line, flush=True)  # noqa: T201 - a tool for people


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.drawing.kinds", description=__doc__)
    parser.add_argument("kind", nargs="?", choices=get_args(FormKind))
    parser.add_argument("style", nargs="?", choices=STYLES)
    parser.add_argument("seed", nargs="?", type=int)
    parser.add_argument("--to", type=Path, help="where to write the file")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--wording", choices=get_args(Wording), default="known")
    parser.add_argument("--differences", type=int, default=0, help="how many differences of each example to show")
    parser.add_argument("--pending", action="store_true", help="print the lines of pending.py as they should be")
    return parser.parse_args()


def _print_pending() -> None:
    """The lines of `pending.py`, each with the reason that it has there."""
    with tempfile.TemporaryDirectory() as folder:
        for wording, styles in STYLES_OF.items():
            for kind, style in product(USUAL, styles):
                seeds = [seed for seed in range(SEEDS) if _fails(kind, style, seed, wording, Path(folder))]
                known = {pending(wording, kind, style, seed) for seed in seeds} - {None, READER}
                reason = "".join(f" - {text}" for text in known)
                if seeds:
                    print(f"{wording} {kind} {style}: {' '.join(map(str, seeds))}{reason}")  # noqa: T201


def _fails(kind: FormKind, style: str, seed: int, wording: Wording, folder: Path) -> bool:
    name = _verdict(kind, style, seed, wording, folder).name
    return name == "silent" if wording == "outside" or style in LOOSE else name != "exact"


def _verdict(kind: FormKind, style: str, seed: int, wording: Wording, folder: Path) -> Verdict:
    one = example(kind, style, seed, wording)
    layouts = read_layouts(write_layouts(folder / "layouts")) if wording == "invented" else None
    return (judge_outside if wording == "outside" else judge)(one, outcome_of(one, folder, layouts))


def _table(title: str, verdicts: dict[int, Verdict], differences: int) -> Iterator[str]:
    yield f"{title} {dict(Counter(verdict.name for verdict in verdicts.values()))}"
    for seed, verdict in verdicts.items():
        if differences and verdict.name != "exact":
            yield f"  seed {seed}: {verdict.name} ({len(verdict.differences)} differences)"
            yield from (f"      {line[:150]}" for line in (*verdict.differences, *verdict.told)[:differences])
    commonest = _commonest(verdicts.values())
    if commonest:
        yield f"      {commonest}"


def _commonest(verdicts: Iterable[Verdict]) -> str:
    """What differs in most examples: fields without their numbers, and codes of findings."""
    counts: Counter[str] = Counter()
    for verdict in verdicts:
        lines = (*verdict.differences, *verdict.told)
        counts.update({re.sub(r"\[\d+\]", "", line.split(":")[0]).lstrip(".") or "projects" for line in lines})
    return ", ".join(f"{name} {count}" for name, count in counts.most_common(9))


if __name__ == "__main__":
    main()
