"""Files that are not read: how many there are of each kind, which the ends of their names tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class OtherKind(NamedTuple):
    """Files of a kind that is not read; `suffix` is empty where their names have none."""

    suffix: str
    files: int


def kinds_by_suffix(files: Mapping[str, int]) -> tuple[OtherKind, ...]:
    """The kinds, the most frequent first, by how many files there are with each suffix."""
    return tuple(OtherKind(*kind) for kind in sorted(files.items(), key=lambda kind: (-kind[1], kind[0])))


def number_of_files(kinds: Iterable[OtherKind]) -> int:
    """How many files there are of all kinds."""
    return sum(kind.files for kind in kinds)
