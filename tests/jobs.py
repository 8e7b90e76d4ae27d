"""The command line at work on a database, in a process group of its own that can be stopped and killed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from tests.endings import Ending


class Job(NamedTuple):
    """A folder with a database and an archive, and what fills them."""

    folder: Path
    arguments: tuple[str, ...]

    @property
    def db(self) -> Path:
        return self.folder / "work.duckdb"

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    @property
    def errors(self) -> Path:
        """What the last command said on standard error."""
        return self.folder / "errors.txt"

    def start(self) -> subprocess.Popen[bytes]:
        """The command in a process group of its own, once it works on the database."""
        command = [sys.executable, "-m", "perftable_etl", *self.arguments]
        with self.errors.open("wb") as errors:
            process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=errors)
        lock = self.db.with_name(f"{self.db.name}.lock")
        while not (lock.exists() and f'"pid": {process.pid},' in lock.read_text("utf-8")):
            assert process.poll() is None, f"it ended before it began: {self.errors.read_text('utf-8')}"
            time.sleep(0.001)
        return process

    def run(self) -> float:
        """To its end; the seconds it worked."""
        with self.start() as process:
            started = time.monotonic()
        assert process.returncode in {0, 1}, self.errors.read_text("utf-8")  # one file is broken
        return time.monotonic() - started

    def run_until(self, seconds: float, end: Ending) -> None:
        """To a moment of its work, and then to the end that comes."""
        with self.start() as process:
            time.sleep(seconds)
            end(process)
        if process.returncode >= 0:
            assert "Traceback" not in self.errors.read_text("utf-8")
