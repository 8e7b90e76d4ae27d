"""Documents that were read before, read again: from the archive, or from their place where it still has their bytes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from perftable_etl.errors import UnreadableFile, UsageError
from perftable_etl.ingest.archive import Archive
from perftable_etl.ingest.arrival import Arrival
from perftable_etl.ingest.ledger import pending, stamp_of
from perftable_etl.ingest.loading import OnEvent, ParseAll, Summary, Trouble, concluded, counting, load_files
from perftable_etl.ingest.whereabouts import places_of
from perftable_etl.load.result import LeftAlone
from perftable_etl.load.stored import StoredDocument
from perftable_etl.load.tables import LedgerRow
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.system.clock import now
from perftable_etl.system.disk import chunks_of, digest_of
from perftable_etl.web.addresses import meant

ORIGIN = "reparse"
"""Who tells of a document that cannot be found."""

_SHORTEST_ID = 6
"""Characters of an id that name a document."""


def named_among(
    documents: Sequence[StoredDocument], words: Collection[str], folder: Path
) -> tuple[StoredDocument, ...]:
    """The documents that words mean: by their id or how it begins, by their address, or by their file's name.

    Paths begin at `folder`. Raises UsageError for a word that means none of the documents, or several files.
    """
    if not words:
        return tuple(documents)
    chosen = {document.document_id: document for word in words for document in _meant(word, documents, folder)}
    return tuple(chosen.values())


def one_named(documents: Sequence[StoredDocument], word: str, folder: Path) -> StoredDocument:
    """The one document that a word means. Raises UsageError where it means none, or several."""
    found = named_among(documents, [word], folder)
    if len(found) > 1:
        ids = ", ".join(document.document_id[:12] for document in found)
        raise UsageError(f"{word} matches several documents: {ids}. Give one of these ids.")
    return found[0]


def _meant(word: str, documents: Sequence[StoredDocument], folder: Path) -> list[StoredDocument]:
    uris = frozenset(meant(word, (document.source_uri for document in documents), folder))
    by_id = len(word) >= _SHORTEST_ID
    found = [one for one in documents if one.source_uri in uris or (by_id and one.document_id.startswith(word))]
    found = found or [one for one in documents if one.file_name == word]
    if not found:
        raise UsageError(f"{word} is none of the documents. Give an id, an address or a file name as in `documents`.")
    if len({document.source_uri for document in found}) > 1:
        ids = ", ".join(document.document_id[:12] for document in found)
        raise UsageError(f"{word} matches several documents: {ids}. Give one of these ids.")
    return found


def reparse(
    documents: Sequence[StoredDocument],
    warehouse: Warehouse,
    archives: Sequence[Archive],
    parse_all: ParseAll,
    on_event: OnEvent,
    max_bytes: int,
) -> Summary:
    """Reads documents again, whatever the ledger says of them; `on_event` hears of it as it happens.

    The troubles of the summary name those that are nowhere to be found.
    """
    with counting(on_event) as hear:
        run = warehouse.start_run()
        hear(run)
        search = _Search(archives, max_bytes, hear)
        loaded = load_files(search.arrivals(documents, warehouse.ledger()), warehouse, parse_all, hear)
        return concluded(warehouse, run, loaded, LeftAlone(unreached=len(search.troubles)), search.troubles)


def bytes_of(document: StoredDocument, archives: Sequence[Archive], max_bytes: int) -> Path | None:
    """Where the bytes of a document are, which are those of its id: in an archive, else at its place."""
    paths = places_of(document.document_id, document.source_uri, archives)
    return next((path for path in paths if _has_bytes(path, document, max_bytes)), None)


def _has_bytes(path: Path, document: StoredDocument, max_bytes: int) -> bool:
    try:
        return digest_of(chunks_of(path, max_bytes)) == document.document_id
    except OSError:
        return False


@dataclass
class _Search:
    """The search for the bytes of documents."""

    archives: Sequence[Archive]
    max_bytes: int
    on_event: OnEvent
    troubles: list[Trouble] = field(default_factory=list)

    def arrivals(self, documents: Sequence[StoredDocument], ledger: Mapping[str, LedgerRow]) -> Iterator[Arrival]:
        """The documents that are found, one by one as they are asked for."""
        places: dict[str, LedgerRow] = {str(row.document_id): row for row in ledger.values()}
        for document in documents:
            path = bytes_of(document, self.archives, self.max_bytes)
            if path is None:
                self._miss(document)
                continue
            own = ledger.get(document.source_uri)
            row = own if own and own.document_id == document.document_id else places.get(document.document_id)
            is_copy = any(archive.has_copied(path) for archive in self.archives)
            yield _arrival(document, path, row)._replace(is_copy=is_copy)

    def _miss(self, document: StoredDocument) -> None:
        message = (
            "it was not read again, because its bytes are neither in an archive nor at its place any more; "
            "ingest the file again, or name the archive with --archive"
        )
        trouble = Trouble(ORIGIN, document.source_uri, UnreadableFile.code, message)
        self.troubles.append(trouble)
        self.on_event(trouble)


def _arrival(document: StoredDocument, path: Path, row: LedgerRow | None) -> Arrival:
    entry = row or _without_place(document)
    return Arrival(
        entry=pending(entry, entry.source_uri, entry.origin, stamp_of(entry), now()),
        name=document.file_name,
        path=path,
        document_id=document.document_id,
        before=document.document_id,
        is_named=True,
        at_place=row is not None,
    )


def _without_place(document: StoredDocument) -> LedgerRow:
    """What the ledger would say of a document whose place has another one by now; it is not told."""
    moment = now()
    return LedgerRow(
        source_uri=document.source_uri,
        origin=ORIGIN,
        state="pending",
        document_id=document.document_id,
        attempts=0,
        reason=None,
        retry_at=None,
        byte_size=None,
        modified=None,
        etag=None,
        parser_version=None,
        first_seen_at=moment,
        last_seen_at=moment,
    )
