-- One row per indicator of the current projects (current_projects), as corrected.
-- *: = indicators
-- corrected_by: = indicator_overlays.corrected_by
-- corrected_at: = indicator_overlays.corrected_at
SELECT corrected_indicators.*
FROM corrected_indicators
SEMI JOIN current_projects USING (project_id)
