-- One row per value that a later publication of a project changed (修订): its indicator, its old and its new value.
-- document_id: Document of the earlier publication: documents.document_id
-- superseded_by: Document of the later publication: documents.document_id
-- project: Name of the project, as the earlier publication has it
-- level2: Level 2 of the indicator; NULL: the value is the project's
-- level3: Name of the indicator; NULL: the value is the project's
-- field: Column that holds the value, as in projects or indicators; target is the printed target
-- old_value: What the earlier publication says, without white space; NULL: nothing
-- new_value: What the later publication says, without white space; NULL: nothing
-- project_id: Earlier project: projects.project_id
-- later_project_id: Later project: projects.project_id
WITH revised AS (
    SELECT
        projects.document_id,
        later.document_id AS superseded_by,
        projects.name AS project,
        projects.project_id,
        projects.superseded_by AS later_project_id
    FROM corrected_projects AS projects
    JOIN corrected_projects AS later ON later.project_id = projects.superseded_by
    WHERE projects.duplicate_of IS NULL
),
concerned AS (
    SELECT project_id FROM revised
    UNION
    SELECT later_project_id FROM revised
),
fields AS (
    UNPIVOT (
        SELECT
            project_id,
            $fields
        FROM corrected_projects
        SEMI JOIN concerned USING (project_id)
    )
    ON COLUMNS(* EXCLUDE (project_id))
    INTO NAME field VALUE value
),
of_rows AS (
    UNPIVOT (
        SELECT
            project_id,
            row_number() OVER (PARTITION BY project_id, level2, level3 ORDER BY ordinal) AS occurrence,
            level2,
            level3,
            $row_fields
        FROM corrected_indicators
        SEMI JOIN concerned USING (project_id)
    )
    ON COLUMNS(* EXCLUDE (project_id, occurrence, level2, level3))
    INTO NAME field VALUE value
),
printed AS (
    SELECT project_id, 1 AS occurrence, field, NULL AS level2, NULL AS level3, value FROM fields
    UNION ALL BY NAME
    SELECT * FROM of_rows
),
earlier AS (
    SELECT revised.project_id, printed.* EXCLUDE (project_id)
    FROM revised JOIN printed USING (project_id)
),
later AS (
    SELECT revised.project_id, printed.* EXCLUDE (project_id)
    FROM revised JOIN printed ON printed.project_id = revised.later_project_id
),
changed AS (
    SELECT
        coalesce(earlier.project_id, later.project_id) AS project_id,
        coalesce(earlier.level2, later.level2) AS level2,
        coalesce(earlier.level3, later.level3) AS level3,
        coalesce(earlier.field, later.field) AS field,
        earlier.value AS old_value,
        later.value AS new_value
    FROM earlier
    FULL JOIN later
        ON earlier.project_id = later.project_id
        AND earlier.occurrence = later.occurrence
        AND earlier.field = later.field
        AND earlier.level2 IS NOT DISTINCT FROM later.level2
        AND earlier.level3 IS NOT DISTINCT FROM later.level3
    WHERE earlier.value IS DISTINCT FROM later.value
)
SELECT
    revised.document_id,
    revised.superseded_by,
    revised.project,
    changed.level2,
    changed.level3,
    changed.field,
    changed.old_value,
    changed.new_value,
    revised.project_id,
    revised.later_project_id
FROM changed
JOIN revised USING (project_id)
