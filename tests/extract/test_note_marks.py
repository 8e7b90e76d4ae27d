"""Marks of notes and words over the finished page are no part of a text; powers and titles are."""

from __future__ import annotations

import pytest

from perftable_etl.document import Word
from perftable_etl.extract.note_marks import large_words, note_marks
from tests.extract.pages import word


@pytest.mark.parametrize(
    ("before", "mark", "found"),
    [
        (word("优良", 100, 100), word("2", 120, 97, 5.0), [1]),
        (word("m", 100, 100), word("2", 110, 97, 5.0), []),
        (word("10", 100, 100), word("4", 120, 97, 5.0), []),
        (word("优良", 100, 100), word("2", 120, 106, 5.0), []),
        (word("优良", 100, 100), word("2", 120, 100), []),
        (word("优良", 100, 100), word("2", 130, 97, 5.0), []),
    ],
    ids=["a mark", "a power of a length", "a power of ten", "an index", "as large", "far behind"],
)
def test_a_small_raised_digit_behind_a_text_is_a_mark(before: Word, mark: Word, found: list[int]) -> None:
    assert list(note_marks([before, mark])) == found


def test_a_large_word_over_a_text_belongs_to_no_cell() -> None:
    texts = [word("优良", 100, 100), word("借阅率", 50, 100)]
    assert list(large_words([*texts, word("作废", 95, 95, 20.0)])) == [2]
    assert list(large_words([*texts, word("绩效目标表", 95, 70, 20.0)])) == []
