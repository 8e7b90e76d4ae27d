"""How drawn forms fare: read exactly, or not and told, or wrong in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from perftable_etl import parse
from perftable_etl.normalize.layouts.collection import Layouts
from perftable_etl.records import Outcome
from tests.comparison import differences
from tests.drawing.kinds.choice import Choice
from tests.drawing.kinds.composition import compose
from tests.drawing.kinds.drawn import Drawn
from tests.drawing.kinds.outside import wrong_in_silence
from tests.drawing.kinds.print_styles import STYLES
from tests.drawing.kinds.reading import read_projects
from tests.drawing.kinds.records import FormKind
from tests.drawing.kinds.words import INVENTED, Words

ABOUT_PRINT = {"unit_contradicts_name", "target_damaged", "target_unknown_unit", "page_not_full", "no_funds"}
"""Findings on what is printed, however well it is read: random values have them, and rows that move as a whole."""

OF_EVERY_UNPARTED_FORM = "labels_uncertain"
"""The finding on each form without a layout and without printed cells: it says nothing against what was read."""

Wording = Literal["known", "invented", "outside"]
"""Words of the vocabulary, some that only a file of layouts has, or some that nothing has."""

VerdictName = Literal["exact", "doubted", "told", "silent"]


class Example(NamedTuple):
    """A drawn form as a file."""

    drawn: Drawn
    name: str
    data: bytes


class Verdict(NamedTuple):
    """`exact` without a warning on what was read; `doubted` exact with one; else wrong, and `told` or `silent`."""

    name: VerdictName
    differences: list[str]
    told: list[str]


def example(kind: FormKind, style: str, seed: int, wording: Wording = "known") -> Example:
    """The example of a seed."""
    choose = Choice(seed)
    most = {"known": 0, "invented": len(INVENTED), "outside": 5}[wording]
    invented = choose.some(tuple(INVENTED), least=1, most=most) if most else ()
    drawn = compose(choose, kind, Words(choose, invented))
    return Example(drawn, *STYLES[style](choose, drawn))


def outcome_of(one: Example, folder: Path, layouts: Layouts | None = None) -> Outcome:
    """What is read of an example."""
    path = folder / one.name
    path.write_bytes(one.data)
    return parse(path, layouts=layouts)


def judge(one: Example, outcome: Outcome) -> Verdict:
    """How an outcome compares with what was drawn."""
    wrong = [*differences(read_projects(outcome), one.drawn.projects), *_left_over(outcome)]
    return _verdict(wrong, outcome)


def judge_outside(one: Example, outcome: Outcome) -> Verdict:
    """The same where some words are in no vocabulary: what is wrong or lost in silence differs, nothing else."""
    wrong = wrong_in_silence(one.drawn, outcome)
    told = _told(outcome)
    return Verdict("silent" if wrong else "told" if told else "exact", wrong, told)


def _verdict(wrong: list[str], outcome: Outcome) -> Verdict:
    told = _told(outcome)
    if wrong:
        return Verdict("told" if told else "silent", wrong, told)
    doubts = [line for line in told if OF_EVERY_UNPARTED_FORM not in line]
    return Verdict("doubted" if doubts else "exact", wrong, told)


def _told(outcome: Outcome) -> list[str]:
    return [
        f"{finding.severity} {finding.code}: {finding.raw!r}"
        for finding in outcome.findings
        if finding.severity != "info" and finding.code not in ABOUT_PRINT
    ]


def _left_over(outcome: Outcome) -> list[str]:
    unread = [f"unread: {cell.text!r}" for form in outcome.declarations for cell in form.unread_cells]
    return unread if outcome.coverage == 1.0 else [*unread, f"coverage: {outcome.coverage}"]
