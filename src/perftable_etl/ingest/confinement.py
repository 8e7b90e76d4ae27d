"""What a worker can reach: no network, and no secrets in its environment. Where the system refuses, it works without.

A filter of system calls (seccomp) needs no rights, and works inside containers and systemd's units, where a network
namespace of one's own may be forbidden.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import socket
import struct
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

_KEPT = (
    "PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "LC_*", "TZ", "TMPDIR", "TEMP", "TMP",
    "PYTHON*", "VIRTUAL_ENV", "LD_*", "DYLD_*", "MALLOC_*", "GLIBC_TUNABLES",
    "OMP_*", "GOMP_*", "KMP_*", "OPENBLAS_*", "MKL_*", "BLIS_*", "ORT_*",
    "COVERAGE_*",
)  # fmt: skip
"""The variables that Python, the dynamic linker and the libraries that read need; none is a place for secrets."""


class _Architecture(NamedTuple):
    """What Linux calls a processor in a filter (AUDIT_ARCH_*), and the number of its system call socket()."""

    name: int
    socket: int


_ARCHITECTURES = {
    "x86_64": _Architecture(0xC000003E, 41),
    "aarch64": _Architecture(0xC00000B7, 198),
    "riscv64": _Architecture(0xC00000F3, 198),
}
_IO_URING_SETUP = 425
_FIRST_X32 = 0x40000000
"""System calls from here on are those of x32, another way to the same ones."""

_NO_NEW_PRIVILEGES, _SET_FILTER, _MODE_FILTER = 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
"""Where in a system call's description its parts are."""

_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES


def confine() -> None:
    """Confines this process, for good."""
    _forget_environment()
    with suppress(OSError):
        _leave_network()


def _forget_environment() -> None:
    for name in [name for name in os.environ if not _is_kept(name)]:
        del os.environ[name]
    with suppress(OSError, ValueError, IndexError):
        _blank_first_environment()


def _is_kept(name: str) -> bool:
    return any(fnmatchcase(name, kept) for kept in _KEPT)


def _blank_first_environment() -> None:
    """Overwrites the variables that the process began with, which /proc/PID/environ shows whatever became of them."""
    fields = Path("/proc/self/stat").read_text("utf-8", errors="replace").rpartition(")")[2].split()
    start, end = int(fields[47]), int(fields[48])
    for variable in ctypes.string_at(start, end - start).split(b"\0") if start else ():
        if not _is_kept(os.fsdecode(variable.partition(b"=")[0])):
            ctypes.memset(start, 0, len(variable))
        start += len(variable) + 1


def _leave_network() -> None:
    """Has the kernel refuse every socket but those between processes of this machine. Raises OSError."""
    architecture = _architecture()
    if architecture is None:
        return
    rules = _rules(architecture)
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *rule) for rule in rules))
    header = ctypes.create_string_buffer(struct.pack("HP", len(rules), ctypes.addressof(program)))
    _control(_NO_NEW_PRIVILEGES, 1)
    _control(_SET_FILTER, _MODE_FILTER, ctypes.addressof(header))


def _architecture() -> _Architecture | None:
    """What this process runs on; None where it is not known. A 32-bit process on a 64-bit kernel makes other calls."""
    is_known = platform.system() == "Linux" and struct.calcsize("P") == 8
    return _ARCHITECTURES.get(platform.machine()) if is_known else None


def _rules(architecture: _Architecture) -> list[tuple[int, int, int, int]]:
    """The filter: operation, how many rules to skip if it holds and if not, and the number it works with."""
    return [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, 7, architecture.name),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 5, 0, _FIRST_X32),
        (_EQUAL, 4, 0, _IO_URING_SETUP),  # it makes sockets too
        (_EQUAL, 0, 2, architecture.socket),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 0, 1, socket.AF_UNIX),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]


def _control(option: int, *arguments: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    padded = (*arguments, 0, 0, 0, 0)[:4]
    if libc.prctl(option, *map(ctypes.c_ulong, padded)):
        raise OSError(ctypes.get_errno(), "prctl")
