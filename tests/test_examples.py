"""Random tests try the same examples, whatever else their process has loaded."""

from __future__ import annotations

from hypothesis.internal.conjecture import providers


def test_numbers_and_texts_in_our_code_are_no_examples() -> None:
    """They would be, of all modules of ours that are loaded; a newer Hypothesis may look for them elsewhere."""
    assert len(providers._get_local_constants()) == 0
