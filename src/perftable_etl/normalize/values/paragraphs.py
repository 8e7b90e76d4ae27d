"""Where a paragraph of a goal may end and the next begin, by how lines are worded."""

from __future__ import annotations

import regex

_END = regex.compile(r"(?:[。；;！!.：:][”\"]?|[，,]\")$")
_START = regex.compile(r"^(?:[0-9一二三四五六七八九十]+[、.．)）]|[（(①-⑳]|目标|第[一二三四五六七八九十])")


def ends_paragraph(line: str) -> bool:
    """Whether a line ends with a stop, or with a comma that a closing quotation mark follows, as a paragraph does."""
    return _END.search(line) is not None


def begins_paragraph(line: str) -> bool:
    """Whether a line begins with a number or a bracket, as the first of a numbered paragraph does."""
    return _START.match(line) is not None
