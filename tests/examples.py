"""How many random examples a test tries: as many as it says, unless the profile says otherwise (HYPOTHESIS_PROFILE)."""

from __future__ import annotations

from hypothesis import Phase, settings


def examples(count: int) -> settings:
    """`count` examples in a usual run, fewer with the profile "few", ever new ones with "deep".

    An example that fails is made smaller with "deep" only: where one takes a second, that takes minutes.
    """
    if settings.get_current_profile_name() != "fixed":
        return settings()
    return settings(max_examples=count, phases=(Phase.explicit, Phase.generate), report_multiple_bugs=False)
