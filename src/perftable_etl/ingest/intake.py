"""Taking in files that have arrived: each is read, stored, and entered into the ledger; the same bytes only once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from perftable_etl.errors import InternalFault
from perftable_etl.load.ledger import known, read
from perftable_etl.load.receipt import Receipt
from perftable_etl.load.tables import LedgerRow, RunRow
from perftable_etl.load.warehouse import Warehouse, now
from perftable_etl.records import Outcome, Status
from perftable_etl.version import VERSION

ParseAll = Callable[[Iterable[Path]], Generator[Outcome]]
"""Gives the outcomes of files in their order, and takes the files one by one as it gets to them; closed, it ends."""


class Arrival(NamedTuple):
    """A file ready to be read: its pending entry in the ledger, its name for people, its bytes and their hash."""

    entry: LedgerRow
    name: str
    path: Path
    document_id: str


class Trouble(NamedTuple):
    """What a source would not give: a file, or some of its list; why, and whose fault it seems to be (`code`)."""

    source: str
    uri: str | None
    code: str
    message: str


Event = RunRow | Receipt | Trouble
"""What happens in a run: it begins, a document is stored, a source gives less than it should."""

OnEvent = Callable[[Event], None]
"""Hears of each event as it happens."""


class Summary(NamedTuple):
    """What one run did: its row, a receipt for each document read, and what it left out.

    `copies` have the bytes of another document, files `of_other_kinds` cannot be read.
    """

    run: RunRow
    receipts: tuple[Receipt, ...]
    copies: int = 0
    of_other_kinds: int = 0
    troubles: tuple[Trouble, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 when all was read that should be, 1 when some failed, 70 after a fault of the program."""
        if any(trouble.code == InternalFault.code for trouble in self.troubles):
            return InternalFault.exit_code
        return 1 if self.run.failed or self.troubles else 0


class Taken(NamedTuple):
    """What became of arrivals: a receipt for each that was read, and how many were copies of a document read before."""

    receipts: tuple[Receipt, ...]
    copies: int


def take_in(arrivals: Iterator[Arrival], warehouse: Warehouse, parse_all: ParseAll, on_event: OnEvent) -> Taken:
    """Reads what has arrived into the database."""
    first = next(arrivals, None)
    if first is None:
        return Taken((), 0)  # most nights bring nothing, and processes to parse in take a second to start
    copies: list[Arrival] = []
    failures: dict[str, Outcome] = {}
    receipts = []
    with closing(_read(_without_copies(chain([first], arrivals), warehouse, copies), parse_all)) as readings:
        for arrival, outcome in readings:
            named = _named(outcome, arrival)
            receipt = warehouse.store(named, read(arrival.entry, named, VERSION, now()))
            on_event(receipt)
            receipts.append(receipt)
            if named.status == "failed":
                failures[arrival.document_id] = named
    if copies:
        _note_copies(copies, failures, warehouse)
    return Taken(tuple(receipts), len(copies))


def _without_copies(arrivals: Iterable[Arrival], warehouse: Warehouse, copies: list[Arrival]) -> Iterator[Arrival]:
    """The first arrival of each document that this version has not read yet; the others are added to `copies`."""
    seen = set(warehouse.read_before())
    for arrival in arrivals:
        if arrival.document_id in seen:
            copies.append(arrival)
        else:
            seen.add(arrival.document_id)
            yield arrival


def _read(arrivals: Iterable[Arrival], parse_all: ParseAll) -> Generator[tuple[Arrival, Outcome]]:
    """Each arrival with its outcome; how far files are handed out ahead is for `parse_all` to say."""
    waiting: deque[Arrival] = deque()

    def paths() -> Iterator[Path]:
        for arrival in arrivals:
            waiting.append(arrival)
            yield arrival.path

    with closing(parse_all(paths())) as outcomes:
        for outcome in outcomes:
            yield waiting.popleft(), outcome


def _named(outcome: Outcome, arrival: Arrival) -> Outcome:
    """The outcome as of the file that people know by its name; what was read may be its copy in the archive."""
    message = outcome.error_message and outcome.error_message.replace(outcome.file_name, arrival.name, 1)
    return outcome.model_copy(
        update={"file_name": arrival.name, "source_uri": arrival.entry.source_uri, "error_message": message}
    )


def _note_copies(copies: Sequence[Arrival], failures: Mapping[str, Outcome], warehouse: Warehouse) -> None:
    """Enters where else documents were found: they fare there as they did where they were read."""
    statuses = warehouse.read_before()
    warehouse.note([_fate(copy, failures, statuses) for copy in copies])


def _fate(copy: Arrival, failures: Mapping[str, Outcome], statuses: Mapping[str, Status]) -> LedgerRow:
    if failure := failures.get(copy.document_id):
        return read(copy.entry, _named(failure, copy), VERSION, now())
    if status := statuses.get(copy.document_id):
        return known(copy.entry, copy.document_id, status, VERSION)
    return copy.entry  # the first of them was written to before it was read: this one is, next time
