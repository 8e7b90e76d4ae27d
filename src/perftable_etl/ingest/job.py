"""One ingest of files on this machine: what the ledger lets be read is read, stored, and the run noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from perftable_etl.disk import hash_of
from perftable_etl.ingest.archive import Archive
from perftable_etl.ingest.files import Found
from perftable_etl.ingest.intake import Arrival, OnEvent, ParseAll, Summary, left_alone, take_in
from perftable_etl.load.ledger import Errand, Stamp, errand, pending, seen
from perftable_etl.load.receipt import LeftAlone
from perftable_etl.load.tables import LedgerRow
from perftable_etl.load.warehouse import Warehouse, now
from perftable_etl.pipeline import name_of

ORIGIN = "ingest"
"""Who found the files named on the command line, for the ledger."""


class Visit(NamedTuple):
    """A file that was found: its path, what is to be done with it, and its entry in the ledger from now on.

    `is_named`: someone asked for this very file.
    """

    path: Path
    errand: Errand
    entry: LedgerRow
    is_named: bool = False


class Plan(NamedTuple):
    """What to do with all files that were found; and how many others were there, of kinds that cannot be read.

    `folder` is what was named, where that was one folder.
    """

    visits: tuple[Visit, ...]
    of_other_kinds: int = 0
    folder: Path | None = None

    @property
    def to_read(self) -> tuple[Visit, ...]:
        """The files to read, in the order they were found."""
        return tuple(visit for visit in self.visits if visit.errand == "read")

    @property
    def left_alone(self) -> LeftAlone:
        """How many files are not read, by the reason."""
        errands = [visit.errand for visit in self.visits]
        return LeftAlone(errands.count("skip"), errands.count("wait"), errands.count("quarantined"))


def plan(found: Found, warehouse: Warehouse) -> Plan:
    """What to do with each file that was found. Those named one by one are read whatever became of them before."""
    known = _Known(warehouse.ledger(), warehouse.reader, now())
    resolved = cache(Path.resolve)  # once for all files of a folder: a folder may hold very many
    visits = (_visit(path, _uri(path, resolved), path in found.named, known) for path in found.files)
    return Plan(tuple(visits), found.of_other_kinds, found.folder)


def verified(plan: Plan) -> Plan:
    """The same, but files left alone for looking unchanged are read where their bytes are others after all."""
    return plan._replace(visits=tuple(map(_verified, plan.visits)))


def ingest(
    plan: Plan, warehouse: Warehouse, archive: Archive | None, parse_all: ParseAll, on_event: OnEvent
) -> Summary:
    """Does what was planned; `on_event` hears of it as it happens."""
    run = warehouse.start_run()
    on_event(run)
    if archive:
        archive.clear_partial()
    warehouse.note([visit.entry for visit in plan.visits])
    taken = take_in(_arrivals(plan.to_read, archive), warehouse, parse_all, on_event)
    relations = warehouse.relate()
    finished = warehouse.finish_run(run, taken.receipts, left_alone(plan.left_alone, taken))
    concerns = warehouse.concerns(taken.receipts)
    return Summary(
        finished,
        taken.receipts,
        taken.copies,
        plan.of_other_kinds,
        concerns=concerns,
        relations=relations,
        folder=plan.folder,
        attention=warehouse.attention(run, taken.receipts),
        documents=warehouse.document_counts(),
    )


def _uri(path: Path, resolved: Callable[[Path], Path]) -> str:
    place = path.resolve() if path.is_symlink() else resolved(path.parent) / path.name
    return place.as_uri()


class _Known(NamedTuple):
    """What is known before a run: the ledger, who reads, and when it begins."""

    ledger: Mapping[str, LedgerRow]
    reader: str
    moment: datetime


def _visit(path: Path, uri: str, is_named: bool, known: _Known) -> Visit:
    stamp = _stamp(path)
    row = known.ledger.get(uri)
    what = "read" if is_named else errand(row, stamp, known.reader, known.moment)
    if row is None or what == "read":
        return Visit(path, "read", pending(row, uri, ORIGIN, stamp, known.moment), is_named)
    return Visit(path, what, seen(row, known.moment))


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return Stamp()
    return Stamp(status.st_size, str(status.st_mtime_ns))


def _verified(visit: Visit) -> Visit:
    if visit.errand == "read" or _document_id(visit.path) == visit.entry.document_id:
        return visit
    return visit._replace(errand="read", entry=visit.entry._replace(state="pending", attempts=0, retry_at=None))


def _arrivals(visits: Iterable[Visit], archive: Archive | None) -> Iterator[Arrival]:
    for visit in visits:
        path, document_id = visit.path, _document_id(visit.path)
        if document_id and archive:
            path = archive.add(path, document_id, path.suffix)
        yield Arrival(
            entry=visit.entry,
            name=name_of(visit.path),
            path=path,
            document_id=document_id or visit.entry.source_uri,
            before=visit.entry.document_id,
            is_named=visit.is_named,
        )


def _document_id(path: Path) -> str | None:
    """The hash of a file's bytes; None where it has none, or none to be had, which the parser will say."""
    try:
        return hash_of(path) if path.stat().st_size else None
    except OSError:
        return None
