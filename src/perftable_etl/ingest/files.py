"""Which files an ingest reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from perftable_etl.errors import UsageError
from perftable_etl.media_types import READABLE_SUFFIXES


class Found(NamedTuple):
    """The files to take in, in order; those of them that were named one by one; and how many are of other kinds.

    `folder` is the one that was named, where it was all that was named: files are shown from there on.
    """

    files: tuple[Path, ...]
    named: frozenset[Path]
    of_other_kinds: int
    folder: Path | None = None

    @property
    def as_named(self) -> Found:
        """The same, as if each of them had been named: all are read, whatever is known of them."""
        return self._replace(named=frozenset(self.files))


def find_files(paths: Iterable[Path]) -> Found:
    """The files under `paths`; folders are searched to the bottom, in the order of their names."""
    paths = list(paths)
    candidates = list(dict.fromkeys(candidate for path in paths for candidate in _candidates(path)))
    known = [path for path in candidates if _is_known(path)]
    named = frozenset(path for path in paths if not path.is_dir())
    return Found(tuple(known), named, len(candidates) - len(known), _only_folder(paths))


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


def _only_folder(paths: Sequence[Path]) -> Path | None:
    return paths[0].resolve() if len(paths) == 1 and paths[0].is_dir() else None


def _candidates(path: Path) -> Iterator[Path]:
    if path.is_dir():
        return (file for file in sorted(path.rglob("*")) if file.is_file())
    return iter((known_file(path),))


def _is_known(path: Path) -> bool:
    return path.suffix.lower() in READABLE_SUFFIXES
