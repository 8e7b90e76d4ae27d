-- One row per current project: projects that a later publication replaces, and second copies, are left out.
-- *: = projects
SELECT projects.*
FROM projects
JOIN documents USING (document_id)
WHERE projects.superseded_by IS NULL AND projects.duplicate_of IS NULL
