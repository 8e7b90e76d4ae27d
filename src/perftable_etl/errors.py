"""What can go wrong, in one tree. A message says what happened and what to do next; `code` is for machines."""

from __future__ import annotations

from typing import ClassVar


class PerftableError(Exception):
    """The root of all errors this package raises on purpose."""

    exit_code: ClassVar[int] = 1
    code: ClassVar[str] = "error"

    @property
    def lines(self) -> tuple[str, ...]:
        """The message, each line of ours by itself: a line break in what it quotes is none of them."""
        return (str(self),)


class UsageError(PerftableError):
    """The command was called with something it cannot work on."""

    exit_code = 2
    code = "usage"


class ReadError(PerftableError):
    """A file's content could not be read. Costs that file only: the outcome is `failed` with `code`."""

    code = "read"


class UnreadableFile(ReadError):
    """A file that cannot be opened: its path or permissions are wrong."""

    code = "unreadable"


class EmptyFile(ReadError):
    """A file of no bytes."""

    code = "empty"


class EncryptedFile(ReadError):
    """A PDF that a password or an unknown encryption keeps shut."""

    code = "encrypted"


class TruncatedFile(ReadError):
    """A PDF whose end is missing."""

    code = "truncated"


class NotPdf(ReadError):
    """A file that is named as a PDF and is none."""

    code = "not_pdf"


class NotText(ReadError):
    """A file that is named as text and is none, or in no known encoding."""

    code = "not_text"


class NoText(ReadError):
    """A PDF with no page whose text can be read."""

    code = "no_text"


class UnsupportedFile(ReadError):
    """A file of a kind that no reader here reads."""

    code = "unsupported"


class DamagedFile(ReadError):
    """A PDF that is too damaged to open, or one of whose pages is."""

    code = "damaged"


class TooManyPages(ReadError):
    """A PDF with more pages than are read."""

    code = "too_large"


class TooManyBytes(ReadError):
    """A file of more bytes than are read."""

    code = "too_large"

    @classmethod
    def of(cls, max_bytes: int) -> TooManyBytes:
        """A file of more than `max_bytes`."""
        return cls(f"it has more than {max_bytes:,} bytes; raise --max-bytes, or leave it out")


class TookTooLong(ReadError):
    """Reading a file took longer than the `seconds` it may."""

    code = "timeout"

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"reading it took longer than {seconds:g} seconds; "
            "raise --timeout if it is long or scanned, or else leave it out: it may be made to do harm"
        )


class OutOfMemory(ReadError):
    """Reading a file took more memory than there is, or than it may take."""

    code = "memory"

    def __init__(self) -> None:
        super().__init__(
            "reading it took more memory than it may; "
            "raise --memory if its pages are large, or else leave it out: it may be made to do harm"
        )


class Crash(ReadError):
    """The process that read a file died, or an error of ours came up in it."""

    code = "crash"

    @classmethod
    def of(cls, error: BaseException, where: str = "") -> Crash:
        """An error that nobody foresaw; `where` it came up, as its trace is not kept."""
        what = " ".join(f"{type(error).__name__}: {error}{where}".split())
        return cls(f"reading it went wrong ({what}); report it with the file, as this is a fault of the program")


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
    """Whoever read the output has ended, as `head` does. Nobody is told: it is how pipes end (128 + SIGPIPE)."""

    exit_code = 141
    code = "closed_pipe"


class GatesFailed(PerftableError):
    """What was to be published has lost too much against what readers have; they keep what they have."""

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
    """No process to parse files in can be had; what was stored before stays."""

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
    """The list of sources (sources.toml) says something that cannot be followed; `complaints`: what, line by line."""

    code = "config"

    def __init__(self, message: str, complaints: tuple[str, ...] = ()) -> None:
        super().__init__("\n".join((message, *complaints)))
        self._lines = (message, *complaints)

    @property
    def lines(self) -> tuple[str, ...]:
        """The message and what is wrong, line by line."""
        return self._lines


class LayoutError(UsageError):
    """A file of words or of a layout says something that it may not."""

    code = "layout"


class SourceError(PerftableError):
    """A source could not be listed, or a file of it not be fetched. Costs that file only; a later run tries again."""

    code = "source"


class IncompleteListing(SourceError):
    """Some of a source could not be listed. What was not seen is not gone."""

    code = "incomplete_listing"


class NotFound(SourceError):
    """A file or page that is not where it should be."""

    code = "not_found"


class Unreachable(SourceError):
    """A server or store that does not answer."""

    code = "unreachable"


class Refused(SourceError):
    """It may not be had: its host is not among those allowed or private, robots.txt or the server says no."""

    code = "refused"


class WrongContent(SourceError):
    """The bytes are neither a PDF nor text, whatever their name or the server says."""

    code = "wrong_content"


class TooLarge(SourceError):
    """A file of more bytes than its source may bring in at once."""

    code = "too_large"


class NotAsked(SourceError):
    """A file was not asked for: its server does not answer, or is at rest. What the ledger says of it stays."""

    code = "not_asked"


class OverBudget(NotAsked):
    """The run has brought in as much, or taken as long, as it may; what is left comes with the next."""

    code = "over_budget"


class InternalFault(SourceError):
    """The program failed at a source where it should not (EX_SOFTWARE of sysexits.h); the other sources go on."""

    exit_code = 70
    code = "internal"
