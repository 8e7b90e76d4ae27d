-- One row per indicator, with what makes its target weak: vague, contradictory, always full, never changed, copied.
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
-- target_raw: = indicators.target_raw
-- target_kind: = indicators.kind
-- is_quantitative: Whether the target has a number or a day: quantitative, change, compound or deadline
-- is_vague: Whether it is words without a measure (进一步提升); completed, passed and the like are no such words
-- contradicts_name: Whether its unit and its name contradict one another (检查次数 =100%); NULL: nothing was found
-- is_hundred_percent: Whether the target is 100 %
-- years: Number of years in which the unit declares the indicator for this project, by the same names
-- targets: Number of different targets in these years; 1 of several years: never changed
-- same_text_projects: Number of projects of the year that declare this indicator with this target, word for word
-- page: = indicators.page
-- link: Where it is printed: the file's address, in a PDF with the page
WITH named AS (
    SELECT
        *,
        hash(form_kind, organization_id, project, level2, level3, phase, area) AS series,
        hash(form_kind, fiscal_year, level3, target_raw) AS wording
    FROM flat_indicators
),
over_years AS (
    SELECT series, count(DISTINCT fiscal_year) AS years, count(DISTINCT target_raw) AS targets
    FROM named
    GROUP BY series
),
over_projects AS (
    SELECT wording, count(DISTINCT project_id) AS projects FROM named GROUP BY wording
),
contradictory AS (
    SELECT DISTINCT indicator_id FROM findings WHERE code = 'unit_contradicts_name'
)
SELECT
    named.indicator_id,
    named.project_id,
    named.form_kind,
    named.fiscal_year,
    named.region,
    named.department,
    named.unit,
    named.project,
    named.level1,
    named.level2,
    named.level3,
    named.target_raw,
    named.target_kind,
    named.target_kind IN ('quantitative', 'change', 'compound', 'deadline') AS is_quantitative,
    named.target_kind = 'qualitative' AND regexp_matches(named.target_raw, '$vague') AS is_vague,
    contradictory.indicator_id IS NOT NULL AS contradicts_name,
    named.target_kind = 'quantitative' AND named.target_base_unit = '%' AND named.target_base_value = 100
        AS is_hundred_percent,
    over_years.years,
    over_years.targets,
    over_projects.projects AS same_text_projects,
    named.page,
    named.link
FROM named
JOIN over_years ON over_years.series = named.series
JOIN over_projects ON over_projects.wording = named.wording
LEFT JOIN contradictory ON contradictory.indicator_id = named.indicator_id
