CREATE TABLE meta (
    schema_version BIGINT NOT NULL,
    created_by VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE meta IS 'One row: the version of these tables, for programs that open the database.';
COMMENT ON COLUMN meta.schema_version IS 'Version of the tables; a program that knows another one must not write here';
COMMENT ON COLUMN meta.created_by IS 'Version of the program that made the tables';
COMMENT ON COLUMN meta.created_at IS 'When the tables were made (UTC)';

CREATE TABLE documents (
    document_id VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    source_uri VARCHAR NOT NULL,
    media_type VARCHAR CHECK (media_type IN ('application/pdf', 'text/plain')),
    byte_size BIGINT NOT NULL,
    page_count BIGINT,
    title VARCHAR,
    organization VARCHAR,
    fiscal_year BIGINT,
    status VARCHAR NOT NULL CHECK (status IN ('ok', 'review', 'no_forms', 'failed')),
    coverage DOUBLE,
    error_code VARCHAR,
    error_message VARCHAR,
    parser_version VARCHAR NOT NULL,
    record_hash VARCHAR NOT NULL,
    ingested_at TIMESTAMP NOT NULL,
    first_seen_at TIMESTAMP,
    superseded_by VARCHAR,
    fingerprint VARCHAR
);
COMMENT ON TABLE documents IS 'One row per file that was read, also where that failed; the same bytes are one document whatever their name.';
COMMENT ON COLUMN documents.document_id IS 'sha256 of the file''s bytes, in hex';
COMMENT ON COLUMN documents.file_name IS 'Name of the file without its folder';
COMMENT ON COLUMN documents.source_uri IS 'Where the file was read from';
COMMENT ON COLUMN documents.media_type IS 'What the file is; NULL where that cannot be told';
COMMENT ON COLUMN documents.byte_size IS 'Size of the file in bytes';
COMMENT ON COLUMN documents.page_count IS 'Number of pages; NULL where the file could not be opened';
COMMENT ON COLUMN documents.title IS 'Title printed above the first form';
COMMENT ON COLUMN documents.organization IS 'Department or unit that published it (预算主管部门, 编制部门, the title''s unit); never only a region';
COMMENT ON COLUMN documents.fiscal_year IS 'Budget year (年度) of the document';
COMMENT ON COLUMN documents.status IS 'ok; review (some finding needs a person); no_forms (nothing to read in it); failed (see error_code)';
COMMENT ON COLUMN documents.coverage IS 'Share of the forms'' characters that are accounted for, with those that look like a form''s; NULL: none';
COMMENT ON COLUMN documents.error_code IS 'Why it failed, for programs: encrypted, empty, truncated, ...';
COMMENT ON COLUMN documents.error_message IS 'Why it failed and what to do, for people';
COMMENT ON COLUMN documents.parser_version IS 'Version of the program that read it';
COMMENT ON COLUMN documents.record_hash IS 'sha256 over all rows of the document; equal means that reading again changed nothing';
COMMENT ON COLUMN documents.ingested_at IS 'When these rows were written (UTC); reading the same again leaves it alone';
COMMENT ON COLUMN documents.first_seen_at IS 'When these bytes were first read (UTC); NULL: before version 2';
COMMENT ON COLUMN documents.superseded_by IS 'A hint: the later publication that replaces most of its projects (documents.document_id). It hides nothing';
COMMENT ON COLUMN documents.fingerprint IS 'Of what read it last: parser, layouts and extras; equal ones read alike. NULL: before version 3';

CREATE TABLE projects (
    project_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    ordinal BIGINT NOT NULL,
    layout VARCHAR NOT NULL,
    fiscal_year BIGINT,
    first_page BIGINT NOT NULL,
    last_page BIGINT NOT NULL,
    name VARCHAR,
    nature VARCHAR,
    category VARCHAR,
    competent_department VARCHAR,
    implementing_unit VARCHAR,
    start_date DATE,
    end_date DATE,
    total_funds DECIMAL(18,2),
    total_fiscal_funds DECIMAL(18,2),
    total_other_funds DECIMAL(18,2),
    annual_funds DECIMAL(18,2),
    annual_fiscal_appropriation DECIMAL(18,2),
    annual_carryover_funds DECIMAL(18,2),
    annual_other_funds DECIMAL(18,2),
    overall_goal VARCHAR,
    annual_goal VARCHAR,
    readings_agree BOOLEAN,
    form_kind VARCHAR CHECK (form_kind IN ('declaration')),
    content_hash VARCHAR,
    duplicate_of VARCHAR,
    superseded_by VARCHAR
);
COMMENT ON TABLE projects IS 'One row per declaration of a project''s performance targets (项目支出绩效目标申报表). Money is in yuan (元).';
COMMENT ON COLUMN projects.project_id IS 'Hash of document and ordinal';
COMMENT ON COLUMN projects.document_id IS 'The document it comes from: documents.document_id';
COMMENT ON COLUMN projects.ordinal IS 'Position in the document, from 1';
COMMENT ON COLUMN projects.layout IS 'Which form it was recognised as';
COMMENT ON COLUMN projects.fiscal_year IS 'Budget year (年度)';
COMMENT ON COLUMN projects.first_page IS 'Page the form begins on, from 1';
COMMENT ON COLUMN projects.last_page IS 'Page the form ends on, from 1';
COMMENT ON COLUMN projects.name IS 'Project name (项目名称)';
COMMENT ON COLUMN projects.nature IS 'Project nature (项目性质)';
COMMENT ON COLUMN projects.category IS 'Project category (项目类别)';
COMMENT ON COLUMN projects.competent_department IS 'Competent department (主管部门)';
COMMENT ON COLUMN projects.implementing_unit IS 'Implementing unit (实施单位)';
COMMENT ON COLUMN projects.start_date IS 'Planned start (计划开始日期)';
COMMENT ON COLUMN projects.end_date IS 'Planned completion (计划完成日期)';
COMMENT ON COLUMN projects.total_funds IS 'Total funds of the project (项目资金总额); NULL where blank';
COMMENT ON COLUMN projects.total_fiscal_funds IS 'of the total: fiscal funds (其中：财政资金)';
COMMENT ON COLUMN projects.total_other_funds IS 'of the total: other funds (其他资金, left)';
COMMENT ON COLUMN projects.annual_funds IS 'Funds requested for the year (年度资金申请总额); NULL where blank';
COMMENT ON COLUMN projects.annual_fiscal_appropriation IS 'of the year: fiscal appropriation (其中：当年财政拨款)';
COMMENT ON COLUMN projects.annual_carryover_funds IS 'of the year: carried over from last year (上年结转资金)';
COMMENT ON COLUMN projects.annual_other_funds IS 'of the year: other funds (其他资金, right)';
COMMENT ON COLUMN projects.overall_goal IS 'Goal over the project''s whole life (项目总目标)';
COMMENT ON COLUMN projects.annual_goal IS 'Goal for the year (年度总体目标)';
COMMENT ON COLUMN projects.readings_agree IS 'Whether a second reader reads the form''s own fields the same and no row more; NULL: read once';
COMMENT ON COLUMN projects.form_kind IS 'What sort of form it is: declaration (申报表)';
COMMENT ON COLUMN projects.content_hash IS 'Hash of what it declares, wherever it is printed; equal: the same declaration';
COMMENT ON COLUMN projects.duplicate_of IS 'The same declaration in another file, which counts: projects.project_id';
COMMENT ON COLUMN projects.superseded_by IS 'The project of a later publication that replaces it: projects.project_id';

CREATE TABLE indicators (
    indicator_id VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    ordinal BIGINT NOT NULL,
    level1 VARCHAR,
    level2 VARCHAR,
    level3 VARCHAR NOT NULL,
    level1_raw VARCHAR NOT NULL,
    level2_raw VARCHAR NOT NULL,
    level3_raw VARCHAR NOT NULL,
    scheme VARCHAR CHECK (scheme IN ('2015', '2021')),
    target_raw VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('quantitative', 'qualitative', 'deadline', 'change', 'compound', 'missing')),
    operator VARCHAR CHECK (operator IN ('>=', '<=', '=', '>', '<', 'between', 'about')),
    value DECIMAL(38,10),
    value_upper DECIMAL(38,10),
    unit VARCHAR,
    base_value DECIMAL(38,10),
    base_value_upper DECIMAL(38,10),
    base_unit VARCHAR,
    deadline DATE,
    baseline VARCHAR,
    polarity VARCHAR CHECK (polarity IN ('up', 'down', 'keep', 'done')),
    direction VARCHAR CHECK (direction IN ('higher', 'lower')),
    weight DECIMAL(38,10),
    page BIGINT NOT NULL,
    x0 DOUBLE,
    y0 DOUBLE,
    x1 DOUBLE,
    y1 DOUBLE,
    readings_agree BOOLEAN,
    confidence DOUBLE
);
COMMENT ON TABLE indicators IS 'One row per indicator (绩效指标) of a project, with its target parsed and as printed.';
COMMENT ON COLUMN indicators.indicator_id IS 'Hash of document, project ordinal and ordinal';
COMMENT ON COLUMN indicators.project_id IS 'The project it belongs to: projects.project_id';
COMMENT ON COLUMN indicators.document_id IS 'The document it comes from: documents.document_id';
COMMENT ON COLUMN indicators.ordinal IS 'Position in the project, from 1';
COMMENT ON COLUMN indicators.level1 IS 'Level 1 (一级指标), the catalogue''s name';
COMMENT ON COLUMN indicators.level2 IS 'Level 2 (二级指标), the catalogue''s name';
COMMENT ON COLUMN indicators.level3 IS 'Level 3 (三级指标): what is measured';
COMMENT ON COLUMN indicators.level1_raw IS 'Level 1 as printed; empty where nothing is';
COMMENT ON COLUMN indicators.level2_raw IS 'Level 2 as printed; empty where nothing is';
COMMENT ON COLUMN indicators.level3_raw IS 'Level 3 as printed, line breaks included';
COMMENT ON COLUMN indicators.scheme IS 'Catalogue it follows: 2015 has cost (成本) under output, 2021 beside it';
COMMENT ON COLUMN indicators.target_raw IS 'Target (指标值) as printed, line breaks included';
COMMENT ON COLUMN indicators.kind IS 'What sort of target: quantitative, qualitative, deadline, change (relative to something), compound (several bounds or a condition), missing';
COMMENT ON COLUMN indicators.operator IS 'The printed comparison; NULL where the form prints none';
COMMENT ON COLUMN indicators.value IS 'The number as printed, exact; the lower bound of a range';
COMMENT ON COLUMN indicators.value_upper IS 'Upper bound of a range, as printed';
COMMENT ON COLUMN indicators.unit IS 'Unit as printed (万元/次)';
COMMENT ON COLUMN indicators.base_value IS 'value in the base unit: 1.1 万元/次 is 11000; percent stays percent';
COMMENT ON COLUMN indicators.base_value_upper IS 'value_upper in the base unit';
COMMENT ON COLUMN indicators.base_unit IS 'The base unit (元/次)';
COMMENT ON COLUMN indicators.deadline IS 'The day by which it is to be done';
COMMENT ON COLUMN indicators.baseline IS 'What a change is relative to (上年, 法定时间90天)';
COMMENT ON COLUMN indicators.polarity IS 'Which way a change goes: up, down, keep, done';
COMMENT ON COLUMN indicators.direction IS 'Whether a higher or a lower result is better';
COMMENT ON COLUMN indicators.weight IS 'Weight or points (分值权重)';
COMMENT ON COLUMN indicators.page IS 'Page it is printed on, from 1';
COMMENT ON COLUMN indicators.x0 IS 'Left edge on the page; points from the left in a PDF, characters in text';
COMMENT ON COLUMN indicators.y0 IS 'Upper edge on the page; points from the top in a PDF, lines in text';
COMMENT ON COLUMN indicators.x1 IS 'Right edge on the page; points from the left in a PDF, characters in text';
COMMENT ON COLUMN indicators.y1 IS 'Lower edge on the page; points from the top in a PDF, lines in text';
COMMENT ON COLUMN indicators.readings_agree IS 'Whether a second reader reads the row the same; NULL: read once';
COMMENT ON COLUMN indicators.confidence IS 'How sure text recognition is of its least certain character, 0 to 1; NULL: not from an image';

CREATE TABLE indicator_parts (
    indicator_id VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    ordinal BIGINT NOT NULL,
    raw VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('quantitative', 'qualitative', 'deadline', 'change', 'compound', 'missing')),
    operator VARCHAR CHECK (operator IN ('>=', '<=', '=', '>', '<', 'between', 'about')),
    value DECIMAL(38,10),
    value_upper DECIMAL(38,10),
    unit VARCHAR,
    base_value DECIMAL(38,10),
    base_value_upper DECIMAL(38,10),
    base_unit VARCHAR,
    deadline DATE,
    baseline VARCHAR,
    polarity VARCHAR CHECK (polarity IN ('up', 'down', 'keep', 'done'))
);
COMMENT ON TABLE indicator_parts IS 'One row per bound of a compound target (城区≥95%，农村≥90%).';
COMMENT ON COLUMN indicator_parts.indicator_id IS 'The indicator it is part of: indicators.indicator_id';
COMMENT ON COLUMN indicator_parts.project_id IS 'The project it belongs to: projects.project_id';
COMMENT ON COLUMN indicator_parts.document_id IS 'The document it comes from: documents.document_id';
COMMENT ON COLUMN indicator_parts.ordinal IS 'Position in the target, from 1';
COMMENT ON COLUMN indicator_parts.raw IS 'The part as printed';
COMMENT ON COLUMN indicator_parts.kind IS 'What sort of target: quantitative, qualitative, deadline, change (relative to something), compound (several bounds or a condition), missing';
COMMENT ON COLUMN indicator_parts.operator IS 'The printed comparison; NULL where the form prints none';
COMMENT ON COLUMN indicator_parts.value IS 'The number as printed, exact; the lower bound of a range';
COMMENT ON COLUMN indicator_parts.value_upper IS 'Upper bound of a range, as printed';
COMMENT ON COLUMN indicator_parts.unit IS 'Unit as printed (万元/次)';
COMMENT ON COLUMN indicator_parts.base_value IS 'value in the base unit: 1.1 万元/次 is 11000; percent stays percent';
COMMENT ON COLUMN indicator_parts.base_value_upper IS 'value_upper in the base unit';
COMMENT ON COLUMN indicator_parts.base_unit IS 'The base unit (元/次)';
COMMENT ON COLUMN indicator_parts.deadline IS 'The day by which it is to be done';
COMMENT ON COLUMN indicator_parts.baseline IS 'What a change is relative to (上年, 法定时间90天)';
COMMENT ON COLUMN indicator_parts.polarity IS 'Which way a change goes: up, down, keep, done';

CREATE TABLE sources (
    document_id VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    indicator_id VARCHAR,
    field VARCHAR NOT NULL CHECK (field IN ('name', 'nature', 'category', 'competent_department', 'implementing_unit', 'start_date', 'end_date', 'total_funds', 'total_fiscal_funds', 'total_other_funds', 'annual_funds', 'annual_fiscal_appropriation', 'annual_carryover_funds', 'annual_other_funds', 'overall_goal', 'annual_goal', 'fiscal_year', 'level1', 'level2', 'level3', 'target', 'weight')),
    ordinal BIGINT NOT NULL,
    raw VARCHAR NOT NULL,
    page BIGINT NOT NULL,
    x0 DOUBLE,
    y0 DOUBLE,
    x1 DOUBLE,
    y1 DOUBLE
);
COMMENT ON TABLE sources IS 'One row per printed piece of a value: where on which page it stands, and exactly what is printed there.';
COMMENT ON COLUMN sources.document_id IS 'The document it comes from: documents.document_id';
COMMENT ON COLUMN sources.project_id IS 'The project it belongs to: projects.project_id';
COMMENT ON COLUMN sources.indicator_id IS 'The indicator it concerns: indicators.indicator_id; NULL: no single one';
COMMENT ON COLUMN sources.field IS 'The column it became; target stands for all columns parsed from the indicator value';
COMMENT ON COLUMN sources.ordinal IS 'Which piece of the value, from 1; a value cut by a page break has two';
COMMENT ON COLUMN sources.raw IS 'The text as printed, line breaks included';
COMMENT ON COLUMN sources.page IS 'Page it is printed on, from 1';
COMMENT ON COLUMN sources.x0 IS 'Left edge on the page; points from the left in a PDF, characters in text';
COMMENT ON COLUMN sources.y0 IS 'Upper edge on the page; points from the top in a PDF, lines in text';
COMMENT ON COLUMN sources.x1 IS 'Right edge on the page; points from the left in a PDF, characters in text';
COMMENT ON COLUMN sources.y1 IS 'Lower edge on the page; points from the top in a PDF, lines in text';

CREATE TABLE findings (
    finding_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    project_id VARCHAR,
    indicator_id VARCHAR,
    code VARCHAR NOT NULL,
    severity VARCHAR NOT NULL CHECK (severity IN ('info', 'warning', 'error')),
    message VARCHAR NOT NULL,
    raw VARCHAR NOT NULL,
    page BIGINT,
    x0 DOUBLE,
    y0 DOUBLE,
    x1 DOUBLE,
    y1 DOUBLE
);
COMMENT ON TABLE findings IS 'One row per thing a person may want to know about a document: what, how grave, and where.';
COMMENT ON COLUMN findings.finding_id IS 'Hash of document and finding';
COMMENT ON COLUMN findings.document_id IS 'The document it comes from: documents.document_id';
COMMENT ON COLUMN findings.project_id IS 'The project it concerns: projects.project_id; NULL: the whole document';
COMMENT ON COLUMN findings.indicator_id IS 'The indicator it concerns: indicators.indicator_id; NULL: no single one';
COMMENT ON COLUMN findings.code IS 'What was found, for programs';
COMMENT ON COLUMN findings.severity IS 'info, warning or error';
COMMENT ON COLUMN findings.message IS 'What was found, for people';
COMMENT ON COLUMN findings.raw IS 'The printed text it is about; empty where it is about none';
COMMENT ON COLUMN findings.page IS 'Page it is about, from 1; NULL: no single place';
COMMENT ON COLUMN findings.x0 IS 'Left edge on the page; points from the left in a PDF, characters in text';
COMMENT ON COLUMN findings.y0 IS 'Upper edge on the page; points from the top in a PDF, lines in text';
COMMENT ON COLUMN findings.x1 IS 'Right edge on the page; points from the left in a PDF, characters in text';
COMMENT ON COLUMN findings.y1 IS 'Lower edge on the page; points from the top in a PDF, lines in text';

CREATE TABLE runs (
    run_id VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    parser_version VARCHAR NOT NULL,
    documents BIGINT NOT NULL,
    new BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    projects BIGINT NOT NULL,
    indicators BIGINT NOT NULL,
    findings BIGINT NOT NULL,
    skipped BIGINT,
    waiting BIGINT,
    quarantined BIGINT,
    unreached BIGINT
);
COMMENT ON TABLE runs IS 'One row per ingest: when, by which version, and what it did.';
COMMENT ON COLUMN runs.run_id IS 'Random, in hex';
COMMENT ON COLUMN runs.started_at IS 'Begin (UTC)';
COMMENT ON COLUMN runs.finished_at IS 'End (UTC); NULL while it runs, or when it was interrupted';
COMMENT ON COLUMN runs.parser_version IS 'Version of the program';
COMMENT ON COLUMN runs.documents IS 'Documents read';
COMMENT ON COLUMN runs.new IS 'of them not in the database before';
COMMENT ON COLUMN runs.changed IS 'of them in the database before, and read otherwise this time';
COMMENT ON COLUMN runs.unchanged IS 'of them in the database before, and read the same';
COMMENT ON COLUMN runs.failed IS 'of them that could not be read (status failed)';
COMMENT ON COLUMN runs.projects IS 'Projects in the documents read';
COMMENT ON COLUMN runs.indicators IS 'Indicators in the documents read';
COMMENT ON COLUMN runs.findings IS 'Findings in the documents read';
COMMENT ON COLUMN runs.skipped IS 'Files left alone, being unchanged since they were read';
COMMENT ON COLUMN runs.waiting IS 'Files that failed, and are to be tried again later';
COMMENT ON COLUMN runs.quarantined IS 'Files that failed too often, and are tried no more until they change';
COMMENT ON COLUMN runs.unreached IS 'Files that a source lists, and that could not be fetched from it';

CREATE TABLE ledger (
    source_uri VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    state VARCHAR NOT NULL CHECK (state IN ('pending', 'ok', 'review', 'no_forms', 'failed', 'quarantined')),
    document_id VARCHAR,
    attempts BIGINT NOT NULL,
    reason VARCHAR,
    retry_at TIMESTAMP,
    byte_size BIGINT,
    modified VARCHAR,
    etag VARCHAR,
    parser_version VARCHAR,
    first_seen_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    fingerprint VARCHAR
);
COMMENT ON TABLE ledger IS 'One row per place a document was found at: what is known of the file there, and what became of it.';
COMMENT ON COLUMN ledger.source_uri IS 'Where the file is: file:, https:, s3:, ...';
COMMENT ON COLUMN ledger.origin IS 'Who found it: ingest, or the name of a source in sources.toml';
COMMENT ON COLUMN ledger.state IS 'pending until it is read, then the document''s status, or quarantined';
COMMENT ON COLUMN ledger.document_id IS 'What was read there last: documents.document_id';
COMMENT ON COLUMN ledger.attempts IS 'How often in a row it could not be read';
COMMENT ON COLUMN ledger.reason IS 'Why it could not be read last time';
COMMENT ON COLUMN ledger.retry_at IS 'Before this time (UTC) it is not tried again';
COMMENT ON COLUMN ledger.byte_size IS 'Size in bytes as its place tells it';
COMMENT ON COLUMN ledger.modified IS 'Its place''s stamp of this version: a time, or what the server calls Last-Modified';
COMMENT ON COLUMN ledger.etag IS 'The server''s tag of this version (ETag)';
COMMENT ON COLUMN ledger.parser_version IS 'Version of the program that read it last';
COMMENT ON COLUMN ledger.first_seen_at IS 'When it was first found (UTC)';
COMMENT ON COLUMN ledger.last_seen_at IS 'When it was last found (UTC)';
COMMENT ON COLUMN ledger.fingerprint IS 'Of what read it last, as in documents; NULL: not read, or before version 3';

CREATE OR REPLACE VIEW current_projects AS
SELECT projects.*
FROM projects
JOIN documents USING (document_id)
WHERE projects.superseded_by IS NULL AND projects.duplicate_of IS NULL;
COMMENT ON VIEW current_projects IS 'One row per project as last published: those that a later publication replaces and second copies are left out.';

CREATE OR REPLACE VIEW current_indicators AS
SELECT indicators.*
FROM indicators
JOIN current_projects USING (project_id);
COMMENT ON VIEW current_indicators IS 'One row per indicator of the projects as last published (current_projects).';

CREATE OR REPLACE VIEW revisions AS
WITH revised AS (
    SELECT
        projects.document_id,
        later.document_id AS superseded_by,
        projects.name AS project,
        projects.project_id,
        projects.superseded_by AS later_project_id
    FROM projects
    JOIN projects AS later ON later.project_id = projects.superseded_by
    WHERE projects.duplicate_of IS NULL
),
concerned AS (
    SELECT project_id FROM revised
    UNION
    SELECT later_project_id FROM revised
),
fields AS (
    UNPIVOT (
        SELECT
            project_id,
            nature, category, competent_department, implementing_unit, overall_goal, annual_goal,
            CAST(COLUMNS(['start_date', 'end_date', 'total_funds', 'total_fiscal_funds', 'total_other_funds',
                'annual_funds', 'annual_fiscal_appropriation', 'annual_carryover_funds', 'annual_other_funds'])
                AS VARCHAR)
        FROM projects
        SEMI JOIN concerned USING (project_id)
    )
    ON COLUMNS(* EXCLUDE (project_id))
    INTO NAME field VALUE value
),
targets AS (
    SELECT
        project_id,
        row_number() OVER (PARTITION BY project_id, level2, level3 ORDER BY ordinal) AS occurrence,
        'target' AS field,
        level2,
        level3,
        regexp_replace(target_raw, '\s', '', 'g') AS value
    FROM indicators
    SEMI JOIN concerned USING (project_id)
),
printed AS (
    SELECT project_id, 1 AS occurrence, field, NULL AS level2, NULL AS level3, value FROM fields
    UNION ALL BY NAME
    SELECT * FROM targets
),
earlier AS (
    SELECT revised.project_id, printed.* EXCLUDE (project_id)
    FROM revised JOIN printed USING (project_id)
),
later AS (
    SELECT revised.project_id, printed.* EXCLUDE (project_id)
    FROM revised JOIN printed ON printed.project_id = revised.later_project_id
),
changed AS (
    SELECT
        coalesce(earlier.project_id, later.project_id) AS project_id,
        coalesce(earlier.level2, later.level2) AS level2,
        coalesce(earlier.level3, later.level3) AS level3,
        coalesce(earlier.field, later.field) AS field,
        earlier.value AS old_value,
        later.value AS new_value
    FROM earlier
    FULL JOIN later
        ON earlier.project_id = later.project_id
        AND earlier.occurrence = later.occurrence
        AND earlier.field = later.field
        AND earlier.level2 IS NOT DISTINCT FROM later.level2
        AND earlier.level3 IS NOT DISTINCT FROM later.level3
    WHERE earlier.value IS DISTINCT FROM later.value
)
SELECT
    revised.document_id,
    revised.superseded_by,
    revised.project,
    changed.level2,
    changed.level3,
    changed.field,
    changed.old_value,
    changed.new_value,
    revised.project_id,
    revised.later_project_id
FROM changed
JOIN revised USING (project_id);
COMMENT ON VIEW revisions IS 'One row per value that a later publication of a project changed (修订): of which indicator, from what to what.';
