"""The manifest of a part: who read what into it, how many rows each table has, and the hashes of the files."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from perftable_etl.load.tables import LEDGER, OF_DOCUMENTS
from perftable_etl.records import Record

NAME = "manifest.json"
"""The file that seals a part."""

FORMAT: Literal["perftable-etl part 1"] = "perftable-etl part 1"
"""Says that a manifest is one of ours, and of which kind."""

CONTENT = (*OF_DOCUMENTS, LEDGER)
"""The tables that a part has rows of."""


class TableFile(Record):
    """One Parquet file of a part: its table, its rows and its bytes."""

    table: str
    rows: int
    byte_size: int
    sha256: str

    @property
    def name(self) -> str:
        """The name of the file."""
        return f"{self.table}.parquet"


class PartFailure(Record):
    """A file that could not be read."""

    source_uri: str
    code: str
    message: str


class Manifest(Record):
    """What a part is: made by which reader, of which share of the files, with which rows. Times are UTC."""

    format: Literal["perftable-etl part 1"] = FORMAT
    part_id: str
    schema_version: int
    parser_version: str
    fingerprint: str
    share: str
    sealed_at: datetime
    documents: int
    projects: int
    indicators: int
    files: tuple[TableFile, ...]
    failures: tuple[PartFailure, ...] = ()
