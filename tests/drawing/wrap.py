"""Breaks text into lines as a Chinese typesetter does: between any two Han characters, around whole Latin words."""

from __future__ import annotations

import re
from collections.abc import Iterator

CLUSTER = re.compile(r" +|[（《“(]*(?:[A-Za-z0-9][A-Za-z0-9.,%+\-]*|.)[，。、；：）》”%)]*")
"""What stays together: a Latin word or one character, with the brackets and stops that cling to it."""


def em(text: str) -> float:
    """The width of a text in units of the font size: ASCII is half as wide as everything else."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def wrap(text: str, width: float) -> list[str]:
    """The lines of a text in a column of `width` em; a text of no characters has no lines."""
    return [line for paragraph in text.split("\n") if paragraph for line in _fill(paragraph, max(width, 1.0))]


def _fill(paragraph: str, width: float) -> Iterator[str]:
    line = ""
    for cluster in _clusters(paragraph, width):
        if line and em(line + cluster.rstrip(" ")) > width + 1e-6:
            yield line.rstrip(" ")
            line = ""
        line += cluster if line else cluster.lstrip(" ")
    if line.rstrip(" "):
        yield line.rstrip(" ")


def _clusters(paragraph: str, width: float) -> Iterator[str]:
    """Clusters; one that no line can hold is broken between its characters."""
    for match in CLUSTER.finditer(paragraph):
        cluster = match[0]
        if em(cluster) <= width:
            yield cluster
        else:
            yield from cluster
