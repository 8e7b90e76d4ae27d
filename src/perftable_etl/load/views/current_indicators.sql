-- One row per indicator of the current projects (current_projects), as corrected.
-- *: = indicators
-- corrected_by: Who corrected it last; NULL: it is as it was read
-- corrected_at: When it was corrected last (UTC)
SELECT corrected_indicators.*
FROM corrected_indicators
SEMI JOIN current_projects USING (project_id)
