"""Texts of others on their way to a screen or into a mail: nothing in them moves a cursor or forges a line."""

from __future__ import annotations

import re
from unicodedata import category

_COMMANDS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of Unicode: control, format, halves of surrogate pairs, ends of lines and of paragraphs."""

_JOINERS = frozenset("\u200c\u200d")
_NOT_ASCII = re.compile(r"[^\x20-\x7e\n]")


def is_safe(character: str) -> bool:
    """Whether a terminal prints it and does nothing else."""
    return category(character) not in _COMMANDS or character in _JOINERS


def visible(text: str) -> str:
    r"""Text without a character that moves the cursor, changes colours or turns the direction of writing.

    Each is shown as Python writes it: \x1b, \n, \u202e. Joiners of emoji and of scripts stay.
    """
    return "".join(character if is_safe(character) else _escaped(character) for character in text)


def safe_json(text: str) -> str:
    r"""The same JSON with \u202e for each such character in its strings; its own line breaks stay."""
    return _NOT_ASCII.sub(lambda found: found[0] if is_safe(found[0]) else _json_escape(found[0]), text)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode()


def _json_escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
