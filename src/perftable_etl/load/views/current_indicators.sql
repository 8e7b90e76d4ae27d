-- One row per indicator of the current projects (current_projects), as corrected.
SELECT corrected_indicators.*
FROM corrected_indicators
SEMI JOIN current_projects USING (project_id)
