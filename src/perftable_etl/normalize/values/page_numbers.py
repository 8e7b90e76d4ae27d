"""The number of a page at the end of a text of that page, marked as such by dashes or by the words for a page.

No name and no value ends so. It is told where it is left out (`page_number_in_row`).
"""

from __future__ import annotations

import regex

_MARKED = regex.compile(
    r"(?<=[^\s0-9\-—–/.~～至到第])\s*(?:第\s*\d{1,4}\s*页(?:[,，/\s]*共\s*\d{1,4}\s*页)?|[-—–]\s*\d{1,4}\s*[-—–])\s*$"
)


def without_page_number(text: str) -> str:
    """A text without the marked number of a page behind it: 借阅率第1页, ≥90(%) -1-."""
    last = text.rstrip()[-1:]
    return _MARKED.sub("", text) if last and last in "页-—–" else text
