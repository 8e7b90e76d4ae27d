"""Limits of the system that are lower than ours: named before the first file, so that no file is blamed for them."""

from __future__ import annotations

import os
import resource
import tempfile
from pathlib import Path

from perftable_etl.errors import WorkerError

_FILES_A_WORKER = 8
_FILES_BESIDE = 40
"""Open files: pipes to a worker, and all else that a run has open (the database, connections, libraries)."""

_RESERVED = 2
"""Address space over memory in use: text recognition maps and reserves twice of what it touches."""

_LONGEST_SOCKET = 103
"""Bytes of the path of a socket: 107 on Linux, 103 on macOS."""

_SOCKET = "/pymp-12345678/listener-12345678"
"""What multiprocessing adds to the folder for temporary files."""


def require_room(megabytes: int, workers: int) -> None:
    """Raises WorkerError where the system allows less than `workers` of so much memory need, with what to do."""
    _require(resource.RLIMIT_DATA, "d", megabytes, f"--memory {megabytes}")
    _require(resource.RLIMIT_AS, "v", _RESERVED * megabytes, f"--memory {megabytes}, which may reserve twice as much,")
    _require_files(_FILES_BESIDE + workers * _FILES_A_WORKER)
    require_temporary_folder()
    require_working_folder()


def _require(limit: int, option: str, megabytes: int, wanted: str) -> None:
    allowed = _allowed(limit) >> 20
    if allowed < megabytes:
        raise WorkerError(
            f"The system allows a process {allowed:,} MB (ulimit -{option}), and {wanted} needs {megabytes:,} MB. "
            f"Raise that limit, or give a lower --memory."
        )


def _require_files(files: int) -> None:
    allowed = _allowed(resource.RLIMIT_NOFILE)
    if allowed < files:
        raise WorkerError(
            f"The system allows a process {allowed} open files (ulimit -n), and the workers need {files}. "
            f"Raise that limit, or use fewer --workers."
        )


def _allowed(limit: int) -> int:
    soft, _ = resource.getrlimit(limit)
    return 1 << 62 if soft == resource.RLIM_INFINITY else soft


def require_temporary_folder() -> str:
    """The folder for temporary files. Raises WorkerError where there is none, or its path is too long for sockets."""
    try:
        folder = tempfile.gettempdir()
    except FileNotFoundError as error:
        raise WorkerError(f"There is no folder for temporary files: {error.strerror}. Set TMPDIR to one.") from error
    most = _LONGEST_SOCKET - len(_SOCKET)
    if len(os.fsencode(folder)) > most:
        raise WorkerError(
            f"The path of the temporary folder, {folder}, is too long for the sockets of worker processes. "
            f"Set TMPDIR to a path of at most {most} bytes, such as /tmp."
        )
    return folder


def require_working_folder() -> Path:
    """The working folder. Raises WorkerError where it may not be entered, as each worker does when it begins."""
    try:
        folder = Path.cwd()
        (folder / "..").stat()  # allowed to who may enter it, and all above
    except FileNotFoundError as error:
        raise WorkerError("The working folder is no longer there. Change to another folder (cd).") from error
    except PermissionError as error:
        raise WorkerError(
            f"The working folder {folder} may not be entered, so no worker process can start. "
            "Change to another folder (cd)."
        ) from error
    return folder
