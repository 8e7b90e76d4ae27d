"""Where an export goes: written beside under another name, and renamed when it is whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from perftable_etl.errors import ExportError, UsageError
from perftable_etl.load.export.checksums import is_export
from perftable_etl.load.export.stored_place import OVERWRITE, new_folder_at, new_object
from perftable_etl.stores.address import Address, Place
from perftable_etl.system.disk import flush


def file_at(to: Place, *, overwrite: bool) -> AbstractContextManager[Path]:
    """A file to write to, which is at `to` at the end of the block; nothing is left of it after an error."""
    return new_object(to, overwrite=overwrite) if isinstance(to, Address) else new_file(to, overwrite=overwrite)


def folder_at(to: Place, *, overwrite: bool) -> AbstractContextManager[Path]:
    """The same for a folder."""
    return new_folder_at(to, overwrite=overwrite) if isinstance(to, Address) else new_folder(to, overwrite=overwrite)


@contextmanager
def new_file(to: Path, *, overwrite: bool) -> Iterator[Path]:
    """A file to write to, which has the name `to` at the end of the block; nothing is left of it after an error.

    Until then it lies in a folder of its own, where whoever writes it may keep other files, too.
    """
    if to.is_dir():
        raise UsageError(f"{to} is a folder. Name a file in it.")
    _require_free(to, overwrite=overwrite)
    with _draft(to) as draft:
        draft.mkdir()
        yield draft / to.name
        flush(draft / to.name)
        (draft / to.name).replace(to)
        flush(to.parent)


@contextmanager
def new_folder(to: Path, *, overwrite: bool) -> Iterator[Path]:
    """The same for a folder. An earlier one is replaced only where all in it is an export of ours."""
    _bring_back(to)
    if to.exists() and not to.is_dir():
        raise UsageError(f"{to} is a file. Name a folder.")
    if _has_content(to):
        _require_free(to, overwrite=overwrite)
        if not is_export(to):
            raise UsageError(f"{to} holds files that no export wrote, so it is not replaced. Name another folder.")
    with _draft(to) as draft:
        draft.mkdir()
        yield draft
        _flush_all(draft)
        _replace(to, draft)


def _require_free(to: Path, *, overwrite: bool) -> None:
    if to.exists() and not overwrite:
        raise UsageError(f"{to} exists already. {OVERWRITE}")


@contextmanager
def _draft(to: Path) -> Iterator[Path]:
    draft = to.with_name(f".{to.name}.partial")
    if not to.parent.is_dir():
        raise UsageError(f"{to} cannot be written: the folder {to.parent} does not exist. Create it first.")
    try:
        _remove(draft)
        yield draft
    except OSError as error:
        raise ExportError(
            f"{to} cannot be written ({error.strerror}). Nothing was changed there. Check the disk and its permissions."
        ) from error
    finally:
        _remove(draft)


def _replace(to: Path, draft: Path) -> None:
    """A folder takes the name of another in two steps; after a crash between them the next export goes on."""
    earlier = _earlier(to)
    if to.exists():
        _remove(earlier)
        to.rename(earlier)
    draft.rename(to)
    flush(to.parent)
    _remove(earlier)


def _bring_back(to: Path) -> None:
    if _earlier(to).is_dir() and not to.exists():
        _earlier(to).rename(to)


def _earlier(to: Path) -> Path:
    return to.with_name(f".{to.name}.earlier")


def _has_content(to: Path) -> bool:
    return to.is_dir() and any(to.iterdir())


def _flush_all(folder: Path) -> None:
    for path in folder.rglob("*"):
        flush(path)
    flush(folder)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
