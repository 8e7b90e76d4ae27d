"""Which files an ingest reads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from perftable_etl.errors import UsageError
from perftable_etl.pipeline import READABLE_SUFFIXES


class Found(NamedTuple):
    """The files to read, in order, and how many were left out for their kind or as copies of one that is read."""

    files: tuple[Path, ...]
    of_other_kinds: int
    copies: int


def find_files(paths: Iterable[Path]) -> Found:
    """The files under `paths`; folders are searched to the bottom, in the order of their names."""
    candidates = list(dict.fromkeys(candidate for path in paths for candidate in _candidates(path)))
    known = [path for path in candidates if _is_known(path)]
    distinct = _without_copies(known)
    return Found(tuple(distinct), len(candidates) - len(known), len(known) - len(distinct))


def known_file(path: Path) -> Path:
    """`path` itself, if it is a file of a kind that can be read."""
    if not path.exists():
        raise UsageError(f"{path} does not exist. Check the spelling of the path.")
    if path.is_dir():
        raise UsageError(f"{path} is a folder. Name one file in it.")
    if not _is_known(path):
        raise UsageError(
            f"{path} is of no known kind ({', '.join(sorted(READABLE_SUFFIXES))}). Convert it, or leave it out."
        )
    return path


def _candidates(path: Path) -> Iterator[Path]:
    if path.is_dir():
        return (file for file in sorted(path.rglob("*")) if file.is_file())
    return iter((known_file(path),))


def _is_known(path: Path) -> bool:
    return path.suffix.lower() in READABLE_SUFFIXES


def _without_copies(paths: Iterable[Path]) -> list[Path]:
    """The first path of each content: the same bytes are one document, whatever they are called."""
    first: dict[str | Path, Path] = {}
    for path in paths:
        first.setdefault(_content(path), path)
    return list(first.values())


def _content(path: Path) -> str | Path:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return path  # unreadable: the parser says so, in the outcome of that file
