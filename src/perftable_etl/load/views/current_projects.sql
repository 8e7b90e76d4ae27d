-- One row per current project, as corrected: those that a later publication replaces, and second copies, are left out.
-- *: = projects
-- corrected_by: Who corrected it last; NULL: it is as it was read
-- corrected_at: When it was corrected last (UTC)
SELECT *
FROM corrected_projects
WHERE superseded_by IS NULL AND duplicate_of IS NULL
