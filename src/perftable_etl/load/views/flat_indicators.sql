-- One row per indicator of the current projects: whose, what is to be reached, what was reached, and where it is printed.
-- indicator_id: = indicators.indicator_id
-- project_id: = indicators.project_id
-- document_id: = indicators.document_id
-- form_kind: = projects.form_kind
-- fiscal_year: = projects.fiscal_year
-- region: Region of the unit with those that it lies in, as in organizations; NULL: not known
-- region_code: GB/T 2260 code of the region, as in organizations
-- government_level: Government that the unit belongs to, as organizations.level
-- publisher: Department or unit that published the document
-- department: Competent department (主管部门), else the publisher; its name in organizations
-- unit: Unit that carries the project out (实施单位), else the department; its name in organizations
-- organization_id: The unit: organizations.organization_id
-- project: = projects.name
-- project_category: = projects.category
-- annual_funds: Funds of the project for the year in yuan, the same in all its rows: never add them up here
-- total_funds: Funds of the project for its whole life in yuan, the same in all its rows: never add them up here
-- ordinal: = indicators.ordinal
-- level1: = indicators.level1
-- level2: = indicators.level2
-- level3: = indicators.level3
-- phase: = indicators.phase
-- area: = indicators.area
-- target_raw: = indicators.target_raw
-- target_kind: = indicators.kind
-- target_operator: = indicators.operator
-- target_value: Number of the target as printed, exact; of a range, its lower bound
-- target_value_upper: Upper bound of a range, as printed
-- target_unit: Unit of the target as printed (万元/次)
-- target_base_value: Number of the target in its base unit: 1.1 万元/次 is 11000; percent stays percent
-- target_base_value_upper: Upper bound of a range in its base unit
-- target_base_unit: Base unit of the target (元/次)
-- target_deadline: Day by which it is to be reached
-- target_baseline: = indicators.baseline
-- target_polarity: = indicators.polarity
-- direction: = indicators.direction
-- actual_raw: = indicators.actual_raw
-- actual_kind: = indicators.actual_kind
-- actual_operator: = indicators.actual_operator
-- actual_value: = indicators.actual_value
-- actual_unit: = indicators.actual_unit
-- actual_base_value: = indicators.actual_base_value
-- actual_base_unit: = indicators.actual_base_unit
-- weight: = indicators.weight
-- indicator_score: = indicators.score
-- reason: = indicators.reason
-- remark: = indicators.remark
-- recognition_confidence: = indicators.confidence
-- page: = indicators.page
-- link: Where it is printed: the file's address, in a PDF with the page
-- source_uri: = documents.source_uri
-- file_name: = documents.file_name
-- document_status: Status of the document: ok, or review (a finding needs a person)
-- corrected_by: = indicator_overlays.corrected_by
-- corrected_at: = indicator_overlays.corrected_at
SELECT
    indicators.indicator_id,
    indicators.project_id,
    indicators.document_id,
    projects.form_kind,
    projects.fiscal_year,
    projects.region,
    projects.region_code,
    projects.government_level,
    projects.publisher,
    projects.department,
    projects.unit,
    projects.organization_id,
    projects.project,
    projects.project_category,
    projects.annual_funds,
    projects.total_funds,
    indicators.ordinal,
    indicators.level1,
    indicators.level2,
    indicators.level3,
    indicators.phase,
    indicators.area,
    indicators.target_raw,
    indicators.kind AS target_kind,
    indicators.operator AS target_operator,
    indicators.value AS target_value,
    indicators.value_upper AS target_value_upper,
    indicators.unit AS target_unit,
    indicators.base_value AS target_base_value,
    indicators.base_value_upper AS target_base_value_upper,
    indicators.base_unit AS target_base_unit,
    indicators.deadline AS target_deadline,
    indicators.baseline AS target_baseline,
    indicators.polarity AS target_polarity,
    indicators.direction,
    indicators.actual_raw,
    indicators.actual_kind,
    indicators.actual_operator,
    indicators.actual_value,
    indicators.actual_unit,
    indicators.actual_base_value,
    indicators.actual_base_unit,
    indicators.weight,
    indicators.score AS indicator_score,
    indicators.reason,
    indicators.remark,
    indicators.confidence AS recognition_confidence,
    indicators.page,
    CASE
        WHEN projects.media_type = 'application/pdf' THEN concat(projects.source_uri, '#page=', indicators.page)
        ELSE projects.source_uri
    END AS link,
    projects.source_uri,
    projects.file_name,
    projects.document_status,
    indicators.corrected_by,
    indicators.corrected_at
-- These are current_indicators, as flat_projects are current; to ask twice whether a project is takes five times as long.
FROM corrected_indicators AS indicators
JOIN flat_projects AS projects ON projects.project_id = indicators.project_id
