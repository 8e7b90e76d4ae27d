"""Whether a line had room for the next word."""

from __future__ import annotations

import pytest

from perftable_etl.normalize.rebuild.line_breaks import is_full, width


@pytest.mark.parametrize(
    ("text", "ems"), [("", 0), ("合格率", 3), ("≥95%", 2.5), ("5G 专网", 3.25), ("（本级）", 4), ("APP", 1.5)]
)
def test_width(text: str, ems: float) -> None:
    assert width(text) == ems


@pytest.mark.parametrize(
    ("line", "following", "is_expected"),
    [
        ("开展的满意度调查次", "数", True),
        ("开展的满意度调查", "数", False),
        ("开展的满意度调查", "数。", True),
        ("开展的满意度调", "PM2.5监测", True),
        ("开展的满意度", "PM2.5监测", False),
        ("开展的满意度调", "（含监测", False),
        ("开展的满意度调查", "（含监测", True),
    ],
)
def test_a_line_is_full_when_the_next_word_would_not_fit(line: str, following: str, is_expected: bool) -> None:
    assert is_full(width(line), following, 9.4, slack=0.2) is is_expected


def test_a_full_line_may_miss_the_slack() -> None:
    assert not is_full(8, "数", 9.5, slack=0.2)
    assert is_full(8, "数", 9.5, slack=1.0)
