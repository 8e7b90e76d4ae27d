-- One row per project, as persons corrected it; corrected_by and corrected_at say who did and when.
-- *: = projects
-- corrected_by: = project_overlays.corrected_by
-- corrected_at: = project_overlays.corrected_at
SELECT projects.*, NULL::VARCHAR AS corrected_by, NULL::TIMESTAMP AS corrected_at
FROM projects ANTI JOIN project_overlays USING (project_id)
UNION ALL BY NAME
SELECT
    project_overlays.* EXCLUDE (is_removed, superseded_by, duplicate_of, organization_id, department_id),
    projects.superseded_by,
    projects.duplicate_of,
    projects.organization_id,
    projects.department_id
FROM project_overlays JOIN projects USING (project_id)
WHERE NOT is_removed
