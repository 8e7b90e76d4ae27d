"""How many random examples a test tries: a part of those that it says, unless the profile says otherwise.

HYPOTHESIS_PROFILE is `usual` where nothing is said; `conftest.py` describes the others.
"""

from __future__ import annotations

from hypothesis import Phase, settings

PART = 4
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
