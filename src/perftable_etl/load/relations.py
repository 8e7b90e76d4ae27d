"""How documents and declarations relate: what supersedes what, and what is only another copy.

All of it follows from what is stored, and is told anew as a whole, so that it cannot depend on how documents came in.
"""

from __future__ import annotations

from perftable_etl.load.database import Connection

# What each document publishes: of which unit, for which year, which projects. A document that names no unit has that
# of most of its projects.
_PUBLISHED = """
CREATE OR REPLACE TEMP TABLE published AS
SELECT
    document_id, form_kind, any_value(media_type) AS media_type, any_value(documents.fiscal_year) AS fiscal_year,
    coalesce(any_value(organization), mode(competent_department)) AS unit,
    (any_value(first_seen_at), document_id) AS seen,
    list(DISTINCT name) AS names, list(DISTINCT content_hash) AS contents
FROM documents JOIN projects USING (document_id)
GROUP BY document_id, form_kind
"""

# The same unit's forms of the same year and kind, most of the projects being the same, but not all they say: the later
# publication takes the place of the earlier one. A text copied from a PDF is another copy of it, no publication.
_SUPERSEDE = """
UPDATE documents SET superseded_by = later.document_id
FROM (
    SELECT earlier.document_id AS earlier_id, arg_min(later.document_id, later.seen) AS document_id
    FROM published AS earlier
    JOIN published AS later USING (unit, fiscal_year, form_kind, media_type)
    WHERE later.seen > earlier.seen
        AND len(list_intersect(earlier.names, later.names)) * 2 >= least(len(earlier.names), len(later.names))
        AND list_sort(earlier.contents) IS DISTINCT FROM list_sort(later.contents)
    GROUP BY earlier.document_id
) AS later
WHERE documents.document_id = later.earlier_id
"""

# Of equal declarations in documents that are not superseded the first found counts, those in a PDF before those in
# text: equal in what they declare, or where text was copied from a PDF in name, unit and year.
_CURRENT = """
CREATE OR REPLACE TEMP TABLE candidates AS
SELECT
    project_id, content_hash, media_type,
    (media_type <> 'application/pdf', first_seen_at, document_id, ordinal) AS rank,
    (form_kind, projects.fiscal_year, name, coalesce(implementing_unit, competent_department)) AS subject
FROM projects JOIN documents USING (document_id)
WHERE superseded_by IS NULL AND content_hash IS NOT NULL AND name IS NOT NULL
"""
_DUPLICATE = """
UPDATE projects SET duplicate_of = original.project_id
FROM (
    SELECT copy.project_id AS copy_id, arg_min(first.project_id, first.rank) AS project_id
    FROM candidates AS copy
    JOIN candidates AS first USING (subject)
    WHERE first.rank < copy.rank AND (first.content_hash = copy.content_hash OR first.media_type <> copy.media_type)
    GROUP BY copy.project_id
) AS original
WHERE projects.project_id = original.copy_id
"""


def relate(connection: Connection) -> None:
    """Says of every document what supersedes it, and of every project which other one it is a copy of."""
    connection.execute("UPDATE documents SET superseded_by = NULL WHERE superseded_by IS NOT NULL")
    connection.execute("UPDATE projects SET duplicate_of = NULL WHERE duplicate_of IS NOT NULL")
    for statement in (_PUBLISHED, _SUPERSEDE, _CURRENT, _DUPLICATE):
        connection.execute(statement)
    connection.execute("DROP TABLE published")
    connection.execute("DROP TABLE candidates")
