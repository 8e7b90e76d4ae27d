"""How a drawn form fares: read exactly, or not and told, or wrong in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from perftable_etl import parse
from perftable_etl.normalize.layouts.collection import Layouts
from perftable_etl.records import Outcome
from tests.comparison import differences
from tests.drawing.kinds.choice import by_seed
from tests.drawing.kinds.composition import compose
from tests.drawing.kinds.drawn import Drawn
from tests.drawing.kinds.print_styles import STYLES
from tests.drawing.kinds.reading import read_projects
from tests.drawing.kinds.records import FormKind

ABOUT_VALUES = {"unit_contradicts_name", "target_damaged", "target_unknown_unit", "no_funds", "group_twice"}
"""Findings on what is printed, however well it is read: random values often have them."""

VerdictName = Literal["exact", "doubted", "told", "silent"]


class Example(NamedTuple):
    """A drawn form as a file."""

    drawn: Drawn
    name: str
    data: bytes


class Verdict(NamedTuple):
    """`exact` without a warning; `doubted` exact with one; else wrong, and `told` or `silent`."""

    name: VerdictName
    differences: list[str]
    told: list[str]


def example(kind: FormKind, style: str, seed: int) -> Example:
    """The example of a seed."""
    choose = by_seed(seed)
    drawn = compose(choose, kind)
    return Example(drawn, *STYLES[style](choose, drawn))


def judge(one: Example, folder: Path, layouts: Layouts | None = None) -> Verdict:
    """How its parse compares with what was drawn."""
    path = folder / one.name
    path.write_bytes(one.data)
    return verdict(one.drawn, parse(path, layouts=layouts))


def verdict(drawn: Drawn, outcome: Outcome) -> Verdict:
    """How an outcome compares with what was drawn."""
    wrong = [*differences(read_projects(outcome), drawn.projects), *_left_over(outcome)]
    told = [
        f"{finding.severity} {finding.code}: {finding.raw!r}"
        for finding in outcome.findings
        if finding.severity != "info" and finding.code not in ABOUT_VALUES
    ]
    if wrong:
        return Verdict("told" if told else "silent", wrong, told)
    return Verdict("doubted" if told else "exact", wrong, told)


def _left_over(outcome: Outcome) -> list[str]:
    unread = [f"unread: {cell.text!r}" for form in outcome.declarations for cell in form.unread_cells]
    return unread if outcome.coverage == 1.0 else [*unread, f"coverage: {outcome.coverage}"]
