"""Folders of parts: which are sealed, which half-written, and which are none of ours."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from perftable_etl.errors import UsageError
from perftable_etl.load.parts.manifest import CONTENT, NAME, Manifest
from perftable_etl.load.tables import SCHEMA_VERSION
from perftable_etl.stores.address import Place
from perftable_etl.system.disk import hash_of


class SealedPart(NamedTuple):
    """A part that is whole: its folder and its manifest."""

    folder: Place
    manifest: Manifest


class LeftOut(NamedTuple):
    """A folder that is no part to load, and why, with what to do."""

    folder: Place
    reason: str


MARKS = frozenset({NAME, *(f"{table.name}.parquet" for table in CONTENT)})
"""The files that a folder is known as a part by."""


def parts_below(folder: Path) -> Iterator[SealedPart | LeftOut]:
    """What a folder and those below it have, in the order of their paths. Raises UsageError for a missing one."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder. Give the folders that ingest --to wrote parts into.")
    for path in sorted({file.parent for file in folder.rglob("*") if file.name in MARKS}):
        yield part_at(path)


def part_at(folder: Path) -> SealedPart | LeftOut:
    """What a folder is."""
    try:
        text = (folder / NAME).read_bytes()
    except FileNotFoundError:
        return half_written(folder)
    except OSError as error:
        return LeftOut(folder, f"its manifest cannot be read ({error.strerror}). Check its permissions")
    return judged(folder, text)


def half_written(folder: Place) -> LeftOut:
    """A folder with files of a part and no manifest."""
    return LeftOut(folder, "it is half-written: it has no manifest. Run the same ingest again, which removes it")


def judged(folder: Place, text: bytes) -> SealedPart | LeftOut:
    """What a folder is whose manifest has this text."""
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError:
        return LeftOut(folder, f"its {NAME} is not one of perftable-etl. Give folders of parts only")
    if manifest.schema_version != SCHEMA_VERSION:
        return LeftOut(
            folder,
            f"its tables have version {manifest.schema_version}, and this program loads version {SCHEMA_VERSION}. "
            "Read its files again with this version",
        )
    return SealedPart(folder, manifest)


def damage_of(part: SealedPart, copy: Path) -> LeftOut | None:
    """Why a part, or the copy of it, is not what its manifest says; None where it is."""
    for file in part.manifest.files:
        try:
            is_whole = hash_of(copy / file.name) == file.sha256
        except OSError as error:
            return LeftOut(part.folder, f"{file.name} cannot be read ({error.strerror}). Copy the part again")
        if not is_whole:
            return LeftOut(part.folder, f"{file.name} has changed since it was sealed. Copy the part again")
    return None


def sweep(folder: Path) -> None:
    """Removes what an interrupted run left half-written in `folder`; to be called while nobody writes there."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and not (path / NAME).exists() and all(is_of_a_part(file.name) for file in path.iterdir()):
            shutil.rmtree(path)


def is_of_a_part(name: str) -> bool:
    """Whether a file has a name that files of parts have."""
    return name in MARKS or name.startswith(f".{NAME}")
