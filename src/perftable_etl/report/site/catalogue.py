"""The documents of a database, for the list of them."""

from __future__ import annotations

from perftable_etl.load.database import Connection
from perftable_etl.report.site.rows import Row, rows

_DOCUMENTS = """
    SELECT
        document_id, file_name, title, organization, fiscal_year, status, coverage, page_count, media_type,
        error_code, source_uri,
        (SELECT count(*) FROM projects WHERE projects.document_id = documents.document_id) AS projects,
        (SELECT count(*) FROM open_findings AS findings
         WHERE findings.document_id = documents.document_id AND severity <> 'info') AS findings,
        coalesce((SELECT list(DISTINCT code ORDER BY code) FROM open_findings AS findings
         WHERE findings.document_id = documents.document_id AND severity <> 'info'), []) AS codes,
        (SELECT string_agg(name, '\n') FROM projects
         WHERE projects.document_id = documents.document_id) AS project_names
    FROM current_documents AS documents
    ORDER BY fiscal_year DESC NULLS LAST, organization, file_name
"""


def catalogue(connection: Connection) -> list[Row]:
    """A line for each document, in the order of years, units and names."""
    return list(rows(connection, _DOCUMENTS))
