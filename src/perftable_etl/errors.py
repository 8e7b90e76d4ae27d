"""All errors of this package, in one tree. A message says what happened and what to do next; `code` is for machines."""

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


class WarehouseError(PerftableError):
    """The database could not be opened or written; nothing of the document at hand was stored."""

    exit_code = 3
    code = "warehouse"


class ArchiveError(PerftableError):
    """The archive could not be written; what was stored before stays."""

    exit_code = 3
    code = "archive"


class OutputError(PerftableError):
    """Standard output cannot be written, as on a full disk (EX_IOERR of sysexits.h); what was stored stays."""

    exit_code = 74
    code = "output"


class ClosedPipe(OutputError):
    """The reader of the output has ended, as `head` does. This is not an error to report (128 + SIGPIPE)."""

    exit_code = 141
    code = "closed_pipe"


class GatesFailed(PerftableError):
    """The copy to publish lost too much since the last snapshot; readers keep that snapshot."""

    exit_code = 4
    code = "gates"


class Busy(PerftableError):
    """Another job works on the same database. Trying again later helps, which EX_TEMPFAIL of sysexits.h says."""

    exit_code = 75
    code = "busy"


class ReportError(PerftableError):
    """A run's report could not be written or sent. Only a warning: the run itself has done its work."""

    code = "report"


class WorkerError(PerftableError):
    """No worker process can be started; what was stored before stays."""

    code = "worker"


class Interrupted(PerftableError):
    """Someone pressed Ctrl-C (SIGINT); what was stored before stays."""

    exit_code = 130
    code = "interrupted"


class Terminated(Interrupted):
    """The system asked the process to end (SIGTERM); what was stored before stays."""

    exit_code = 143
    code = "terminated"


class ConfigError(UsageError):
    """The config (sources.toml) has errors; `complaints` lists them, line by line."""

    code = "config"


class SheetError(UsageError):
    """A sheet of decisions has lines that cannot be applied; `complaints` lists them, line by line."""

    code = "sheet"


class LayoutError(UsageError):
    """A file of words or of a layout says something that it may not."""

    code = "layout"


class ExportError(PerftableError):
    """An export could not be written. What was there before stays."""

    exit_code = 3
    code = "export"


class QueryError(UsageError):
    """A query of SQL that the database cannot answer."""

    code = "query"


class SourceError(PerftableError):
    """A source could not be listed, or a file of it could not be fetched. It fails alone; a later run tries again."""

    code = "source"


class IncompleteListing(SourceError):
    """A part of a source could not be listed. Files that were not seen are not gone."""

    code = "incomplete_listing"


class NotFound(SourceError):
    """A file or page that is not where it should be."""

    code = "not_found"


class Unreachable(SourceError):
    """A server or store that does not answer."""

    code = "unreachable"


class Refused(SourceError):
    """The file is forbidden: by its host, which is private or not allowed, by robots.txt, or by the server."""

    code = "refused"


class WrongContent(SourceError):
    """The bytes are neither a PDF nor text, whatever their name or the server says."""

    code = "wrong_content"


class TooLarge(SourceError):
    """A file with more bytes than its source allows."""

    code = "too_large"


class NotAsked(SourceError):
    """A file was not requested: its server does not answer, or asked us to wait. Its ledger entry stays."""

    code = "not_asked"


class OverBudget(NotAsked):
    """The run has used up its bytes or its time; the next run fetches the rest."""

    code = "over_budget"


class InternalFault(SourceError):
    """The program failed at a source (EX_SOFTWARE of sysexits.h); the other sources go on."""

    exit_code = 70
    code = "internal"
