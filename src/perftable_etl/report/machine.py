"""What programs read: the same as on a terminal, as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perftable_etl.ingest.intake import Summary
    from perftable_etl.load.publish import Publication
    from perftable_etl.load.status import Standing
    from perftable_etl.records import Outcome


def summary_json(summary: Summary) -> str:
    """What an ingest did: the run, the files left out, one entry a document, and what needs a person, by code."""
    content = {
        "run": summary.run._asdict(),
        "left_out": {"of_other_kinds": summary.of_other_kinds, "copies": summary.copies},
        "relations": summary.relations._asdict(),
        "documents": [receipt._asdict() for receipt in summary.receipts],
        "troubles": [trouble._asdict() for trouble in summary.troubles],
        "concerns": [concern._asdict() for concern in summary.concerns],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, default=str)


def standing_json(standing: Standing) -> str:
    """Who works on a database, and what it says: `contents` is null where a job that writes keeps it from us."""
    contents = standing.contents
    parts = {} if contents is None else contents._asdict()
    plain = {name: [row._asdict() for row in rows] if isinstance(rows, tuple) else rows for name, rows in parts.items()}
    content = {"holder": standing.holder, "contents": plain or None}
    return json.dumps(content, ensure_ascii=False, indent=2, default=str)


def publication_json(publication: Publication) -> str:
    """What came of publishing: the snapshot as latest.json has it, and each gate with both numbers."""
    content = {
        "is_published": publication.is_published,
        "folder": str(publication.folder),
        "snapshot": publication.snapshot.model_dump(mode="json"),
        "gates": [gate._asdict() for gate in publication.gates],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def outcome_json(outcome: Outcome) -> str:
    """Everything one file yields, as outcome.schema.json describes it."""
    return outcome.model_dump_json(indent=2)
