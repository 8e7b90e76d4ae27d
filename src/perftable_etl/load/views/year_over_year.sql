-- One row per project and per indicator from one published year of its unit to the next: what became of it.
-- subject: project (its money of the year) or indicator (its target)
-- change: added; dropped; same; of a target tightened or loosened (where the direction is known), unit_changed, or
--   changed (any other way); of money increased, decreased, or unknown (an amount is not printed)
-- unit: Unit that publishes them, as in links
-- form_kind: Kind of form, as in projects
-- earlier_year: Budget year of the earlier one; of what was added, the last year before that its unit published
-- later_year: Budget year of the later one; of what was dropped, the first year after that its unit published
-- project: Name of the project, as the later year has it; the earlier one's where it was dropped
-- project_before: Name of the project, as the earlier year has it; NULL: it was added
-- amount_before: Funds of the project for the earlier year (年度资金) in yuan; NULL: none printed, or an indicator
-- amount_after: Funds of the project for the later year (年度资金) in yuan; NULL: none printed, or an indicator
-- amount_difference: amount_after less amount_before, in yuan
-- amount_percent: amount_difference in percent of amount_before
-- phase: Time for which the target holds, as in indicators
-- area: Place whose target it is, as in indicators
-- level1: Level 1 of the indicator, as the later year has it
-- level2: Level 2 of the indicator, as the later year has it
-- level3: Name of the indicator, as the later year has it; the earlier one's where it was dropped
-- level2_before: Level 2 of the indicator, as the earlier year has it
-- level3_before: Name of the indicator, as the earlier year has it; NULL: it was added
-- target_before: Target of the earlier year as printed
-- target_after: Target of the later year as printed
-- value_before: Number of the earlier target in its base unit
-- value_after: Number of the later target in its base unit
-- unit_before: Base unit of the earlier target
-- unit_after: Base unit of the later target
-- direction: Whether a higher or a lower result is better; NULL: nothing says it, or the years contradict one another
-- match: Why both are linked, as in links; NULL: it was added or dropped
-- score: How alike both are, as in links; NULL: it was added or dropped
-- series_id: Series that it belongs to, as in series
-- earlier_project_id: Earlier project: projects.project_id
-- later_project_id: Later project: projects.project_id
-- earlier_indicator_id: Earlier indicator: indicators.indicator_id; NULL: a project, or it was added
-- later_indicator_id: Later indicator: indicators.indicator_id; NULL: a project, or it was dropped
WITH steps AS (
    SELECT
        subject, unit, earlier_year, later_year, earlier_project_id, later_project_id, earlier_indicator_id,
        later_indicator_id, match, score, series_id
    FROM links
    WHERE status IN ('used', 'confirmed')
    UNION ALL
    SELECT subject, unit, added_after, fiscal_year, NULL, project_id, NULL, indicator_id, NULL, NULL, series_id
    FROM series
    WHERE added_after IS NOT NULL
    UNION ALL
    SELECT subject, unit, fiscal_year, dropped_in, project_id, NULL, indicator_id, NULL, NULL, NULL, series_id
    FROM series
    WHERE dropped_in IS NOT NULL
),
compared AS (
    SELECT
        steps.*,
        coalesce(after.form_kind, before.form_kind) AS form_kind,
        coalesce(after.name, before.name) AS project,
        before.name AS project_before,
        CASE WHEN subject = 'project' THEN before.annual_funds END AS amount_before,
        CASE WHEN subject = 'project' THEN after.annual_funds END AS amount_after,
        coalesce(later.phase, earlier.phase) AS phase,
        coalesce(later.area, earlier.area) AS area,
        coalesce(later.level1, earlier.level1) AS level1,
        coalesce(later.level2, earlier.level2) AS level2,
        coalesce(later.level3, earlier.level3) AS level3,
        earlier.level2 AS level2_before,
        earlier.level3 AS level3_before,
        earlier.target_raw AS target_before,
        later.target_raw AS target_after,
        earlier.base_value AS value_before,
        later.base_value AS value_after,
        earlier.base_unit AS unit_before,
        later.base_unit AS unit_after,
        CASE
            WHEN earlier.direction IS NULL OR earlier.direction = later.direction THEN later.direction
            WHEN later.direction IS NULL THEN earlier.direction
        END AS direction,
        earlier.kind AS kind_before,
        later.kind AS kind_after,
        earlier.operator AS operator_before,
        later.operator AS operator_after,
        earlier.polarity AS polarity_before,
        later.polarity AS polarity_after,
        earlier.base_value_upper AS upper_before,
        later.base_value_upper AS upper_after,
        earlier.deadline AS deadline_before,
        later.deadline AS deadline_after
    FROM steps
    -- Links are between what is current, so what corrections made of it is the same as current_projects and -indicators.
    LEFT JOIN corrected_projects AS before ON before.project_id = earlier_project_id
    LEFT JOIN corrected_projects AS after ON after.project_id = later_project_id
    LEFT JOIN corrected_indicators AS earlier ON earlier.indicator_id = earlier_indicator_id
    LEFT JOIN corrected_indicators AS later ON later.indicator_id = later_indicator_id
)
SELECT
    subject,
    CASE
        WHEN earlier_project_id IS NULL THEN 'added'
        WHEN later_project_id IS NULL THEN 'dropped'
        WHEN subject = 'project'
        THEN CASE
            WHEN amount_after = amount_before THEN 'same'
            WHEN amount_after > amount_before THEN 'increased'
            WHEN amount_after < amount_before THEN 'decreased'
            ELSE 'unknown'
        END
        -- A change that may be at most so large is not compared by its size.
        WHEN kind_before = kind_after AND value_before IS NOT NULL AND value_after IS NOT NULL
            AND (
                kind_after = 'quantitative'
                OR kind_after = 'change' AND polarity_before IS NOT DISTINCT FROM polarity_after
                    AND coalesce(operator_before, '=') NOT IN ('<', '<=')
                    AND coalesce(operator_after, '=') NOT IN ('<', '<=')
            )
        THEN CASE
            WHEN unit_before IS DISTINCT FROM unit_after THEN 'unit_changed'
            WHEN upper_before IS NULL AND upper_after IS NULL
            THEN CASE
                WHEN value_before = value_after
                    AND coalesce(operator_before IN ('<', '>'), false) = coalesce(operator_after IN ('<', '>'), false)
                THEN 'same'
                WHEN direction IS NULL THEN 'changed'
                WHEN value_before = value_after
                THEN CASE WHEN operator_after IN ('<', '>') THEN 'tightened' ELSE 'loosened' END
                WHEN (value_after > value_before) = (direction = 'higher' OR kind_after = 'change') THEN 'tightened'
                ELSE 'loosened'
            END
            WHEN value_before = value_after AND upper_before = upper_after THEN 'same'
            WHEN upper_after <= upper_before AND value_after >= value_before THEN 'tightened'
            WHEN upper_after >= upper_before AND value_after <= value_before THEN 'loosened'
            ELSE 'changed'
        END
        WHEN deadline_before IS NOT NULL AND deadline_after IS NOT NULL AND kind_before = kind_after
        THEN CASE
            WHEN 10000 * (year(deadline_after) - later_year) + 100 * month(deadline_after) + day(deadline_after)
                < 10000 * (year(deadline_before) - earlier_year) + 100 * month(deadline_before) + day(deadline_before)
            THEN 'tightened'
            WHEN 10000 * (year(deadline_after) - later_year) + 100 * month(deadline_after) + day(deadline_after)
                > 10000 * (year(deadline_before) - earlier_year) + 100 * month(deadline_before) + day(deadline_before)
            THEN 'loosened'
            ELSE 'same'
        END
        WHEN target_before = target_after THEN 'same'
        WHEN regexp_replace(target_before, '[\s\p{P}]', '', 'g') = regexp_replace(target_after, '[\s\p{P}]', '', 'g')
        THEN 'same'
        ELSE 'changed'
    END AS change,
    unit,
    form_kind,
    earlier_year,
    later_year,
    project,
    project_before,
    amount_before,
    amount_after,
    (amount_after - amount_before)::DECIMAL(38,2) AS amount_difference,
    round(100 * (amount_after - amount_before) / nullif(amount_before, 0), 2) AS amount_percent,
    phase,
    area,
    level1,
    level2,
    level3,
    level2_before,
    level3_before,
    target_before,
    target_after,
    value_before,
    value_after,
    unit_before,
    unit_after,
    direction,
    match,
    score,
    series_id,
    earlier_project_id,
    later_project_id,
    earlier_indicator_id,
    later_indicator_id
FROM compared
