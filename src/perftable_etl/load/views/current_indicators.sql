-- One row per indicator of the projects as last published (current_projects).
SELECT indicators.*
FROM indicators
JOIN current_projects USING (project_id)
