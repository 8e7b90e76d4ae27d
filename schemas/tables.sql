CREATE TABLE meta (
    schema_version BIGINT NOT NULL,
    created_by VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE meta IS 'One row: the version of these tables, for programs that open the database.';
COMMENT ON COLUMN meta.schema_version IS 'Version of the tables; a program for another version must not write them';
COMMENT ON COLUMN meta.created_by IS 'Version of the program that created the tables';
COMMENT ON COLUMN meta.created_at IS 'When the tables were created (UTC)';

CREATE TABLE documents (
    document_id VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    source_uri VARCHAR NOT NULL,
    media_type VARCHAR CHECK (media_type IN ('application/pdf', 'text/plain', 'text/html', 'multipart/related', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.ms-excel', 'application/vnd.oasis.opendocument.spreadsheet')),
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
    fingerprint VARCHAR,
    part_id VARCHAR,
    organization_id VARCHAR
);
COMMENT ON TABLE documents IS 'One row per file that was read, even if that failed; files with the same bytes are one document.';
COMMENT ON COLUMN documents.document_id IS 'sha256 of the file''s bytes, in hex';
COMMENT ON COLUMN documents.file_name IS 'Name of the file without its folder';
COMMENT ON COLUMN documents.source_uri IS 'Where the file was read from';
COMMENT ON COLUMN documents.media_type IS 'Kind of file; NULL where it is unknown';
COMMENT ON COLUMN documents.byte_size IS 'Size of the file in bytes';
COMMENT ON COLUMN documents.page_count IS 'Number of pages; NULL where the file could not be opened';
COMMENT ON COLUMN documents.title IS 'Title printed above the first form';
COMMENT ON COLUMN documents.organization IS 'Department or unit that published it (预算主管部门, 编制部门, the title''s unit); never only a region';
COMMENT ON COLUMN documents.fiscal_year IS 'Budget year (年度) of the document';
COMMENT ON COLUMN documents.status IS 'ok; review (a finding needs a person); no_forms (it has no declaration); failed (see error_code)';
COMMENT ON COLUMN documents.coverage IS 'Share of understood characters, in forms and in text that looks like a form; NULL: there are none';
COMMENT ON COLUMN documents.error_code IS 'Why it failed, for programs: encrypted, empty, truncated, ...';
COMMENT ON COLUMN documents.error_message IS 'Why it failed and what to do, for people';
COMMENT ON COLUMN documents.parser_version IS 'Version of the program that read it';
COMMENT ON COLUMN documents.record_hash IS 'sha256 over all rows of the document; equal hashes mean equal rows';
COMMENT ON COLUMN documents.ingested_at IS 'When these rows were written (UTC); an equal reading does not change it';
COMMENT ON COLUMN documents.first_seen_at IS 'When these bytes were first read (UTC); NULL: before version 2';
COMMENT ON COLUMN documents.superseded_by IS 'A hint: the later publication that replaces most of its projects (documents.document_id); it hides nothing';
COMMENT ON COLUMN documents.fingerprint IS 'Fingerprint of its last reader (parser, layouts, extras); equal ones read alike. NULL: before version 3';
COMMENT ON COLUMN documents.part_id IS 'Part that brought it: loaded_parts.part_id; NULL: read into this database';
COMMENT ON COLUMN documents.organization_id IS 'The unit of `organization` in the table of all: organizations.organization_id';

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
    form_kind VARCHAR CHECK (form_kind IN ('declaration', 'self_evaluation', 'department', 'transfer')),
    content_hash VARCHAR,
    duplicate_of VARCHAR,
    superseded_by VARCHAR,
    actual_goal VARCHAR,
    project_code VARCHAR,
    score DECIMAL(38,10),
    grade VARCHAR,
    execution_rate DECIMAL(38,10),
    organization_id VARCHAR,
    department_id VARCHAR
);
COMMENT ON TABLE projects IS 'One row per declaration of a project''s performance targets (项目支出绩效目标申报表). Money is in yuan (元).';
COMMENT ON COLUMN projects.project_id IS 'Hash of document and ordinal';
COMMENT ON COLUMN projects.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN projects.ordinal IS 'Position in the document, from 1';
COMMENT ON COLUMN projects.layout IS 'Layout that read the form';
COMMENT ON COLUMN projects.fiscal_year IS 'Budget year (年度)';
COMMENT ON COLUMN projects.first_page IS 'First page of the form, from 1';
COMMENT ON COLUMN projects.last_page IS 'Last page of the form, from 1';
COMMENT ON COLUMN projects.name IS 'Project name (项目名称)';
COMMENT ON COLUMN projects.nature IS 'Project nature (项目性质)';
COMMENT ON COLUMN projects.category IS 'Project category (项目类别)';
COMMENT ON COLUMN projects.competent_department IS 'Competent department (主管部门)';
COMMENT ON COLUMN projects.implementing_unit IS 'Implementing unit (实施单位)';
COMMENT ON COLUMN projects.start_date IS 'Planned start (计划开始日期)';
COMMENT ON COLUMN projects.end_date IS 'Planned completion (计划完成日期)';
COMMENT ON COLUMN projects.total_funds IS 'Total funds of the project (项目资金总额); NULL where blank';
COMMENT ON COLUMN projects.total_fiscal_funds IS 'Part of the total: fiscal funds (其中：财政资金)';
COMMENT ON COLUMN projects.total_other_funds IS 'Part of the total: other funds (其他资金, left)';
COMMENT ON COLUMN projects.annual_funds IS 'Funds requested for the year (年度资金申请总额); NULL where blank';
COMMENT ON COLUMN projects.annual_fiscal_appropriation IS 'Part of the year''s funds: fiscal appropriation (其中：当年财政拨款)';
COMMENT ON COLUMN projects.annual_carryover_funds IS 'Part of the year''s funds: carried over from last year (上年结转资金)';
COMMENT ON COLUMN projects.annual_other_funds IS 'Part of the year''s funds: other funds (其他资金, right)';
COMMENT ON COLUMN projects.overall_goal IS 'Goal of the whole project (项目总目标)';
COMMENT ON COLUMN projects.annual_goal IS 'Goal for the year (年度总体目标)';
COMMENT ON COLUMN projects.readings_agree IS 'Whether a second reader found the same header fields and no other row; NULL: read once';
COMMENT ON COLUMN projects.form_kind IS 'Kind of form: declaration (申报表), self_evaluation (自评表), department (部门整体), transfer (转移支付)';
COMMENT ON COLUMN projects.content_hash IS 'Hash of the declared content; equal hashes mean the same declaration';
COMMENT ON COLUMN projects.duplicate_of IS 'The copy that counts instead, with the same declaration: projects.project_id';
COMMENT ON COLUMN projects.superseded_by IS 'The project that replaces it, from a later publication: projects.project_id';
COMMENT ON COLUMN projects.actual_goal IS 'What became of the annual goal (实际完成情况)';
COMMENT ON COLUMN projects.project_code IS 'Project code (项目编码)';
COMMENT ON COLUMN projects.score IS 'Points of the self-evaluation in all (总分)';
COMMENT ON COLUMN projects.grade IS 'Grade of the self-evaluation (评价等级)';
COMMENT ON COLUMN projects.execution_rate IS 'Share of the adjusted budget that was spent, in percent (执行率)';
COMMENT ON COLUMN projects.organization_id IS 'The unit that carries it out, else its department or publisher: organizations.organization_id';
COMMENT ON COLUMN projects.department_id IS 'The competent department, else the publisher: organizations.organization_id';

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
    confidence DOUBLE,
    phase VARCHAR CHECK (phase IN ('year', 'half_year', 'total')),
    area VARCHAR,
    actual_raw VARCHAR,
    actual_kind VARCHAR CHECK (actual_kind IN ('quantitative', 'qualitative', 'deadline', 'change', 'compound', 'missing')),
    actual_operator VARCHAR CHECK (actual_operator IN ('>=', '<=', '=', '>', '<', 'between', 'about')),
    actual_value DECIMAL(38,10),
    actual_unit VARCHAR,
    actual_base_value DECIMAL(38,10),
    actual_base_unit VARCHAR,
    score DECIMAL(38,10),
    reason VARCHAR,
    remark VARCHAR
);
COMMENT ON TABLE indicators IS 'One row per indicator (绩效指标) of a project, with its target parsed and as printed.';
COMMENT ON COLUMN indicators.indicator_id IS 'Hash of document, project ordinal and ordinal';
COMMENT ON COLUMN indicators.project_id IS 'Project that it belongs to: projects.project_id';
COMMENT ON COLUMN indicators.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN indicators.ordinal IS 'Position in the project, from 1';
COMMENT ON COLUMN indicators.level1 IS 'Level 1 (一级指标), the catalogue''s name';
COMMENT ON COLUMN indicators.level2 IS 'Level 2 (二级指标), the catalogue''s name';
COMMENT ON COLUMN indicators.level3 IS 'Level 3 (三级指标): what is measured';
COMMENT ON COLUMN indicators.level1_raw IS 'Level 1 as printed; empty where none is printed';
COMMENT ON COLUMN indicators.level2_raw IS 'Level 2 as printed; empty where none is printed';
COMMENT ON COLUMN indicators.level3_raw IS 'Level 3 as printed, line breaks included';
COMMENT ON COLUMN indicators.scheme IS 'Catalogue: 2015 (cost 成本 under output) or 2021 (cost beside output)';
COMMENT ON COLUMN indicators.target_raw IS 'Target (指标值) as printed, line breaks included';
COMMENT ON COLUMN indicators.kind IS 'Kind of target: quantitative, qualitative, deadline, change (relative to something), compound (several bounds or a condition), missing';
COMMENT ON COLUMN indicators.operator IS 'Printed comparison operator; NULL where the form prints none';
COMMENT ON COLUMN indicators.value IS 'Number as printed, exact; for a range, its lower bound';
COMMENT ON COLUMN indicators.value_upper IS 'Upper bound of a range, as printed';
COMMENT ON COLUMN indicators.unit IS 'Unit as printed (万元/次)';
COMMENT ON COLUMN indicators.base_value IS 'value in the base unit: 1.1 万元/次 is 11000; percent stays percent';
COMMENT ON COLUMN indicators.base_value_upper IS 'value_upper in the base unit';
COMMENT ON COLUMN indicators.base_unit IS 'Base unit (元/次)';
COMMENT ON COLUMN indicators.deadline IS 'Day of the deadline';
COMMENT ON COLUMN indicators.baseline IS 'Baseline of a change (上年, 法定时间90天)';
COMMENT ON COLUMN indicators.polarity IS 'Direction of a change: up, down, keep, done';
COMMENT ON COLUMN indicators.direction IS 'Whether a higher or a lower result is better';
COMMENT ON COLUMN indicators.weight IS 'Weight or points (分值权重)';
COMMENT ON COLUMN indicators.page IS 'Page that prints it, from 1; in a file without pages the table or sheet';
COMMENT ON COLUMN indicators.x0 IS 'Left edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN indicators.y0 IS 'Upper edge on the page; points in a PDF, lines in text, rows in a table';
COMMENT ON COLUMN indicators.x1 IS 'Right edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN indicators.y1 IS 'Lower edge on the page; points in a PDF, lines in text, rows in a table';
COMMENT ON COLUMN indicators.readings_agree IS 'Whether a second reader found the same row; NULL: read once';
COMMENT ON COLUMN indicators.confidence IS 'Confidence of text recognition in its least certain character, 0 to 1; NULL: not from an image';
COMMENT ON COLUMN indicators.phase IS 'Time for which the target holds: year, half_year, or total (whole life: 中期, 长期, 实施期)';
COMMENT ON COLUMN indicators.area IS 'Place whose target it is, where a column is headed by one (各区县)';
COMMENT ON COLUMN indicators.actual_raw IS 'Actual value (实际完成值): as printed';
COMMENT ON COLUMN indicators.actual_kind IS 'Actual value (实际完成值): its kind, as of targets';
COMMENT ON COLUMN indicators.actual_operator IS 'Actual value (实际完成值): printed comparison operator';
COMMENT ON COLUMN indicators.actual_value IS 'Actual value (实际完成值): number as printed, exact';
COMMENT ON COLUMN indicators.actual_unit IS 'Actual value (实际完成值): unit as printed';
COMMENT ON COLUMN indicators.actual_base_value IS 'Actual value (实际完成值): number in the base unit; percent stays percent';
COMMENT ON COLUMN indicators.actual_base_unit IS 'Actual value (实际完成值): base unit';
COMMENT ON COLUMN indicators.score IS 'Points given (得分)';
COMMENT ON COLUMN indicators.reason IS 'Reason for a deviation, and what is done about it (偏差原因)';
COMMENT ON COLUMN indicators.remark IS 'Remark (备注)';

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
COMMENT ON COLUMN indicator_parts.indicator_id IS 'Indicator that it is part of: indicators.indicator_id';
COMMENT ON COLUMN indicator_parts.project_id IS 'Project that it belongs to: projects.project_id';
COMMENT ON COLUMN indicator_parts.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN indicator_parts.ordinal IS 'Position in the target, from 1';
COMMENT ON COLUMN indicator_parts.raw IS 'The part as printed';
COMMENT ON COLUMN indicator_parts.kind IS 'Kind of target: quantitative, qualitative, deadline, change (relative to something), compound (several bounds or a condition), missing';
COMMENT ON COLUMN indicator_parts.operator IS 'Printed comparison operator; NULL where the form prints none';
COMMENT ON COLUMN indicator_parts.value IS 'Number as printed, exact; for a range, its lower bound';
COMMENT ON COLUMN indicator_parts.value_upper IS 'Upper bound of a range, as printed';
COMMENT ON COLUMN indicator_parts.unit IS 'Unit as printed (万元/次)';
COMMENT ON COLUMN indicator_parts.base_value IS 'value in the base unit: 1.1 万元/次 is 11000; percent stays percent';
COMMENT ON COLUMN indicator_parts.base_value_upper IS 'value_upper in the base unit';
COMMENT ON COLUMN indicator_parts.base_unit IS 'Base unit (元/次)';
COMMENT ON COLUMN indicator_parts.deadline IS 'Day of the deadline';
COMMENT ON COLUMN indicator_parts.baseline IS 'Baseline of a change (上年, 法定时间90天)';
COMMENT ON COLUMN indicator_parts.polarity IS 'Direction of a change: up, down, keep, done';

CREATE TABLE sources (
    document_id VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    indicator_id VARCHAR,
    field VARCHAR NOT NULL CHECK (field IN ('name', 'nature', 'category', 'competent_department', 'implementing_unit', 'start_date', 'end_date', 'total_funds', 'total_fiscal_funds', 'total_other_funds', 'annual_funds', 'annual_fiscal_appropriation', 'annual_carryover_funds', 'annual_other_funds', 'overall_goal', 'annual_goal', 'fiscal_year', 'project_code', 'actual_goal', 'score', 'grade', 'execution_rate', 'level1', 'level2', 'level3', 'target', 'weight', 'area', 'actual', 'reason', 'remark')),
    ordinal BIGINT NOT NULL,
    raw VARCHAR NOT NULL,
    page BIGINT NOT NULL,
    x0 DOUBLE,
    y0 DOUBLE,
    x1 DOUBLE,
    y1 DOUBLE,
    anchor VARCHAR
);
COMMENT ON TABLE sources IS 'One row per printed piece of a value: its page, its box and its exact text.';
COMMENT ON COLUMN sources.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN sources.project_id IS 'Project that it belongs to: projects.project_id';
COMMENT ON COLUMN sources.indicator_id IS 'Indicator that it concerns: indicators.indicator_id; NULL: no single one';
COMMENT ON COLUMN sources.field IS 'Column that holds the value; target means all columns parsed from the indicator value';
COMMENT ON COLUMN sources.ordinal IS 'Number of the piece, from 1; a value cut by a page break has two';
COMMENT ON COLUMN sources.raw IS 'The text as printed, line breaks included';
COMMENT ON COLUMN sources.page IS 'Page that prints it, from 1; in a file without pages the table or sheet';
COMMENT ON COLUMN sources.x0 IS 'Left edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN sources.y0 IS 'Upper edge on the page; points in a PDF, lines in text, rows in a table';
COMMENT ON COLUMN sources.x1 IS 'Right edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN sources.y1 IS 'Lower edge on the page; points in a PDF, lines in text, rows in a table';
COMMENT ON COLUMN sources.anchor IS 'Place in a file without pages, as a person can follow it (Sheet1!C7; table 2, row 7); NULL: see page and box';

CREATE TABLE amounts (
    amount_id VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    ordinal BIGINT NOT NULL,
    source VARCHAR NOT NULL CHECK (source IN ('all', 'fiscal', 'general_budget', 'government_fund', 'state_capital', 'fiscal_account', 'central', 'provincial', 'municipal', 'county', 'carryover', 'own', 'other')),
    phase VARCHAR NOT NULL CHECK (phase IN ('total', 'year', 'initial', 'adjusted', 'executed', 'previous')),
    amount DECIMAL(18,2),
    raw VARCHAR NOT NULL,
    label_raw VARCHAR NOT NULL,
    page BIGINT NOT NULL,
    x0 DOUBLE,
    y0 DOUBLE,
    x1 DOUBLE,
    y1 DOUBLE
);
COMMENT ON TABLE amounts IS 'One row per printed amount of money; projects has the usual ones as columns. Money is in yuan (元).';
COMMENT ON COLUMN amounts.amount_id IS 'Hash of document, project ordinal and ordinal';
COMMENT ON COLUMN amounts.project_id IS 'Project that it belongs to: projects.project_id';
COMMENT ON COLUMN amounts.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN amounts.ordinal IS 'Position in the project, from 1';
COMMENT ON COLUMN amounts.source IS 'Where the money comes from: all, fiscal (财政) with its budgets and levels of government, carryover (结转), own (单位自有), other';
COMMENT ON COLUMN amounts.phase IS 'Whose money: total (whole life), year, initial (年初预算数), adjusted (全年预算数), executed (全年执行数), previous (上年)';
COMMENT ON COLUMN amounts.amount IS 'Amount; NULL where it has more digits than the column keeps';
COMMENT ON COLUMN amounts.raw IS 'The amount as printed';
COMMENT ON COLUMN amounts.label_raw IS 'Its label as printed';
COMMENT ON COLUMN amounts.page IS 'Page that prints it, from 1; in a file without pages the table or sheet';
COMMENT ON COLUMN amounts.x0 IS 'Left edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN amounts.y0 IS 'Upper edge on the page; points in a PDF, lines in text, rows in a table';
COMMENT ON COLUMN amounts.x1 IS 'Right edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN amounts.y1 IS 'Lower edge on the page; points in a PDF, lines in text, rows in a table';

CREATE TABLE tasks (
    task_id VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    ordinal BIGINT NOT NULL,
    name VARCHAR,
    content VARCHAR,
    amount DECIMAL(18,2),
    basic_amount DECIMAL(18,2),
    project_amount DECIMAL(18,2),
    raw VARCHAR NOT NULL,
    page BIGINT NOT NULL,
    x0 DOUBLE,
    y0 DOUBLE,
    x1 DOUBLE,
    y1 DOUBLE
);
COMMENT ON TABLE tasks IS 'One row per task (任务) on the form of a whole department. Money is in yuan (元).';
COMMENT ON COLUMN tasks.task_id IS 'Hash of document, project ordinal and ordinal';
COMMENT ON COLUMN tasks.project_id IS 'Project that it belongs to: projects.project_id';
COMMENT ON COLUMN tasks.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN tasks.ordinal IS 'Position in the form, from 1';
COMMENT ON COLUMN tasks.name IS 'Name of the task (任务名称)';
COMMENT ON COLUMN tasks.content IS 'What the task is (主要内容)';
COMMENT ON COLUMN tasks.amount IS 'Money of the task in all (预算金额)';
COMMENT ON COLUMN tasks.basic_amount IS 'Part of it: basic expenditure (基本支出)';
COMMENT ON COLUMN tasks.project_amount IS 'Part of it: expenditure on projects (项目支出)';
COMMENT ON COLUMN tasks.raw IS 'The row as printed';
COMMENT ON COLUMN tasks.page IS 'Page that prints it, from 1; in a file without pages the table or sheet';
COMMENT ON COLUMN tasks.x0 IS 'Left edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN tasks.y0 IS 'Upper edge on the page; points in a PDF, lines in text, rows in a table';
COMMENT ON COLUMN tasks.x1 IS 'Right edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN tasks.y1 IS 'Lower edge on the page; points in a PDF, lines in text, rows in a table';

CREATE TABLE other_fields (
    project_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    ordinal BIGINT NOT NULL,
    label VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    page BIGINT NOT NULL,
    x0 DOUBLE,
    y0 DOUBLE,
    x1 DOUBLE,
    y1 DOUBLE
);
COMMENT ON TABLE other_fields IS 'One row per printed label that no column stands for, with its value.';
COMMENT ON COLUMN other_fields.project_id IS 'Project that it belongs to: projects.project_id';
COMMENT ON COLUMN other_fields.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN other_fields.ordinal IS 'Position in the form, from 1';
COMMENT ON COLUMN other_fields.label IS 'The label as printed';
COMMENT ON COLUMN other_fields.value IS 'The value as printed';
COMMENT ON COLUMN other_fields.page IS 'Page that prints it, from 1; in a file without pages the table or sheet';
COMMENT ON COLUMN other_fields.x0 IS 'Left edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN other_fields.y0 IS 'Upper edge on the page; points in a PDF, lines in text, rows in a table';
COMMENT ON COLUMN other_fields.x1 IS 'Right edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN other_fields.y1 IS 'Lower edge on the page; points in a PDF, lines in text, rows in a table';

CREATE TABLE unread_cells (
    document_id VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    ordinal BIGINT NOT NULL,
    text VARCHAR NOT NULL,
    row BIGINT NOT NULL,
    "column" BIGINT NOT NULL,
    row_span BIGINT NOT NULL,
    column_span BIGINT NOT NULL,
    page BIGINT NOT NULL,
    x0 DOUBLE,
    y0 DOUBLE,
    x1 DOUBLE,
    y1 DOUBLE
);
COMMENT ON TABLE unread_cells IS 'One row per cell of a form that was not understood, so that it is kept without the file.';
COMMENT ON COLUMN unread_cells.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN unread_cells.project_id IS 'Project that it belongs to: projects.project_id';
COMMENT ON COLUMN unread_cells.ordinal IS 'Position in the form, from 1';
COMMENT ON COLUMN unread_cells.text IS 'Text of the cell as printed';
COMMENT ON COLUMN unread_cells.row IS 'Row of the form''s grid, from 0';
COMMENT ON COLUMN unread_cells."column" IS 'Column of the form''s grid, from 0';
COMMENT ON COLUMN unread_cells.row_span IS 'Number of rows that it covers';
COMMENT ON COLUMN unread_cells.column_span IS 'Number of columns that it covers';
COMMENT ON COLUMN unread_cells.page IS 'Page that prints it, from 1; in a file without pages the table or sheet';
COMMENT ON COLUMN unread_cells.x0 IS 'Left edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN unread_cells.y0 IS 'Upper edge on the page; points in a PDF, lines in text, rows in a table';
COMMENT ON COLUMN unread_cells.x1 IS 'Right edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN unread_cells.y1 IS 'Lower edge on the page; points in a PDF, lines in text, rows in a table';

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
    y1 DOUBLE,
    details JSON
);
COMMENT ON TABLE findings IS 'One row per finding: something that a person may want to check, with its severity and place.';
COMMENT ON COLUMN findings.finding_id IS 'Hash of document and finding';
COMMENT ON COLUMN findings.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN findings.project_id IS 'Project that it concerns: projects.project_id; NULL: the whole document';
COMMENT ON COLUMN findings.indicator_id IS 'Indicator that it concerns: indicators.indicator_id; NULL: no single one';
COMMENT ON COLUMN findings.code IS 'Kind of finding, for programs';
COMMENT ON COLUMN findings.severity IS 'info, warning or error';
COMMENT ON COLUMN findings.message IS 'What was found and what to do, for people';
COMMENT ON COLUMN findings.raw IS 'Printed text that it concerns; empty where there is none';
COMMENT ON COLUMN findings.page IS 'Page that it concerns, from 1; NULL: no single page';
COMMENT ON COLUMN findings.x0 IS 'Left edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN findings.y0 IS 'Upper edge on the page; points in a PDF, lines in text, rows in a table';
COMMENT ON COLUMN findings.x1 IS 'Right edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN findings.y1 IS 'Lower edge on the page; points in a PDF, lines in text, rows in a table';
COMMENT ON COLUMN findings.details IS 'What the message is made of, by name; NULL: nothing varies, or before version 5';

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
    unreached BIGINT,
    forgotten BIGINT
);
COMMENT ON TABLE runs IS 'One row per ingest or sync: its time, its version and its counts.';
COMMENT ON COLUMN runs.run_id IS 'Random identifier, in hex';
COMMENT ON COLUMN runs.started_at IS 'Start (UTC)';
COMMENT ON COLUMN runs.finished_at IS 'End (UTC); NULL while it runs, or when it was interrupted';
COMMENT ON COLUMN runs.parser_version IS 'Version of the program';
COMMENT ON COLUMN runs.documents IS 'Documents read';
COMMENT ON COLUMN runs.new IS 'Documents read that were not in the database before';
COMMENT ON COLUMN runs.changed IS 'Documents read whose rows changed';
COMMENT ON COLUMN runs.unchanged IS 'Documents read whose rows stayed the same';
COMMENT ON COLUMN runs.failed IS 'Documents that could not be read (status failed)';
COMMENT ON COLUMN runs.projects IS 'Projects in the documents read';
COMMENT ON COLUMN runs.indicators IS 'Indicators in the documents read';
COMMENT ON COLUMN runs.findings IS 'Findings in the documents read';
COMMENT ON COLUMN runs.skipped IS 'Files skipped because they did not change since they were read';
COMMENT ON COLUMN runs.waiting IS 'Failed files that wait for their next attempt';
COMMENT ON COLUMN runs.quarantined IS 'Files skipped because they failed too often';
COMMENT ON COLUMN runs.unreached IS 'Files that a source lists but that could not be fetched';
COMMENT ON COLUMN runs.forgotten IS 'Files skipped because a person took their document out';

CREATE TABLE ledger (
    source_uri VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    state VARCHAR NOT NULL CHECK (state IN ('pending', 'ok', 'review', 'no_forms', 'failed', 'quarantined', 'forgotten')),
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
COMMENT ON TABLE ledger IS 'One row per address where a file was found: its state, its document and its failures.';
COMMENT ON COLUMN ledger.source_uri IS 'Address of the file: file:, https:, s3:, ...';
COMMENT ON COLUMN ledger.origin IS 'Source of the file: its name in sources.toml, or ingest';
COMMENT ON COLUMN ledger.state IS 'pending (not read yet), the status of its document, quarantined, or forgotten (taken out)';
COMMENT ON COLUMN ledger.document_id IS 'Document last read there: documents.document_id';
COMMENT ON COLUMN ledger.attempts IS 'Number of failures in a row';
COMMENT ON COLUMN ledger.reason IS 'Reason for the last failure';
COMMENT ON COLUMN ledger.retry_at IS 'Earliest time of the next attempt (UTC)';
COMMENT ON COLUMN ledger.byte_size IS 'Size in bytes, as the source reports it';
COMMENT ON COLUMN ledger.modified IS 'Stamp of this version, as the source reports it: a time, or Last-Modified';
COMMENT ON COLUMN ledger.etag IS 'ETag of this version, as the server reports it';
COMMENT ON COLUMN ledger.parser_version IS 'Version of the program that read it last';
COMMENT ON COLUMN ledger.first_seen_at IS 'When it was first found (UTC)';
COMMENT ON COLUMN ledger.last_seen_at IS 'When it was last found (UTC)';
COMMENT ON COLUMN ledger.fingerprint IS 'Fingerprint of its last reader, as in documents; NULL: not read, or before version 3';

CREATE TABLE visits (
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    visited_at TIMESTAMP NOT NULL,
    listed BIGINT NOT NULL,
    brought BIGINT NOT NULL,
    silent_after BIGINT NOT NULL,
    idle_after BIGINT NOT NULL
);
COMMENT ON TABLE visits IS 'One row per source and sync: how many files it listed, and how many of them were new.';
COMMENT ON COLUMN visits.run_id IS 'Run: runs.run_id';
COMMENT ON COLUMN visits.source IS 'Name of the source in sources.toml, as in ledger.origin';
COMMENT ON COLUMN visits.visited_at IS 'When the source was listed (UTC)';
COMMENT ON COLUMN visits.listed IS 'Files that it listed';
COMMENT ON COLUMN visits.brought IS 'Files fetched whose bytes were new at their address';
COMMENT ON COLUMN visits.silent_after IS 'Nights without a file after which the report names the source; 0: never';
COMMENT ON COLUMN visits.idle_after IS 'Nights without a new or changed file after which the report names the source; 0: never';

CREATE TABLE loaded_parts (
    part_id VARCHAR NOT NULL,
    share VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    parser_version VARCHAR NOT NULL,
    documents BIGINT NOT NULL,
    indicators BIGINT NOT NULL,
    sealed_at TIMESTAMP NOT NULL,
    loaded_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE loaded_parts IS 'One row per part that was loaded (perftable-etl load): each is loaded once, however often it is given.';
COMMENT ON COLUMN loaded_parts.part_id IS 'Hash of the part''s rows';
COMMENT ON COLUMN loaded_parts.share IS 'Share of the files that it belongs to, such as shard 1/4';
COMMENT ON COLUMN loaded_parts.fingerprint IS 'Fingerprint of the reader that made it';
COMMENT ON COLUMN loaded_parts.parser_version IS 'Version of the program that made it';
COMMENT ON COLUMN loaded_parts.documents IS 'Documents in it';
COMMENT ON COLUMN loaded_parts.indicators IS 'Indicators in it';
COMMENT ON COLUMN loaded_parts.sealed_at IS 'When it was sealed (UTC)';
COMMENT ON COLUMN loaded_parts.loaded_at IS 'When it was loaded (UTC)';

CREATE TABLE organizations (
    organization_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    aliases JSON NOT NULL,
    parent_id VARCHAR,
    parent_department VARCHAR,
    level VARCHAR CHECK (level IN ('central', 'provincial', 'municipal', 'county', 'township')),
    region VARCHAR,
    region_code VARCHAR,
    region_from VARCHAR CHECK (region_from IN ('name', 'site', 'department', 'title')),
    region_year BIGINT
);
COMMENT ON TABLE organizations IS 'One row per department or unit that publishes a document or carries out a project.';
COMMENT ON COLUMN organizations.organization_id IS 'Hash of name and region; where the name says no place, of its department too';
COMMENT ON COLUMN organizations.name IS 'Its name without codes, seals and blanks, brackets narrow';
COMMENT ON COLUMN organizations.aliases IS 'Other spellings of it in documents, as a list';
COMMENT ON COLUMN organizations.parent_id IS 'The competent department of its projects: organizations.organization_id; NULL: none or several';
COMMENT ON COLUMN organizations.parent_department IS 'Name of that department';
COMMENT ON COLUMN organizations.level IS 'Government that it belongs to: central, provincial, municipal, county (and urban district), township; NULL: not known';
COMMENT ON COLUMN organizations.region IS 'Region with those that it lies in (云南省临沧市永德县); NULL: no region, or not sure which';
COMMENT ON COLUMN organizations.region_code IS 'Code of the region in GB/T 2260';
COMMENT ON COLUMN organizations.region_from IS 'Where the region is known from: its name, the site (省财政厅 on a site of 云南), its department or publisher, the title';
COMMENT ON COLUMN organizations.region_year IS 'Year of the list that the code is from; codes change with reforms of regions';

CREATE TABLE corrections (
    correction_id VARCHAR NOT NULL,
    document_sha256 VARCHAR NOT NULL,
    unit VARCHAR,
    fiscal_year BIGINT,
    form_kind VARCHAR CHECK (form_kind IN ('declaration', 'self_evaluation', 'department', 'transfer')),
    project_name VARCHAR,
    phase VARCHAR CHECK (phase IN ('year', 'half_year', 'total')),
    level2 VARCHAR,
    level3 VARCHAR,
    occurrence BIGINT,
    field VARCHAR,
    code VARCHAR,
    printed_raw VARCHAR NOT NULL,
    old_value VARCHAR,
    new_value VARCHAR,
    verdict VARCHAR NOT NULL CHECK (verdict IN ('corrected', 'confirmed', 'dismissed', 'removed', 'added', 'kept_apart')),
    reason VARCHAR,
    author VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE corrections IS 'One row per decision of a person, keyed by what is printed: so it holds for every copy and every reader.';
COMMENT ON COLUMN corrections.correction_id IS 'Hash of what it is about and of what was decided';
COMMENT ON COLUMN corrections.document_sha256 IS 'sha256 of the file in which it was decided';
COMMENT ON COLUMN corrections.unit IS 'Key: department or unit that publishes, as in documents.organization';
COMMENT ON COLUMN corrections.fiscal_year IS 'Key: budget year (年度) of the project';
COMMENT ON COLUMN corrections.form_kind IS 'Key: kind of form';
COMMENT ON COLUMN corrections.project_name IS 'Key: name of the project';
COMMENT ON COLUMN corrections.phase IS 'Key: time for which a target holds; NULL: about the project';
COMMENT ON COLUMN corrections.level2 IS 'Key: level 2 of the indicator; NULL: none, or about the project';
COMMENT ON COLUMN corrections.level3 IS 'Key: name of the indicator; NULL: about the project';
COMMENT ON COLUMN corrections.occurrence IS 'Key: which of several alike, from 1, in the order of the form';
COMMENT ON COLUMN corrections.field IS 'Key: column that it is about, as in projects or indicators; NULL: the row';
COMMENT ON COLUMN corrections.code IS 'Key: code of the finding that it is about; NULL: about no finding';
COMMENT ON COLUMN corrections.printed_raw IS 'Key: text as printed, white space left out; empty where nothing is printed';
COMMENT ON COLUMN corrections.old_value IS 'Value that the program read';
COMMENT ON COLUMN corrections.new_value IS 'Value that holds instead; NULL: no value, or no other';
COMMENT ON COLUMN corrections.verdict IS 'corrected; confirmed; dismissed (a finding); removed (a row that is none); added (a row that was not read); kept_apart (two publications do not replace one another)';
COMMENT ON COLUMN corrections.reason IS 'Reason that the person gave';
COMMENT ON COLUMN corrections.author IS 'Who decided';
COMMENT ON COLUMN corrections.decided_at IS 'When it was decided (UTC)';

CREATE TABLE correction_values (
    correction_id VARCHAR NOT NULL,
    text VARCHAR,
    number DECIMAL(38,10),
    day DATE,
    kind VARCHAR CHECK (kind IN ('quantitative', 'qualitative', 'deadline', 'change', 'compound', 'missing')),
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
    direction VARCHAR CHECK (direction IN ('higher', 'lower'))
);
COMMENT ON TABLE correction_values IS 'One row per decision with a new value: what it means, so that the views current_* can show it typed.';
COMMENT ON COLUMN correction_values.correction_id IS 'Decision: corrections.correction_id';
COMMENT ON COLUMN correction_values.text IS 'Value of a text column; of a target, as it would be printed';
COMMENT ON COLUMN correction_values.number IS 'Value of a column of money (in yuan) or of another number';
COMMENT ON COLUMN correction_values.day IS 'Value of a column of dates';
COMMENT ON COLUMN correction_values.kind IS 'Kind of target; NULL: no target';
COMMENT ON COLUMN correction_values.operator IS 'Printed comparison operator; NULL where the form prints none';
COMMENT ON COLUMN correction_values.value IS 'Number as printed, exact; for a range, its lower bound';
COMMENT ON COLUMN correction_values.value_upper IS 'Upper bound of a range, as printed';
COMMENT ON COLUMN correction_values.unit IS 'Unit as printed (万元/次)';
COMMENT ON COLUMN correction_values.base_value IS 'value in the base unit: 1.1 万元/次 is 11000; percent stays percent';
COMMENT ON COLUMN correction_values.base_value_upper IS 'value_upper in the base unit';
COMMENT ON COLUMN correction_values.base_unit IS 'Base unit (元/次)';
COMMENT ON COLUMN correction_values.deadline IS 'Day of the deadline';
COMMENT ON COLUMN correction_values.baseline IS 'Baseline of a change (上年, 法定时间90天)';
COMMENT ON COLUMN correction_values.polarity IS 'Direction of a change: up, down, keep, done';
COMMENT ON COLUMN correction_values.direction IS 'Whether a higher or a lower result is better';

CREATE TABLE settled_findings (
    finding_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    correction_id VARCHAR NOT NULL
);
COMMENT ON TABLE settled_findings IS 'One row per finding that a person has decided. Derived from corrections.';
COMMENT ON COLUMN settled_findings.finding_id IS 'Finding: findings.finding_id';
COMMENT ON COLUMN settled_findings.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN settled_findings.correction_id IS 'Decision: corrections.correction_id';

CREATE TABLE project_overlays (
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
    form_kind VARCHAR CHECK (form_kind IN ('declaration', 'self_evaluation', 'department', 'transfer')),
    content_hash VARCHAR,
    duplicate_of VARCHAR,
    superseded_by VARCHAR,
    actual_goal VARCHAR,
    project_code VARCHAR,
    score DECIMAL(38,10),
    grade VARCHAR,
    execution_rate DECIMAL(38,10),
    organization_id VARCHAR,
    department_id VARCHAR,
    is_removed BOOLEAN NOT NULL,
    corrected_by VARCHAR,
    corrected_at TIMESTAMP
);
COMMENT ON TABLE project_overlays IS 'One row per project that a person corrected or removed, as it should be. Derived from corrections.';
COMMENT ON COLUMN project_overlays.project_id IS 'Hash of document and ordinal';
COMMENT ON COLUMN project_overlays.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN project_overlays.ordinal IS 'Position in the document, from 1';
COMMENT ON COLUMN project_overlays.layout IS 'Layout that read the form';
COMMENT ON COLUMN project_overlays.fiscal_year IS 'Budget year (年度)';
COMMENT ON COLUMN project_overlays.first_page IS 'First page of the form, from 1';
COMMENT ON COLUMN project_overlays.last_page IS 'Last page of the form, from 1';
COMMENT ON COLUMN project_overlays.name IS 'Project name (项目名称)';
COMMENT ON COLUMN project_overlays.nature IS 'Project nature (项目性质)';
COMMENT ON COLUMN project_overlays.category IS 'Project category (项目类别)';
COMMENT ON COLUMN project_overlays.competent_department IS 'Competent department (主管部门)';
COMMENT ON COLUMN project_overlays.implementing_unit IS 'Implementing unit (实施单位)';
COMMENT ON COLUMN project_overlays.start_date IS 'Planned start (计划开始日期)';
COMMENT ON COLUMN project_overlays.end_date IS 'Planned completion (计划完成日期)';
COMMENT ON COLUMN project_overlays.total_funds IS 'Total funds of the project (项目资金总额); NULL where blank';
COMMENT ON COLUMN project_overlays.total_fiscal_funds IS 'Part of the total: fiscal funds (其中：财政资金)';
COMMENT ON COLUMN project_overlays.total_other_funds IS 'Part of the total: other funds (其他资金, left)';
COMMENT ON COLUMN project_overlays.annual_funds IS 'Funds requested for the year (年度资金申请总额); NULL where blank';
COMMENT ON COLUMN project_overlays.annual_fiscal_appropriation IS 'Part of the year''s funds: fiscal appropriation (其中：当年财政拨款)';
COMMENT ON COLUMN project_overlays.annual_carryover_funds IS 'Part of the year''s funds: carried over from last year (上年结转资金)';
COMMENT ON COLUMN project_overlays.annual_other_funds IS 'Part of the year''s funds: other funds (其他资金, right)';
COMMENT ON COLUMN project_overlays.overall_goal IS 'Goal of the whole project (项目总目标)';
COMMENT ON COLUMN project_overlays.annual_goal IS 'Goal for the year (年度总体目标)';
COMMENT ON COLUMN project_overlays.readings_agree IS 'Whether a second reader found the same header fields and no other row; NULL: read once';
COMMENT ON COLUMN project_overlays.form_kind IS 'Kind of form: declaration (申报表), self_evaluation (自评表), department (部门整体), transfer (转移支付)';
COMMENT ON COLUMN project_overlays.content_hash IS 'Hash of the declared content; equal hashes mean the same declaration';
COMMENT ON COLUMN project_overlays.duplicate_of IS 'The copy that counts instead, with the same declaration: projects.project_id';
COMMENT ON COLUMN project_overlays.superseded_by IS 'The project that replaces it, from a later publication: projects.project_id';
COMMENT ON COLUMN project_overlays.actual_goal IS 'What became of the annual goal (实际完成情况)';
COMMENT ON COLUMN project_overlays.project_code IS 'Project code (项目编码)';
COMMENT ON COLUMN project_overlays.score IS 'Points of the self-evaluation in all (总分)';
COMMENT ON COLUMN project_overlays.grade IS 'Grade of the self-evaluation (评价等级)';
COMMENT ON COLUMN project_overlays.execution_rate IS 'Share of the adjusted budget that was spent, in percent (执行率)';
COMMENT ON COLUMN project_overlays.organization_id IS 'The unit that carries it out, else its department or publisher: organizations.organization_id';
COMMENT ON COLUMN project_overlays.department_id IS 'The competent department, else the publisher: organizations.organization_id';
COMMENT ON COLUMN project_overlays.is_removed IS 'Whether a person decided that it is none';
COMMENT ON COLUMN project_overlays.corrected_by IS 'Who corrected it last';
COMMENT ON COLUMN project_overlays.corrected_at IS 'When it was corrected last (UTC)';

CREATE TABLE indicator_overlays (
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
    confidence DOUBLE,
    phase VARCHAR CHECK (phase IN ('year', 'half_year', 'total')),
    area VARCHAR,
    actual_raw VARCHAR,
    actual_kind VARCHAR CHECK (actual_kind IN ('quantitative', 'qualitative', 'deadline', 'change', 'compound', 'missing')),
    actual_operator VARCHAR CHECK (actual_operator IN ('>=', '<=', '=', '>', '<', 'between', 'about')),
    actual_value DECIMAL(38,10),
    actual_unit VARCHAR,
    actual_base_value DECIMAL(38,10),
    actual_base_unit VARCHAR,
    score DECIMAL(38,10),
    reason VARCHAR,
    remark VARCHAR,
    is_removed BOOLEAN NOT NULL,
    corrected_by VARCHAR,
    corrected_at TIMESTAMP
);
COMMENT ON TABLE indicator_overlays IS 'One row per indicator that a person corrected, removed or added, as it should be. Derived from corrections.';
COMMENT ON COLUMN indicator_overlays.indicator_id IS 'Hash of document, project ordinal and ordinal';
COMMENT ON COLUMN indicator_overlays.project_id IS 'Project that it belongs to: projects.project_id';
COMMENT ON COLUMN indicator_overlays.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN indicator_overlays.ordinal IS 'Position in the project, from 1';
COMMENT ON COLUMN indicator_overlays.level1 IS 'Level 1 (一级指标), the catalogue''s name';
COMMENT ON COLUMN indicator_overlays.level2 IS 'Level 2 (二级指标), the catalogue''s name';
COMMENT ON COLUMN indicator_overlays.level3 IS 'Level 3 (三级指标): what is measured';
COMMENT ON COLUMN indicator_overlays.level1_raw IS 'Level 1 as printed; empty where none is printed';
COMMENT ON COLUMN indicator_overlays.level2_raw IS 'Level 2 as printed; empty where none is printed';
COMMENT ON COLUMN indicator_overlays.level3_raw IS 'Level 3 as printed, line breaks included';
COMMENT ON COLUMN indicator_overlays.scheme IS 'Catalogue: 2015 (cost 成本 under output) or 2021 (cost beside output)';
COMMENT ON COLUMN indicator_overlays.target_raw IS 'Target (指标值) as printed, line breaks included';
COMMENT ON COLUMN indicator_overlays.kind IS 'Kind of target: quantitative, qualitative, deadline, change (relative to something), compound (several bounds or a condition), missing';
COMMENT ON COLUMN indicator_overlays.operator IS 'Printed comparison operator; NULL where the form prints none';
COMMENT ON COLUMN indicator_overlays.value IS 'Number as printed, exact; for a range, its lower bound';
COMMENT ON COLUMN indicator_overlays.value_upper IS 'Upper bound of a range, as printed';
COMMENT ON COLUMN indicator_overlays.unit IS 'Unit as printed (万元/次)';
COMMENT ON COLUMN indicator_overlays.base_value IS 'value in the base unit: 1.1 万元/次 is 11000; percent stays percent';
COMMENT ON COLUMN indicator_overlays.base_value_upper IS 'value_upper in the base unit';
COMMENT ON COLUMN indicator_overlays.base_unit IS 'Base unit (元/次)';
COMMENT ON COLUMN indicator_overlays.deadline IS 'Day of the deadline';
COMMENT ON COLUMN indicator_overlays.baseline IS 'Baseline of a change (上年, 法定时间90天)';
COMMENT ON COLUMN indicator_overlays.polarity IS 'Direction of a change: up, down, keep, done';
COMMENT ON COLUMN indicator_overlays.direction IS 'Whether a higher or a lower result is better';
COMMENT ON COLUMN indicator_overlays.weight IS 'Weight or points (分值权重)';
COMMENT ON COLUMN indicator_overlays.page IS 'Page that prints it, from 1; in a file without pages the table or sheet';
COMMENT ON COLUMN indicator_overlays.x0 IS 'Left edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN indicator_overlays.y0 IS 'Upper edge on the page; points in a PDF, lines in text, rows in a table';
COMMENT ON COLUMN indicator_overlays.x1 IS 'Right edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN indicator_overlays.y1 IS 'Lower edge on the page; points in a PDF, lines in text, rows in a table';
COMMENT ON COLUMN indicator_overlays.readings_agree IS 'Whether a second reader found the same row; NULL: read once';
COMMENT ON COLUMN indicator_overlays.confidence IS 'Confidence of text recognition in its least certain character, 0 to 1; NULL: not from an image';
COMMENT ON COLUMN indicator_overlays.phase IS 'Time for which the target holds: year, half_year, or total (whole life: 中期, 长期, 实施期)';
COMMENT ON COLUMN indicator_overlays.area IS 'Place whose target it is, where a column is headed by one (各区县)';
COMMENT ON COLUMN indicator_overlays.actual_raw IS 'Actual value (实际完成值): as printed';
COMMENT ON COLUMN indicator_overlays.actual_kind IS 'Actual value (实际完成值): its kind, as of targets';
COMMENT ON COLUMN indicator_overlays.actual_operator IS 'Actual value (实际完成值): printed comparison operator';
COMMENT ON COLUMN indicator_overlays.actual_value IS 'Actual value (实际完成值): number as printed, exact';
COMMENT ON COLUMN indicator_overlays.actual_unit IS 'Actual value (实际完成值): unit as printed';
COMMENT ON COLUMN indicator_overlays.actual_base_value IS 'Actual value (实际完成值): number in the base unit; percent stays percent';
COMMENT ON COLUMN indicator_overlays.actual_base_unit IS 'Actual value (实际完成值): base unit';
COMMENT ON COLUMN indicator_overlays.score IS 'Points given (得分)';
COMMENT ON COLUMN indicator_overlays.reason IS 'Reason for a deviation, and what is done about it (偏差原因)';
COMMENT ON COLUMN indicator_overlays.remark IS 'Remark (备注)';
COMMENT ON COLUMN indicator_overlays.is_removed IS 'Whether a person decided that it is none';
COMMENT ON COLUMN indicator_overlays.corrected_by IS 'Who corrected it last';
COMMENT ON COLUMN indicator_overlays.corrected_at IS 'When it was corrected last (UTC)';

CREATE TABLE links (
    subject VARCHAR NOT NULL CHECK (subject IN ('project', 'indicator')),
    unit VARCHAR NOT NULL,
    earlier_year BIGINT NOT NULL,
    later_year BIGINT NOT NULL,
    earlier_project_id VARCHAR NOT NULL,
    later_project_id VARCHAR NOT NULL,
    earlier_indicator_id VARCHAR,
    later_indicator_id VARCHAR,
    match VARCHAR NOT NULL CHECK (match IN ('exact', 'moved', 'reworded', 'similar', 'merged')),
    score DOUBLE NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('used', 'queued', 'confirmed', 'rejected')),
    waits BOOLEAN NOT NULL,
    series_id VARCHAR
);
COMMENT ON TABLE links IS 'One row per link of a project or an indicator of one year with one of a later year of the same unit.';
COMMENT ON COLUMN links.subject IS 'What is linked: project or indicator';
COMMENT ON COLUMN links.unit IS 'Unit that publishes them: its name without blanks and widths; one name for a unit that was renamed';
COMMENT ON COLUMN links.earlier_year IS 'Budget year (年度) of the earlier one';
COMMENT ON COLUMN links.later_year IS 'Budget year (年度) of the later one';
COMMENT ON COLUMN links.earlier_project_id IS 'Earlier project, or that of the earlier indicator: projects.project_id';
COMMENT ON COLUMN links.later_project_id IS 'Later project, or that of the later indicator: projects.project_id';
COMMENT ON COLUMN links.earlier_indicator_id IS 'Earlier indicator: indicators.indicator_id; NULL: a link of projects';
COMMENT ON COLUMN links.later_indicator_id IS 'Later indicator: indicators.indicator_id; NULL: a link of projects';
COMMENT ON COLUMN links.match IS 'Why they are linked: exact (they print the same), moved (the same name under another level 2 or unit), reworded (the same in other words), similar, merged (much of one is in another that has a link of its own)';
COMMENT ON COLUMN links.score IS 'How alike they are, 0 to 1; 1 where they print the same';
COMMENT ON COLUMN links.status IS 'used (sure; views use it), queued (a person should decide), confirmed or rejected (a person did)';
COMMENT ON COLUMN links.waits IS 'Whether the link of its projects is queued: that decides about this one';
COMMENT ON COLUMN links.series_id IS 'Series of both, as in series; NULL: it is queued or rejected';

CREATE TABLE series (
    subject VARCHAR NOT NULL CHECK (subject IN ('project', 'indicator')),
    unit VARCHAR NOT NULL,
    series_id VARCHAR NOT NULL,
    fiscal_year BIGINT NOT NULL,
    project_id VARCHAR NOT NULL,
    indicator_id VARCHAR,
    added_after BIGINT,
    dropped_in BIGINT
);
COMMENT ON TABLE series IS 'One row per current project and indicator of a known unit and year: the series over the years it belongs to.';
COMMENT ON COLUMN series.subject IS 'What is linked: project or indicator';
COMMENT ON COLUMN series.unit IS 'Unit that publishes them: its name without blanks and widths; one name for a unit that was renamed';
COMMENT ON COLUMN series.series_id IS 'Hash of what the first member of the series prints; the same on every machine';
COMMENT ON COLUMN series.fiscal_year IS 'Budget year (年度) of the project';
COMMENT ON COLUMN series.project_id IS 'Project, or that of the indicator: projects.project_id';
COMMENT ON COLUMN series.indicator_id IS 'Indicator: indicators.indicator_id; NULL: a project';
COMMENT ON COLUMN series.added_after IS 'Last year before that its unit published, if nothing of that year is linked to it; else NULL';
COMMENT ON COLUMN series.dropped_in IS 'First year after that its unit published, if nothing of that year is linked to it; else NULL';

CREATE TABLE link_decisions (
    decision_id VARCHAR NOT NULL,
    subject VARCHAR NOT NULL CHECK (subject IN ('project', 'indicator')),
    form_kind VARCHAR NOT NULL CHECK (form_kind IN ('declaration', 'self_evaluation', 'department', 'transfer')),
    earlier_publisher VARCHAR NOT NULL,
    earlier_unit VARCHAR,
    earlier_year BIGINT NOT NULL,
    earlier_project VARCHAR NOT NULL,
    earlier_project_occurrence BIGINT NOT NULL,
    earlier_level2 VARCHAR,
    earlier_level3 VARCHAR,
    earlier_occurrence BIGINT,
    later_publisher VARCHAR NOT NULL,
    later_unit VARCHAR,
    later_year BIGINT NOT NULL,
    later_project VARCHAR NOT NULL,
    later_project_occurrence BIGINT NOT NULL,
    later_level2 VARCHAR,
    later_level3 VARCHAR,
    later_occurrence BIGINT,
    phase VARCHAR CHECK (phase IN ('year', 'half_year', 'total')),
    area VARCHAR,
    verdict VARCHAR NOT NULL CHECK (verdict IN ('yes', 'no')),
    reason VARCHAR,
    author VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE link_decisions IS 'One row per decision about a link, keyed by what both sides print: so it holds for every copy and reader.';
COMMENT ON COLUMN link_decisions.decision_id IS 'Hash of what it is about';
COMMENT ON COLUMN link_decisions.subject IS 'What is linked: project or indicator';
COMMENT ON COLUMN link_decisions.form_kind IS 'Key: kind of form';
COMMENT ON COLUMN link_decisions.earlier_publisher IS 'Key: unit that publishes the earlier one';
COMMENT ON COLUMN link_decisions.earlier_unit IS 'Key: unit that carries out the earlier project (实施单位)';
COMMENT ON COLUMN link_decisions.earlier_year IS 'Key: budget year (年度) of the earlier one';
COMMENT ON COLUMN link_decisions.earlier_project IS 'Key: name of the earlier project';
COMMENT ON COLUMN link_decisions.earlier_project_occurrence IS 'Key: which of several projects alike, from 1';
COMMENT ON COLUMN link_decisions.earlier_level2 IS 'Key: level 2 of the earlier indicator; NULL: none, or a link of projects';
COMMENT ON COLUMN link_decisions.earlier_level3 IS 'Key: name of the earlier indicator; NULL: a link of projects';
COMMENT ON COLUMN link_decisions.earlier_occurrence IS 'Key: which of several indicators alike, from 1; NULL: projects';
COMMENT ON COLUMN link_decisions.later_publisher IS 'Key: unit that publishes the later one';
COMMENT ON COLUMN link_decisions.later_unit IS 'Key: unit that carries out the later project (实施单位)';
COMMENT ON COLUMN link_decisions.later_year IS 'Key: budget year (年度) of the later one';
COMMENT ON COLUMN link_decisions.later_project IS 'Key: name of the later project';
COMMENT ON COLUMN link_decisions.later_project_occurrence IS 'Key: which of several projects alike, from 1';
COMMENT ON COLUMN link_decisions.later_level2 IS 'Key: level 2 of the later indicator; NULL: none, or a link of projects';
COMMENT ON COLUMN link_decisions.later_level3 IS 'Key: name of the later indicator; NULL: a link of projects';
COMMENT ON COLUMN link_decisions.later_occurrence IS 'Key: which of several indicators alike, from 1; NULL: projects';
COMMENT ON COLUMN link_decisions.phase IS 'Key: time for which the targets hold; NULL: a link of projects';
COMMENT ON COLUMN link_decisions.area IS 'Key: place whose targets they are; NULL: none, or a link of projects';
COMMENT ON COLUMN link_decisions.verdict IS 'yes: both are the same; no: they are not';
COMMENT ON COLUMN link_decisions.reason IS 'Reason that the person gave';
COMMENT ON COLUMN link_decisions.author IS 'Who decided';
COMMENT ON COLUMN link_decisions.decided_at IS 'When it was decided (UTC)';

CREATE TABLE linked_units (
    unit VARCHAR NOT NULL,
    digest VARCHAR NOT NULL
);
COMMENT ON TABLE linked_units IS 'One row per unit whose years were linked, so that only units that changed are linked again.';
COMMENT ON COLUMN linked_units.unit IS 'Unit that publishes them: its name without blanks and widths; one name for a unit that was renamed';
COMMENT ON COLUMN linked_units.digest IS 'Hash of what was linked, and of the rules';

CREATE OR REPLACE VIEW corrected_projects AS
SELECT projects.*, NULL::VARCHAR AS corrected_by, NULL::TIMESTAMP AS corrected_at
FROM projects ANTI JOIN project_overlays USING (project_id)
UNION ALL BY NAME
SELECT
    project_overlays.* EXCLUDE (is_removed, superseded_by, duplicate_of, organization_id, department_id),
    projects.superseded_by,
    projects.duplicate_of,
    projects.organization_id,
    projects.department_id
FROM project_overlays JOIN projects USING (project_id)
WHERE NOT is_removed;
COMMENT ON VIEW corrected_projects IS 'One row per project, as persons corrected it; corrected_by and corrected_at say who did and when.';
COMMENT ON COLUMN corrected_projects.project_id IS 'Hash of document and ordinal';
COMMENT ON COLUMN corrected_projects.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN corrected_projects.ordinal IS 'Position in the document, from 1';
COMMENT ON COLUMN corrected_projects.layout IS 'Layout that read the form';
COMMENT ON COLUMN corrected_projects.fiscal_year IS 'Budget year (年度)';
COMMENT ON COLUMN corrected_projects.first_page IS 'First page of the form, from 1';
COMMENT ON COLUMN corrected_projects.last_page IS 'Last page of the form, from 1';
COMMENT ON COLUMN corrected_projects.name IS 'Project name (项目名称)';
COMMENT ON COLUMN corrected_projects.nature IS 'Project nature (项目性质)';
COMMENT ON COLUMN corrected_projects.category IS 'Project category (项目类别)';
COMMENT ON COLUMN corrected_projects.competent_department IS 'Competent department (主管部门)';
COMMENT ON COLUMN corrected_projects.implementing_unit IS 'Implementing unit (实施单位)';
COMMENT ON COLUMN corrected_projects.start_date IS 'Planned start (计划开始日期)';
COMMENT ON COLUMN corrected_projects.end_date IS 'Planned completion (计划完成日期)';
COMMENT ON COLUMN corrected_projects.total_funds IS 'Total funds of the project (项目资金总额); NULL where blank';
COMMENT ON COLUMN corrected_projects.total_fiscal_funds IS 'Part of the total: fiscal funds (其中：财政资金)';
COMMENT ON COLUMN corrected_projects.total_other_funds IS 'Part of the total: other funds (其他资金, left)';
COMMENT ON COLUMN corrected_projects.annual_funds IS 'Funds requested for the year (年度资金申请总额); NULL where blank';
COMMENT ON COLUMN corrected_projects.annual_fiscal_appropriation IS 'Part of the year''s funds: fiscal appropriation (其中：当年财政拨款)';
COMMENT ON COLUMN corrected_projects.annual_carryover_funds IS 'Part of the year''s funds: carried over from last year (上年结转资金)';
COMMENT ON COLUMN corrected_projects.annual_other_funds IS 'Part of the year''s funds: other funds (其他资金, right)';
COMMENT ON COLUMN corrected_projects.overall_goal IS 'Goal of the whole project (项目总目标)';
COMMENT ON COLUMN corrected_projects.annual_goal IS 'Goal for the year (年度总体目标)';
COMMENT ON COLUMN corrected_projects.readings_agree IS 'Whether a second reader found the same header fields and no other row; NULL: read once';
COMMENT ON COLUMN corrected_projects.form_kind IS 'Kind of form: declaration (申报表), self_evaluation (自评表), department (部门整体), transfer (转移支付)';
COMMENT ON COLUMN corrected_projects.content_hash IS 'Hash of the declared content; equal hashes mean the same declaration';
COMMENT ON COLUMN corrected_projects.duplicate_of IS 'The copy that counts instead, with the same declaration: projects.project_id';
COMMENT ON COLUMN corrected_projects.superseded_by IS 'The project that replaces it, from a later publication: projects.project_id';
COMMENT ON COLUMN corrected_projects.actual_goal IS 'What became of the annual goal (实际完成情况)';
COMMENT ON COLUMN corrected_projects.project_code IS 'Project code (项目编码)';
COMMENT ON COLUMN corrected_projects.score IS 'Points of the self-evaluation in all (总分)';
COMMENT ON COLUMN corrected_projects.grade IS 'Grade of the self-evaluation (评价等级)';
COMMENT ON COLUMN corrected_projects.execution_rate IS 'Share of the adjusted budget that was spent, in percent (执行率)';
COMMENT ON COLUMN corrected_projects.organization_id IS 'The unit that carries it out, else its department or publisher: organizations.organization_id';
COMMENT ON COLUMN corrected_projects.department_id IS 'The competent department, else the publisher: organizations.organization_id';
COMMENT ON COLUMN corrected_projects.corrected_by IS 'Who corrected it last';
COMMENT ON COLUMN corrected_projects.corrected_at IS 'When it was corrected last (UTC)';

CREATE OR REPLACE VIEW corrected_indicators AS
SELECT indicators.*, NULL::VARCHAR AS corrected_by, NULL::TIMESTAMP AS corrected_at
FROM indicators ANTI JOIN indicator_overlays USING (indicator_id)
UNION ALL BY NAME
SELECT * EXCLUDE (is_removed)
FROM indicator_overlays
WHERE NOT is_removed;
COMMENT ON VIEW corrected_indicators IS 'One row per indicator, as persons corrected it; corrected_by and corrected_at say who did and when.';
COMMENT ON COLUMN corrected_indicators.indicator_id IS 'Hash of document, project ordinal and ordinal';
COMMENT ON COLUMN corrected_indicators.project_id IS 'Project that it belongs to: projects.project_id';
COMMENT ON COLUMN corrected_indicators.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN corrected_indicators.ordinal IS 'Position in the project, from 1';
COMMENT ON COLUMN corrected_indicators.level1 IS 'Level 1 (一级指标), the catalogue''s name';
COMMENT ON COLUMN corrected_indicators.level2 IS 'Level 2 (二级指标), the catalogue''s name';
COMMENT ON COLUMN corrected_indicators.level3 IS 'Level 3 (三级指标): what is measured';
COMMENT ON COLUMN corrected_indicators.level1_raw IS 'Level 1 as printed; empty where none is printed';
COMMENT ON COLUMN corrected_indicators.level2_raw IS 'Level 2 as printed; empty where none is printed';
COMMENT ON COLUMN corrected_indicators.level3_raw IS 'Level 3 as printed, line breaks included';
COMMENT ON COLUMN corrected_indicators.scheme IS 'Catalogue: 2015 (cost 成本 under output) or 2021 (cost beside output)';
COMMENT ON COLUMN corrected_indicators.target_raw IS 'Target (指标值) as printed, line breaks included';
COMMENT ON COLUMN corrected_indicators.kind IS 'Kind of target: quantitative, qualitative, deadline, change (relative to something), compound (several bounds or a condition), missing';
COMMENT ON COLUMN corrected_indicators.operator IS 'Printed comparison operator; NULL where the form prints none';
COMMENT ON COLUMN corrected_indicators.value IS 'Number as printed, exact; for a range, its lower bound';
COMMENT ON COLUMN corrected_indicators.value_upper IS 'Upper bound of a range, as printed';
COMMENT ON COLUMN corrected_indicators.unit IS 'Unit as printed (万元/次)';
COMMENT ON COLUMN corrected_indicators.base_value IS 'value in the base unit: 1.1 万元/次 is 11000; percent stays percent';
COMMENT ON COLUMN corrected_indicators.base_value_upper IS 'value_upper in the base unit';
COMMENT ON COLUMN corrected_indicators.base_unit IS 'Base unit (元/次)';
COMMENT ON COLUMN corrected_indicators.deadline IS 'Day of the deadline';
COMMENT ON COLUMN corrected_indicators.baseline IS 'Baseline of a change (上年, 法定时间90天)';
COMMENT ON COLUMN corrected_indicators.polarity IS 'Direction of a change: up, down, keep, done';
COMMENT ON COLUMN corrected_indicators.direction IS 'Whether a higher or a lower result is better';
COMMENT ON COLUMN corrected_indicators.weight IS 'Weight or points (分值权重)';
COMMENT ON COLUMN corrected_indicators.page IS 'Page that prints it, from 1; in a file without pages the table or sheet';
COMMENT ON COLUMN corrected_indicators.x0 IS 'Left edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN corrected_indicators.y0 IS 'Upper edge on the page; points in a PDF, lines in text, rows in a table';
COMMENT ON COLUMN corrected_indicators.x1 IS 'Right edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN corrected_indicators.y1 IS 'Lower edge on the page; points in a PDF, lines in text, rows in a table';
COMMENT ON COLUMN corrected_indicators.readings_agree IS 'Whether a second reader found the same row; NULL: read once';
COMMENT ON COLUMN corrected_indicators.confidence IS 'Confidence of text recognition in its least certain character, 0 to 1; NULL: not from an image';
COMMENT ON COLUMN corrected_indicators.phase IS 'Time for which the target holds: year, half_year, or total (whole life: 中期, 长期, 实施期)';
COMMENT ON COLUMN corrected_indicators.area IS 'Place whose target it is, where a column is headed by one (各区县)';
COMMENT ON COLUMN corrected_indicators.actual_raw IS 'Actual value (实际完成值): as printed';
COMMENT ON COLUMN corrected_indicators.actual_kind IS 'Actual value (实际完成值): its kind, as of targets';
COMMENT ON COLUMN corrected_indicators.actual_operator IS 'Actual value (实际完成值): printed comparison operator';
COMMENT ON COLUMN corrected_indicators.actual_value IS 'Actual value (实际完成值): number as printed, exact';
COMMENT ON COLUMN corrected_indicators.actual_unit IS 'Actual value (实际完成值): unit as printed';
COMMENT ON COLUMN corrected_indicators.actual_base_value IS 'Actual value (实际完成值): number in the base unit; percent stays percent';
COMMENT ON COLUMN corrected_indicators.actual_base_unit IS 'Actual value (实际完成值): base unit';
COMMENT ON COLUMN corrected_indicators.score IS 'Points given (得分)';
COMMENT ON COLUMN corrected_indicators.reason IS 'Reason for a deviation, and what is done about it (偏差原因)';
COMMENT ON COLUMN corrected_indicators.remark IS 'Remark (备注)';
COMMENT ON COLUMN corrected_indicators.corrected_by IS 'Who corrected it last';
COMMENT ON COLUMN corrected_indicators.corrected_at IS 'When it was corrected last (UTC)';

CREATE OR REPLACE VIEW current_projects AS
SELECT *
FROM corrected_projects
WHERE superseded_by IS NULL AND duplicate_of IS NULL;
COMMENT ON VIEW current_projects IS 'One row per current project, as corrected: those that a later publication replaces, and second copies, are left out.';
COMMENT ON COLUMN current_projects.project_id IS 'Hash of document and ordinal';
COMMENT ON COLUMN current_projects.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN current_projects.ordinal IS 'Position in the document, from 1';
COMMENT ON COLUMN current_projects.layout IS 'Layout that read the form';
COMMENT ON COLUMN current_projects.fiscal_year IS 'Budget year (年度)';
COMMENT ON COLUMN current_projects.first_page IS 'First page of the form, from 1';
COMMENT ON COLUMN current_projects.last_page IS 'Last page of the form, from 1';
COMMENT ON COLUMN current_projects.name IS 'Project name (项目名称)';
COMMENT ON COLUMN current_projects.nature IS 'Project nature (项目性质)';
COMMENT ON COLUMN current_projects.category IS 'Project category (项目类别)';
COMMENT ON COLUMN current_projects.competent_department IS 'Competent department (主管部门)';
COMMENT ON COLUMN current_projects.implementing_unit IS 'Implementing unit (实施单位)';
COMMENT ON COLUMN current_projects.start_date IS 'Planned start (计划开始日期)';
COMMENT ON COLUMN current_projects.end_date IS 'Planned completion (计划完成日期)';
COMMENT ON COLUMN current_projects.total_funds IS 'Total funds of the project (项目资金总额); NULL where blank';
COMMENT ON COLUMN current_projects.total_fiscal_funds IS 'Part of the total: fiscal funds (其中：财政资金)';
COMMENT ON COLUMN current_projects.total_other_funds IS 'Part of the total: other funds (其他资金, left)';
COMMENT ON COLUMN current_projects.annual_funds IS 'Funds requested for the year (年度资金申请总额); NULL where blank';
COMMENT ON COLUMN current_projects.annual_fiscal_appropriation IS 'Part of the year''s funds: fiscal appropriation (其中：当年财政拨款)';
COMMENT ON COLUMN current_projects.annual_carryover_funds IS 'Part of the year''s funds: carried over from last year (上年结转资金)';
COMMENT ON COLUMN current_projects.annual_other_funds IS 'Part of the year''s funds: other funds (其他资金, right)';
COMMENT ON COLUMN current_projects.overall_goal IS 'Goal of the whole project (项目总目标)';
COMMENT ON COLUMN current_projects.annual_goal IS 'Goal for the year (年度总体目标)';
COMMENT ON COLUMN current_projects.readings_agree IS 'Whether a second reader found the same header fields and no other row; NULL: read once';
COMMENT ON COLUMN current_projects.form_kind IS 'Kind of form: declaration (申报表), self_evaluation (自评表), department (部门整体), transfer (转移支付)';
COMMENT ON COLUMN current_projects.content_hash IS 'Hash of the declared content; equal hashes mean the same declaration';
COMMENT ON COLUMN current_projects.duplicate_of IS 'The copy that counts instead, with the same declaration: projects.project_id';
COMMENT ON COLUMN current_projects.superseded_by IS 'The project that replaces it, from a later publication: projects.project_id';
COMMENT ON COLUMN current_projects.actual_goal IS 'What became of the annual goal (实际完成情况)';
COMMENT ON COLUMN current_projects.project_code IS 'Project code (项目编码)';
COMMENT ON COLUMN current_projects.score IS 'Points of the self-evaluation in all (总分)';
COMMENT ON COLUMN current_projects.grade IS 'Grade of the self-evaluation (评价等级)';
COMMENT ON COLUMN current_projects.execution_rate IS 'Share of the adjusted budget that was spent, in percent (执行率)';
COMMENT ON COLUMN current_projects.organization_id IS 'The unit that carries it out, else its department or publisher: organizations.organization_id';
COMMENT ON COLUMN current_projects.department_id IS 'The competent department, else the publisher: organizations.organization_id';
COMMENT ON COLUMN current_projects.corrected_by IS 'Who corrected it last';
COMMENT ON COLUMN current_projects.corrected_at IS 'When it was corrected last (UTC)';

CREATE OR REPLACE VIEW current_indicators AS
SELECT corrected_indicators.*
FROM corrected_indicators
SEMI JOIN current_projects USING (project_id);
COMMENT ON VIEW current_indicators IS 'One row per indicator of the current projects (current_projects), as corrected.';
COMMENT ON COLUMN current_indicators.indicator_id IS 'Hash of document, project ordinal and ordinal';
COMMENT ON COLUMN current_indicators.project_id IS 'Project that it belongs to: projects.project_id';
COMMENT ON COLUMN current_indicators.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN current_indicators.ordinal IS 'Position in the project, from 1';
COMMENT ON COLUMN current_indicators.level1 IS 'Level 1 (一级指标), the catalogue''s name';
COMMENT ON COLUMN current_indicators.level2 IS 'Level 2 (二级指标), the catalogue''s name';
COMMENT ON COLUMN current_indicators.level3 IS 'Level 3 (三级指标): what is measured';
COMMENT ON COLUMN current_indicators.level1_raw IS 'Level 1 as printed; empty where none is printed';
COMMENT ON COLUMN current_indicators.level2_raw IS 'Level 2 as printed; empty where none is printed';
COMMENT ON COLUMN current_indicators.level3_raw IS 'Level 3 as printed, line breaks included';
COMMENT ON COLUMN current_indicators.scheme IS 'Catalogue: 2015 (cost 成本 under output) or 2021 (cost beside output)';
COMMENT ON COLUMN current_indicators.target_raw IS 'Target (指标值) as printed, line breaks included';
COMMENT ON COLUMN current_indicators.kind IS 'Kind of target: quantitative, qualitative, deadline, change (relative to something), compound (several bounds or a condition), missing';
COMMENT ON COLUMN current_indicators.operator IS 'Printed comparison operator; NULL where the form prints none';
COMMENT ON COLUMN current_indicators.value IS 'Number as printed, exact; for a range, its lower bound';
COMMENT ON COLUMN current_indicators.value_upper IS 'Upper bound of a range, as printed';
COMMENT ON COLUMN current_indicators.unit IS 'Unit as printed (万元/次)';
COMMENT ON COLUMN current_indicators.base_value IS 'value in the base unit: 1.1 万元/次 is 11000; percent stays percent';
COMMENT ON COLUMN current_indicators.base_value_upper IS 'value_upper in the base unit';
COMMENT ON COLUMN current_indicators.base_unit IS 'Base unit (元/次)';
COMMENT ON COLUMN current_indicators.deadline IS 'Day of the deadline';
COMMENT ON COLUMN current_indicators.baseline IS 'Baseline of a change (上年, 法定时间90天)';
COMMENT ON COLUMN current_indicators.polarity IS 'Direction of a change: up, down, keep, done';
COMMENT ON COLUMN current_indicators.direction IS 'Whether a higher or a lower result is better';
COMMENT ON COLUMN current_indicators.weight IS 'Weight or points (分值权重)';
COMMENT ON COLUMN current_indicators.page IS 'Page that prints it, from 1; in a file without pages the table or sheet';
COMMENT ON COLUMN current_indicators.x0 IS 'Left edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN current_indicators.y0 IS 'Upper edge on the page; points in a PDF, lines in text, rows in a table';
COMMENT ON COLUMN current_indicators.x1 IS 'Right edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN current_indicators.y1 IS 'Lower edge on the page; points in a PDF, lines in text, rows in a table';
COMMENT ON COLUMN current_indicators.readings_agree IS 'Whether a second reader found the same row; NULL: read once';
COMMENT ON COLUMN current_indicators.confidence IS 'Confidence of text recognition in its least certain character, 0 to 1; NULL: not from an image';
COMMENT ON COLUMN current_indicators.phase IS 'Time for which the target holds: year, half_year, or total (whole life: 中期, 长期, 实施期)';
COMMENT ON COLUMN current_indicators.area IS 'Place whose target it is, where a column is headed by one (各区县)';
COMMENT ON COLUMN current_indicators.actual_raw IS 'Actual value (实际完成值): as printed';
COMMENT ON COLUMN current_indicators.actual_kind IS 'Actual value (实际完成值): its kind, as of targets';
COMMENT ON COLUMN current_indicators.actual_operator IS 'Actual value (实际完成值): printed comparison operator';
COMMENT ON COLUMN current_indicators.actual_value IS 'Actual value (实际完成值): number as printed, exact';
COMMENT ON COLUMN current_indicators.actual_unit IS 'Actual value (实际完成值): unit as printed';
COMMENT ON COLUMN current_indicators.actual_base_value IS 'Actual value (实际完成值): number in the base unit; percent stays percent';
COMMENT ON COLUMN current_indicators.actual_base_unit IS 'Actual value (实际完成值): base unit';
COMMENT ON COLUMN current_indicators.score IS 'Points given (得分)';
COMMENT ON COLUMN current_indicators.reason IS 'Reason for a deviation, and what is done about it (偏差原因)';
COMMENT ON COLUMN current_indicators.remark IS 'Remark (备注)';
COMMENT ON COLUMN current_indicators.corrected_by IS 'Who corrected it last';
COMMENT ON COLUMN current_indicators.corrected_at IS 'When it was corrected last (UTC)';

CREATE OR REPLACE VIEW open_findings AS
SELECT *
FROM findings
ANTI JOIN settled_findings USING (finding_id);
COMMENT ON VIEW open_findings IS 'One row per finding that no person has decided yet.';
COMMENT ON COLUMN open_findings.finding_id IS 'Hash of document and finding';
COMMENT ON COLUMN open_findings.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN open_findings.project_id IS 'Project that it concerns: projects.project_id; NULL: the whole document';
COMMENT ON COLUMN open_findings.indicator_id IS 'Indicator that it concerns: indicators.indicator_id; NULL: no single one';
COMMENT ON COLUMN open_findings.code IS 'Kind of finding, for programs';
COMMENT ON COLUMN open_findings.severity IS 'info, warning or error';
COMMENT ON COLUMN open_findings.message IS 'What was found and what to do, for people';
COMMENT ON COLUMN open_findings.raw IS 'Printed text that it concerns; empty where there is none';
COMMENT ON COLUMN open_findings.page IS 'Page that it concerns, from 1; NULL: no single page';
COMMENT ON COLUMN open_findings.x0 IS 'Left edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN open_findings.y0 IS 'Upper edge on the page; points in a PDF, lines in text, rows in a table';
COMMENT ON COLUMN open_findings.x1 IS 'Right edge on the page; points in a PDF, characters in text, columns in a table';
COMMENT ON COLUMN open_findings.y1 IS 'Lower edge on the page; points in a PDF, lines in text, rows in a table';
COMMENT ON COLUMN open_findings.details IS 'What the message is made of, by name; NULL: nothing varies, or before version 5';

CREATE OR REPLACE VIEW current_documents AS
SELECT * REPLACE (
    CASE
        WHEN status = 'review'
            AND document_id IN (SELECT document_id FROM settled_findings)
            AND document_id NOT IN (SELECT document_id FROM open_findings WHERE severity <> 'info')
        THEN 'ok'
        ELSE status
    END AS status
)
FROM documents;
COMMENT ON VIEW current_documents IS 'One row per document, with the status that it has after what persons decided: ok where nothing is left to review.';
COMMENT ON COLUMN current_documents.document_id IS 'sha256 of the file''s bytes, in hex';
COMMENT ON COLUMN current_documents.file_name IS 'Name of the file without its folder';
COMMENT ON COLUMN current_documents.source_uri IS 'Where the file was read from';
COMMENT ON COLUMN current_documents.media_type IS 'Kind of file; NULL where it is unknown';
COMMENT ON COLUMN current_documents.byte_size IS 'Size of the file in bytes';
COMMENT ON COLUMN current_documents.page_count IS 'Number of pages; NULL where the file could not be opened';
COMMENT ON COLUMN current_documents.title IS 'Title printed above the first form';
COMMENT ON COLUMN current_documents.organization IS 'Department or unit that published it (预算主管部门, 编制部门, the title''s unit); never only a region';
COMMENT ON COLUMN current_documents.fiscal_year IS 'Budget year (年度) of the document';
COMMENT ON COLUMN current_documents.status IS 'ok; review (a finding needs a person); no_forms (it has no declaration); failed (see error_code)';
COMMENT ON COLUMN current_documents.coverage IS 'Share of understood characters, in forms and in text that looks like a form; NULL: there are none';
COMMENT ON COLUMN current_documents.error_code IS 'Why it failed, for programs: encrypted, empty, truncated, ...';
COMMENT ON COLUMN current_documents.error_message IS 'Why it failed and what to do, for people';
COMMENT ON COLUMN current_documents.parser_version IS 'Version of the program that read it';
COMMENT ON COLUMN current_documents.record_hash IS 'sha256 over all rows of the document; equal hashes mean equal rows';
COMMENT ON COLUMN current_documents.ingested_at IS 'When these rows were written (UTC); an equal reading does not change it';
COMMENT ON COLUMN current_documents.first_seen_at IS 'When these bytes were first read (UTC); NULL: before version 2';
COMMENT ON COLUMN current_documents.superseded_by IS 'A hint: the later publication that replaces most of its projects (documents.document_id); it hides nothing';
COMMENT ON COLUMN current_documents.fingerprint IS 'Fingerprint of its last reader (parser, layouts, extras); equal ones read alike. NULL: before version 3';
COMMENT ON COLUMN current_documents.part_id IS 'Part that brought it: loaded_parts.part_id; NULL: read into this database';
COMMENT ON COLUMN current_documents.organization_id IS 'The unit of `organization` in the table of all: organizations.organization_id';

CREATE OR REPLACE VIEW revisions AS
WITH revised AS (
    SELECT
        projects.document_id,
        later.document_id AS superseded_by,
        projects.name AS project,
        projects.project_id,
        projects.superseded_by AS later_project_id
    FROM corrected_projects AS projects
    JOIN corrected_projects AS later ON later.project_id = projects.superseded_by
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
            CAST(nature AS VARCHAR) AS nature,
            CAST(category AS VARCHAR) AS category,
            CAST(competent_department AS VARCHAR) AS competent_department,
            CAST(implementing_unit AS VARCHAR) AS implementing_unit,
            CAST(start_date AS VARCHAR) AS start_date,
            CAST(end_date AS VARCHAR) AS end_date,
            CAST(total_funds AS VARCHAR) AS total_funds,
            CAST(total_fiscal_funds AS VARCHAR) AS total_fiscal_funds,
            CAST(total_other_funds AS VARCHAR) AS total_other_funds,
            CAST(annual_funds AS VARCHAR) AS annual_funds,
            CAST(annual_fiscal_appropriation AS VARCHAR) AS annual_fiscal_appropriation,
            CAST(annual_carryover_funds AS VARCHAR) AS annual_carryover_funds,
            CAST(annual_other_funds AS VARCHAR) AS annual_other_funds,
            CAST(overall_goal AS VARCHAR) AS overall_goal,
            CAST(annual_goal AS VARCHAR) AS annual_goal,
            CAST(actual_goal AS VARCHAR) AS actual_goal,
            CAST(project_code AS VARCHAR) AS project_code,
            regexp_replace(CAST(score AS VARCHAR), '\.?0+$', '') AS score,
            CAST(grade AS VARCHAR) AS grade,
            regexp_replace(CAST(execution_rate AS VARCHAR), '\.?0+$', '') AS execution_rate
        FROM corrected_projects
        SEMI JOIN concerned USING (project_id)
    )
    ON COLUMNS(* EXCLUDE (project_id))
    INTO NAME field VALUE value
),
of_rows AS (
    UNPIVOT (
        SELECT
            project_id,
            row_number() OVER (PARTITION BY project_id, level2, level3 ORDER BY ordinal) AS occurrence,
            level2,
            level3,
            regexp_replace(target_raw, '\s', '', 'g') AS target,
            regexp_replace(CAST(weight AS VARCHAR), '\.?0+$', '') AS weight,
            CAST(area AS VARCHAR) AS area,
            regexp_replace(actual_raw, '\s', '', 'g') AS actual,
            regexp_replace(CAST(score AS VARCHAR), '\.?0+$', '') AS score,
            CAST(reason AS VARCHAR) AS reason,
            CAST(remark AS VARCHAR) AS remark
        FROM corrected_indicators
        SEMI JOIN concerned USING (project_id)
    )
    ON COLUMNS(* EXCLUDE (project_id, occurrence, level2, level3))
    INTO NAME field VALUE value
),
printed AS (
    SELECT project_id, 1 AS occurrence, field, NULL AS level2, NULL AS level3, value FROM fields
    UNION ALL BY NAME
    SELECT * FROM of_rows
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
COMMENT ON VIEW revisions IS 'One row per value that a later publication of a project changed (修订): its indicator, its old and its new value.';
COMMENT ON COLUMN revisions.document_id IS 'Document of the earlier publication: documents.document_id';
COMMENT ON COLUMN revisions.superseded_by IS 'Document of the later publication: documents.document_id';
COMMENT ON COLUMN revisions.project IS 'Name of the project, as the earlier publication has it';
COMMENT ON COLUMN revisions.level2 IS 'Level 2 of the indicator; NULL: the value is the project''s';
COMMENT ON COLUMN revisions.level3 IS 'Name of the indicator; NULL: the value is the project''s';
COMMENT ON COLUMN revisions.field IS 'Column that holds the value, as in projects or indicators; target is the printed target';
COMMENT ON COLUMN revisions.old_value IS 'What the earlier publication says, without white space; NULL: nothing';
COMMENT ON COLUMN revisions.new_value IS 'What the later publication says, without white space; NULL: nothing';
COMMENT ON COLUMN revisions.project_id IS 'Earlier project: projects.project_id';
COMMENT ON COLUMN revisions.later_project_id IS 'Later project: projects.project_id';

CREATE OR REPLACE VIEW superseded AS
SELECT
    projects.project_id,
    projects.document_id,
    projects.form_kind,
    projects.fiscal_year,
    documents.organization AS publisher,
    projects.name AS project,
    projects.annual_funds,
    documents.file_name,
    CASE
        WHEN documents.media_type = 'application/pdf' THEN concat(documents.source_uri, '#page=', projects.first_page)
        ELSE documents.source_uri
    END AS link,
    CASE WHEN projects.superseded_by IS NULL THEN 'copy' ELSE 'superseded' END AS hidden_as,
    CASE
        WHEN projects.superseded_by IS NOT NULL THEN 'later_publication'
        WHEN documents.document_id = by_documents.document_id THEN 'same_file'
        WHEN documents.organization IS DISTINCT FROM by_documents.organization THEN 'other_publisher'
        WHEN documents.media_type IS DISTINCT FROM by_documents.media_type THEN 'other_format'
        ELSE 'published_again'
    END AS reason,
    by_projects.project_id AS hidden_by,
    by_projects.superseded_by IS NULL AND by_projects.duplicate_of IS NULL AS hidden_by_is_current,
    by_documents.document_id AS by_document_id,
    by_documents.file_name AS by_file_name,
    by_projects.annual_funds AS by_annual_funds,
    CASE
        WHEN by_documents.media_type = 'application/pdf'
        THEN concat(by_documents.source_uri, '#page=', by_projects.first_page)
        ELSE by_documents.source_uri
    END AS by_link
FROM corrected_projects AS projects
JOIN documents ON documents.document_id = projects.document_id
JOIN corrected_projects AS by_projects ON by_projects.project_id = coalesce(projects.superseded_by, projects.duplicate_of)
JOIN documents AS by_documents ON by_documents.document_id = by_projects.document_id;
COMMENT ON VIEW superseded IS 'One row per project that current_projects leaves out: what hides it, and why.';
COMMENT ON COLUMN superseded.project_id IS 'Hash of document and ordinal';
COMMENT ON COLUMN superseded.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN superseded.form_kind IS 'Kind of form: declaration (申报表), self_evaluation (自评表), department (部门整体), transfer (转移支付)';
COMMENT ON COLUMN superseded.fiscal_year IS 'Budget year (年度)';
COMMENT ON COLUMN superseded.publisher IS 'Department or unit that published the document';
COMMENT ON COLUMN superseded.project IS 'Project name (项目名称)';
COMMENT ON COLUMN superseded.annual_funds IS 'Funds requested for the year (年度资金申请总额); NULL where blank';
COMMENT ON COLUMN superseded.file_name IS 'Name of the file without its folder';
COMMENT ON COLUMN superseded.link IS 'Where it is printed: the file''s address, in a PDF with the page that the form begins on';
COMMENT ON COLUMN superseded.hidden_as IS 'superseded (a later publication says otherwise) or copy (the same is said elsewhere)';
COMMENT ON COLUMN superseded.reason IS 'later_publication (the same publisher says otherwise later), same_file (the file prints it twice), other_format (the same publication in a format with better places), published_again (the same publisher says the same again), other_publisher (another one publishes the same declaration)';
COMMENT ON COLUMN superseded.hidden_by IS 'The project that counts instead, or stands before the one that does: projects.project_id';
COMMENT ON COLUMN superseded.hidden_by_is_current IS 'Whether that one counts itself; else it is hidden by yet another';
COMMENT ON COLUMN superseded.by_document_id IS 'Document of that project: documents.document_id';
COMMENT ON COLUMN superseded.by_file_name IS 'File of that project';
COMMENT ON COLUMN superseded.by_annual_funds IS 'Funds of the year that it says instead, in yuan';
COMMENT ON COLUMN superseded.by_link IS 'Where that project is printed';

CREATE OR REPLACE VIEW flat_projects AS
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
LEFT JOIN organizations AS departments ON departments.organization_id = projects.department_id;
COMMENT ON VIEW flat_projects IS 'One row per current project: whose it is, its money, its goals, and where it is printed. Money is in yuan (元).';
COMMENT ON COLUMN flat_projects.project_id IS 'Hash of document and ordinal';
COMMENT ON COLUMN flat_projects.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN flat_projects.form_kind IS 'Kind of form: declaration (申报表), self_evaluation (自评表), department (部门整体), transfer (转移支付)';
COMMENT ON COLUMN flat_projects.fiscal_year IS 'Budget year (年度)';
COMMENT ON COLUMN flat_projects.region IS 'Region of the unit with those that it lies in, as in organizations; NULL: not known';
COMMENT ON COLUMN flat_projects.region_code IS 'GB/T 2260 code of the region, as in organizations';
COMMENT ON COLUMN flat_projects.government_level IS 'Government that the unit belongs to, as organizations.level';
COMMENT ON COLUMN flat_projects.publisher IS 'Department or unit that published the document';
COMMENT ON COLUMN flat_projects.department IS 'Competent department (主管部门), else the publisher; its name in organizations';
COMMENT ON COLUMN flat_projects.unit IS 'Unit that carries the project out (实施单位), else the department; its name in organizations';
COMMENT ON COLUMN flat_projects.organization_id IS 'The unit: organizations.organization_id';
COMMENT ON COLUMN flat_projects.project IS 'Project name (项目名称)';
COMMENT ON COLUMN flat_projects.project_code IS 'Project code (项目编码)';
COMMENT ON COLUMN flat_projects.project_nature IS 'Project nature (项目性质)';
COMMENT ON COLUMN flat_projects.project_category IS 'Project category (项目类别)';
COMMENT ON COLUMN flat_projects.start_date IS 'Planned start (计划开始日期)';
COMMENT ON COLUMN flat_projects.end_date IS 'Planned completion (计划完成日期)';
COMMENT ON COLUMN flat_projects.total_funds IS 'Total funds of the project (项目资金总额); NULL where blank';
COMMENT ON COLUMN flat_projects.total_fiscal_funds IS 'Part of the total: fiscal funds (其中：财政资金)';
COMMENT ON COLUMN flat_projects.total_other_funds IS 'Part of the total: other funds (其他资金, left)';
COMMENT ON COLUMN flat_projects.annual_funds IS 'Funds of the year (年度资金申请总额; in a self-evaluation the adjusted budget, else the initial one)';
COMMENT ON COLUMN flat_projects.annual_fiscal_appropriation IS 'Part of the year''s funds: fiscal appropriation (其中：当年财政拨款)';
COMMENT ON COLUMN flat_projects.annual_carryover_funds IS 'Part of the year''s funds: carried over from last year (上年结转资金)';
COMMENT ON COLUMN flat_projects.annual_other_funds IS 'Part of the year''s funds: other funds (其他资金, right)';
COMMENT ON COLUMN flat_projects.overall_goal IS 'Goal of the whole project (项目总目标)';
COMMENT ON COLUMN flat_projects.annual_goal IS 'Goal for the year (年度总体目标)';
COMMENT ON COLUMN flat_projects.actual_goal IS 'What became of the annual goal (实际完成情况)';
COMMENT ON COLUMN flat_projects.project_score IS 'Points of the self-evaluation in all (总分)';
COMMENT ON COLUMN flat_projects.project_grade IS 'Grade of the self-evaluation (评价等级)';
COMMENT ON COLUMN flat_projects.execution_rate IS 'Share of the adjusted budget that was spent, in percent (执行率)';
COMMENT ON COLUMN flat_projects.first_page IS 'First page of the form, from 1';
COMMENT ON COLUMN flat_projects.last_page IS 'Last page of the form, from 1';
COMMENT ON COLUMN flat_projects.link IS 'Where it is printed: the file''s address, in a PDF with the page that the form begins on';
COMMENT ON COLUMN flat_projects.source_uri IS 'Where the file was read from';
COMMENT ON COLUMN flat_projects.file_name IS 'Name of the file without its folder';
COMMENT ON COLUMN flat_projects.media_type IS 'Kind of file; NULL where it is unknown';
COMMENT ON COLUMN flat_projects.document_status IS 'Status of the document: ok, or review (a finding needs a person)';
COMMENT ON COLUMN flat_projects.corrected_by IS 'Who corrected it last';
COMMENT ON COLUMN flat_projects.corrected_at IS 'When it was corrected last (UTC)';

CREATE OR REPLACE VIEW flat_indicators AS
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
JOIN flat_projects AS projects ON projects.project_id = indicators.project_id;
COMMENT ON VIEW flat_indicators IS 'One row per indicator of the current projects: whose, what is to be reached, what was reached, and where it is printed.';
COMMENT ON COLUMN flat_indicators.indicator_id IS 'Hash of document, project ordinal and ordinal';
COMMENT ON COLUMN flat_indicators.project_id IS 'Project that it belongs to: projects.project_id';
COMMENT ON COLUMN flat_indicators.document_id IS 'Document that it comes from: documents.document_id';
COMMENT ON COLUMN flat_indicators.form_kind IS 'Kind of form: declaration (申报表), self_evaluation (自评表), department (部门整体), transfer (转移支付)';
COMMENT ON COLUMN flat_indicators.fiscal_year IS 'Budget year (年度)';
COMMENT ON COLUMN flat_indicators.region IS 'Region of the unit with those that it lies in, as in organizations; NULL: not known';
COMMENT ON COLUMN flat_indicators.region_code IS 'GB/T 2260 code of the region, as in organizations';
COMMENT ON COLUMN flat_indicators.government_level IS 'Government that the unit belongs to, as organizations.level';
COMMENT ON COLUMN flat_indicators.publisher IS 'Department or unit that published the document';
COMMENT ON COLUMN flat_indicators.department IS 'Competent department (主管部门), else the publisher; its name in organizations';
COMMENT ON COLUMN flat_indicators.unit IS 'Unit that carries the project out (实施单位), else the department; its name in organizations';
COMMENT ON COLUMN flat_indicators.organization_id IS 'The unit: organizations.organization_id';
COMMENT ON COLUMN flat_indicators.project IS 'Project name (项目名称)';
COMMENT ON COLUMN flat_indicators.project_category IS 'Project category (项目类别)';
COMMENT ON COLUMN flat_indicators.annual_funds IS 'Funds of the project for the year in yuan, the same in all its rows: never add them up here';
COMMENT ON COLUMN flat_indicators.total_funds IS 'Funds of the project for its whole life in yuan, the same in all its rows: never add them up here';
COMMENT ON COLUMN flat_indicators.ordinal IS 'Position in the project, from 1';
COMMENT ON COLUMN flat_indicators.level1 IS 'Level 1 (一级指标), the catalogue''s name';
COMMENT ON COLUMN flat_indicators.level2 IS 'Level 2 (二级指标), the catalogue''s name';
COMMENT ON COLUMN flat_indicators.level3 IS 'Level 3 (三级指标): what is measured';
COMMENT ON COLUMN flat_indicators.phase IS 'Time for which the target holds: year, half_year, or total (whole life: 中期, 长期, 实施期)';
COMMENT ON COLUMN flat_indicators.area IS 'Place whose target it is, where a column is headed by one (各区县)';
COMMENT ON COLUMN flat_indicators.target_raw IS 'Target (指标值) as printed, line breaks included';
COMMENT ON COLUMN flat_indicators.target_kind IS 'Kind of target: quantitative, qualitative, deadline, change (relative to something), compound (several bounds or a condition), missing';
COMMENT ON COLUMN flat_indicators.target_operator IS 'Printed comparison operator; NULL where the form prints none';
COMMENT ON COLUMN flat_indicators.target_value IS 'Number of the target as printed, exact; of a range, its lower bound';
COMMENT ON COLUMN flat_indicators.target_value_upper IS 'Upper bound of a range, as printed';
COMMENT ON COLUMN flat_indicators.target_unit IS 'Unit of the target as printed (万元/次)';
COMMENT ON COLUMN flat_indicators.target_base_value IS 'Number of the target in its base unit: 1.1 万元/次 is 11000; percent stays percent';
COMMENT ON COLUMN flat_indicators.target_base_value_upper IS 'Upper bound of a range in its base unit';
COMMENT ON COLUMN flat_indicators.target_base_unit IS 'Base unit of the target (元/次)';
COMMENT ON COLUMN flat_indicators.target_deadline IS 'Day by which it is to be reached';
COMMENT ON COLUMN flat_indicators.target_baseline IS 'Baseline of a change (上年, 法定时间90天)';
COMMENT ON COLUMN flat_indicators.target_polarity IS 'Direction of a change: up, down, keep, done';
COMMENT ON COLUMN flat_indicators.direction IS 'Whether a higher or a lower result is better';
COMMENT ON COLUMN flat_indicators.actual_raw IS 'Actual value (实际完成值): as printed';
COMMENT ON COLUMN flat_indicators.actual_kind IS 'Actual value (实际完成值): its kind, as of targets';
COMMENT ON COLUMN flat_indicators.actual_operator IS 'Actual value (实际完成值): printed comparison operator';
COMMENT ON COLUMN flat_indicators.actual_value IS 'Actual value (实际完成值): number as printed, exact';
COMMENT ON COLUMN flat_indicators.actual_unit IS 'Actual value (实际完成值): unit as printed';
COMMENT ON COLUMN flat_indicators.actual_base_value IS 'Actual value (实际完成值): number in the base unit; percent stays percent';
COMMENT ON COLUMN flat_indicators.actual_base_unit IS 'Actual value (实际完成值): base unit';
COMMENT ON COLUMN flat_indicators.weight IS 'Weight or points (分值权重)';
COMMENT ON COLUMN flat_indicators.indicator_score IS 'Points given (得分)';
COMMENT ON COLUMN flat_indicators.reason IS 'Reason for a deviation, and what is done about it (偏差原因)';
COMMENT ON COLUMN flat_indicators.remark IS 'Remark (备注)';
COMMENT ON COLUMN flat_indicators.recognition_confidence IS 'Confidence of text recognition in its least certain character, 0 to 1; NULL: not from an image';
COMMENT ON COLUMN flat_indicators.page IS 'Page that prints it, from 1; in a file without pages the table or sheet';
COMMENT ON COLUMN flat_indicators.link IS 'Where it is printed: the file''s address, in a PDF with the page';
COMMENT ON COLUMN flat_indicators.source_uri IS 'Where the file was read from';
COMMENT ON COLUMN flat_indicators.file_name IS 'Name of the file without its folder';
COMMENT ON COLUMN flat_indicators.document_status IS 'Status of the document: ok, or review (a finding needs a person)';
COMMENT ON COLUMN flat_indicators.corrected_by IS 'Who corrected it last';
COMMENT ON COLUMN flat_indicators.corrected_at IS 'When it was corrected last (UTC)';

CREATE OR REPLACE VIEW funding AS
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
GROUP BY ALL;
COMMENT ON VIEW funding IS 'One row per year, unit, category and source of money: the sum over the current projects. Money is in yuan (元).';
COMMENT ON COLUMN funding.form_kind IS 'Kind of form, as in projects: a declaration and its self-evaluation are two forms of one project, and a department''s form is of all its projects, so never add up several kinds';
COMMENT ON COLUMN funding.fiscal_year IS 'Budget year (年度)';
COMMENT ON COLUMN funding.region IS 'Region of the unit, as in flat_projects';
COMMENT ON COLUMN funding.region_code IS 'GB/T 2260 code of the region';
COMMENT ON COLUMN funding.department IS 'Competent department, as in flat_projects';
COMMENT ON COLUMN funding.unit IS 'Unit that carries the projects out, as in flat_projects';
COMMENT ON COLUMN funding.project_category IS 'Project category (项目类别)';
COMMENT ON COLUMN funding.source IS 'Where the money comes from, as in amounts: all is the whole, of which the others are parts';
COMMENT ON COLUMN funding.phase IS 'year (the budget that counts: of a self-evaluation the adjusted one), total (whole life); as in amounts initial, adjusted, executed, previous';
COMMENT ON COLUMN funding.projects IS 'Number of projects for which such an amount is printed';
COMMENT ON COLUMN funding.amount IS 'Sum of the amounts';

CREATE OR REPLACE VIEW indicator_history AS
SELECT
    series.series_id,
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
    indicators.phase,
    indicators.area,
    indicators.target_raw,
    indicators.target_operator,
    indicators.target_base_value,
    indicators.target_base_unit,
    indicators.direction,
    indicators.actual_raw,
    indicators.actual_base_value,
    series.added_after,
    series.dropped_in,
    indicators.page,
    indicators.link
FROM series
JOIN flat_indicators AS indicators ON indicators.indicator_id = series.indicator_id
WHERE series.subject = 'indicator';
COMMENT ON VIEW indicator_history IS 'One row per indicator of a series (links over the years) and year: what was aimed at and reached, year by year.';
COMMENT ON COLUMN indicator_history.series_id IS 'Hash of what the first member of the series prints; the same on every machine';
COMMENT ON COLUMN indicator_history.indicator_id IS 'Hash of document, project ordinal and ordinal';
COMMENT ON COLUMN indicator_history.project_id IS 'Project that it belongs to: projects.project_id';
COMMENT ON COLUMN indicator_history.form_kind IS 'Kind of form: declaration (申报表), self_evaluation (自评表), department (部门整体), transfer (转移支付)';
COMMENT ON COLUMN indicator_history.fiscal_year IS 'Budget year (年度)';
COMMENT ON COLUMN indicator_history.region IS 'Region of the unit, as in flat_projects';
COMMENT ON COLUMN indicator_history.department IS 'Competent department, as in flat_projects';
COMMENT ON COLUMN indicator_history.unit IS 'Unit that carries the project out, as in flat_projects';
COMMENT ON COLUMN indicator_history.project IS 'Project name (项目名称)';
COMMENT ON COLUMN indicator_history.level1 IS 'Level 1 (一级指标), the catalogue''s name';
COMMENT ON COLUMN indicator_history.level2 IS 'Level 2 (二级指标), the catalogue''s name';
COMMENT ON COLUMN indicator_history.level3 IS 'Level 3 (三级指标): what is measured';
COMMENT ON COLUMN indicator_history.phase IS 'Time for which the target holds: year, half_year, or total (whole life: 中期, 长期, 实施期)';
COMMENT ON COLUMN indicator_history.area IS 'Place whose target it is, where a column is headed by one (各区县)';
COMMENT ON COLUMN indicator_history.target_raw IS 'Target (指标值) as printed, line breaks included';
COMMENT ON COLUMN indicator_history.target_operator IS 'Printed comparison operator; NULL where the form prints none';
COMMENT ON COLUMN indicator_history.target_base_value IS 'Number of the target in its base unit; of a range, its lower bound';
COMMENT ON COLUMN indicator_history.target_base_unit IS 'Base unit of the target';
COMMENT ON COLUMN indicator_history.direction IS 'Whether a higher or a lower result is better';
COMMENT ON COLUMN indicator_history.actual_raw IS 'Actual value (实际完成值): as printed';
COMMENT ON COLUMN indicator_history.actual_base_value IS 'Actual value (实际完成值): number in the base unit; percent stays percent';
COMMENT ON COLUMN indicator_history.added_after IS 'Last year before that its unit published, if nothing of that year is linked to it; else NULL';
COMMENT ON COLUMN indicator_history.dropped_in IS 'First year after that its unit published, if nothing of that year is linked to it; else NULL';
COMMENT ON COLUMN indicator_history.page IS 'Page that prints it, from 1; in a file without pages the table or sheet';
COMMENT ON COLUMN indicator_history.link IS 'Where it is printed: the file''s address, in a PDF with the page';

CREATE OR REPLACE VIEW unchanged_targets AS
WITH stated AS (
    -- Numbers stand for what is compared, as two million texts take too long.
    SELECT
        series.series_id,
        series.unit,
        series.fiscal_year,
        series.indicator_id,
        1::BIGINT << greatest(0, least(62, series.fiscal_year - 2000)) AS year_bit,
        hash(
            indicators.operator, indicators.base_value, indicators.base_value_upper, indicators.base_unit,
            CASE WHEN indicators.base_value IS NULL THEN indicators.target_raw END
        ) AS target
    FROM series
    JOIN corrected_indicators AS indicators ON indicators.indicator_id = series.indicator_id
    WHERE series.subject = 'indicator' AND indicators.kind <> 'missing'
),
unchanged AS (
    SELECT
        series_id,
        any_value(unit) AS publisher,
        arg_max(indicator_id, fiscal_year) AS indicator_id,
        min(fiscal_year) AS first_year,
        max(fiscal_year) AS last_year,
        bit_count(bit_or(year_bit)) AS years
    FROM stated
    GROUP BY series_id
    HAVING min(target) = max(target) AND min(fiscal_year) < max(fiscal_year)
)
SELECT
    unchanged.series_id,
    projects.form_kind,
    unchanged.publisher,
    projects.name AS project,
    indicators.level2,
    indicators.level3,
    indicators.target_raw,
    unchanged.first_year,
    unchanged.last_year,
    unchanged.years,
    indicators.kind = 'quantitative' AND indicators.base_unit = '%' AND indicators.base_value = 100
        AS is_hundred_percent
FROM unchanged
JOIN corrected_indicators AS indicators ON indicators.indicator_id = unchanged.indicator_id
JOIN current_projects AS projects ON projects.project_id = indicators.project_id;
COMMENT ON VIEW unchanged_targets IS 'One row per series of an indicator whose target was the same in several years: since when, and whether it is 100 %.';
COMMENT ON COLUMN unchanged_targets.series_id IS 'Hash of what the first member of the series prints; the same on every machine';
COMMENT ON COLUMN unchanged_targets.form_kind IS 'Kind of form: declaration (申报表), self_evaluation (自评表), department (部门整体), transfer (转移支付)';
COMMENT ON COLUMN unchanged_targets.publisher IS 'Unit that publishes it, as in series';
COMMENT ON COLUMN unchanged_targets.project IS 'Project name (项目名称)';
COMMENT ON COLUMN unchanged_targets.level2 IS 'Level 2 (二级指标), the catalogue''s name';
COMMENT ON COLUMN unchanged_targets.level3 IS 'Level 3 (三级指标): what is measured';
COMMENT ON COLUMN unchanged_targets.target_raw IS 'Target (指标值) as printed, line breaks included';
COMMENT ON COLUMN unchanged_targets.first_year IS 'First year with this target';
COMMENT ON COLUMN unchanged_targets.last_year IS 'Last year with this target';
COMMENT ON COLUMN unchanged_targets.years IS 'Number of years with this target';
COMMENT ON COLUMN unchanged_targets.is_hundred_percent IS 'Whether the target is 100 %';

CREATE OR REPLACE VIEW target_achievement AS
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
FROM compared;
COMMENT ON VIEW target_achievement IS 'One row per indicator with a target and an actual value (实际完成值): whether it was reached, and by how much.';
COMMENT ON COLUMN target_achievement.indicator_id IS 'Hash of document, project ordinal and ordinal';
COMMENT ON COLUMN target_achievement.project_id IS 'Project that it belongs to: projects.project_id';
COMMENT ON COLUMN target_achievement.form_kind IS 'Kind of form: declaration (申报表), self_evaluation (自评表), department (部门整体), transfer (转移支付)';
COMMENT ON COLUMN target_achievement.fiscal_year IS 'Budget year (年度)';
COMMENT ON COLUMN target_achievement.region IS 'Region of the unit, as in flat_projects';
COMMENT ON COLUMN target_achievement.department IS 'Competent department, as in flat_projects';
COMMENT ON COLUMN target_achievement.unit IS 'Unit that carries the project out, as in flat_projects';
COMMENT ON COLUMN target_achievement.project IS 'Project name (项目名称)';
COMMENT ON COLUMN target_achievement.level1 IS 'Level 1 (一级指标), the catalogue''s name';
COMMENT ON COLUMN target_achievement.level2 IS 'Level 2 (二级指标), the catalogue''s name';
COMMENT ON COLUMN target_achievement.level3 IS 'Level 3 (三级指标): what is measured';
COMMENT ON COLUMN target_achievement.phase IS 'Time for which the target holds: year, half_year, or total (whole life: 中期, 长期, 实施期)';
COMMENT ON COLUMN target_achievement.direction IS 'Whether a higher or a lower result is better';
COMMENT ON COLUMN target_achievement.target_raw IS 'Target (指标值) as printed, line breaks included';
COMMENT ON COLUMN target_achievement.actual_raw IS 'Actual value (实际完成值): as printed';
COMMENT ON COLUMN target_achievement.target_operator IS 'Printed comparison operator; NULL where the form prints none';
COMMENT ON COLUMN target_achievement.target_base_value IS 'Number of the target in its base unit; of a range, its lower bound';
COMMENT ON COLUMN target_achievement.target_base_value_upper IS 'Upper bound of a range in its base unit';
COMMENT ON COLUMN target_achievement.actual_base_value IS 'Number of the actual value in its base unit, or in the target''s where it has no unit';
COMMENT ON COLUMN target_achievement.base_unit IS 'Base unit of both; an actual number without a unit is in that of the target, but for fractions of percents';
COMMENT ON COLUMN target_achievement.is_achieved IS 'Whether the actual value is within the bounds, or says the same word for word; where no sign is printed, whether it is as good or better. NULL: not both are single numbers of one unit, or no direction is known';
COMMENT ON COLUMN target_achievement.excess IS 'By how much it is better than the target, in the base unit; negative: worse; NULL: no direction is known';
COMMENT ON COLUMN target_achievement.excess_percent IS 'The same in percent of the target';
COMMENT ON COLUMN target_achievement.weight IS 'Weight or points (分值权重)';
COMMENT ON COLUMN target_achievement.indicator_score IS 'Points given (得分)';
COMMENT ON COLUMN target_achievement.reason IS 'Reason for a deviation, and what is done about it (偏差原因)';
COMMENT ON COLUMN target_achievement.page IS 'Page that prints it, from 1; in a file without pages the table or sheet';
COMMENT ON COLUMN target_achievement.link IS 'Where it is printed: the file''s address, in a PDF with the page';

CREATE OR REPLACE VIEW unit_costs AS
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
WHERE target_kind = 'quantitative' AND starts_with(target_base_unit, '元/');
COMMENT ON VIEW unit_costs IS 'One row per target that is a price: how much one of something may cost (单位成本). Prices are in yuan (元).';
COMMENT ON COLUMN unit_costs.indicator_id IS 'Hash of document, project ordinal and ordinal';
COMMENT ON COLUMN unit_costs.project_id IS 'Project that it belongs to: projects.project_id';
COMMENT ON COLUMN unit_costs.form_kind IS 'Kind of form: declaration (申报表), self_evaluation (自评表), department (部门整体), transfer (转移支付)';
COMMENT ON COLUMN unit_costs.fiscal_year IS 'Budget year (年度)';
COMMENT ON COLUMN unit_costs.region IS 'Region of the unit, as in flat_projects';
COMMENT ON COLUMN unit_costs.region_code IS 'GB/T 2260 code of the region';
COMMENT ON COLUMN unit_costs.department IS 'Competent department, as in flat_projects';
COMMENT ON COLUMN unit_costs.unit IS 'Unit that carries the project out, as in flat_projects';
COMMENT ON COLUMN unit_costs.project IS 'Project name (项目名称)';
COMMENT ON COLUMN unit_costs.level3 IS 'What is paid for (三级指标)';
COMMENT ON COLUMN unit_costs.target_raw IS 'Target (指标值) as printed, line breaks included';
COMMENT ON COLUMN unit_costs.target_operator IS 'Printed comparison operator; NULL where the form prints none';
COMMENT ON COLUMN unit_costs.price IS 'Price in yuan, exact; of a range, its lower bound';
COMMENT ON COLUMN unit_costs.price_upper IS 'Upper bound of a range, in yuan';
COMMENT ON COLUMN unit_costs.per IS 'What it is the price of: 次, 人·天, 篇';
COMMENT ON COLUMN unit_costs.actual_price IS 'Price that was paid, in yuan; NULL: none printed, or of something else';
COMMENT ON COLUMN unit_costs.page IS 'Page that prints it, from 1; in a file without pages the table or sheet';
COMMENT ON COLUMN unit_costs.link IS 'Where it is printed: the file''s address, in a PDF with the page';

CREATE OR REPLACE VIEW indicator_quality AS
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
        THEN regexp_matches(regexp_replace(indicators.target_raw, '\s', '', 'g'), '提升|提高|改善|增强|加强|优化|促进|推动|推进|完善|健全|增加|减少|降低|扩大|缓解|净化|进一步|逐步|逐年|持续|不断|有效|有力|明显|显著|较好|较高|较大|良好|稳定|基本|适当|合理|充分|深入|积极|大力|切实|尽可能|尽量|一定|及时|长期|保障')
        ELSE false
    END AS is_vague,
    contradictory.indicator_id IS NOT NULL AS contradicts_name,
    indicators.target_kind = 'quantitative' AND indicators.target_base_unit = '%' AND indicators.target_base_value = 100
        AS is_hundred_percent,
    indicators.page,
    indicators.link
FROM flat_indicators AS indicators
LEFT JOIN (SELECT DISTINCT indicator_id FROM open_findings WHERE code = 'unit_contradicts_name') AS contradictory
    ON contradictory.indicator_id = indicators.indicator_id;
COMMENT ON VIEW indicator_quality IS 'One row per indicator, with what its target is worth: whether it can be measured, is vague, contradicts its name.';
COMMENT ON COLUMN indicator_quality.indicator_id IS 'Hash of document, project ordinal and ordinal';
COMMENT ON COLUMN indicator_quality.project_id IS 'Project that it belongs to: projects.project_id';
COMMENT ON COLUMN indicator_quality.form_kind IS 'Kind of form: declaration (申报表), self_evaluation (自评表), department (部门整体), transfer (转移支付)';
COMMENT ON COLUMN indicator_quality.fiscal_year IS 'Budget year (年度)';
COMMENT ON COLUMN indicator_quality.region IS 'Region of the unit, as in flat_projects';
COMMENT ON COLUMN indicator_quality.department IS 'Competent department, as in flat_projects';
COMMENT ON COLUMN indicator_quality.unit IS 'Unit that carries the project out, as in flat_projects';
COMMENT ON COLUMN indicator_quality.project IS 'Project name (项目名称)';
COMMENT ON COLUMN indicator_quality.level1 IS 'Level 1 (一级指标), the catalogue''s name';
COMMENT ON COLUMN indicator_quality.level2 IS 'Level 2 (二级指标), the catalogue''s name';
COMMENT ON COLUMN indicator_quality.level3 IS 'Level 3 (三级指标): what is measured';
COMMENT ON COLUMN indicator_quality.target_raw IS 'Target (指标值) as printed, line breaks included';
COMMENT ON COLUMN indicator_quality.target_kind IS 'Kind of target: quantitative, qualitative, deadline, change (relative to something), compound (several bounds or a condition), missing';
COMMENT ON COLUMN indicator_quality.is_quantitative IS 'Whether the target has a number or a day: quantitative, change, compound or deadline';
COMMENT ON COLUMN indicator_quality.is_vague IS 'Whether it is words without a measure (进一步提升); completed, passed and the like are no such words';
COMMENT ON COLUMN indicator_quality.contradicts_name IS 'Whether its unit and its name contradict one another (检查次数 =100%), and no person said otherwise';
COMMENT ON COLUMN indicator_quality.is_hundred_percent IS 'Whether the target is 100 %';
COMMENT ON COLUMN indicator_quality.page IS 'Page that prints it, from 1; in a file without pages the table or sheet';
COMMENT ON COLUMN indicator_quality.link IS 'Where it is printed: the file''s address, in a PDF with the page';

CREATE OR REPLACE VIEW target_quality AS
WITH counted AS (
    SELECT
        indicators.project_id,
        count(*) AS indicators,
        count(*) FILTER (kind IN ('quantitative', 'change', 'compound', 'deadline')) AS quantitative,
        count(*) FILTER (
            CASE
                WHEN kind = 'qualitative' THEN regexp_matches(regexp_replace(target_raw, '\s', '', 'g'), '提升|提高|改善|增强|加强|优化|促进|推动|推进|完善|健全|增加|减少|降低|扩大|缓解|净化|进一步|逐步|逐年|持续|不断|有效|有力|明显|显著|较好|较高|较大|良好|稳定|基本|适当|合理|充分|深入|积极|大力|切实|尽可能|尽量|一定|及时|长期|保障')
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
GROUP BY ALL;
COMMENT ON VIEW target_quality IS 'One row per unit and year: how good the targets of its projects are, in numbers of indicators and shares.';
COMMENT ON COLUMN target_quality.form_kind IS 'Kind of form: declaration (申报表), self_evaluation (自评表), department (部门整体), transfer (转移支付)';
COMMENT ON COLUMN target_quality.fiscal_year IS 'Budget year (年度)';
COMMENT ON COLUMN target_quality.region IS 'Region of the unit, as in flat_projects';
COMMENT ON COLUMN target_quality.department IS 'Competent department, as in flat_projects';
COMMENT ON COLUMN target_quality.unit IS 'Unit that carries the projects out, as in flat_projects';
COMMENT ON COLUMN target_quality.projects IS 'Number of projects that have indicators';
COMMENT ON COLUMN target_quality.indicators IS 'Number of indicators';
COMMENT ON COLUMN target_quality.quantitative IS 'Number with a number or a day: quantitative, change, compound or deadline';
COMMENT ON COLUMN target_quality.quantitative_share IS 'quantitative in percent of indicators';
COMMENT ON COLUMN target_quality.vague IS 'Number that are words without a measure (进一步提升)';
COMMENT ON COLUMN target_quality.vague_share IS 'vague in percent of indicators';
COMMENT ON COLUMN target_quality.missing IS 'Number without a target';
COMMENT ON COLUMN target_quality.hundred_percent IS 'Number whose target is 100 %';
COMMENT ON COLUMN target_quality.contradictory IS 'Number whose unit and name contradict one another';

CREATE OR REPLACE VIEW repeated_targets AS
WITH stated AS (
    -- Numbers stand for the texts that are compared: to compare those of two million indicators takes too long.
    SELECT
        projects.form_kind,
        projects.fiscal_year,
        hash(indicators.level3, indicators.target_raw) AS wording,
        hash(projects.project_id) AS project,
        any_value(hash(projects.organization_id)) AS organization,
        any_value(indicators.level3) AS level3,
        any_value(indicators.target_raw) AS target_raw,
        count(*) AS indicators
    FROM corrected_indicators AS indicators
    JOIN current_projects AS projects ON projects.project_id = indicators.project_id
    GROUP BY ALL
)
SELECT
    form_kind,
    fiscal_year,
    any_value(level3) AS level3,
    any_value(target_raw) AS target_raw,
    sum(indicators)::BIGINT AS indicators,
    count(*) AS projects,
    count(DISTINCT organization) AS units
FROM stated
GROUP BY form_kind, fiscal_year, wording
HAVING count(*) > 1;
COMMENT ON VIEW repeated_targets IS 'One row per name and target that several projects of a year state word for word: how many do so.';
COMMENT ON COLUMN repeated_targets.form_kind IS 'Kind of form: declaration (申报表), self_evaluation (自评表), department (部门整体), transfer (转移支付)';
COMMENT ON COLUMN repeated_targets.fiscal_year IS 'Budget year (年度)';
COMMENT ON COLUMN repeated_targets.level3 IS 'Level 3 (三级指标): what is measured';
COMMENT ON COLUMN repeated_targets.target_raw IS 'Target (指标值) as printed, line breaks included';
COMMENT ON COLUMN repeated_targets.indicators IS 'Number of indicators that say so';
COMMENT ON COLUMN repeated_targets.projects IS 'Number of projects that have one';
COMMENT ON COLUMN repeated_targets.units IS 'Number of units that carry these projects out';

CREATE OR REPLACE VIEW publications AS
WITH counted AS (
    SELECT
        projects.document_id,
        count(*) AS printed,
        count(*) FILTER (superseded_by IS NULL AND duplicate_of IS NULL) AS counting
    FROM projects
    GROUP BY projects.document_id
),
listed AS (
    SELECT origin, source_uri, document_id, first_seen_at, last_seen_at FROM ledger
    UNION ALL
    SELECT NULL, source_uri, document_id, first_seen_at, NULL
    FROM documents
    WHERE NOT EXISTS (FROM ledger WHERE ledger.document_id = documents.document_id)
),
placed AS (
    SELECT *, row_number() OVER (PARTITION BY origin, document_id ORDER BY source_uri) = 1 AS is_first FROM listed
)
SELECT
    placed.origin AS source,
    documents.organization AS publisher,
    organizations.region,
    organizations.region_code,
    documents.fiscal_year,
    count(*) AS addresses,
    count(documents.document_id) FILTER (is_first) AS documents,
    count(*) FILTER (is_first AND status IN ('ok', 'review')) AS with_forms,
    count(*) FILTER (is_first AND status = 'no_forms') AS without_forms,
    count(*) FILTER (is_first AND status = 'failed') AS failed,
    count(*) FILTER (is_first AND status = 'review') AS in_review,
    count(*) FILTER (documents.document_id IS NULL) AS unread,
    coalesce(sum(printed) FILTER (is_first), 0)::BIGINT AS projects,
    coalesce(sum(counting) FILTER (is_first), 0)::BIGINT AS current_projects,
    min(placed.first_seen_at) AS first_seen_at,
    max(placed.last_seen_at) AS last_seen_at
FROM placed
LEFT JOIN documents ON documents.document_id = placed.document_id
LEFT JOIN counted ON counted.document_id = placed.document_id
LEFT JOIN organizations ON organizations.organization_id = documents.organization_id
GROUP BY ALL;
COMMENT ON VIEW publications IS 'One row per source, publisher and year: what it has published, and when; the denominator of every share.';
COMMENT ON COLUMN publications.source IS 'Name of the source in sources.toml, or ingest; NULL: not in the ledger';
COMMENT ON COLUMN publications.publisher IS 'Department or unit that published; NULL: not read, or none is printed';
COMMENT ON COLUMN publications.region IS 'Region of the publisher, as in organizations';
COMMENT ON COLUMN publications.region_code IS 'GB/T 2260 code of the region';
COMMENT ON COLUMN publications.fiscal_year IS 'Budget year of the documents; NULL: not known, or not read';
COMMENT ON COLUMN publications.addresses IS 'Addresses at which files were found';
COMMENT ON COLUMN publications.documents IS 'Different files that were read';
COMMENT ON COLUMN publications.with_forms IS 'Of them, those with forms';
COMMENT ON COLUMN publications.without_forms IS 'Of them, those without a form';
COMMENT ON COLUMN publications.failed IS 'Of them, those that could not be read';
COMMENT ON COLUMN publications.in_review IS 'Of them, those of which a finding needs a person';
COMMENT ON COLUMN publications.unread IS 'Addresses whose file was not read: it waits, could not be fetched, or was taken out';
COMMENT ON COLUMN publications.projects IS 'Projects that the documents print';
COMMENT ON COLUMN publications.current_projects IS 'Of them, those that count: neither replaced nor copies';
COMMENT ON COLUMN publications.first_seen_at IS 'When the first of them was found (UTC)';
COMMENT ON COLUMN publications.last_seen_at IS 'When one of them was last found (UTC)';

CREATE OR REPLACE VIEW year_over_year AS
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
FROM compared;
COMMENT ON VIEW year_over_year IS 'One row per project and per indicator from one published year of its unit to the next: what became of it.';
COMMENT ON COLUMN year_over_year.subject IS 'project (its money of the year) or indicator (its target)';
COMMENT ON COLUMN year_over_year.change IS 'added; dropped; same; of a target tightened or loosened (where the direction is known), unit_changed, or changed (any other way); of money increased, decreased, or unknown (an amount is not printed)';
COMMENT ON COLUMN year_over_year.unit IS 'Unit that publishes them, as in links';
COMMENT ON COLUMN year_over_year.form_kind IS 'Kind of form, as in projects';
COMMENT ON COLUMN year_over_year.earlier_year IS 'Budget year of the earlier one; of what was added, the last year before that its unit published';
COMMENT ON COLUMN year_over_year.later_year IS 'Budget year of the later one; of what was dropped, the first year after that its unit published';
COMMENT ON COLUMN year_over_year.project IS 'Name of the project, as the later year has it; the earlier one''s where it was dropped';
COMMENT ON COLUMN year_over_year.project_before IS 'Name of the project, as the earlier year has it; NULL: it was added';
COMMENT ON COLUMN year_over_year.amount_before IS 'Funds of the project for the earlier year (年度资金) in yuan; NULL: none printed, or an indicator';
COMMENT ON COLUMN year_over_year.amount_after IS 'Funds of the project for the later year (年度资金) in yuan; NULL: none printed, or an indicator';
COMMENT ON COLUMN year_over_year.amount_difference IS 'amount_after less amount_before, in yuan';
COMMENT ON COLUMN year_over_year.amount_percent IS 'amount_difference in percent of amount_before';
COMMENT ON COLUMN year_over_year.phase IS 'Time for which the target holds, as in indicators';
COMMENT ON COLUMN year_over_year.area IS 'Place whose target it is, as in indicators';
COMMENT ON COLUMN year_over_year.level1 IS 'Level 1 of the indicator, as the later year has it';
COMMENT ON COLUMN year_over_year.level2 IS 'Level 2 of the indicator, as the later year has it';
COMMENT ON COLUMN year_over_year.level3 IS 'Name of the indicator, as the later year has it; the earlier one''s where it was dropped';
COMMENT ON COLUMN year_over_year.level2_before IS 'Level 2 of the indicator, as the earlier year has it';
COMMENT ON COLUMN year_over_year.level3_before IS 'Name of the indicator, as the earlier year has it; NULL: it was added';
COMMENT ON COLUMN year_over_year.target_before IS 'Target of the earlier year as printed';
COMMENT ON COLUMN year_over_year.target_after IS 'Target of the later year as printed';
COMMENT ON COLUMN year_over_year.value_before IS 'Number of the earlier target in its base unit';
COMMENT ON COLUMN year_over_year.value_after IS 'Number of the later target in its base unit';
COMMENT ON COLUMN year_over_year.unit_before IS 'Base unit of the earlier target';
COMMENT ON COLUMN year_over_year.unit_after IS 'Base unit of the later target';
COMMENT ON COLUMN year_over_year.direction IS 'Whether a higher or a lower result is better; NULL: nothing says it, or the years contradict one another';
COMMENT ON COLUMN year_over_year.match IS 'Why both are linked, as in links; NULL: it was added or dropped';
COMMENT ON COLUMN year_over_year.score IS 'How alike both are, as in links; NULL: it was added or dropped';
COMMENT ON COLUMN year_over_year.series_id IS 'Series that it belongs to, as in series';
COMMENT ON COLUMN year_over_year.earlier_project_id IS 'Earlier project: projects.project_id';
COMMENT ON COLUMN year_over_year.later_project_id IS 'Later project: projects.project_id';
COMMENT ON COLUMN year_over_year.earlier_indicator_id IS 'Earlier indicator: indicators.indicator_id; NULL: a project, or it was added';
COMMENT ON COLUMN year_over_year.later_indicator_id IS 'Later indicator: indicators.indicator_id; NULL: a project, or it was dropped';
