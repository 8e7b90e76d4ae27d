"""Installs with pip, and never falls silent: a line a package, and one every few seconds while nothing else happens.

It runs in the environment that it installs into, where there is only the standard library yet.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import IO

PAUSE = 5.0
"""Seconds without a line before one says that the work goes on."""

TOLD = (
    (re.compile(r"^Collecting ([\w.-]+)"), "  {0}"),
    (re.compile(r"^Processing .*/([\w.]+)-\d"), "  {0}"),
    (re.compile(r"^\s*Downloading .*\((\d[^)]* MB)\)"), "    downloading {0}"),
    (re.compile(r"^Installing collected packages: "), "  unpacking"),
)
"""Which lines of pip are told, and how."""


def main() -> int:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--progress-bar", "off"]
    with subprocess.Popen(
        [*command, *sys.argv[1:]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace"
    ) as pip:
        assert pip.stdout
        said = list(followed(pip.stdout))
    if pip.returncode:
        sys.stderr.write("".join(said) + "setup: pip could not install this. Its last lines say why.\n")
    return pip.returncode


def followed(stream: IO[str]) -> Iterator[str]:
    """The lines of a stream as they come; what they say is told on the way."""
    started = last = monotonic()
    for line in lines_or_pauses(stream):
        told = [*told_of(line)]
        if not told and monotonic() - last > PAUSE:
            told = [f"    … {monotonic() - started:.0f} seconds"]
        for each in told:
            sys.stdout.write(f"{each}\n")
            sys.stdout.flush()
            last = monotonic()
        yield line


def told_of(line: str) -> Iterator[str]:
    """What is told of a line of pip."""
    for pattern, form in TOLD:
        if match := pattern.match(line):
            yield form.format(*match.groups())


def lines_or_pauses(stream: IO[str]) -> Iterator[str]:
    """The lines of a stream as they come, and an empty one for each second without any."""
    lines: SimpleQueue[str | None] = SimpleQueue()
    Thread(target=_read, args=(stream, lines)).start()
    while True:
        try:
            line = lines.get(timeout=1)
        except Empty:
            line = ""
        if line is None:
            return
        yield line


def _read(stream: IO[str], lines: SimpleQueue[str | None]) -> None:
    for line in stream:
        lines.put(line)
    lines.put(None)


if __name__ == "__main__":
    sys.exit(main())
