-- One row per series of an indicator whose target was the same in several years: since when, and whether it is 100 %.
-- series_id: = series.series_id
-- form_kind: = projects.form_kind
-- publisher: Unit that publishes it, as in series
-- project: = projects.name
-- level2: = indicators.level2
-- level3: = indicators.level3
-- target_raw: = indicators.target_raw
-- first_year: First year with this target
-- last_year: Last year with this target
-- years: Number of years with this target
-- is_hundred_percent: Whether the target is 100 %
WITH stated AS (
    -- A number stands for what the target says, as two million texts take too long to compare.
    SELECT
        series.series_id,
        series.unit,
        series.fiscal_year,
        series.project_id,
        indicators.level2,
        indicators.level3,
        indicators.target_raw,
        indicators.kind = 'quantitative' AND indicators.base_unit = '%' AND indicators.base_value = 100 AS is_full,
        hash(
            indicators.operator, indicators.base_value, indicators.base_value_upper, indicators.base_unit,
            CASE WHEN indicators.base_value IS NULL THEN indicators.target_raw END
        ) AS target
    FROM series
    JOIN current_indicators AS indicators ON indicators.indicator_id = series.indicator_id
    WHERE series.subject = 'indicator' AND indicators.kind <> 'missing'
),
unchanged AS (
    SELECT
        series_id,
        any_value(unit) AS publisher,
        arg_max(project_id, fiscal_year) AS project_id,
        arg_max(level2, fiscal_year) AS level2,
        arg_max(level3, fiscal_year) AS level3,
        arg_max(target_raw, fiscal_year) AS target_raw,
        min(fiscal_year) AS first_year,
        max(fiscal_year) AS last_year,
        count(DISTINCT fiscal_year) AS years,
        bool_or(is_full) AS is_hundred_percent
    FROM stated
    GROUP BY series_id
    HAVING min(target) = max(target) AND min(fiscal_year) < max(fiscal_year)
)
SELECT
    unchanged.series_id,
    projects.form_kind,
    unchanged.publisher,
    projects.name AS project,
    unchanged.level2,
    unchanged.level3,
    unchanged.target_raw,
    unchanged.first_year,
    unchanged.last_year,
    unchanged.years,
    unchanged.is_hundred_percent
FROM unchanged
JOIN current_projects AS projects ON projects.project_id = unchanged.project_id
