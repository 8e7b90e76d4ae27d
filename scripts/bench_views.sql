-- Two million indicators, drawn from numbers: bench_views.py runs this in a database with our tables.

CREATE TEMP TABLE drawn AS
SELECT
    unit, 2018 + year AS year, copy,
    sha256(concat_ws('-', unit, year, copy)) AS document_id,
    region || office AS department
FROM range(950) AS _(unit), range(8) AS _(year), range(2) AS _(copy),
LATERAL (SELECT list_value('云南省', '昆明市', '永德县', '上海市浦东新区', '南京市鼓楼区', '楚雄州', '宁晋县', '成安县')[1 + unit % 8] AS region),
LATERAL (SELECT list_value('教育局', '财政局', '民政局', '水务局', '司法局', '档案馆', '审计局')[1 + unit % 7] || (unit // 56)::VARCHAR AS office)
WHERE copy = 0 OR (unit + year) % 10 = 0;

INSERT INTO documents BY NAME
SELECT
    document_id, document_id || '.pdf' AS file_name, 'https://www.yn.gov.cn/' || document_id || '.pdf' AS source_uri,
    'application/pdf' AS media_type, 100000 AS byte_size, 20 AS page_count, department || year::VARCHAR AS title,
    department AS organization, year AS fiscal_year, 'ok' AS status, 1.0 AS coverage, 'bench' AS parser_version,
    document_id AS record_hash, TIMESTAMP '2026-01-01' + INTERVAL (copy) DAY AS ingested_at, ingested_at AS first_seen_at
FROM drawn;

INSERT INTO ledger BY NAME
SELECT
    source_uri, 'source ' || (hash(organization) % 50)::VARCHAR AS origin, status AS state, document_id, 0 AS attempts,
    first_seen_at, first_seen_at AS last_seen_at
FROM documents;

INSERT INTO projects BY NAME
SELECT
    md5(document_id || project::VARCHAR) AS project_id, document_id, project + 1 AS ordinal, 'bench' AS layout,
    year AS fiscal_year, project + 1 AS first_page, project + 1 AS last_page,
    list_value('网络宣传工作', '信息化运维项目', '机关服务费', '农村危房改造', '道路养护')[1 + project % 5] || project::VARCHAR AS name,
    list_value('特定目标类', '其他运转类')[1 + project % 2] AS category, department AS competent_department,
    CASE WHEN project % 3 = 0 THEN department || '信息中心' ELSE department END AS implementing_unit,
    (1000000 + unit * 1000 + project * 10 + year - copy)::DECIMAL(18, 2) AS annual_funds,
    annual_funds AS annual_fiscal_appropriation,
    CASE WHEN project % 4 = 0 THEN 'self_evaluation' ELSE 'declaration' END AS form_kind,
    md5(concat_ws('-', unit, year, project, copy)) AS content_hash,
    CASE WHEN copy = 0 AND (unit + year) % 10 = 0
        THEN md5(sha256(concat_ws('-', unit, year - 2018, 1)) || project::VARCHAR) END AS superseded_by
FROM drawn, range(20) AS _(project);

INSERT INTO amounts BY NAME
SELECT
    md5(project_id || source) AS amount_id, project_id, document_id, 1 AS ordinal, source, 'year' AS phase,
    annual_funds AS amount, annual_funds::VARCHAR AS raw, source AS label_raw, first_page AS page
FROM projects, (VALUES ('all'), ('fiscal'), ('central'), ('county')) AS _(source);

INSERT INTO indicators BY NAME
WITH made AS (
    SELECT
        project_id, document_id, ordinal AS project, fiscal_year, form_kind, first_page, number,
        (hash(name, competent_department, number) % 1000)::BIGINT AS seed, (60 + hash(project_id, number) % 41)::BIGINT AS aimed
    FROM projects, range(12) AS _(number)
)
SELECT
    md5(project_id || number::VARCHAR) AS indicator_id, project_id, document_id, number + 1 AS ordinal,
    list_value('产出指标', '效益指标', '满意度指标', '成本指标')[1 + number % 4] AS level1,
    list_value('数量指标', '社会效益指标', '服务对象满意度指标', '经济成本指标')[1 + number % 4] AS level2,
    list_value('检查督导次数', '故障处理时间', '服务对象满意度', '单次检查费用', '完成及时率')[1 + seed % 5] || number::VARCHAR AS level3,
    level1 AS level1_raw, level2 AS level2_raw, level3 AS level3_raw, '2021' AS scheme,
    CASE WHEN seed % 7 = 0 THEN 'qualitative' ELSE 'quantitative' END AS kind,
    CASE WHEN kind = 'quantitative' THEN CASE WHEN seed % 2 = 0 THEN '>=' ELSE '<=' END END AS operator,
    CASE WHEN kind = 'quantitative' THEN CASE WHEN seed % 5 = 4 THEN 100 ELSE aimed END END::DECIMAL(38, 10) AS value,
    CASE WHEN kind = 'quantitative' THEN CASE WHEN number % 4 = 3 THEN '元/次' ELSE '%' END END AS unit,
    value AS base_value, unit AS base_unit,
    CASE WHEN kind = 'quantitative' THEN operator || (value::BIGINT)::VARCHAR || unit ELSE '进一步提升' END AS target_raw,
    CASE operator WHEN '>=' THEN 'higher' WHEN '<=' THEN 'lower' END AS direction,
    10::DECIMAL(38, 10) AS weight, first_page AS page, 'year' AS phase,
    CASE WHEN form_kind = 'self_evaluation' AND kind = 'quantitative' THEN value - 2 + seed % 5 END AS actual_value,
    actual_value AS actual_base_value, CASE WHEN actual_value IS NOT NULL THEN unit END AS actual_unit,
    actual_unit AS actual_base_unit, CASE WHEN actual_value IS NOT NULL THEN 'quantitative' END AS actual_kind,
    actual_value::VARCHAR AS actual_raw, CASE WHEN actual_value IS NOT NULL THEN 9 END::DECIMAL(38, 10) AS score
FROM made;

INSERT INTO findings BY NAME
SELECT
    md5(indicator_id) AS finding_id, document_id, project_id, indicator_id, 'unit_contradicts_name' AS code,
    'warning' AS severity, 'drawn' AS message, '' AS raw
FROM indicators WHERE hash(indicator_id) % 50 = 0;

-- What linking would make of them: here names never change, and to link a thousand units takes minutes.
INSERT INTO series BY NAME
WITH members AS (
    SELECT 'project' AS subject, projects.*, '' AS row_name
    FROM current_projects AS projects
    UNION ALL BY NAME
    SELECT 'indicator' AS subject, indicators.indicator_id, projects.*, indicators.level3 || indicators.ordinal::VARCHAR AS row_name
    FROM current_indicators AS indicators JOIN current_projects AS projects USING (project_id)
)
SELECT
    subject, competent_department AS unit,
    md5(concat_ws('-', subject, competent_department, implementing_unit, form_kind, name, row_name)) AS series_id,
    fiscal_year, project_id, indicator_id
FROM members;

INSERT INTO links BY NAME
SELECT
    earlier.subject, earlier.unit, earlier.fiscal_year AS earlier_year, later.fiscal_year AS later_year,
    earlier.project_id AS earlier_project_id, later.project_id AS later_project_id,
    earlier.indicator_id AS earlier_indicator_id, later.indicator_id AS later_indicator_id,
    'exact' AS match, 1.0 AS score, 'used' AS status, false AS waits, series_id
FROM series AS earlier JOIN series AS later USING (series_id)
WHERE later.fiscal_year = earlier.fiscal_year + 1;
