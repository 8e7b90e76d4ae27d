"""What `inspect` was asked to show of a database: a document, or one finding of it, and where its bytes are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from perftable_etl.errors import UnreadableFile, UsageError
from perftable_etl.ingest.archive import Archive
from perftable_etl.ingest.reparse import bytes_of, one_named
from perftable_etl.load.review import ReviewRow, findings_beginning
from perftable_etl.load.stored import StoredDocument, documents_at
from perftable_etl.records import Outcome

_SHORTEST_ID = 6
_HEX = frozenset("0123456789abcdef")


class Shown(NamedTuple):
    """A document, the file that has its bytes, and the finding that was asked for.

    The file may be a copy, which goes with the archive that made it.
    """

    document: StoredDocument
    path: Path
    finding: ReviewRow | None = None
    archives: Sequence[Archive] = ()

    def named(self, outcome: Outcome) -> Outcome:
        """The outcome as of the file that people know by its name; what was read may be its copy in the archive."""
        return outcome.model_copy(update={"file_name": self.document.file_name, "source_uri": self.document.source_uri})


def shown_in(db: Path, word: str, archives: Sequence[Archive], max_bytes: int) -> Shown:
    """What a word means: a finding by its id or how that begins, or a document as `reparse` knows it.

    Raises UsageError where it means neither, UnreadableFile where the bytes are nowhere to be found.
    """
    documents = documents_at(db)
    finding = _finding(db, word)
    name = finding.document_id if finding else word
    document = one_named(documents, name, Path.cwd())
    path = bytes_of(document, archives, max_bytes)
    if path is None:
        raise UnreadableFile(
            f"{document.file_name} cannot be shown: its bytes are neither in an archive nor at its place any more. "
            "Name the archive with --archive."
        )
    return Shown(document, path, finding, archives)


def _finding(db: Path, word: str) -> ReviewRow | None:
    """The finding that a word means; None where it is no beginning of an id."""
    if len(word) < _SHORTEST_ID or not _HEX.issuperset(word):
        return None
    found = findings_beginning(db, word)
    if len(found) > 1:
        raise UsageError(f"{word} matches {len(found)} findings. Give more of the id.")
    return found[0] if found else None
