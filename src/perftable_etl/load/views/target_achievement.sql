-- One row per indicator with a target and an actual value (实际完成值): whether it was reached, and by how much.
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
-- direction: = indicators.direction
-- target_raw: = indicators.target_raw
-- actual_raw: = indicators.actual_raw
-- target_operator: = indicators.operator
-- target_base_value: Number of the target in its base unit; of a range, its lower bound
-- target_base_value_upper: Upper bound of a range in its base unit
-- actual_base_value: Number of the actual value in its base unit, or in the target's where it has no unit
-- base_unit: Base unit of both; an actual number without a unit is in that of the target, but for fractions of percents
-- is_achieved: Whether the actual value is within the bounds, or says the same word for word; where no sign is printed,
--   whether it is as good or better. NULL: not both are single numbers of one unit, or no direction is known
-- excess: By how much it is better than the target, in the base unit; negative: worse; NULL: no direction is known
-- excess_percent: The same in percent of the target
-- weight: = indicators.weight
-- indicator_score: = indicators.score
-- reason: = indicators.reason
-- page: = indicators.page
-- link: Where it is printed: the file's address, in a PDF with the page
WITH printed AS (
    SELECT
        *,
        target_kind = 'quantitative' AND actual_kind = 'quantitative' AS are_numbers,
        -- Of 0.88 for 90 % nobody can say whether 88 % or less than one is meant.
        actual_unit IS NULL AND target_unit IS NOT NULL AND NOT (target_base_unit = '%' AND actual_value <= 1) AS is_bare,
        regexp_replace(target_raw, '\s', '', 'g') = regexp_replace(actual_raw, '\s', '', 'g') AS says_the_same
    FROM flat_indicators
    WHERE actual_raw IS NOT NULL
),
reached AS (
    SELECT
        * REPLACE (
            CASE
                WHEN NOT are_numbers OR NOT is_bare THEN actual_base_value
                WHEN target_base_value = target_value THEN actual_value
                ELSE TRY_CAST(
                    round(actual_value::DOUBLE * target_base_value::DOUBLE / nullif(target_value::DOUBLE, 0), 4)
                    AS DECIMAL(38, 10)
                )
            END AS actual_base_value
        ),
        are_numbers AND (is_bare OR target_base_unit IS NOT DISTINCT FROM actual_base_unit) AS are_comparable
    FROM printed
),
compared AS (
    SELECT *, CASE WHEN are_comparable THEN actual_base_value END AS comparable FROM reached
)
SELECT
    indicator_id,
    project_id,
    form_kind,
    fiscal_year,
    region,
    department,
    unit,
    project,
    level1,
    level2,
    level3,
    phase,
    direction,
    target_raw,
    actual_raw,
    target_operator,
    target_base_value,
    target_base_value_upper,
    actual_base_value,
    CASE WHEN comparable IS NOT NULL THEN target_base_unit END AS base_unit,
    CASE
        WHEN says_the_same THEN true
        WHEN target_operator = '>=' THEN comparable >= target_base_value
        WHEN target_operator = '>' THEN comparable > target_base_value
        WHEN target_operator = '<=' THEN comparable <= target_base_value
        WHEN target_operator = '<' THEN comparable < target_base_value
        WHEN target_operator = 'between' THEN comparable BETWEEN target_base_value AND target_base_value_upper
        WHEN direction = 'higher' THEN comparable >= target_base_value
        WHEN direction = 'lower' THEN comparable <= target_base_value
        WHEN target_operator = '=' AND comparable = target_base_value THEN true
    END AS is_achieved,
    CASE
        WHEN target_base_value_upper IS NOT NULL THEN NULL
        WHEN direction = 'higher' THEN comparable - target_base_value
        WHEN direction = 'lower' THEN target_base_value - comparable
    END AS excess,
    TRY_CAST(100 * CAST(excess AS DOUBLE) / nullif(CAST(target_base_value AS DOUBLE), 0) AS DECIMAL(18, 2))
        AS excess_percent,
    weight,
    indicator_score,
    reason,
    page,
    link
FROM compared
