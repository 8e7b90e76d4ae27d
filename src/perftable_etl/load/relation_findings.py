"""What relations between documents tell people: findings on both sides, recomputed whenever projects are related.

They depend on other documents than their own, so they are no part of a reading: they come with a relation, and go with
it. Whether a document is under review follows them.
"""

from __future__ import annotations

from perftable_etl.load.database import Connection
from perftable_etl.records import FindingCode

RELATION_CODES: tuple[FindingCode, ...] = (
    "copies_differ",
    "duplicate",
    "has_duplicate",
    "not_published_again",
    "restated",
    "superseded",
    "supersedes",
)
"""The codes of the findings that come from here. No reading makes them."""

_CODES = ", ".join(f"'{code}'" for code in RELATION_CODES)

# A project as a message names it; what varies in it is kept by name, as in every message.
_OTHER = "{file} (document {document})"
_FILE = "other_document.file_name"
_DOCUMENT = "left(other_document.document_id, 8)"

_FUNDS_DIFFER = "own.annual_funds IS DISTINCT FROM other.annual_funds"
_DIFFERENCE = f"""
    CASE
        WHEN {_FUNDS_DIFFER} THEN 'Funds of the year: {{here}} here, {{there}} there.'
        ELSE 'Funds of the year agree; compare the rest.'
    END
"""
_HERE, _THERE = (
    f"CASE WHEN {_FUNDS_DIFFER} AND code = 'copies_differ' THEN coalesce({project}.annual_funds::VARCHAR, 'none') END"
    for project in ("own", "other")
)

_PARTS = ("document", "count", "here", "there", "names", "file")
"""What varies in these messages. The file comes last: its name may be anything, also the name of a part."""

_KEPT = ", ".join(f"'{part}', {part}" for part in _PARTS)


def _rendered() -> str:
    """The expression that puts the parts of a message into its template."""
    text = "template"
    for part in _PARTS:
        text = f"replace({text}, '{{{part}}}', coalesce({part}::VARCHAR, ''))"
    return text


# What counts in one format and is said otherwise in another; what is not known differs from nothing.
_DIFFERING = """
CREATE OR REPLACE TEMP TABLE differing AS
WITH counting AS (
    SELECT series.* FROM series JOIN related USING (project_id)
    WHERE related.superseded_by IS NULL AND related.duplicate_of IS NULL AND content <> project_id
)
SELECT own.project_id, other.project_id AS other_id
FROM counting AS own JOIN counting AS other USING (subject, namesakes, nth)
WHERE own.place <> other.place
"""

# Who replaces whom, seen from both sides.
_REPLACED = """
CREATE OR REPLACE TEMP TABLE replaced AS
WITH pairs AS (
    SELECT
        series.project_id AS earlier_id, series.superseded_by AS later_id,
        CASE WHEN series.is_returned_from THEN 'restated' END AS doubt
    FROM series JOIN stated AS later ON later.project_id = series.superseded_by
)
SELECT earlier_id AS project_id, later_id AS other_id, coalesce(doubt, 'superseded') AS code, true AS is_earlier
FROM pairs
UNION ALL
SELECT later_id, earlier_id, coalesce(doubt, 'supersedes'), false FROM pairs
UNION ALL
SELECT project_id, other_id, 'copies_differ', NULL FROM differing
"""

# Publications that have some project of a document again, or print another number of projects of one name than it; the
# last of them is asked for what it no longer has.
_REPUBLISHED = """
CREATE OR REPLACE TEMP TABLE republished AS
WITH again AS (
    SELECT document_id, publication, lead(document_id) OVER later AS later_id, lead(seen) OVER later AS seen
    FROM reissued
    WHERE is_own
    WINDOW later AS (PARTITION BY subject, namesakes, nth, line ORDER BY issued_at)
),
printed AS (
    SELECT DISTINCT document_id, publication, subject, namesakes, seen, place FROM filed
),
recounted AS (
    SELECT
        document_id, publication,
        lead(document_id) OVER later AS later_id, lead(seen) OVER later AS seen,
        lead(namesakes) OVER later <> namesakes AS is_other
    FROM printed
    WINDOW later AS (PARTITION BY subject, place ORDER BY seen)
),
later AS (
    SELECT document_id, publication, later_id, seen FROM again WHERE later_id IS NOT NULL
    UNION ALL
    SELECT document_id, publication, later_id, seen FROM recounted WHERE is_other
)
SELECT document_id, publication, arg_max(later_id, seen) AS later_id FROM later GROUP BY ALL
"""
_MISSING = """
CREATE OR REPLACE TEMP TABLE missing AS
SELECT stated.document_id, project_id, later_id
FROM stated
JOIN related USING (project_id)
JOIN republished USING (document_id, publication)
WHERE superseded_by IS NULL AND duplicate_of IS NULL
"""

_TOLD = f"""
CREATE OR REPLACE TEMP TABLE told AS
WITH parts AS (
    SELECT
        own.document_id, own.project_id, code,
        CASE WHEN code IN ('superseded', 'supersedes') THEN 'info' ELSE 'warning' END AS severity,
        CASE
            WHEN code = 'superseded'
            THEN '{_OTHER} publishes this project again; that one counts, and this one is hidden'
            WHEN code = 'supersedes'
            THEN 'It replaces the same project in {_OTHER}, which was published before'
            WHEN code = 'restated' AND is_earlier
            THEN '{_OTHER} replaces this one and repeats what was published before it, so it may be an old copy'
                || ' that arrived late. This one is hidden; check which of them is valid'
            WHEN code = 'restated'
            THEN 'It replaces {_OTHER} and repeats what was published before that, so it may be an old copy'
                || ' that arrived late. It counts; check which of them is valid'
            ELSE '{_OTHER} has other money, targets or departments in another format.'
                || ' Both count; check which of them is valid. ' || {_DIFFERENCE}
        END AS template,
        {_FILE} AS file, {_DOCUMENT} AS document, NULL::BIGINT AS count, {_HERE} AS here, {_THERE} AS there,
        NULL::VARCHAR AS names,
        own.first_page AS page
    FROM replaced
    JOIN projects AS own USING (project_id)
    JOIN projects AS other ON other.project_id = other_id
    JOIN documents AS other_document ON other_document.document_id = other.document_id
    UNION ALL BY NAME
    SELECT
        own.document_id, own.project_id, 'duplicate' AS code, 'info' AS severity,
        'The same declaration is in {_OTHER}; this copy is hidden' AS template,
        {_FILE} AS file, {_DOCUMENT} AS document,
        own.first_page AS page
    FROM related
    JOIN projects AS own USING (project_id)
    JOIN projects AS other ON other.project_id = related.duplicate_of
    JOIN documents AS other_document ON other_document.document_id = other.document_id
    UNION ALL BY NAME
    SELECT
        own.document_id, own.project_id, 'has_duplicate' AS code, 'info' AS severity,
        '{{count}} copies of it are hidden: {{names}}' AS template,
        count(*) AS count,
        string_agg(
            {_FILE} || ' (document ' || {_DOCUMENT} || ')', ', '
            ORDER BY other_document.file_name, other_document.document_id
        )[:200] AS names,
        any_value(own.first_page) AS page
    FROM related
    JOIN projects AS own ON own.project_id = related.duplicate_of
    JOIN projects AS other ON other.project_id = related.project_id
    JOIN documents AS other_document ON other_document.document_id = other.document_id
    GROUP BY own.document_id, own.project_id
    UNION ALL BY NAME
    SELECT
        own.document_id, own.project_id, 'not_published_again' AS code, 'info' AS severity,
        '{_OTHER}, a later publication of the same unit and year, does not have this project; it stays current'
            AS template,
        {_FILE} AS file, {_DOCUMENT} AS document,
        own.first_page AS page
    FROM missing
    JOIN projects AS own USING (project_id)
    JOIN documents AS other_document ON other_document.document_id = later_id
    UNION ALL BY NAME
    SELECT
        missing.document_id, NULL AS project_id, 'not_published_again' AS code, 'warning' AS severity,
        '{_OTHER}, a later publication of the same unit and year, does not have {{count}} projects of this one.'
            || ' They stay current: check whether they still hold. {{names}}' AS template,
        {_FILE} AS file, {_DOCUMENT} AS document, count(*) AS count,
        string_agg(own.name, '、' ORDER BY own.ordinal)[:200] AS names,
        min(own.first_page) AS page
    FROM missing
    JOIN projects AS own USING (project_id)
    JOIN documents AS other_document ON other_document.document_id = later_id
    GROUP BY missing.document_id, other_document.document_id, other_document.file_name
),
messages AS (
    SELECT
        document_id, project_id, code, severity, {_rendered()} AS message, page,
        json_merge_patch('{{}}', json_object('template', template, {_KEPT})) AS details
    FROM parts
)
SELECT
    left(sha256(concat_ws(chr(31), document_id, coalesce(project_id, ''), code, message)), 32) AS finding_id,
    *
FROM messages
"""

_WITHDRAWN = f"""
CREATE OR REPLACE TEMP TABLE withdrawn AS
SELECT finding_id, document_id
FROM findings
WHERE code IN ({_CODES}) AND finding_id NOT IN (SELECT finding_id FROM told)
"""
_DELETE = "DELETE FROM findings WHERE finding_id IN (SELECT finding_id FROM withdrawn)"
_INSERT = """
INSERT INTO findings BY NAME
SELECT finding_id, document_id, project_id, code, severity, message, '' AS raw, page, details
FROM told
WHERE finding_id NOT IN (SELECT finding_id FROM findings)
"""

# As a reading has it: a document that was read is under review exactly where some finding is more than information.
_REVIEW = """
UPDATE documents SET status = 'review'
WHERE status = 'ok' AND document_id IN (SELECT document_id FROM told WHERE severity <> 'info')
"""
_NO_REVIEW = """
UPDATE documents SET status = 'ok'
WHERE status = 'review' AND document_id IN (SELECT document_id FROM withdrawn)
    AND document_id NOT IN (SELECT document_id FROM findings WHERE severity <> 'info')
"""
_LEDGER = """
UPDATE ledger SET state = documents.status
FROM documents
WHERE documents.document_id = ledger.document_id
    AND ledger.state IN ('ok', 'review') AND documents.status IN ('ok', 'review') AND state <> documents.status
"""

_STEPS = (
    _DIFFERING, _REPLACED, _REPUBLISHED, _MISSING, _TOLD, _WITHDRAWN, _DELETE, _INSERT, _REVIEW, _NO_REVIEW, _LEDGER,
)  # fmt: skip
_TABLES = ("differing", "replaced", "republished", "missing", "told", "withdrawn")


def tell(connection: Connection) -> None:
    """Replaces the findings on relations by those on the tables that `relate` has made."""
    for step in _STEPS:
        connection.execute(step)
    for table in _TABLES:
        connection.execute(f"DROP TABLE {table}")
