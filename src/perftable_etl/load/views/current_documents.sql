-- One row per document, with the status that it has after what persons decided: ok where nothing is left to review.
-- *: = documents
SELECT * REPLACE (
    CASE
        WHEN status = 'review'
            AND document_id IN (SELECT document_id FROM settled_findings)
            AND document_id NOT IN (SELECT document_id FROM open_findings WHERE severity <> 'info')
        THEN 'ok'
        ELSE status
    END AS status
)
FROM documents
