"""How a job at work comes to its end, or is kept from it: killed, with a stopped worker, on a full disk."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

Ending = Callable[["subprocess.Popen[bytes]"], None]

A_MOMENT = 0.2


def killed(process: subprocess.Popen[bytes]) -> None:
    """All its processes at once."""
    os.killpg(process.pid, signal.SIGKILL)


def killed_with_a_stopped_worker(process: subprocess.Popen[bytes]) -> None:
    """One of its processes hangs before all are killed."""
    for worker in list(_workers(process.pid))[-1:]:
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGSTOP)
    time.sleep(A_MOMENT)
    killed(process)


def on_a_full_disk(process: subprocess.Popen[bytes]) -> None:
    """From now on no file grows over 1 kB, as if the disk were full; it ends by itself."""
    prlimit: Any = resource.prlimit  # Linux alone has it
    with suppress(ProcessLookupError):
        prlimit(process.pid, resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
    assert process.wait() in {0, 1, 3}


def killed_while_a_file_changes(path: Path, other: bytes) -> Ending:
    """The file is another one for a moment."""

    def end(process: subprocess.Popen[bytes]) -> None:
        before, status = path.read_bytes(), path.stat()
        path.write_bytes(other)
        time.sleep(A_MOMENT)
        path.write_bytes(before)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        time.sleep(A_MOMENT)
        with suppress(ProcessLookupError):
            killed(process)

    return end


def _workers(group: int) -> Iterator[int]:
    """The other processes of a process group, the newest last."""
    for entry in sorted(
        (entry for entry in Path("/proc").iterdir() if entry.name.isdigit()), key=lambda e: int(e.name)
    ):
        with suppress(OSError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[2]) == group != int(entry.name):
                yield int(entry.name)
