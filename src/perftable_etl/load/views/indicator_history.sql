-- One row per indicator of a series (links over the years) and year: what was aimed at and reached, year by year.
-- series_id: = series.series_id
-- indicator_id: = indicators.indicator_id
-- project_id: = indicators.project_id
-- form_kind: = projects.form_kind
-- fiscal_year: = projects.fiscal_year
-- region: Region of the unit, as in flat_projects
-- department: Competent department, as in flat_projects
-- unit: Unit that carries the project out, as in flat_projects
-- project: = projects.name
-- level1: = indicators.level1
-- level2: = indicators.level2
-- level3: = indicators.level3
-- phase: = indicators.phase
-- area: = indicators.area
-- target_raw: = indicators.target_raw
-- target_operator: = indicators.operator
-- target_base_value: Number of the target in its base unit; of a range, its lower bound
-- target_base_unit: Base unit of the target
-- direction: = indicators.direction
-- actual_raw: = indicators.actual_raw
-- actual_base_value: = indicators.actual_base_value
-- added_after: = series.added_after
-- dropped_in: = series.dropped_in
-- page: = indicators.page
-- link: Where it is printed: the file's address, in a PDF with the page
SELECT
    series.series_id,
    indicators.indicator_id,
    indicators.project_id,
    indicators.form_kind,
    indicators.fiscal_year,
    indicators.region,
    indicators.department,
    indicators.unit,
    indicators.project,
    indicators.level1,
    indicators.level2,
    indicators.level3,
    indicators.phase,
    indicators.area,
    indicators.target_raw,
    indicators.target_operator,
    indicators.target_base_value,
    indicators.target_base_unit,
    indicators.direction,
    indicators.actual_raw,
    indicators.actual_base_value,
    series.added_after,
    series.dropped_in,
    indicators.page,
    indicators.link
FROM series
JOIN flat_indicators AS indicators ON indicators.indicator_id = series.indicator_id
WHERE series.subject = 'indicator'
