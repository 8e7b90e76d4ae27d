-- One row per value that a later publication changed (修订): in which project, of which indicator, from what to what.
WITH revised AS (
    SELECT document_id, superseded_by FROM documents WHERE superseded_by IS NOT NULL
),
fields AS (
    UNPIVOT (
        SELECT
            document_id,
            name AS project,
            row_number() OVER (PARTITION BY document_id, name ORDER BY ordinal) AS occurrence,
            nature, category, competent_department, implementing_unit, overall_goal, annual_goal,
            CAST(COLUMNS(['start_date', 'end_date', 'total_funds', 'total_fiscal_funds', 'total_other_funds',
                'annual_funds', 'annual_fiscal_appropriation', 'annual_carryover_funds', 'annual_other_funds'])
                AS VARCHAR)
        FROM projects
    )
    ON COLUMNS(* EXCLUDE (document_id, project, occurrence))
    INTO NAME field VALUE value
),
targets AS (
    SELECT
        document_id,
        projects.name AS project,
        row_number() OVER (
            PARTITION BY document_id, projects.name, level2, level3 ORDER BY projects.ordinal, indicators.ordinal
        ) AS occurrence,
        'target' AS field,
        level2,
        level3,
        regexp_replace(target_raw, '\s', '', 'g') AS value
    FROM indicators
    JOIN projects USING (project_id, document_id)
),
printed AS (
    SELECT document_id, project, occurrence, field, NULL AS level2, NULL AS level3, value FROM fields
    UNION ALL BY NAME
    SELECT * FROM targets
),
earlier AS (
    SELECT revised.document_id, superseded_by, printed.* EXCLUDE (document_id)
    FROM revised JOIN printed USING (document_id)
),
later AS (
    SELECT revised.document_id, superseded_by, printed.* EXCLUDE (document_id)
    FROM revised JOIN printed ON printed.document_id = revised.superseded_by
)
SELECT
    coalesce(earlier.document_id, later.document_id) AS document_id,
    coalesce(earlier.superseded_by, later.superseded_by) AS superseded_by,
    coalesce(earlier.project, later.project) AS project,
    coalesce(earlier.level2, later.level2) AS level2,
    coalesce(earlier.level3, later.level3) AS level3,
    coalesce(earlier.field, later.field) AS field,
    earlier.value AS old_value,
    later.value AS new_value
FROM earlier
FULL JOIN later
    ON earlier.document_id = later.document_id
    AND earlier.project IS NOT DISTINCT FROM later.project
    AND earlier.occurrence = later.occurrence
    AND earlier.field = later.field
    AND earlier.level2 IS NOT DISTINCT FROM later.level2
    AND earlier.level3 IS NOT DISTINCT FROM later.level3
WHERE earlier.value IS DISTINCT FROM later.value
