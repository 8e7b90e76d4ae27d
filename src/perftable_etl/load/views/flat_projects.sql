-- One row per current project: whose it is, its money, its goals, and where it is printed. Money is in yuan (元).
-- project_id: = projects.project_id
-- document_id: = projects.document_id
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
-- project_code: = projects.project_code
-- project_nature: = projects.nature
-- project_category: = projects.category
-- start_date: = projects.start_date
-- end_date: = projects.end_date
-- total_funds: = projects.total_funds
-- total_fiscal_funds: = projects.total_fiscal_funds
-- total_other_funds: = projects.total_other_funds
-- annual_funds: Funds of the year (年度资金申请总额; in a self-evaluation the adjusted budget, else the initial one)
-- annual_fiscal_appropriation: = projects.annual_fiscal_appropriation
-- annual_carryover_funds: = projects.annual_carryover_funds
-- annual_other_funds: = projects.annual_other_funds
-- overall_goal: = projects.overall_goal
-- annual_goal: = projects.annual_goal
-- actual_goal: = projects.actual_goal
-- project_score: = projects.score
-- project_grade: = projects.grade
-- execution_rate: = projects.execution_rate
-- first_page: = projects.first_page
-- last_page: = projects.last_page
-- link: Where it is printed: the file's address, in a PDF with the page that the form begins on
-- source_uri: = documents.source_uri
-- file_name: = documents.file_name
-- media_type: = documents.media_type
-- document_status: Status of the document: ok, or review (a finding needs a person)
-- corrected_by: = project_overlays.corrected_by
-- corrected_at: = project_overlays.corrected_at
SELECT
    projects.project_id,
    projects.document_id,
    projects.form_kind,
    projects.fiscal_year,
    units.region,
    units.region_code,
    units.level AS government_level,
    documents.organization AS publisher,
    coalesce(departments.name, projects.competent_department, documents.organization) AS department,
    coalesce(units.name, projects.implementing_unit, projects.competent_department, documents.organization) AS unit,
    projects.organization_id,
    projects.name AS project,
    projects.project_code,
    projects.nature AS project_nature,
    projects.category AS project_category,
    projects.start_date,
    projects.end_date,
    projects.total_funds,
    projects.total_fiscal_funds,
    projects.total_other_funds,
    projects.annual_funds,
    projects.annual_fiscal_appropriation,
    projects.annual_carryover_funds,
    projects.annual_other_funds,
    projects.overall_goal,
    projects.annual_goal,
    projects.actual_goal,
    projects.score AS project_score,
    projects.grade AS project_grade,
    projects.execution_rate,
    projects.first_page,
    projects.last_page,
    CASE
        WHEN documents.media_type = 'application/pdf' THEN concat(documents.source_uri, '#page=', projects.first_page)
        ELSE documents.source_uri
    END AS link,
    documents.source_uri,
    documents.file_name,
    documents.media_type,
    documents.status AS document_status,
    projects.corrected_by,
    projects.corrected_at
FROM current_projects AS projects
JOIN current_documents AS documents ON documents.document_id = projects.document_id
LEFT JOIN organizations AS units ON units.organization_id = projects.organization_id
LEFT JOIN organizations AS departments ON departments.organization_id = projects.department_id
