"""One part in the making: rows are kept as columns, which takes little memory, and written once it is sealed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from perftable_etl.load.arrow import arrow_table, write_parquet
from perftable_etl.load.columns import Table
from perftable_etl.load.parts.manifest import CONTENT, NAME, Manifest, PartFailure, TableFile
from perftable_etl.load.result import LoadResult, result_of
from perftable_etl.load.rows import FileRows
from perftable_etl.load.tables import LEDGER, OF_DOCUMENTS, SCHEMA_VERSION, DocumentRow, LedgerRow
from perftable_etl.system.clock import now
from perftable_etl.system.disk import flush, hash_of
from perftable_etl.version import VERSION

_AT_ONCE = 50
"""Documents whose rows wait as rows before they become columns."""


class PartWriter:
    """The rows of some documents, on their way into a folder of their own."""

    def __init__(self, reader: str, share: str) -> None:
        self._reader = reader
        self._share = share
        self._rows: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in CONTENT}
        self._columns: dict[str, list[Any]] = {table.name: [arrow_table(table, ())] for table in CONTENT}
        self._counts: Counter[str] = Counter()
        self._failures: list[PartFailure] = []
        self.documents = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in it yet."""
        return not (self.documents or self._counts[LEDGER.name])

    def add(self, reading: FileRows) -> LoadResult:
        """Takes in the rows of a document, and what the ledger shall say of its place."""
        reading = reading.stored_now()
        document, *others = reading.rows
        for table, rows in zip(OF_DOCUMENTS, ((document,), *others), strict=True):
            self._keep(table, rows)
        self.note([reading.entry] if reading.entry else [])
        self.documents += 1
        if document.error_code:
            self._failures.append(_failure(document))
        if self.documents % _AT_ONCE == 0:
            self._condense()
        return result_of(reading, "new")

    def note(self, entries: Sequence[LedgerRow]) -> None:
        """Takes in entries of the ledger."""
        self._keep(LEDGER, entries)

    def seal(self, folder: Path) -> Manifest:
        """Writes the part into `folder`, and the manifest last: it appears whole, or not at all. Raises OSError."""
        self._condense()
        files = tuple(self._written(folder))
        manifest = Manifest(
            part_id=hashlib.sha256("".join(file.sha256 for file in files).encode()).hexdigest(),
            schema_version=SCHEMA_VERSION,
            parser_version=VERSION,
            fingerprint=self._reader,
            share=self._share,
            sealed_at=now(),
            documents=self.documents,
            projects=self._counts["projects"],
            indicators=self._counts["indicators"],
            files=files,
            failures=tuple(self._failures),
        )
        _seal(folder, manifest)
        return manifest

    def _keep(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        self._rows[table.name].extend(rows)
        self._counts[table.name] += len(rows)

    def _condense(self) -> None:
        for table in CONTENT:
            if rows := self._rows[table.name]:
                self._columns[table.name].append(arrow_table(table, rows))
                rows.clear()

    def _written(self, folder: Path) -> Iterator[TableFile]:
        folder.mkdir(parents=True, exist_ok=True)
        for table in CONTENT:
            path = folder / f"{table.name}.parquet"
            write_parquet(self._columns[table.name], path)
            flush(path)
            yield TableFile(
                table=table.name,
                rows=self._counts[table.name],
                byte_size=path.stat().st_size,
                sha256=hash_of(path),
            )


def _failure(document: DocumentRow) -> PartFailure:
    return PartFailure(
        source_uri=document.source_uri, code=document.error_code or "", message=document.error_message or ""
    )


def _seal(folder: Path, manifest: Manifest) -> None:
    draft = folder / f".{NAME}.partial"
    draft.write_text(manifest.model_dump_json(indent=2), encoding="utf-8")
    flush(draft)
    draft.rename(folder / NAME)
    flush(folder)
