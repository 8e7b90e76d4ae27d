"""What the system allows a process."""

from __future__ import annotations

import getpass
import os
import resource
from time import perf_counter
from typing import NamedTuple

from perftable_etl.doctor.check import Check, error, ok, warning
from perftable_etl.errors import ReadError
from perftable_etl.ingest.ceilings import require_temporary_folder, require_working_folder
from perftable_etl.ingest.limits import DEFAULT_LIMITS, Limits

_MEGABYTE = 1 << 20
_PROBE = Limits(seconds=60.0, megabytes=512)


class Need(NamedTuple):
    """A limit of the system by `name`, set with `ulimit OPTION`: what is `enough`, and the `least` that a job takes.

    `unit` is what a number counts (1 or a megabyte); `short` says what happens below.
    """

    name: str
    limit: int
    option: str
    enough: int
    least: int
    unit: int
    short: str


NEEDS = (
    Need("memory limit", resource.RLIMIT_DATA, "-d", DEFAULT_LIMITS.megabytes * _MEGABYTE, 256 * _MEGABYTE, _MEGABYTE,
         "large files fail with the code memory"),
    Need("address space limit", resource.RLIMIT_AS, "-v", 6144 * _MEGABYTE, 1024 * _MEGABYTE, _MEGABYTE,
         "scans, whose recognition maps more than it uses, fail with the code memory"),
    Need("open files limit", resource.RLIMIT_NOFILE, "-n", 256, 64, 1, "workers and downloads run out of files"),
    Need("file size limit", resource.RLIMIT_FSIZE, "-f", 8192 * _MEGABYTE, 512 * _MEGABYTE, _MEGABYTE,
         "the database cannot grow"),
)  # fmt: skip


def user() -> Check:
    """Whose rights these checks tell of."""
    name = _user_name()
    if os.geteuid() == 0:
        return warning("user", f"{name} has all permissions; run doctor as the user of the job")
    return ok("user", f"{name} ({os.geteuid()})")


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "a user without a name"


def limit(need: Need) -> Check:
    """Whether a limit of the system leaves a job what it needs."""
    soft, _ = resource.getrlimit(need.limit)
    if soft == resource.RLIM_INFINITY:
        return ok(need.name, "none")
    unit = " MB" if need.unit > 1 else ""
    said = f"{soft // need.unit:,}{unit} (ulimit {need.option})"
    if soft >= need.enough:
        return ok(need.name, said)
    grade = error if soft < need.least else warning
    return grade(need.name, f"{said}: {need.short}. Raise it to {need.enough // need.unit:,}{unit}")


def temporary_folder() -> Check:
    """Whether workers can have their sockets in the folder for temporary files. Raises WorkerError."""
    return ok("temporary folder", require_temporary_folder())


def working_folder() -> Check:
    """Whether workers can enter the folder that the command was called in. Raises WorkerError."""
    return ok("working folder", str(require_working_folder()))


def workers() -> Check:
    """Whether a process to read files in can be had. Raises WorkerError."""
    from perftable_etl.ingest.isolation import Worker

    name, started = "worker processes", perf_counter()
    worker = Worker(_PROBE)
    try:
        worker.call(abs, -1)
    except ReadError as fault:
        return error(
            name, f"a worker fails at the simplest task ({fault.__cause__ or fault}); look at the limits above"
        )
    finally:
        worker.dismiss()
    return ok(name, f"a worker started and answered in {perf_counter() - started:.1f} s")
