"""How many examples a test tries: of random ones a part, unless the profile says otherwise; of costly ones the first.

HYPOTHESIS_PROFILE is `usual` where nothing is said; `conftest.py` describes the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, settings

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

PART = 5
"""A usual run tries one example of so many."""

FEWEST = 2
"""A usual run tries so many in any case: one alone may be the plainest that there is."""


def examples(count: int) -> settings:
    """A part of `count` examples in a usual run, all with the profile "whole", ever new ones with "deep".

    An example that fails is made smaller with "deep" only: where one takes a second, that takes minutes.
    """
    if settings.get_current_profile_name() == "deep":
        return settings()
    phases = (Phase.explicit, Phase.generate)
    return settings(max_examples=_tried(count), phases=phases, report_multiple_bugs=False)


def _tried(count: int) -> int:
    match settings.get_current_profile_name():
        case "whole":
            return count
        case "few":
            return min(count, settings().max_examples)
        case _:
            return max(FEWEST, -(-count // PART))


def usually(count: int, values: Iterable[object]) -> list[ParameterSet]:
    """Parameters of a test of which a usual run tries the first `count`: the others are slow. A tuple is several."""
    own = (value if isinstance(value, tuple) else (value,) for value in values)
    return [pytest.param(*each, marks=[pytest.mark.slow] if at >= count else []) for at, each in enumerate(own)]
