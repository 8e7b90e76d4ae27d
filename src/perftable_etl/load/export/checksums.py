"""SHA256SUMS: the hash of every file of an export, as `sha256sum --check` reads it; by it an export is known as one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from perftable_etl.system.disk import hash_of

CHECKSUMS = "SHA256SUMS"


def write_checksums(folder: Path) -> None:
    """Writes the hashes of all files in the folder."""
    lines = (f"{hash_of(path)}  {path.relative_to(folder).as_posix()}\n" for path in sorted(_files(folder)))
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def is_export(folder: Path) -> bool:
    """Whether all in the folder is what one export wrote, by name."""
    try:
        text = (folder / CHECKSUMS).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return {path.relative_to(folder).as_posix() for path in _files(folder)} <= names_in(text)


def names_in(text: str) -> set[str]:
    """The names of the files that checksums are of."""
    return {line[66:] for line in text.splitlines()}


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if not path.is_dir() and path != folder / CHECKSUMS)
