"""Signs of comparison at the head of a text."""

from __future__ import annotations

import regex

_SIGNS = frozenset("≥≤=<>＞＜＝≧≦⩾⩽≮≯")
_SIGNED_NUMBER = regex.compile(rf"[{''.join(sorted(_SIGNS))}]\s*\d")


def is_signed(text: str) -> bool:
    """Whether a text begins with a sign, as only targets do."""
    return text[:1] in _SIGNS


def count_signed(text: str) -> int:
    """How many numbers of a text have a sign before them."""
    return len(_SIGNED_NUMBER.findall(text))
