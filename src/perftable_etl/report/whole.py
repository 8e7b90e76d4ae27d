"""Files that are there whole or not at all, and what runs left of them that were killed over it."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from perftable_etl.system.disk import flush

_PARTIAL = ".partial-"
_ABANDONED = 3600.0
"""Seconds after which nobody is writing a file of this size any more."""


def write_whole(path: Path, text: str) -> None:
    """Writes a text that others may read. What goes wrong leaves nothing new. Raises OSError."""
    draft = path.with_name(f"{_PARTIAL}{path.name}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.chmod(0o644)
        flush(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def clear_abandoned(folder: Path) -> None:
    """Removes what was never finished. Other runs may be writing theirs just now."""
    before = time.time() - _ABANDONED
    for left in folder.glob(f"{_PARTIAL}*"):
        with suppress(OSError):
            if left.stat().st_mtime < before:
                left.unlink()
