"""What the first page says of a database: its counts, its money, what needs a person, what the last run changed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from perftable_etl.load.database import Connection
from perftable_etl.report.site.json_script import Json
from perftable_etl.report.site.rows import rows

_QUERIES: Mapping[str, str] = MappingProxyType(
    {
        "counts": """
            SELECT
                (SELECT count(*) FROM documents) AS documents,
                (SELECT count(*) FROM current_projects) AS projects,
                (SELECT count(*) FROM current_indicators) AS indicators,
                (SELECT count(*) FROM projects) - (SELECT count(*) FROM current_projects) AS hidden_projects,
                (SELECT count(DISTINCT organization) FROM documents) AS units,
                (SELECT count(*) FROM open_findings WHERE severity <> 'info') AS findings,
                (SELECT count(*) FROM corrections) AS corrections
        """,
        "statuses": "SELECT status, count(*) AS documents FROM current_documents GROUP BY ALL ORDER BY ALL",
        "coverage": """
            SELECT
                avg(coverage) AS average, min(coverage) AS least,
                count(*) FILTER (WHERE coverage >= 1) AS whole, count(coverage) AS documents
            FROM documents
        """,
        "least_covered": """
            SELECT document_id, file_name, coverage FROM documents
            WHERE coverage < 1 ORDER BY coverage, file_name LIMIT 10
        """,
        "findings": """
            SELECT code, severity, count(*) AS findings, count(DISTINCT document_id) AS documents
            FROM open_findings WHERE severity <> 'info'
            GROUP BY ALL ORDER BY findings DESC, code
        """,
        "failures": """
            SELECT document_id, file_name, source_uri, error_code, error_message
            FROM documents WHERE status = 'failed' ORDER BY error_code, file_name
        """,
        "money": """
            SELECT
                projects.form_kind, projects.fiscal_year, documents.organization,
                sum(projects.annual_funds) AS yuan, count(*) AS projects, count(projects.annual_funds) AS with_money
            FROM current_projects AS projects JOIN documents USING (document_id)
            GROUP BY ALL ORDER BY ALL
        """,
        "targets": """
            SELECT kind, operator, count(*) AS indicators
            FROM current_indicators GROUP BY ALL ORDER BY kind, indicators DESC
        """,
        "runs": """
            SELECT * FROM runs ORDER BY started_at DESC LIMIT 5
        """,
        "changed": """
            SELECT
                document_id, file_name, status, ingested_at, first_seen_at >= last_run.started_at AS is_new
            FROM current_documents, (SELECT max(started_at) AS started_at FROM runs WHERE documents > 0) AS last_run
            WHERE ingested_at >= last_run.started_at
            ORDER BY is_new, file_name LIMIT 200
        """,
        "revisions": """
            SELECT document_id, superseded_by, project, count(*) AS values
            FROM revisions GROUP BY ALL ORDER BY values DESC, project LIMIT 50
        """,
    }
)
"""What is asked, by the name that the scripts know the answer by."""


def overview(connection: Connection) -> Json:
    """What the first page shows."""
    return {name: list(rows(connection, query)) for name, query in _QUERIES.items()}
