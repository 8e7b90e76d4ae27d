"""Why a command could not do its work: the database, the disk, a config, a signal."""

from __future__ import annotations

from perftable_etl.errors.root import PerftableError, UsageError


class WarehouseError(PerftableError):
    """The database, or what is made of it, could not be read or written; nothing is left half done."""

    exit_code = 3
    code = "warehouse"


class OutOfRoom(WarehouseError):
    """DuckDB had too little memory; nothing was written."""


class ArchiveError(PerftableError):
    """The archive could not be written; what was stored before stays."""

    exit_code = 3
    code = "archive"


class OutputError(PerftableError):
    """Standard output or a temporary file cannot be written (EX_IOERR of sysexits.h); what was stored stays."""

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
