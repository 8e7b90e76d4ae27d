-- One row per year, unit, category and source of money: the sum over the current projects. Money is in yuan (元).
-- form_kind: Kind of form, as in projects: a declaration and its self-evaluation are two forms of one project, and a
--   department's form is of all its projects, so never add up several kinds
-- fiscal_year: = projects.fiscal_year
-- region: Region of the unit, as in flat_projects
-- region_code: GB/T 2260 code of the region
-- department: Competent department, as in flat_projects
-- unit: Unit that carries the projects out, as in flat_projects
-- project_category: = projects.category
-- source: Where the money comes from, as in amounts: all is the whole, of which the others are parts
-- phase: year (the budget that counts: of a self-evaluation the adjusted one), total (whole life); as in amounts
--   initial, adjusted, executed, previous
-- projects: Number of projects for which such an amount is printed
-- amount: Sum of the amounts
WITH of_columns AS (
    SELECT
        project_id,
        unnest(['all', 'fiscal', 'carryover', 'other', 'all', 'fiscal', 'other']) AS source,
        unnest(['year', 'year', 'year', 'year', 'total', 'total', 'total']) AS phase,
        unnest([
            annual_funds, annual_fiscal_appropriation, annual_carryover_funds, annual_other_funds,
            total_funds, total_fiscal_funds, total_other_funds
        ]) AS amount
    FROM current_projects
),
counted AS (
    SELECT project_id, source, phase, amount FROM of_columns WHERE amount IS NOT NULL
    UNION ALL
    SELECT project_id, source, phase, sum(amount) AS amount
    FROM amounts
    WHERE amount IS NOT NULL
        AND NOT (phase = 'year' AND source IN ('all', 'fiscal', 'carryover', 'other'))
        AND NOT (phase = 'total' AND source IN ('all', 'fiscal', 'other'))
    GROUP BY ALL
)
SELECT
    projects.form_kind,
    projects.fiscal_year,
    projects.region,
    projects.region_code,
    projects.department,
    projects.unit,
    projects.project_category,
    counted.source,
    counted.phase,
    count(*) AS projects,
    CAST(sum(counted.amount) AS DECIMAL(38, 2)) AS amount
FROM counted
JOIN flat_projects AS projects ON projects.project_id = counted.project_id
GROUP BY ALL
