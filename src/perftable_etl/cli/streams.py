"""Standard output and standard error, as a command has them: full disks, closed pipes, terminals of few characters."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from typing import TextIO

from perftable_etl.errors import ClosedPipe, OutputError

ESCAPED = "perftable_etl.escaped"
r"""How a character is written that a stream does not have: as \uXXXX, or two of them, which JSON reads back."""


def take_over_streams() -> None:
    """Makes both streams ours. One that is closed leads nowhere, and not into the next file that is opened."""
    codecs.register_error(ESCAPED, _escape)
    for number in range(3):
        _fill(number)
    sys.stdout = _ours(sys.stdout, 1, _Output)
    sys.stderr = _ours(sys.stderr, 2, _Diagnostics)


def print_line(text: str) -> None:
    """Writes a line to standard output. `typer.echo` writes UTF-8 to a terminal that says it knows ASCII only."""
    sys.stdout.write(f"{text}\n")


class _Output(io.TextIOWrapper):
    """Raises an error of ours where it cannot be written, whoever writes, and leads nowhere from then on."""

    def write(self, text: str, /) -> int:
        if text == "":
            return 0  # libraries try a stream with nothing, and pass over what goes wrong
        try:
            return super().write(text)
        except OSError as error:
            raise self._given_up(error) from error

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            raise self._given_up(error) from error

    def _given_up(self, error: OSError) -> OutputError:
        _lead_nowhere(self)
        kind = ClosedPipe if error.errno == errno.EPIPE else OutputError
        return kind(
            f"standard output cannot be written ({error.strerror}). Stored documents stay. Free some disk space, or "
            "send the output elsewhere."
        )


class _Diagnostics(io.TextIOWrapper):
    """Nobody can be told that it cannot be written. The work goes on, and the exit status says how it went."""

    def write(self, text: str, /) -> int:
        try:
            return super().write(text)
        except OSError:
            _lead_nowhere(self)
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError:
            _lead_nowhere(self)


def _ours(stream: TextIO | None, number: int, kind: type[io.TextIOWrapper]) -> TextIO:
    if stream is None:
        return kind(io.FileIO(number, "w", closefd=False), encoding="utf-8", errors=ESCAPED, line_buffering=True)
    if type(stream) is not io.TextIOWrapper:
        return stream  # whoever calls us from a program of their own has put it there
    encoding, line_buffering, write_through = stream.encoding, stream.line_buffering, stream.write_through
    return kind(
        stream.detach(),
        encoding=encoding,
        errors=ESCAPED,
        line_buffering=line_buffering,
        write_through=write_through,  # as PYTHONUNBUFFERED has it: what is said on both comes in its order
    )


def _fill(number: int) -> None:
    try:
        os.fstat(number)
    except OSError:
        os.open(os.devnull, os.O_RDWR)  # it gets the lowest number that is free


def _lead_nowhere(stream: io.TextIOWrapper) -> None:
    """What waits to be written must not fail once more when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _escape(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4)), error.end
