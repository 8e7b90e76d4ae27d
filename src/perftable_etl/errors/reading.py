"""Why a file could not be read."""

from __future__ import annotations

from perftable_etl.errors.root import PerftableError


class ReadError(PerftableError):
    """A file's content cannot be read. That file fails alone: its outcome is `failed` with `code`."""

    code = "read"


class UnreadableFile(ReadError):
    """A file that cannot be opened: its path or permissions are wrong."""

    code = "unreadable"


class EmptyFile(ReadError):
    """A file of no bytes."""

    code = "empty"


class EncryptedFile(ReadError):
    """A file with a password or an unsupported encryption."""

    code = "encrypted"


class TruncatedFile(ReadError):
    """A PDF whose end is missing."""

    code = "truncated"


class NotPdf(ReadError):
    """A file that is named as a PDF but is not one."""

    code = "not_pdf"


class NotText(ReadError):
    """A file that is named as text but is not text, or has no known encoding."""

    code = "not_text"


class NoText(ReadError):
    """A PDF with no page whose text can be read."""

    code = "no_text"


class UnsupportedFile(ReadError):
    """A file of an unsupported kind."""

    code = "unsupported"


class DamagedFile(ReadError):
    """A file that is too damaged to open, or that has a page that is."""

    code = "damaged"


class TooManyPages(ReadError):
    """A PDF with more pages than the limit."""

    code = "too_large"


class TooManyCells(ReadError):
    """A file with a table of more cells than the limit."""

    code = "too_large"


class TooManyBytes(ReadError):
    """A file with more bytes than the limit."""

    code = "too_large"

    @classmethod
    def of(cls, max_bytes: int) -> TooManyBytes:
        """A file of more than `max_bytes`."""
        return cls(f"it has more than {max_bytes:,} bytes; raise --max-bytes, or skip the file")


class TookTooLong(ReadError):
    """Reading a file took longer than it may."""

    code = "timeout"

    @classmethod
    def of(cls, seconds: float) -> TookTooLong:
        """A file that takes longer than `seconds`."""
        return cls(
            f"reading it took longer than {seconds:g} seconds; "
            "raise --timeout if it is long or scanned, otherwise skip it; it may be malicious"
        )


class OutOfMemory(ReadError):
    """Reading a file took more memory than there is, or than the limit allows."""

    code = "memory"

    def __init__(
        self,
        message: str = (
            "reading it took more memory than --memory allows; "
            "raise it if the pages are large, otherwise skip the file; it may be malicious"
        ),
    ) -> None:
        super().__init__(message)


class Crash(ReadError):
    """The process that read a file died, or the program failed in it."""

    code = "crash"

    @classmethod
    def of(cls, error: BaseException, where: str = "") -> Crash:
        """An error that nobody foresaw; `where` it came up, as its trace is not kept."""
        what = " ".join(f"{type(error).__name__}: {error}{where}".split())
        return cls(f"the program failed on it ({what}); report this with the file")
