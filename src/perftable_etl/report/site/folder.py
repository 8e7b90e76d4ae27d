"""The folder of a site: made out of sight, then put in the place of the one before, whole or not at all.

A file that is the same as before is the same file: it is linked, not written. The draft lies beside the folder, so that
both are on one disk. A run that was killed leaves a draft that nobody holds; the next run removes it.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from perftable_etl.errors import UsageError
from perftable_etl.report.site.exchange import exchange

MARKER = "perftable-site.json"
"""The file by which a folder is known as a site of ours; it says what the site was made of."""


class Marker(NamedTuple):
    """What a site was made of: by document, what its images were made from."""

    printed: Mapping[str, str] = {}


class NewSite:
    """A site that is being made; `before` is the site that it replaces."""

    def __init__(self, path: Path, before: Path) -> None:
        self.path = path
        self._before = before
        self.written = 0
        """How many files are new or changed."""

    def put(self, name: str, content: bytes) -> None:
        """Adds a file; an equal one of the site before is kept."""
        old, new = self._before / name, self.path / name
        new.parent.mkdir(parents=True, exist_ok=True)
        if _holds(old, content):
            _link(old, new)
        else:
            new.write_bytes(content)
            self.written += 1

    def keep(self, name: str) -> bool:
        """Takes over a folder of the site before, as it is; False where there is none."""
        old, new = self._before / name, self.path / name
        if not old.is_dir():
            return False
        new.mkdir(parents=True)
        for path in old.iterdir():
            _link(path, new / path.name)
        return True

    def folder(self, name: str) -> Path:
        """A new folder in the draft."""
        path = self.path / name
        path.mkdir(parents=True)
        return path


def marker_of(site: Path) -> Marker:
    """What the site in a folder was made of; nothing where there is none.

    Raises UsageError where the folder holds something else, which nobody may lose.
    """
    try:
        data = json.loads((site / MARKER).read_bytes())
        return Marker(dict(data["printed"]))
    except FileNotFoundError:
        _require_empty(site)
    except NotADirectoryError as error:
        raise UsageError(f"{site} is a file. Give a folder to --to.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{site / MARKER} is damaged. Delete that folder, or give another one to --to.") from error
    except OSError as error:
        raise UsageError(f"{site} cannot be read ({error.strerror}). Give another folder to --to.") from error
    return Marker()


def _require_empty(site: Path) -> None:
    if site.is_dir() and any(site.iterdir()):
        raise UsageError(f"{site} holds other files, which a report would replace. Give a new or empty folder to --to.")


@contextmanager
def drafted(site: Path) -> Iterator[NewSite]:
    """A draft of the site for the folder `site`, which takes its place at the end of the block.

    Where the block raises, the folder stays as it was. Raises UsageError where it cannot be written.
    """
    site = site.resolve()
    try:
        _clear_abandoned(site)
        draft = Path(mkdtemp(prefix=_prefix(site), dir=site.parent))
    except OSError as error:
        raise _unwritable(site, error) from error
    try:
        with _held(draft):
            yield NewSite(draft, site)
            draft.chmod(0o755)
            _take_place(draft, site)
    except OSError as error:
        raise _unwritable(site, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _unwritable(site: Path, error: OSError) -> UsageError:
    reason = error.strerror or str(error)
    return UsageError(f"the site {site} was not written ({reason}). What was there stays. Check the disk and --to.")


def _prefix(site: Path) -> str:
    return f".{site.name}.draft-"


def _take_place(draft: Path, site: Path) -> None:
    if site.exists():
        exchange(draft, site)
    else:
        draft.rename(site)


@contextmanager
def _held(draft: Path) -> Iterator[None]:
    """The draft is locked for as long as this process makes it; the lock of a killed one is gone."""
    descriptor = os.open(draft, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _clear_abandoned(site: Path) -> None:
    for left in site.parent.glob(f"{_prefix(site)}*"):
        if left.is_dir() and _is_abandoned(left):
            shutil.rmtree(left, ignore_errors=True)


def _is_abandoned(draft: Path) -> bool:
    descriptor = os.open(draft, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


def _holds(path: Path, content: bytes) -> bool:
    with suppress(OSError):
        return path.stat().st_size == len(content) and path.read_bytes() == content
    return False


def _link(old: Path, new: Path) -> None:
    """The same file under another name; a copy on disks that know no links."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
