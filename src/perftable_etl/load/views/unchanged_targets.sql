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
    -- Numbers stand for what is compared, as two million texts take too long.
    SELECT
        series.series_id,
        series.unit,
        series.fiscal_year,
        series.indicator_id,
        1::BIGINT << greatest(0, least(62, series.fiscal_year - 2000)) AS year_bit,
        hash(
            indicators.operator, indicators.base_value, indicators.base_value_upper, indicators.base_unit,
            CASE WHEN indicators.base_value IS NULL THEN indicators.target_raw END
        ) AS target
    FROM series
    JOIN corrected_indicators AS indicators ON indicators.indicator_id = series.indicator_id
    WHERE series.subject = 'indicator' AND indicators.kind <> 'missing'
),
unchanged AS (
    SELECT
        series_id,
        any_value(unit) AS publisher,
        arg_max(indicator_id, fiscal_year) AS indicator_id,
        min(fiscal_year) AS first_year,
        max(fiscal_year) AS last_year,
        bit_count(bit_or(year_bit)) AS years
    FROM stated
    GROUP BY series_id
    HAVING min(target) = max(target) AND min(fiscal_year) < max(fiscal_year)
)
SELECT
    unchanged.series_id,
    projects.form_kind,
    unchanged.publisher,
    projects.name AS project,
    indicators.level2,
    indicators.level3,
    indicators.target_raw,
    unchanged.first_year,
    unchanged.last_year,
    unchanged.years,
    indicators.kind = 'quantitative' AND indicators.base_unit = '%' AND indicators.base_value = 100
        AS is_hundred_percent
FROM unchanged
JOIN corrected_indicators AS indicators ON indicators.indicator_id = unchanged.indicator_id
JOIN current_projects AS projects ON projects.project_id = indicators.project_id
