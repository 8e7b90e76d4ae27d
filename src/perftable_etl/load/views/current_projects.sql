-- One row per current project, as corrected: those that a later publication replaces, and second copies, are left out.
-- *: = projects
-- corrected_by: = project_overlays.corrected_by
-- corrected_at: = project_overlays.corrected_at
SELECT *
FROM corrected_projects
WHERE superseded_by IS NULL AND duplicate_of IS NULL
