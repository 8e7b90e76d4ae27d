"""Libraries that may take their process with them, tried in a process of their own: python -m …doctor.probe NAME."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing
from importlib.metadata import version

_SECONDS = 120.0


class ProbeFailed(Exception):
    """What was tried did not work; the message says how it ended."""


def ask(name: str) -> str:
    """What a probe prints. Raises ProbeFailed."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", __spec__.name, name],
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ProbeFailed(f"no process could try it ({error})") from error
    if done.returncode:
        raise ProbeFailed(_ending(done.returncode, done.stderr))
    return done.stdout.strip()


def _ending(exit_code: int, said: str) -> str:
    if exit_code < 0:
        return f"its process ended by {signal.Signals(-exit_code).name}, perhaps because a memory limit is too low"
    return (said.strip().splitlines() or ["it says nothing"])[-1]


def recognition() -> str:
    """The version of text recognition; empty where it is not installed."""
    from perftable_etl.extract.recognition import is_installed

    return version("rapidocr") if is_installed() else ""


def duckdb() -> str:
    """The version of DuckDB, from itself."""
    from perftable_etl.load.database import open_to_query

    with closing(open_to_query(None, read_only=True)) as connection:
        return str(connection.execute("SELECT version()").fetchall()[0][0])


PROBES = {probe.__name__: probe for probe in (recognition, duckdb)}

if __name__ == "__main__":
    sys.stdout.write(PROBES[sys.argv[1]]())
