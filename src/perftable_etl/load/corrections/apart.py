"""Publications that a person keeps apart: which projects neither replace nor repeat others of their name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from perftable_etl.load.correction_row import CorrectionRow
from perftable_etl.load.corrections.decisions import decisions_in, documents_about, sought_by
from perftable_etl.load.corrections.matching import matches
from perftable_etl.load.corrections.printed import printed_items
from perftable_etl.load.database import Connection

_CONTENTS = "SELECT project_id, document_id, content_hash FROM projects WHERE project_id IN (SELECT unnest($ids))"


def set_apart(connection: Connection) -> None:
    """Makes the temporary table `apart`: projects, and a mark that those kept apart from the same others share."""
    connection.execute("CREATE OR REPLACE TEMP TABLE apart (project_id VARCHAR, mark VARCHAR)")
    kept = [one for one in decisions_in(connection).corrections if one.verdict == "kept_apart"]
    rows = dict(_marks(connection, kept)) if kept else {}
    if rows:
        connection.execute(
            "INSERT INTO apart SELECT unnest($projects), unnest($marks)",
            {"projects": list(rows), "marks": list(rows.values())},
        )


def _marks(connection: Connection, kept: Sequence[CorrectionRow]) -> Iterator[tuple[str, str]]:
    """Each project to be kept apart with its mark: that of the decision's own file, and what says the same as that."""
    items = printed_items(connection, documents_about(connection, kept), sought_by(kept))
    found: dict[str, list[str]] = defaultdict(list)
    for match in matches(kept, items):
        found[match.correction.correction_id].append(str(match.item.project_id))
    for correction in kept:
        projects = found[correction.correction_id]
        contents = {row[0]: row[1:] for row in connection.execute(_CONTENTS, {"ids": projects}).fetchall()}
        for project in _group(correction, contents):
            yield project, correction.document_sha256


def _group(correction: CorrectionRow, contents: Mapping[str, tuple[str, str | None]]) -> Iterator[str]:
    """The projects that go apart; `contents` has the file and the content of each project of the name."""
    own = {content for document, content in contents.values() if document == correction.document_sha256}
    for project, (document, content) in contents.items():
        is_own = document == correction.document_sha256
        if is_own or (content is not None and content in own and document != correction.old_value):
            yield project
