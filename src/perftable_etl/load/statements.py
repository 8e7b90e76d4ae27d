"""What each project states and of what: by whom it is published, for whom, for which year, and in which format.

It is SQL that makes the macro `folded` and the temporary table `stated`, on which the relations of projects rest.
"""

from __future__ import annotations

from perftable_etl.formats import DOCX, HTML, MHTML, ODS, PDF, XLS, XLSX

_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F))) + "〔〕"
_NARROW = "".join(map(chr, range(0x21, 0x7F))) + "()"

# Names are the same however wide their signs are, and whatever blanks stand in them.
FOLDED = f"""
CREATE OR REPLACE TEMP MACRO folded(text) AS
    lower(regexp_replace(translate(text, '{_WIDE}', '{_NARROW.replace("'", "''")}'), '[\\s\\p{{Z}}]', '', 'g'))
"""

_SHEETS = ", ".join(f"'{known.media_type}'" for known in (XLSX, XLS, ODS))
_PAGES = ", ".join(f"'{known.media_type}'" for known in (HTML, MHTML))
_PLACE = f"""
CASE
    WHEN media_type = '{PDF.media_type}' THEN 1
    WHEN media_type IN ({_SHEETS}) THEN 2
    WHEN media_type = '{DOCX.media_type}' THEN 3
    WHEN media_type IN ({_PAGES}) THEN 4
    ELSE 5
END
"""
"""How well a format says where something stands, the best first: a page and a box, a cell, a row of a table, a line."""

# Every project with its subject: who publishes it, who carries it out, year, kind and name. What is not printed agrees
# with nothing, so such a project has none. `publication` is the same without unit and name. `content` tells equal
# statements of money and targets; one that is not known equals nothing. `wording` is what else a file says: copied text
# seldom keeps all of it. `seen` is the document's turn in the order of arrival, `place` its format.
STATED = f"""
CREATE OR REPLACE TEMP TABLE stated AS
WITH ordered AS (
    SELECT
        document_id, folded(organization) AS publisher, fiscal_year AS document_year,
        {_PLACE} AS place,
        row_number() OVER (ORDER BY coalesce(first_seen_at, ingested_at), document_id) AS seen
    FROM documents
),
named AS (
    SELECT
        project_id, document_id, ordinal, seen, place, content_hash,
        folded(name) AS name, fiscal_year, coalesce(document_year, fiscal_year) AS document_year,
        coalesce(form_kind, 'declaration') AS kind,
        coalesce(publisher, folded(competent_department)) AS publisher,
        folded(coalesce(implementing_unit, competent_department)) AS unit,
        concat_ws(chr(31), nature, category, start_date, end_date, overall_goal, annual_goal) AS printed
    FROM projects JOIN ordered USING (document_id)
),
keyed AS (
    SELECT
        *,
        publisher IS NOT NULL AND fiscal_year IS NOT NULL AND name IS NOT NULL AS is_known,
        md5(concat_ws(chr(31), publisher, document_year, fiscal_year, kind)) AS publication_key,
        md5(concat_ws(chr(31), publisher, document_year, fiscal_year, kind, name, coalesce(unit, ''))) AS subject_key
    FROM named
)
SELECT
    project_id, document_id, ordinal, seen, place,
    coalesce(content_hash, project_id) AS content,
    CASE WHEN place < 5 THEN md5(printed) ELSE '' END AS wording,
    CASE WHEN name IS NOT NULL AND unit IS NOT NULL THEN content_hash END AS declared,
    CASE WHEN is_known THEN publication_key END AS publication,
    CASE WHEN is_known THEN subject_key END AS subject
FROM keyed
"""
