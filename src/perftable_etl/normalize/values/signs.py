"""Signs of comparison at the head of a text."""

from __future__ import annotations

_SIGNS = frozenset("≥≤=<>＞＜＝≧≦⩾⩽≮≯")


def is_signed(text: str) -> bool:
    """Whether a text begins with a sign, as only targets do."""
    return text[:1] in _SIGNS
