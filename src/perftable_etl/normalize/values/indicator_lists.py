"""Indicators that one cell lists, below the names of their levels: 【产出指标-数量指标】指标1：机柜数量(≥77台)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

_GROUP = regex.compile(
    r"【\s*(?P<level1>[^】【\-—–－·/]{2,12})[\-—–－·/]\s*(?P<level2>[^】【]{2,16})】(?P<listed>[^【]*)"
)
_NUMBERED = regex.compile(r"指\s*标\s*(?:[0-9一二三四五六七八九十]\s*)+[:：、.．]")
"""The number of an indicator; a narrow cell wraps its lines anywhere."""

_PARTS = regex.compile(r"[;；\n]")
_VALUE = regex.compile(
    r"(?P<name>.+?)\s*(?P<bracket>[(（](?P<value>(?:[^()（）]|(?&bracket))*)[)）])\s*[。;；,，]?\s*", regex.DOTALL
)
_AFTER_COLON = regex.compile(r"(?P<name>[^:：]+)[:：](?P<value>.+)", regex.DOTALL)


class Listed(NamedTuple):
    """One indicator of a list, as printed; its target is empty where none is printed."""

    level1: str
    level2: str
    name: str
    target: str


BEGINS = "【"
"""What each group of a list begins with."""


def may_list(text: str) -> bool:
    """Whether a text has the brackets that a list has."""
    return BEGINS in text and _GROUP.search(text) is not None


def read_list(text: str) -> Iterator[Listed]:
    """The indicators that a text lists, in their order."""
    for group in _GROUP.finditer(text):
        for entry in _entries(group["listed"]):
            yield Listed(group["level1"], group["level2"], *_parted(entry))


def _entries(listed: str) -> list[str]:
    """The entries of a group: each with a number of its own, else one a line."""
    parts = _NUMBERED.split(listed)
    entries = parts[1:] if len(parts) > 1 else _PARTS.split(listed)
    return [entry.strip() for entry in entries if entry.strip()]


def _parted(entry: str) -> tuple[str, str]:
    """Name and target of an entry: the target stands in a bracket at its end, or after a colon."""
    match = _VALUE.fullmatch(entry) or _AFTER_COLON.fullmatch(entry)
    return (match["name"].strip(), match["value"].strip()) if match else (entry, "")
