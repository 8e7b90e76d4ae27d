-- One row per project as last published: superseded documents and second copies of a declaration are left out.
SELECT projects.*
FROM projects
JOIN documents USING (document_id)
WHERE documents.superseded_by IS NULL AND projects.duplicate_of IS NULL
