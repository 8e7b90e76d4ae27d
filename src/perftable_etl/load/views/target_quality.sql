-- One row per unit and year: how good the targets of its projects are, in numbers of indicators and shares.
-- form_kind: = projects.form_kind
-- fiscal_year: = projects.fiscal_year
-- region: Region of the unit, as in flat_projects
-- department: Competent department, as in flat_projects
-- unit: Unit that carries the projects out, as in flat_projects
-- projects: Number of projects that have indicators
-- indicators: Number of indicators
-- quantitative: Number with a number or a day: quantitative, change, compound or deadline
-- quantitative_share: quantitative in percent of indicators
-- vague: Number that are words without a measure (进一步提升)
-- vague_share: vague in percent of indicators
-- missing: Number without a target
-- hundred_percent: Number whose target is 100 %
-- contradictory: Number whose unit and name contradict one another
WITH counted AS (
    SELECT
        indicators.project_id,
        count(*) AS indicators,
        count(*) FILTER (kind IN ('quantitative', 'change', 'compound', 'deadline')) AS quantitative,
        count(*) FILTER (
            CASE
                WHEN kind = 'qualitative' THEN regexp_matches(regexp_replace(target_raw, '\s', '', 'g'), '$vague')
                ELSE false
            END
        ) AS vague,
        count(*) FILTER (kind = 'missing') AS missing,
        count(*) FILTER (kind = 'quantitative' AND base_unit = '%' AND base_value = 100) AS hundred_percent,
        count(contradictory.indicator_id) AS contradictory
    FROM corrected_indicators AS indicators
    LEFT JOIN (SELECT DISTINCT indicator_id FROM open_findings WHERE code = 'unit_contradicts_name') AS contradictory
        ON contradictory.indicator_id = indicators.indicator_id
    GROUP BY indicators.project_id
)
SELECT
    projects.form_kind,
    projects.fiscal_year,
    projects.region,
    projects.department,
    projects.unit,
    count(*) AS projects,
    sum(counted.indicators)::BIGINT AS indicators,
    sum(counted.quantitative)::BIGINT AS quantitative,
    CAST(100.0 * sum(counted.quantitative) / sum(counted.indicators) AS DECIMAL(5, 2)) AS quantitative_share,
    sum(counted.vague)::BIGINT AS vague,
    CAST(100.0 * sum(counted.vague) / sum(counted.indicators) AS DECIMAL(5, 2)) AS vague_share,
    sum(counted.missing)::BIGINT AS missing,
    sum(counted.hundred_percent)::BIGINT AS hundred_percent,
    sum(counted.contradictory)::BIGINT AS contradictory
FROM counted
JOIN flat_projects AS projects ON projects.project_id = counted.project_id
GROUP BY ALL
