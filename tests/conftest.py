"""Hypothesis: the same examples everywhere by default.

HYPOTHESIS_PROFILE=deep tries many more and ever new ones; few tries only some, to see which lines of ours they reach.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "fixed",
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("deep", settings.get_profile("fixed"), derandomize=False, max_examples=2000)
settings.register_profile("few", settings.get_profile("fixed"), max_examples=5, phases=(Phase.explicit, Phase.generate))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))
