-- One row per project, as persons corrected it; corrected_by and corrected_at say who did and when.
SELECT projects.*, NULL::VARCHAR AS corrected_by, NULL::TIMESTAMP AS corrected_at
FROM projects ANTI JOIN project_overlays USING (project_id)
UNION ALL BY NAME
SELECT
    project_overlays.* EXCLUDE (is_removed, superseded_by, duplicate_of),
    projects.superseded_by,
    projects.duplicate_of
FROM project_overlays JOIN projects USING (project_id)
WHERE NOT is_removed
