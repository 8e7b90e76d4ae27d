-- One row per indicator of the current projects (current_projects).
-- *: = indicators
SELECT indicators.*
FROM indicators
JOIN current_projects USING (project_id)
