-- One row per indicator, with what its target is worth: whether it can be measured, is vague, contradicts its name.
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
-- contradicts_name: Whether its unit and its name contradict one another (检查次数 =100%), and no person said otherwise
-- is_hundred_percent: Whether the target is 100 %
-- page: = indicators.page
-- link: Where it is printed: the file's address, in a PDF with the page
SELECT
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
    indicators.target_raw,
    indicators.target_kind,
    indicators.target_kind IN ('quantitative', 'change', 'compound', 'deadline') AS is_quantitative,
    CASE
        WHEN indicators.target_kind = 'qualitative'
        THEN regexp_matches(regexp_replace(indicators.target_raw, '\s', '', 'g'), '$vague')
        ELSE false
    END AS is_vague,
    contradictory.indicator_id IS NOT NULL AS contradicts_name,
    indicators.target_kind = 'quantitative' AND indicators.target_base_unit = '%' AND indicators.target_base_value = 100
        AS is_hundred_percent,
    indicators.page,
    indicators.link
FROM flat_indicators AS indicators
LEFT JOIN (SELECT DISTINCT indicator_id FROM open_findings WHERE code = 'unit_contradicts_name') AS contradictory
    ON contradictory.indicator_id = indicators.indicator_id
