"""The root of all errors, and what a caller did wrong."""

from __future__ import annotations

from typing import ClassVar


class PerftableError(Exception):
    """The root of all errors that this package raises on purpose. Each can be pickled: workers raise them too."""

    exit_code: ClassVar[int] = 1
    code: ClassVar[str] = "error"

    def __init__(self, message: str, complaints: tuple[str, ...] = ()) -> None:
        super().__init__("\n".join((message, *complaints)))
        self.lines = (message, *complaints)
        """The message, each line of ours by itself: a line break in what it quotes is none of them."""


class UsageError(PerftableError):
    """The command was called with an argument that it cannot use."""

    exit_code = 2
    code = "usage"
