-- One row per source, publisher and year: what it has published, and when; the denominator of every share.
-- source: Name of the source in sources.toml, or ingest; NULL: not in the ledger
-- publisher: Department or unit that published; NULL: not read, or none is printed
-- region: Region of the publisher, as in organizations
-- region_code: GB/T 2260 code of the region
-- fiscal_year: Budget year of the documents; NULL: not known, or not read
-- addresses: Addresses at which files were found
-- documents: Different files that were read
-- with_forms: Of them, those with forms
-- without_forms: Of them, those without a form
-- failed: Of them, those that could not be read
-- in_review: Of them, those of which a finding needs a person
-- unread: Addresses whose file was not read: it waits, could not be fetched, or was taken out
-- projects: Projects that the documents print
-- current_projects: Of them, those that count: neither replaced nor copies
-- first_seen_at: When the first of them was found (UTC)
-- last_seen_at: When one of them was last found (UTC)
WITH counted AS (
    SELECT
        projects.document_id,
        count(*) AS printed,
        count(*) FILTER (superseded_by IS NULL AND duplicate_of IS NULL) AS counting
    FROM projects
    GROUP BY projects.document_id
),
listed AS (
    SELECT origin, source_uri, document_id, first_seen_at, last_seen_at FROM ledger
    UNION ALL
    SELECT NULL, source_uri, document_id, first_seen_at, NULL
    FROM documents
    WHERE NOT EXISTS (FROM ledger WHERE ledger.document_id = documents.document_id)
),
placed AS (
    SELECT *, row_number() OVER (PARTITION BY origin, document_id ORDER BY source_uri) = 1 AS is_first FROM listed
)
SELECT
    placed.origin AS source,
    documents.organization AS publisher,
    organizations.region,
    organizations.region_code,
    documents.fiscal_year,
    count(*) AS addresses,
    count(documents.document_id) FILTER (is_first) AS documents,
    count(*) FILTER (is_first AND status IN ('ok', 'review')) AS with_forms,
    count(*) FILTER (is_first AND status = 'no_forms') AS without_forms,
    count(*) FILTER (is_first AND status = 'failed') AS failed,
    count(*) FILTER (is_first AND status = 'review') AS in_review,
    count(*) FILTER (documents.document_id IS NULL) AS unread,
    coalesce(sum(printed) FILTER (is_first), 0)::BIGINT AS projects,
    coalesce(sum(counting) FILTER (is_first), 0)::BIGINT AS current_projects,
    min(placed.first_seen_at) AS first_seen_at,
    max(placed.last_seen_at) AS last_seen_at
FROM placed
LEFT JOIN documents ON documents.document_id = placed.document_id
LEFT JOIN counted ON counted.document_id = placed.document_id
LEFT JOIN organizations ON organizations.organization_id = documents.organization_id
GROUP BY ALL
