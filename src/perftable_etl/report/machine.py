"""What programs read: the same as on a terminal, as JSON. Addresses are whole URIs, times ISO 8601 with their zone."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from perftable_etl.ingest.other_kinds import number_of_files
from perftable_etl.screen import safe_json
from perftable_etl.stores.address import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perftable_etl.ingest.loading import Summary
    from perftable_etl.ingest.parts import LoadSummary
    from perftable_etl.load.export.export import Exported
    from perftable_etl.load.publish import Publication
    from perftable_etl.load.review import ReviewRow
    from perftable_etl.load.status import Contents, DatabaseStatus
    from perftable_etl.records import Outcome


def json_text(content: Any) -> str:
    """Plain values as indented JSON that is safe to print."""
    return safe_json(json.dumps(content, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> str:
    """A value that JSON has no form for. The database keeps UTC, without saying so."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    return str(value)


def summary_json(summary: Summary) -> str:
    """What an ingest did: the run, the files left out, one entry a document, and what needs a person."""
    content = {
        "run": summary.run._asdict(),
        "left_out": {
            "of_other_kinds": number_of_files(summary.other_kinds),
            "kinds": {kind.suffix: kind.files for kind in summary.other_kinds},
            "copies": summary.copies,
        },
        "relations": summary.relations.numbers,
        "hidings": [hiding.model_dump() for hiding in summary.relations.hidings],
        "documents": [result._asdict() for result in summary.results],
        "troubles": [trouble._asdict() for trouble in summary.troubles],
        "concerns": [concern._asdict() for concern in summary.concerns],
        "attention": summary.attention.model_dump(),
    }
    return json_text(content)


def load_json(summary: LoadSummary) -> str:
    """What loading parts did: the run, the parts, and how projects relate."""
    content = {
        "run": summary.run._asdict(),
        "parts": {
            "loaded": summary.loaded,
            "known": summary.known,
            "left_out": [{"folder": str(part.folder), "reason": part.reason} for part in summary.left_out],
        },
        "relations": summary.relations.numbers,
    }
    return json_text(content)


def outcomes_json(outcomes: Sequence[Outcome]) -> str:
    """What some files yielded, one entry each."""
    return json_text([outcome.model_dump(mode="json") for outcome in outcomes])


def status_json(status: DatabaseStatus) -> str:
    """Who works on a database, and what it says: `contents` is null where a job that writes keeps it from us."""
    contents = status.contents
    content = {"holder": status.holder, "contents": _contents(contents) if contents else None}
    return json_text(content)


def _contents(contents: Contents) -> dict[str, Any]:
    tables = {name: [row._asdict() for row in part] for name, part in contents._asdict().items() if _is_rows(part)}
    rest = {name: part for name, part in contents._asdict().items() if not _is_rows(part)}
    return {**tables, **rest, "attention": contents.attention.model_dump()}


def _is_rows(part: object) -> bool:
    return isinstance(part, tuple)


def publication_json(publication: Publication) -> str:
    """What came of publishing: the snapshot as latest.json has it, each gate with both numbers, and what is new."""
    content = {
        "is_published": publication.is_published,
        "folder": str(publication.folder),
        "snapshot": publication.snapshot.model_dump(mode="json"),
        "gates": [gate._asdict() for gate in publication.gates],
        "new_documents": publication.new.model_dump() if publication.new else None,
    }
    return json_text(content)


def exported_json(exported: Exported[Place]) -> str:
    """What was exported where: the number of rows of each table."""
    return json_text({"to": str(exported.to), "rows": exported.rows})


def inspected_json(outcome: Outcome, finding: ReviewRow | None) -> str:
    """Everything one file yields; where a finding was asked for, that too."""
    if finding is None:
        return outcome_json(outcome)
    return json_text({"finding": finding._asdict(), "outcome": outcome.model_dump(mode="json")})


def outcome_json(outcome: Outcome) -> str:
    """Everything one file yields, as outcome.schema.json describes it."""
    return json_text(outcome.model_dump(mode="json"))
