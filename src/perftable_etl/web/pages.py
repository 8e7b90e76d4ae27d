"""Web pages as trees of elements.

A page can be made to take hours and gigabytes: HTML parsers copy what is open at each badly nested tag. So pages are
read in a worker with limits, and those that nest deeper, or have more tags, than a page for people are refused.
"""

from __future__ import annotations

import re
from itertools import accumulate, islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

Tree = LexborHTMLParser
Node = LexborNode

DEEPEST = 512
"""Browsers nest no deeper (Chromium's parser lays deeper tags flat)."""

_TAG = re.compile(rb"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)[^<>]*>?")
_NEVER_DEEPER = frozenset(
    b"area base br col embed hr img input link meta source track wbr"  # they have no end tag
    b" p li dt dd option optgroup td th tr tbody thead tfoot colgroup rp rt html head body".split()  # it may be missing
)


def excess(page: bytes, most_tags: int) -> str | None:
    """What a page has too much of to be read; None where it is reasonable."""
    tags = _TAG.finditer(page)
    if next(islice(_TAG.finditer(page), most_tags, None), None):
        return f"it has more than {most_tags:,} tags"
    if max(accumulate(map(_step, tags)), default=0) > DEEPEST:
        return f"it nests more than {DEEPEST:,} tags"
    return None


def parsed(page: str) -> Tree:
    """The tree of a page, however badly it is written."""
    return LexborHTMLParser(page)


def _step(tag: re.Match[bytes]) -> int:
    """By how much a tag leads deeper; not at all where HTML lets the end tag be missing."""
    if tag["name"].lower() in _NEVER_DEEPER or tag[0].endswith(b"/>"):
        return 0
    return -1 if tag["end"] else 1
