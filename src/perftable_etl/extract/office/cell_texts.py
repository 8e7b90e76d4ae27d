"""The text of a cell as it looks: on paper nobody counts the spaces between two words, or before the first."""

from __future__ import annotations

from perftable_etl.characters.code_points import printed


def as_seen(text: str) -> str:
    """A text with one space for each run of them, and without blank lines; lines stay apart."""
    lines = (" ".join(line.split()) for line in printed(text).split("\n"))
    return "\n".join(line for line in lines if line)
