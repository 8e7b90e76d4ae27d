"""Log lines on standard error: what happens in a run, for people or, one JSON object a line, for programs."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from perftable_etl.errors import PerftableError, ReportError
from perftable_etl.ingest.loading import Event, Summary, Trouble
from perftable_etl.load.publish import Publication
from perftable_etl.load.result import LoadResult
from perftable_etl.load.tables import RunRow
from perftable_etl.report.log_style import LogFormat, LogLevel
from perftable_etl.screen import safe_json, visible
from perftable_etl.web.addresses import decoded

_PACKAGE = logging.getLogger("perftable_etl")


class Journal:
    """The log of one command. Every line has a time (UTC), a level, an event, and the run's id once there is one.

    Without a `form` nothing is written. Its logger is its own, so that no library's lines come in between.
    """

    def __init__(self, form: LogFormat | None, level: LogLevel = LogLevel.INFO) -> None:
        self.is_kept = form is not None
        self.run_id: str | None = None
        self._logger = logging.Logger("perftable_etl", level.number)
        handler = logging.StreamHandler(sys.stderr) if form else logging.NullHandler()
        handler.setFormatter(_JsonLine() if form == LogFormat.JSON else _TextLine())
        self._logger.addHandler(handler)

    @contextmanager
    def with_notes(self) -> Iterator[None]:
        """Where there is a log, what the package itself has to say meanwhile is a line of it, too."""
        if not self.is_kept:
            yield  # Python writes such a line to standard error as it is
            return
        notes = _Notes(self)
        _PACKAGE.addHandler(notes)
        try:
            yield
        finally:
            _PACKAGE.removeHandler(notes)

    def noted(self, message: str) -> None:
        """Notes what the package did that nobody asked for."""
        self._write(LogLevel.WARNING, "note", message=message)

    def hear(self, event: Event) -> None:
        """Notes what happens in a run."""
        match event:
            case RunRow():
                self.run_id = event.run_id
                self._write(LogLevel.INFO, "run_started", version=event.parser_version)
            case LoadResult():
                self._document_read(event)
            case Trouble():
                self._write(LogLevel.WARNING, "source_trouble", **event._asdict())

    def finished(self, summary: Summary) -> None:
        """Notes what the run did, in numbers."""
        run = summary.run
        numbers = {name: value for name, value in run._asdict().items() if isinstance(value, int)}
        seconds = (run.finished_at - run.started_at).total_seconds() if run.finished_at else None
        related = summary.relations.numbers
        self._write(LogLevel.INFO, "run_finished", **numbers, copies=summary.copies, **related, seconds=seconds)

    def published(self, publication: Publication) -> None:
        """Notes which snapshot readers have now, or which gates kept it from them."""
        for gate in publication.failed_gates:
            numbers = {"before": gate.before, "now": gate.now, "max_fall": gate.max_fall}
            self._write(LogLevel.WARNING, "gate_failed", gate=gate.name, **numbers, is_forced=gate.is_forced)
        event = "snapshot_published" if publication.is_published else "snapshot_refused"
        level = LogLevel.INFO if publication.is_published else LogLevel.ERROR
        new = {f"new_{name}": number for name, number in publication.new} if publication.new else {}
        self._write(level, event, snapshot=publication.snapshot.name, folder=str(publication.folder), **new)

    def undelivered(self, error: ReportError) -> None:
        """Notes that the run's report did not get where it should."""
        self._write(LogLevel.WARNING, "report_undelivered", message=str(error))

    def failed(self, error: PerftableError) -> None:
        """Notes why the command ends without having done its work."""
        self._write(LogLevel.ERROR, "failed", code=error.code, exit_code=error.exit_code, message=str(error))

    def _document_read(self, result: LoadResult) -> None:
        level = LogLevel.WARNING if result.status == "failed" else LogLevel.INFO
        fields = result._asdict()
        named = {
            "file": fields.pop("file_name"),
            "code": fields.pop("error_code"),
            "message": fields.pop("error_message"),
        }
        self._write(level, "document_read", **named, **fields)

    def _write(self, level: LogLevel, event: str, **fields: Any) -> None:
        said = {name: value for name, value in {"run_id": self.run_id, **fields}.items() if value is not None}
        self._logger.log(level.number, event, extra={"fields": said})


class _Notes(logging.Handler):
    """Leads what the package says into a journal."""

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal

    def emit(self, record: logging.LogRecord) -> None:
        self._journal.noted(record.getMessage())


class _JsonLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        head = {"time": _time(record).isoformat(), "level": record.levelname.lower(), "event": record.getMessage()}
        return safe_json(json.dumps({**head, **_fields(record)}, ensure_ascii=False, default=str))


class _TextLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = (f"{name}={_quoted(str(value))}" for name, value in _fields(record).items())
        return " ".join((f"{_time(record):%Y-%m-%dT%H:%M:%SZ}", record.levelname, record.getMessage(), *fields))


def _time(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _fields(record: logging.LogRecord) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = vars(record)["fields"]
    return fields


def _quoted(value: str) -> str:
    """A value as one word that commands no terminal; between quotation marks where it would be several."""
    shown = visible(decoded(value))
    return json.dumps(shown, ensure_ascii=False) if re.search(r'[\s"=]', shown) or not shown else shown
