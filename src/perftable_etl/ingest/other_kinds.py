"""Files that are not read: how many there are of each kind, which the ends of their names tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath
from typing import NamedTuple


class OtherKind(NamedTuple):
    """Files of a kind that is not read; `suffix` is empty where their names have none."""

    suffix: str
    files: int


def count_kinds(names: Iterable[str]) -> tuple[OtherKind, ...]:
    """The kinds of some files, the most frequent first."""
    found = Counter(PurePath(name).suffix.lower() for name in names)
    return tuple(OtherKind(*kind) for kind in sorted(found.items(), key=lambda kind: (-kind[1], kind[0])))


def number_of_files(kinds: Iterable[OtherKind]) -> int:
    """How many files there are of all kinds."""
    return sum(kind.files for kind in kinds)
