"""Loading files that have arrived: each is read, stored, and entered into the ledger; the same bytes only once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from perftable_etl.errors import InternalFault, Interrupted
from perftable_etl.ingest.arrival import Arrival
from perftable_etl.ingest.ledger import forgotten, known, read
from perftable_etl.ingest.other_kinds import OtherKind
from perftable_etl.ingest.sink import Sink
from perftable_etl.load.attention import Attention
from perftable_etl.load.concerns import Concern
from perftable_etl.load.relations import Relations
from perftable_etl.load.result import LeftAlone, LoadResult, counted
from perftable_etl.load.rows import FileRows
from perftable_etl.load.status import DocumentCount
from perftable_etl.load.tables import LedgerRow, RunRow
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.records import Status
from perftable_etl.system.clock import now
from perftable_etl.system.disk_list import DiskList, some
from perftable_etl.version import VERSION

DOCUMENTS_AT_ONCE = 500
"""Documents that are stored in one transaction at most: it takes 35 ms of a processor, and a document 0.1 ms more."""

NOTED_AT_ONCE = 1000
"""Entries that are put into the ledger in one transaction."""

SECONDS_AT_ONCE = 2.0
"""How long a document may wait for others to be stored with."""

ParseAll = Callable[[Iterable[Path]], Generator[FileRows | None]]
"""Gives what is read of files in their order, and takes the files one by one as it gets to them; closed, it ends.

It gives None whenever a moment passes without a reading, so that none has to wait for the next one to be stored.
"""


class Trouble(NamedTuple):
    """What a source would not give: a file, or some of its list; why, and whose fault it seems to be (`code`)."""

    source: str
    uri: str | None
    code: str
    message: str


Event = RunRow | LoadResult | Trouble
"""What happens in a run: it begins, a document is stored, a source gives less than it should."""

OnEvent = Callable[[Event], None]
"""Hears of each event as it happens."""


class Summary(NamedTuple):
    """What one run did: its row, a result for each document read, what needs a person in them, and what it left out.

    `copies` have the bytes of a document that was read from another place, files of `other_kinds` cannot be read.
    `looked_for` are the ends of names that were looked for where no file has one.
    `relations` are those of all projects in the database as the run leaves them. `folder` is what was named, where that
    was one folder, `database` what the documents are in now. `attention` says what needs a person beside `concerns`,
    `documents` how many there now are.
    """

    run: RunRow
    results: Collection[LoadResult]
    copies: int = 0
    other_kinds: tuple[OtherKind, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    concerns: tuple[Concern, ...] = ()
    relations: Relations = Relations()
    folder: Path | None = None
    attention: Attention = Attention()
    documents: tuple[DocumentCount, ...] = ()
    looked_for: tuple[str, ...] = ()
    database: Path | None = None

    @property
    def exit_code(self) -> int:
        """0 when all was read that should be, 1 when some failed, 70 after a fault of the program."""
        if any(trouble.code == InternalFault.code for trouble in self.troubles):
            return InternalFault.exit_code
        return 1 if self.run.failed or self.troubles else 0


@contextmanager
def counting(on_event: OnEvent) -> Iterator[OnEvent]:
    """Hears events in place of `on_event`. An interruption says what was stored until then."""
    stored = 0

    def hear(event: Event) -> None:
        nonlocal stored
        stored += isinstance(event, LoadResult)
        on_event(event)

    try:
        yield hear
    except Interrupted as error:
        raise type(error)(f"{error} Documents stored: {stored}.") from error


class Loaded(NamedTuple):
    """What became of arrivals: a result for each that was read, and how many were not, their bytes being known.

    Of these, `copies` have the bytes of a document from another place, `unchanged` those that were read at their own,
    `forgotten` those of a document that a person has taken out.
    """

    results: Collection[LoadResult]
    copies: int = 0
    unchanged: int = 0
    forgotten: int = 0


def left_alone(unread: LeftAlone, taken: Loaded) -> LeftAlone:
    """What a run left alone: what it did not open, and what it opened and found unchanged."""
    return unread._replace(skipped=unread.skipped + taken.unchanged, forgotten=unread.forgotten + taken.forgotten)


def concluded(
    warehouse: Warehouse, run: RunRow, loaded: Loaded, unread: LeftAlone, troubles: Sequence[Trouble]
) -> Summary:
    """What a run did, with what it did not read; projects are related anew, and the run is noted."""
    relations = warehouse.relate()
    return Summary(
        warehouse.finish_run(counted(run, loaded.results, left_alone(unread, loaded))),
        loaded.results,
        loaded.copies,
        troubles=tuple(troubles),
        concerns=warehouse.concerns(),
        relations=relations,
        attention=warehouse.attention(run),
        documents=warehouse.document_counts(),
        database=warehouse.path,
    )


def load_files(arrivals: Iterator[Arrival], sink: Sink, parse_all: ParseAll, on_event: OnEvent) -> Loaded:
    """Reads what has arrived into the database."""
    first = next(arrivals, None)
    if first is None:
        return Loaded(())  # most nights bring nothing, and processes to parse in take a second to start
    unread = _Withheld()
    results = DiskList[LoadResult]()
    failures: dict[str, FileRows] = {}
    wanted = _wanted(chain([first], arrivals), sink, unread.taken_out)
    with closing(_read(_not_known(wanted, sink, unread), parse_all)) as readings:
        for batch in _batches(_named_readings(readings, sink.reader, failures)):
            for result in sink.store_all(batch):
                on_event(result)
                results.append(result)
    _note_again(unread, failures, sink)
    copies = len(unread.met_again) - unread.unchanged
    return Loaded(results, copies, unread.unchanged, len(unread.taken_out))


@dataclass
class _Withheld:
    """Arrivals that are not read: bytes that are known, and documents that a person has taken out.

    `unchanged` counts those whose bytes were read at their own place before this run.
    """

    met_again: DiskList[Arrival] = field(default_factory=DiskList)
    taken_out: DiskList[Arrival] = field(default_factory=DiskList)
    unchanged: int = 0


def _wanted(arrivals: Iterable[Arrival], sink: Sink, taken_out: DiskList[Arrival]) -> Iterator[Arrival]:
    """The arrivals whose document nobody has taken out, or that are called. The others are added to `taken_out`."""
    unwanted = sink.forgotten()
    for arrival in arrivals:
        if arrival.document_id in unwanted and not arrival.is_called:
            arrival.release()
            taken_out.append(arrival)
        else:
            yield arrival


def _named_readings(
    readings: Iterable[tuple[Arrival, FileRows] | None], reader: str, failures: dict[str, FileRows]
) -> Iterator[FileRows | None]:
    """What is to be stored of each arrival; those that failed are added to `failures`."""
    for one in readings:
        if one is None:
            yield None
            continue
        arrival, reading = one
        named = _named(reading, arrival, reader)
        if named.document.status == "failed":
            failures[arrival.document_id] = named
        yield named._replace(entry=read(arrival.entry, named.document, now()) if arrival.at_place else None)


def _batches(readings: Iterable[FileRows | None]) -> Iterator[list[FileRows]]:
    """Readings to store at once: as many as come within a moment."""
    batch: list[FileRows] = []
    due = 0.0
    for reading in readings:
        if reading:
            due = due if batch else monotonic() + SECONDS_AT_ONCE
            batch.append(reading)
        if batch and (len(batch) >= DOCUMENTS_AT_ONCE or monotonic() >= due):
            yield batch
            batch = []
    if batch:
        yield batch


def _not_known(arrivals: Iterable[Arrival], sink: Sink, unread: _Withheld) -> Iterator[Arrival]:
    """The first arrival of each document that this reader has not read yet, or that is named. The others are unread."""
    before, under_way = sink.read_before(), set[str]()
    for arrival in arrivals:
        is_known = arrival.document_id in before and not arrival.is_named
        if is_known or arrival.document_id in under_way:
            arrival.release()
            unread.met_again.append(arrival)
            unread.unchanged += arrival.document_id == arrival.before not in under_way
        else:
            under_way.add(arrival.document_id)
            yield arrival


def _read(arrivals: Iterable[Arrival], parse_all: ParseAll) -> Generator[tuple[Arrival, FileRows] | None]:
    """Each arrival with its reading; how far files are handed out ahead is for `parse_all` to say.

    None as from `parse_all`.
    """
    waiting: deque[Arrival] = deque()

    def paths() -> Iterator[Path]:
        for arrival in arrivals:
            waiting.append(arrival)
            yield arrival.path

    with closing(parse_all(paths())) as readings:
        for reading in readings:
            if reading is None:
                yield None
                continue
            arrival = waiting.popleft()
            arrival.release()
            yield arrival, reading


def _named(reading: FileRows, arrival: Arrival, reader: str) -> FileRows:
    """The reading as of the file that people know by its name; what was read may be its copy in the archive.

    A worker that ends over a file does not say for which reader: it is that of this run.
    """
    document = reading.document
    return reading.with_document(
        document_id=arrival.id_by_address or document.document_id,
        file_name=arrival.name,
        source_uri=arrival.entry.source_uri,
        error_message=document.error_message and document.error_message.replace(document.file_name, arrival.name, 1),
        fingerprint=reader if document.status == "failed" else document.fingerprint,
    )


def _note_again(unread: _Withheld, failures: Mapping[str, FileRows], sink: Sink) -> None:
    """Enters where documents were found again: they fare there as they did where they were read."""
    for arrivals in some(unread.met_again, NOTED_AT_ONCE):
        statuses = sink.statuses([arrival.document_id for arrival in arrivals])
        sink.note([_fate(arrival, failures, statuses, sink.reader) for arrival in arrivals])
    for arrivals in some(unread.taken_out, NOTED_AT_ONCE):
        sink.note([forgotten(arrival.entry, arrival.document_id) for arrival in arrivals])


def _fate(arrival: Arrival, failures: Mapping[str, FileRows], statuses: Mapping[str, Status], reader: str) -> LedgerRow:
    if failure := failures.get(arrival.document_id):
        return read(arrival.entry, _named(failure, arrival, reader).document, now())
    if status := statuses.get(arrival.document_id):
        return known(arrival.entry, arrival.document_id, status, VERSION, reader)
    return arrival.entry  # the first of them was written to before it was read: this one is, next time
