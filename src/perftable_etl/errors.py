"""What can go wrong, in one tree. A message says what happened and what to do next; `code` is for machines."""

from __future__ import annotations

from typing import ClassVar


class PerftableError(Exception):
    """The root of all errors this package raises on purpose."""

    exit_code: ClassVar[int] = 1
    code: ClassVar[str] = "error"


class UsageError(PerftableError):
    """The command was called with something it cannot work on."""

    exit_code = 2
    code = "usage"


class ReadError(PerftableError):
    """A file's content could not be read. Costs that file only: the outcome is `failed` with `code`."""

    code = "read"


class UnreadableFile(ReadError):
    code = "unreadable"


class EmptyFile(ReadError):
    code = "empty"


class EncryptedFile(ReadError):
    code = "encrypted"


class TruncatedFile(ReadError):
    code = "truncated"


class NotPdf(ReadError):
    code = "not_pdf"


class NotText(ReadError):
    code = "not_text"


class NoText(ReadError):
    code = "no_text"


class UnsupportedFile(ReadError):
    code = "unsupported"


class DamagedFile(ReadError):
    code = "damaged"


class WarehouseError(PerftableError):
    """The database could not be opened or written; nothing of the document at hand was stored."""

    exit_code = 3
    code = "warehouse"


class WorkerError(PerftableError):
    """A process that parses files died; what was stored before stays."""

    code = "worker"
