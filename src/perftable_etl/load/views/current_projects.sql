-- One row per current project, as corrected: those that a later publication replaces, and second copies, are left out.
SELECT *
FROM corrected_projects
WHERE superseded_by IS NULL AND duplicate_of IS NULL
