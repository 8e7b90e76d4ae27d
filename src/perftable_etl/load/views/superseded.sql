-- One row per project that current_projects leaves out: what hides it, and why.
-- project_id: = projects.project_id
-- document_id: = projects.document_id
-- form_kind: = projects.form_kind
-- fiscal_year: = projects.fiscal_year
-- publisher: Department or unit that published the document
-- project: = projects.name
-- annual_funds: = projects.annual_funds
-- file_name: = documents.file_name
-- link: Where it is printed: the file's address, in a PDF with the page that the form begins on
-- hidden_as: superseded (a later publication says otherwise) or copy (the same is said elsewhere)
-- reason: later_publication (the same publisher says otherwise later), same_file (the file prints it twice),
--   other_format (the same publication in a format with better places), published_again (the same publisher says the
--   same again), other_publisher (another one publishes the same declaration)
-- hidden_by: The project that counts instead, or stands before the one that does: projects.project_id
-- hidden_by_is_current: Whether that one counts itself; else it is hidden by yet another
-- by_document_id: Document of that project: documents.document_id
-- by_file_name: File of that project
-- by_annual_funds: Funds of the year that it says instead, in yuan
-- by_link: Where that project is printed
SELECT
    projects.project_id,
    projects.document_id,
    projects.form_kind,
    projects.fiscal_year,
    documents.organization AS publisher,
    projects.name AS project,
    projects.annual_funds,
    documents.file_name,
    CASE
        WHEN documents.media_type = 'application/pdf' THEN concat(documents.source_uri, '#page=', projects.first_page)
        ELSE documents.source_uri
    END AS link,
    CASE WHEN projects.superseded_by IS NULL THEN 'copy' ELSE 'superseded' END AS hidden_as,
    CASE
        WHEN projects.superseded_by IS NOT NULL THEN 'later_publication'
        WHEN documents.document_id = by_documents.document_id THEN 'same_file'
        WHEN documents.organization IS DISTINCT FROM by_documents.organization THEN 'other_publisher'
        WHEN documents.media_type IS DISTINCT FROM by_documents.media_type THEN 'other_format'
        ELSE 'published_again'
    END AS reason,
    by_projects.project_id AS hidden_by,
    by_projects.superseded_by IS NULL AND by_projects.duplicate_of IS NULL AS hidden_by_is_current,
    by_documents.document_id AS by_document_id,
    by_documents.file_name AS by_file_name,
    by_projects.annual_funds AS by_annual_funds,
    CASE
        WHEN by_documents.media_type = 'application/pdf'
        THEN concat(by_documents.source_uri, '#page=', by_projects.first_page)
        ELSE by_documents.source_uri
    END AS by_link
FROM corrected_projects AS projects
JOIN documents ON documents.document_id = projects.document_id
JOIN corrected_projects AS by_projects ON by_projects.project_id = coalesce(projects.superseded_by, projects.duplicate_of)
JOIN documents AS by_documents ON by_documents.document_id = by_projects.document_id
