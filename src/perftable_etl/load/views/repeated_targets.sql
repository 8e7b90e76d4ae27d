-- One row per name and target that several projects of a year state word for word: how many do so.
-- form_kind: = projects.form_kind
-- fiscal_year: = projects.fiscal_year
-- level3: = indicators.level3
-- target_raw: = indicators.target_raw
-- indicators: Number of indicators that say so
-- projects: Number of projects that have one
-- units: Number of units that carry these projects out
WITH stated AS (
    -- Numbers stand for the texts that are compared: to compare those of two million indicators takes too long.
    SELECT
        projects.form_kind,
        projects.fiscal_year,
        hash(indicators.level3, indicators.target_raw) AS wording,
        hash(projects.project_id) AS project,
        any_value(hash(projects.organization_id)) AS organization,
        any_value(indicators.level3) AS level3,
        any_value(indicators.target_raw) AS target_raw,
        count(*) AS indicators
    FROM corrected_indicators AS indicators
    JOIN current_projects AS projects ON projects.project_id = indicators.project_id
    GROUP BY ALL
)
SELECT
    form_kind,
    fiscal_year,
    any_value(level3) AS level3,
    any_value(target_raw) AS target_raw,
    sum(indicators)::BIGINT AS indicators,
    count(*) AS projects,
    count(DISTINCT organization) AS units
FROM stated
GROUP BY form_kind, fiscal_year, wording
HAVING count(*) > 1
