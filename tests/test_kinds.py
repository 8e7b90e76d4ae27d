"""Random forms of every kind and shape, printed in each style and parsed again, give the records they were drawn from.

With words that no vocabulary has, they end as findings and never as a wrong row.

`python -m tests.drawing.kinds` shows how many fare, and draws one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from perftable_etl.normalize.layouts.collection import Layouts, read_layouts
from tests.drawing.kinds.judge import Verdict, Wording, example, judge, judge_outside, outcome_of
from tests.drawing.kinds.pending import SEEDS, STYLES_OF, pending
from tests.drawing.kinds.print_styles import CERTAIN, LOOSE, STYLES
from tests.drawing.kinds.records import RARE, USUAL, FormKind
from tests.drawing.kinds.words import write_layouts

KINDS = USUAL
MAY_BE_TOLD = 0.12
"""The share of those, as for the forms of `tests.test_round_trip`."""

FEW, MANY = range(SEEDS), range(SEEDS, SEEDS + 40)


def cases(styles: Iterable[str], wording: Wording, seeds: Iterable[int]) -> pytest.MarkDecorator:
    """Every kind in each of some styles by some seeds; the examples that are pending must fail."""
    return pytest.mark.parametrize(("kind", "style", "seed"), list(_cases(tuple(styles), wording, tuple(seeds))))


def _cases(styles: tuple[str, ...], wording: Wording, seeds: tuple[int, ...]) -> Iterator[object]:
    for row, kind in enumerate(KINDS):
        for column, style in enumerate(styles):
            for seed in seeds:
                reason = pending(wording, kind, style, seed)
                marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
                slow = [] if seed == _usual_seed(row + column) else [pytest.mark.slow]
                yield pytest.param(kind, style, seed, marks=marks + slow, id=f"{kind}-{style}-{seed}")


def _usual_seed(place: int) -> int:
    """The example that a usual run tries: another one for each neighbour, so that all styles together try all."""
    return FEW[place % SEEDS]


def rare_cases() -> Iterator[object]:
    """Every rare kind ruled and on the web, by the seeds."""
    for row, kind in enumerate(RARE):
        for column, style in enumerate(("ruled", "web")):
            for seed in FEW:
                marks = [] if seed == _usual_seed(row + column) else [pytest.mark.slow]
                yield pytest.param(kind, style, seed, marks=marks, id=f"{kind}-{style}-{seed}")


def _shares() -> Iterator[object]:
    for kind in KINDS:
        for style in STYLES:
            reason = pending("many", kind, style, 0)
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            yield pytest.param(kind, style, marks=marks, id=f"{kind}-{style}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kinds")


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Layouts:
    """Layouts with all invented words."""
    return read_layouts(write_layouts(tmp_path_factory.mktemp("layouts")))


@cases(CERTAIN, "known", FEW)
def test_what_keeps_cells_apart_is_read_exactly(kind: FormKind, style: str, seed: int, folder: Path) -> None:
    one = example(kind, style, seed)
    assert_exact(judge(one, outcome_of(one, folder)))


@pytest.mark.parametrize(("kind", "style", "seed"), list(rare_cases()))
def test_shapes_that_few_forms_have_are_read_exactly(kind: FormKind, style: str, seed: int, folder: Path) -> None:
    one = example(kind, style, seed)
    assert_exact(judge(one, outcome_of(one, folder)))


@pytest.mark.slow
@pytest.mark.parametrize("kind", RARE)
@pytest.mark.parametrize("style", ["ruled", "web", "docx", "xlsx"])
def test_many_shapes_that_few_forms_have_are_read_exactly(kind: FormKind, style: str, folder: Path) -> None:
    for seed in MANY:
        one = example(kind, style, seed)
        assert_not_silent(judge(one, outcome_of(one, folder)))


@cases(LOOSE, "known", FEW)
def test_what_runs_together_is_read_exactly_or_told(kind: FormKind, style: str, seed: int, folder: Path) -> None:
    one = example(kind, style, seed)
    assert_not_silent(judge(one, outcome_of(one, folder)))


@cases(STYLES_OF["invented"], "invented", FEW)
def test_invented_words_of_a_file_are_read_exactly(
    kind: FormKind, style: str, seed: int, folder: Path, invented: Layouts
) -> None:
    one = example(kind, style, seed, "invented")
    assert_exact(judge(one, outcome_of(one, folder, invented)))


@cases(STYLES, "outside", FEW)
def test_words_outside_the_vocabulary_are_told(kind: FormKind, style: str, seed: int, folder: Path) -> None:
    one = example(kind, style, seed, "outside")
    assert_not_silent(judge_outside(one, outcome_of(one, folder)))


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "style"), list(_shares()))
def test_most_forms_are_read_exactly(kind: FormKind, style: str, folder: Path) -> None:
    """All of those whose cells are apart, and most of the others."""
    verdicts = {seed: judge(one, outcome_of(one, folder)) for seed in MANY for one in [example(kind, style, seed)]}
    wrong = [seed for seed, verdict in verdicts.items() if verdict.name != "exact"]
    assert len(wrong) <= (MAY_BE_TOLD * len(MANY) if style in LOOSE else 0), wrong


def assert_exact(verdict: Verdict) -> None:
    assert (verdict.differences, verdict.told) == ([], [])


def assert_not_silent(verdict: Verdict) -> None:
    assert verdict.name != "silent", "\n".join(["wrong in silence:", *verdict.differences])
