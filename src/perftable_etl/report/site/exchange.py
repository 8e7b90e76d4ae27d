"""Two folders that change places in one step, so that a process that is killed leaves one or the other."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

_CURRENT_FOLDER = -100  # AT_FDCWD, which absolute paths do not ask for
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS


def exchange(one: Path, other: Path) -> None:
    """Has two folders on one disk change places. Raises OSError.

    Where the system cannot do that at once, it is three renames: for a moment nothing has the name of `other`.
    """
    if not _at_once(os.fsencode(one.absolute()), os.fsencode(other.absolute())):
        _by_renames(one, other)


def _at_once(one: bytes, other: bytes) -> bool:
    rename = _system_call()
    return rename is not None and rename(one, other) == 0


def _system_call() -> Callable[[bytes, bytes], int] | None:
    libc = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        return lambda one, other: int(libc.renamex_np(one, other, _EXCHANGE))
    renameat2 = getattr(libc, "renameat2", None)  # glibc before 2.28 does not have it
    return renameat2 and partial(_linux, renameat2)


def _linux(renameat2: Callable[..., int], one: bytes, other: bytes) -> int:
    return renameat2(_CURRENT_FOLDER, one, _CURRENT_FOLDER, other, _EXCHANGE)


def _by_renames(one: Path, other: Path) -> None:
    aside = one.with_name(f"{one.name}.aside")
    other.rename(aside)
    one.rename(other)
    aside.rename(one)
