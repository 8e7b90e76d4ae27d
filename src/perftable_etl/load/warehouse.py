"""Our tables in a DuckDB file, and how documents get into them.

One process writes; a document is stored in one transaction, so after a crash it is there as a whole or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from perftable_etl.errors import WarehouseError
from perftable_etl.fingerprint import fingerprint
from perftable_etl.load.attention import Attention, AttentionScope, attention
from perftable_etl.load.concerns import Concern, concerns
from perftable_etl.load.corrections.applying import Applied, ReadValue, apply_lines
from perftable_etl.load.corrections.lines import SheetLine
from perftable_etl.load.database import (
    Connection,
    checkpoint,
    explained,
    open_to_query,
    rows_in,
    transaction,
)
from perftable_etl.load.edition import schema_version
from perftable_etl.load.following import follow
from perftable_etl.load.forgetting import Forgotten, forget, forgotten_documents
from perftable_etl.load.link_applying import LinkLine, LinksApplied, apply_link_lines
from perftable_etl.load.opening import open_warehouse
from perftable_etl.load.parts.folder import SealedPart
from perftable_etl.load.parts.merging import merge
from perftable_etl.load.place import require_database_place
from perftable_etl.load.relations import Relations
from perftable_etl.load.result import (
    Counts,
    LoadResult,
    begun_run,
    sum_of,
)
from perftable_etl.load.room import ample, roomy
from perftable_etl.load.rows import FileRows, reading_of
from perftable_etl.load.status import DocumentCount, document_counts
from perftable_etl.load.stored import Choice, StoredDocument, stored_documents
from perftable_etl.load.storing import STORED_NOW, begin_to_note, insert, note, note_stored, store_readings
from perftable_etl.load.tables import (
    LEDGER,
    LOADED_PARTS,
    RUNS,
    VISITS,
    LedgerRow,
    RunRow,
)
from perftable_etl.load.visit import VisitRow
from perftable_etl.records import Outcome, Status
from perftable_etl.system.clock import now


class Warehouse:
    """A DuckDB file with our tables; creates both where they are missing. Use it in a `with` block.

    `reader` is the fingerprint of whoever reads for it, the package's own reader where none is given: what another one
    has read is read again.
    """

    def __init__(self, path: Path, reader: str | None = None) -> None:
        self._path = path
        self.reader = reader or fingerprint()
        self._run_id: str | None = None

    def __enter__(self) -> Self:
        self._connection = open_warehouse(self._path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                checkpoint(self._connection, self._path)
        finally:
            self._connection.close()

    @property
    def connection(self) -> Connection:
        """The connection of the job that has it open."""
        return self._connection

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def store(self, outcome: Outcome, entry: LedgerRow | None = None) -> LoadResult:
        """Stores one document, as `store_all` does."""
        (result,) = self.store_all([reading_of(outcome, entry)])
        return result

    def store_all(self, readings: Sequence[FileRows]) -> list[LoadResult]:
        """Stores all rows of documents in place of earlier ones; where they are the same, only what read them last.

        What the ledger now says of the places they were read from goes in with them, all in one transaction. Where it
        fails, they go in one by one, up to the one that is the reason.
        """
        try:
            return self._stored(readings)
        except WarehouseError:
            if len(readings) == 1:
                raise
        return [result for reading in readings for result in self._stored([reading])]

    def ledger(self) -> dict[str, LedgerRow]:
        """What is known of every file, by its source URI."""
        with explained(self._connection, f"the ledger of {self._path} cannot be read"):
            return _ledger(self._connection)

    def entries(self, source_uris: Sequence[str]) -> dict[str, LedgerRow]:
        """What the ledger has of some files, by their source URIs."""
        with explained(self._connection, f"the ledger of {self._path} cannot be read"):
            return _by_uri(self._connection.execute(_ENTRIES, [source_uris]))

    def note(self, entries: Sequence[LedgerRow]) -> None:
        """Puts entries into the ledger in place of earlier ones."""
        with transaction(self._connection, "the ledger was not written"):
            note(self._connection, entries)

    def read_before(self) -> set[str]:
        """The documents that this reader has read, failed ones left out."""
        with explained(self._connection, f"the documents of {self._path} cannot be read"):
            found = self._connection.execute(_READ_BEFORE, [self.reader])
            return {document_id for (document_id,) in rows_in(found)}

    def statuses(self, document_ids: Sequence[str]) -> dict[str, Status]:
        """The status of each of some documents, where this reader has read it; failed ones are left out."""
        with explained(self._connection, f"the documents of {self._path} cannot be read"):
            rows = self._connection.execute(_STATUSES, [self.reader, document_ids]).fetchall()
        return dict(rows)

    def forgotten(self) -> frozenset[str]:
        """The documents that a person has taken out, and nobody has brought back."""
        with explained(self._connection, f"the ledger of {self._path} cannot be read"):
            return forgotten_documents(self._connection)

    @roomy
    def forget(self, document_id: str) -> Forgotten:
        """Takes a document out, and remembers that."""
        with transaction(self._connection, "the document was not taken out"):
            return forget(self._connection, document_id)

    @roomy
    def relate(self) -> Relations:
        """Says anew which projects later publications replace, which are copies of others, and whose each is."""
        with transaction(self._connection, "replaced projects and copies were not marked"):
            return follow(self._connection)

    @roomy
    def apply(self, lines: Sequence[SheetLine], author: str | None, read_value: ReadValue) -> Applied:
        """Keeps what a sheet decides, all of it or nothing. Raises SheetError."""
        with transaction(self._connection, "the corrections were not stored"):
            return apply_lines(self._connection, lines, author, now(), read_value)

    @roomy
    def apply_links(self, lines: Sequence[LinkLine], author: str | None) -> LinksApplied:
        """Keeps what a sheet of links decides, all of it or nothing. Raises SheetError."""
        with transaction(self._connection, "the decisions about links were not stored"):
            return apply_link_lines(self._connection, lines, author, now())

    def merge(self, parts: Sequence[SealedPart]) -> Counts:
        """Takes in what parts have that is not here yet, or was read later there, in one transaction."""
        with ample(self._connection), transaction(self._connection, "the parts were not loaded"):
            return merge(self._connection, parts)

    def loaded_parts(self) -> frozenset[str]:
        """The ids of all parts that were loaded."""
        with explained(self._connection, f"the parts of {self._path} cannot be read"):
            rows = self._connection.execute(f"SELECT part_id FROM {LOADED_PARTS.name}").fetchall()
        return frozenset(part_id for (part_id,) in rows)

    @roomy
    def concerns(self) -> tuple[Concern, ...]:
        """What needs a person in the documents that this run stored, with what relating them told."""
        with explained(self._connection, f"the findings of {self._path} cannot be read"):
            return concerns(self._connection, STORED_NOW)

    def note_visits(self, visits: Sequence[VisitRow]) -> None:
        """Notes what sources gave."""
        with transaction(self._connection, "the visits to sources were not recorded"):
            if visits:
                insert(self._connection, VISITS, visits)

    @roomy
    def attention(self, run: RunRow) -> Attention:
        """Which of the documents that this run stored need a person, and which sources that it asked."""
        scope = AttentionScope(STORED_NOW, run.run_id)
        with explained(self._connection, f"what needs a person in {self._path} cannot be read"):
            return attention(self._connection, scope)

    def documents(self, choice: Choice) -> tuple[StoredDocument, ...]:
        """The documents that a choice means."""
        with explained(self._connection, f"the documents of {self._path} cannot be read"):
            return stored_documents(self._connection, choice)

    def document_counts(self) -> tuple[DocumentCount, ...]:
        """How many documents there are, by status."""
        with explained(self._connection, f"the documents of {self._path} cannot be counted"):
            return document_counts(self._connection)

    def start_run(self) -> RunRow:
        """Notes that an ingest begins: what is stored from now on is counted in its row, so also where it never ends.

        Such a run keeps an empty `finished_at`.
        """
        run = begun_run()
        with transaction(self._connection, "the run was not recorded"):
            insert(self._connection, RUNS, [run])
            begin_to_note(self._connection)
        self._run_id = run.run_id
        return run

    def finish_run(self, run: RunRow) -> RunRow:
        """Notes that a run has ended, with its counts."""
        finished = run._replace(finished_at=now())
        with transaction(self._connection, "the end of the run was not recorded"):
            self._connection.execute("DELETE FROM runs WHERE run_id = ?", [run.run_id])
            insert(self._connection, RUNS, [finished])
        return finished

    @roomy
    def _stored(self, readings: Sequence[FileRows]) -> list[LoadResult]:
        what = f"{readings[0].document.file_name} was" if len(readings) == 1 else f"{len(readings)} documents were"
        with transaction(self._connection, f"{what} not stored"):
            results = store_readings(self._connection, readings)
            if self._run_id:
                note_stored(self._connection, results)
                self._connection.execute(_COUNT, [*sum_of(results), self._run_id])
        return results


_ENTRIES = "SELECT * FROM ledger WHERE source_uri IN (SELECT unnest(?))"
_READ = "FROM documents WHERE fingerprint = ? AND status <> 'failed'"
_READ_BEFORE = f"SELECT document_id {_READ}"
_STATUSES = f"SELECT document_id, status {_READ} AND document_id IN (SELECT unnest(?))"
_COUNT = f"UPDATE runs SET {', '.join(f'{name} = {name} + ?' for name in Counts._fields)} WHERE run_id = ?"


def ledger_at(path: Path) -> dict[str, LedgerRow]:
    """What the database at `path`, which is only read, knows of every file; nothing where there is no ledger yet."""
    require_database_place(path)
    if not path.exists():
        return {}
    with closing(open_to_query(path, read_only=True)) as connection:
        schema_version(connection, path)
        with explained(connection, f"the ledger of {path} cannot be read"):
            known = connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [LEDGER.name]).fetchone()
            return _ledger(connection) if known else {}


def _ledger(connection: Connection) -> dict[str, LedgerRow]:
    return _by_uri(connection.execute("SELECT * FROM ledger"))


def _by_uri(found: Connection) -> dict[str, LedgerRow]:
    return {row[0]: LedgerRow(*row) for row in rows_in(found)}
