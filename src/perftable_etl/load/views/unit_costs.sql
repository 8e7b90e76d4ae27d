-- One row per target that is a price: how much one of something may cost (单位成本). Prices are in yuan (元).
-- indicator_id: = indicators.indicator_id
-- project_id: = indicators.project_id
-- form_kind: = projects.form_kind
-- fiscal_year: = projects.fiscal_year
-- region: Region of the unit, as in flat_projects
-- region_code: GB/T 2260 code of the region
-- department: Competent department, as in flat_projects
-- unit: Unit that carries the project out, as in flat_projects
-- project: = projects.name
-- level3: What is paid for (三级指标)
-- target_raw: = indicators.target_raw
-- target_operator: = indicators.operator
-- price: Price in yuan, exact; of a range, its lower bound
-- price_upper: Upper bound of a range, in yuan
-- per: What it is the price of: 次, 人·天, 篇
-- actual_price: Price that was paid, in yuan; NULL: none printed, or of something else
-- page: = indicators.page
-- link: Where it is printed: the file's address, in a PDF with the page
SELECT
    indicator_id,
    project_id,
    form_kind,
    fiscal_year,
    region,
    region_code,
    department,
    unit,
    project,
    level3,
    target_raw,
    target_operator,
    target_base_value AS price,
    target_base_value_upper AS price_upper,
    trim(substr(target_base_unit, 3), '()') AS per,
    CASE WHEN actual_base_unit = target_base_unit THEN actual_base_value END AS actual_price,
    page,
    link
FROM flat_indicators
WHERE target_kind = 'quantitative' AND starts_with(target_base_unit, '元/')
