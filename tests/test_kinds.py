"""Random forms of every kind and shape, printed in every style and parsed again, give the records they were drawn from.

With words that no vocabulary has, they end as findings and never as a wrong row.

`python -m tests.drawing.kinds` shows how many fare, and draws one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

import pytest

from perftable_etl.normalize.layouts.collection import Layouts, read_layouts
from tests.drawing.kinds.judge import Verdict, Wording, example, judge, judge_outside, outcome_of
from tests.drawing.kinds.pending import PENDING
from tests.drawing.kinds.print_styles import STYLES
from tests.drawing.kinds.records import FormKind
from tests.drawing.kinds.words import write_layouts

KINDS: tuple[FormKind, ...] = get_args(FormKind)
CERTAIN = ("ruled", "tabs", "web_tabs")
"""The styles that keep the cells of a row apart."""

LOOSE = ("unruled", "broken", "printed")
"""The styles in which cells may run together, so that a form may be told instead of read."""

MAY_BE_TOLD = 0.12
"""The share of those, as for the forms of `tests.test_round_trip`."""

FEW, MANY = range(4), range(4, 44)


def cases(styles: Iterable[str], wording: Wording, seeds: Iterable[int]) -> pytest.MarkDecorator:
    """Every kind in each of some styles by some seeds; the examples that are pending must fail."""
    return pytest.mark.parametrize(("kind", "style", "seed"), list(_cases(tuple(styles), wording, tuple(seeds))))


def _cases(styles: tuple[str, ...], wording: Wording, seeds: tuple[int, ...]) -> Iterator[object]:
    for kind in KINDS:
        for style in styles:
            for seed in seeds:
                reason = PENDING.get((wording, kind, style, seed))
                marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
                yield pytest.param(kind, style, seed, marks=marks, id=f"{kind}-{style}-{seed}")


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


@cases(LOOSE, "known", FEW)
def test_what_runs_together_is_read_exactly_or_told(kind: FormKind, style: str, seed: int, folder: Path) -> None:
    one = example(kind, style, seed)
    assert_not_silent(judge(one, outcome_of(one, folder)))


@cases(("ruled", "tabs"), "invented", FEW)
def test_invented_words_of_a_file_are_read_exactly(
    kind: FormKind, style: str, seed: int, folder: Path, invented: Layouts
) -> None:
    one = example(kind, style, seed, "invented")
    assert_exact(judge(one, outcome_of(one, folder, invented)))


@cases(STYLES, "outside", FEW)
def test_words_outside_the_vocabulary_are_told(kind: FormKind, style: str, seed: int, folder: Path) -> None:
    one = example(kind, style, seed, "outside")
    assert_not_silent(judge_outside(one, outcome_of(one, folder)))


def assert_exact(verdict: Verdict) -> None:
    assert (verdict.differences, verdict.told) == ([], [])


def assert_not_silent(verdict: Verdict) -> None:
    assert verdict.name != "silent", "\n".join(["wrong in silence:", *verdict.differences])
