"""How projects of several documents relate: which one a later publication replaces, and which are copies.

All of it follows from what is stored, and is told anew as a whole, so that it cannot depend on how documents came in.
Everything is grouped and sorted, never compared pair by pair, so that the work grows with the projects and not with
their square.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from perftable_etl.load.arrival import TURN
from perftable_etl.load.corrections.apart import set_apart
from perftable_etl.load.database import Connection
from perftable_etl.load.format_places import LINES, PLACE
from perftable_etl.load.hidings import Hiding, hidings
from perftable_etl.load.name_folding import FOLDED
from perftable_etl.load.relation_findings import tell

# Every project with its subject: who publishes it, who carries it out, year, kind and name. What is not printed agrees
# with nothing, so such a project has none. `publication` is the same without unit and name. `content` tells equal
# statements of money and targets; one that is not known equals nothing. `wording` is what else a file says: copied text
# seldom keeps all of it. `seen` is the document's turn in the order of arrival, `place` its format. What a person keeps
# apart has a `mark`, and so another subject and other statements than all else.
_STATED = f"""
CREATE OR REPLACE TEMP TABLE stated AS
WITH ordered AS (
    SELECT
        document_id, folded(organization) AS publisher, fiscal_year AS document_year,
        {PLACE} AS place,
        row_number() OVER ({TURN}) AS seen
    FROM documents
),
named AS (
    SELECT
        project_id, document_id, ordinal, seen, place, content_hash,
        folded(name) AS name, fiscal_year, coalesce(document_year, fiscal_year) AS document_year,
        coalesce(form_kind, 'declaration') AS kind,
        coalesce(publisher, folded(competent_department)) AS publisher,
        folded(coalesce(implementing_unit, competent_department)) AS unit,
        concat_ws(chr(31), nature, category, start_date, end_date, overall_goal, annual_goal) AS printed,
        mark
    FROM projects JOIN ordered USING (document_id) LEFT JOIN apart USING (project_id)
),
keyed AS (
    SELECT
        *,
        publisher IS NOT NULL AND fiscal_year IS NOT NULL AND name IS NOT NULL AS is_known,
        md5(concat_ws(chr(31), publisher, document_year, fiscal_year, kind)) AS publication_key,
        md5(
            concat_ws(chr(31), publisher, document_year, fiscal_year, kind, name, coalesce(unit, ''), mark)
        ) AS subject_key
    FROM named
)
SELECT
    project_id, document_id, ordinal, seen, place,
    coalesce(content_hash, project_id) AS content,
    CASE WHEN place < {LINES} THEN md5(printed) ELSE '' END AS wording,
    CASE WHEN name IS NOT NULL AND unit IS NOT NULL THEN content_hash || coalesce(mark, '') END AS declared,
    CASE WHEN is_known THEN publication_key END AS publication,
    CASE WHEN is_known THEN subject_key END AS subject
FROM keyed
"""

# One file may print several projects of one name. The same statement twice in it counts once. Of different ones the
# first stands for the first, the second for the second, in files that print as many; others are not told apart.
_FILED = """
CREATE OR REPLACE TEMP TABLE filed AS
WITH once AS (
    SELECT *, first_value(project_id) OVER (PARTITION BY document_id, subject, content ORDER BY ordinal) AS filed_as
    FROM stated
    WHERE subject IS NOT NULL
)
SELECT
    *,
    count(*) FILTER (WHERE project_id = filed_as) OVER (PARTITION BY document_id, subject) AS namesakes,
    count(*) FILTER (WHERE project_id = filed_as) OVER (PARTITION BY document_id, subject ORDER BY ordinal) AS nth
FROM once
"""

# One publication comes in several formats, and text is copied from them: what says the same is part of the one in the
# format with the best places, whenever it came. Which file that is only matters where several say the same: the last
# before it, else the first after it.
_ISSUED = """
CREATE OR REPLACE TEMP TABLE issued AS
WITH ranked AS (
    SELECT *, min(place) OVER (PARTITION BY subject, namesakes, nth, content) AS best
    FROM filed
    WHERE project_id = filed_as
),
near AS (
    SELECT
        *,
        last_value(CASE WHEN place = best THEN project_id END IGNORE NULLS) OVER (
            PARTITION BY subject, namesakes, nth, content ORDER BY seen ROWS UNBOUNDED PRECEDING
        ) AS before,
        first_value(CASE WHEN place = best THEN project_id END IGNORE NULLS) OVER (
            PARTITION BY subject, namesakes, nth, content ORDER BY seen
            ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) AS after
    FROM ranked
),
led AS (
    SELECT *, CASE WHEN place = best THEN project_id ELSE coalesce(before, after) END AS issued_as FROM near
)
SELECT * EXCLUDE (before, after, best), min(seen) OVER (PARTITION BY issued_as) AS issued_at
FROM led
"""

# What says again what was said last is a copy of it: a later publication that leaves the project as it is, a file saved
# anew. The last of them counts. Each format has a line of its own, as a correction comes in the format of before:
# `line` is that of the format, and `is_own` says whether the publication is itself in it.
_REISSUED = """
CREATE OR REPLACE TEMP TABLE reissued AS
WITH lines AS (
    SELECT DISTINCT issued_as, place AS line FROM issued
),
published AS (
    SELECT issued.*, line, line = place AS is_own
    FROM lines JOIN issued ON issued.project_id = lines.issued_as
),
compared AS (
    SELECT
        *,
        coalesce(
            (content, wording) = lag((content, wording)) OVER (
                PARTITION BY subject, namesakes, nth, line ORDER BY issued_at
            ),
            false
        ) AS is_again
    FROM published
),
runs AS (
    SELECT
        *,
        count(*) FILTER (WHERE NOT is_again) OVER (
            PARTITION BY subject, namesakes, nth, line ORDER BY issued_at
        ) AS run
    FROM compared
)
SELECT
    *,
    arg_max(project_id, issued_at) OVER (PARTITION BY subject, namesakes, nth, line, run) AS reissued_as,
    min(issued_at) OVER (PARTITION BY subject, namesakes, nth, line, run) AS first_issued_at
FROM runs
"""

# Of publications of one subject in one format each takes the place of the one before. `is_return`: it says what was
# said before the one it replaces, as a copy of an old publication that comes late does.
_SERIES = """
CREATE OR REPLACE TEMP TABLE series AS
WITH ordered AS (
    SELECT
        *,
        content <> lag(content) OVER (PARTITION BY subject, namesakes, nth, line ORDER BY issued_at)
            AND count(*) OVER (PARTITION BY subject, namesakes, nth, line, content ORDER BY issued_at) > 1 AS is_return
    FROM reissued
    WHERE project_id = reissued_as
),
followed AS (
    SELECT
        *,
        lead(project_id) OVER later AS follower,
        lead(first_issued_at) OVER later AS superseded_at,
        coalesce(lead(is_return) OVER later, false) AS is_returned_from
    FROM ordered
    WINDOW later AS (PARTITION BY subject, namesakes, nth, line ORDER BY issued_at)
)
SELECT followed.* EXCLUDE (follower), own.reissued_as AS superseded_by
FROM followed LEFT JOIN reissued AS own ON own.project_id = followed.follower AND own.is_own
WHERE followed.is_own
"""

# Other units may publish the same declaration (a unit's own file and its department's). Where it was replaced after
# this one came, this one is replaced with it; else the first found counts, those with better places before others.
_ELSEWHERE = """
CREATE OR REPLACE TEMP TABLE elsewhere AS
WITH appearances AS (
    SELECT project_id, declared, ordinal, seen, place, issued_at, superseded_at FROM series
    UNION ALL BY NAME
    SELECT project_id, declared, ordinal, seen, place, seen AS issued_at FROM stated WHERE subject IS NULL
),
overtaken AS (
    SELECT
        *,
        max(superseded_at) OVER (PARTITION BY declared) > issued_at AS is_overtaken,
        arg_max(project_id, superseded_at) OVER (PARTITION BY declared) AS overtaken_with
    FROM appearances
    WHERE declared IS NOT NULL
),
counted AS (
    SELECT
        *,
        CASE
            WHEN is_overtaken THEN overtaken_with
            ELSE first_value(project_id) OVER (
                PARTITION BY declared, coalesce(is_overtaken, false) ORDER BY place, seen, ordinal
            )
        END AS same_as
    FROM overtaken
    WHERE superseded_at IS NULL
)
SELECT project_id, same_as FROM counted WHERE same_as <> project_id
"""

_RELATED = """
CREATE OR REPLACE TEMP TABLE related AS
SELECT
    stated.project_id,
    series.superseded_by,
    nullif(
        coalesce(elsewhere.same_as, reissued.reissued_as, stated.project_id), stated.project_id
    ) AS duplicate_of
FROM stated
LEFT JOIN filed USING (project_id)
LEFT JOIN issued ON issued.project_id = filed.filed_as
LEFT JOIN reissued ON reissued.project_id = issued.issued_as AND reissued.is_own
LEFT JOIN series ON series.project_id = stated.project_id
LEFT JOIN elsewhere ON elsewhere.project_id = coalesce(reissued.reissued_as, stated.project_id)
"""

# Only what changed is written, in the order it is stored in: DuckDB takes a hundred times as long in any other.
_CHANGED = """
CREATE OR REPLACE TEMP TABLE changed AS
SELECT
    project_id, related.superseded_by, related.duplicate_of,
    coalesce(projects.superseded_by, projects.duplicate_of) IS NOT NULL AS was_hidden,
    coalesce(related.superseded_by, related.duplicate_of) IS NOT NULL AS is_hidden
FROM related JOIN projects USING (project_id)
WHERE projects.superseded_by IS DISTINCT FROM related.superseded_by
    OR projects.duplicate_of IS DISTINCT FROM related.duplicate_of
ORDER BY projects.rowid
"""
_MARK = """
UPDATE projects SET superseded_by = changed.superseded_by, duplicate_of = changed.duplicate_of
FROM changed WHERE projects.project_id = changed.project_id
"""

# Of documents that replace some of its projects the one that replaces most, and of those the first: a hint.
_HINT = """
UPDATE documents SET superseded_by = hint.later_id
FROM (
    SELECT documents.document_id, arg_max(later_id, (replaced, -seen)) AS later_id
    FROM documents
    LEFT JOIN (
        SELECT series.document_id, later.document_id AS later_id, later.seen, count(*) AS replaced
        FROM series JOIN stated AS later ON later.project_id = series.superseded_by
        GROUP BY ALL
    ) AS replacing USING (document_id)
    GROUP BY documents.document_id
) AS hint
WHERE documents.document_id = hint.document_id AND documents.superseded_by IS DISTINCT FROM hint.later_id
"""

_STEPS = (FOLDED, _STATED, _FILED, _ISSUED, _REISSUED, _SERIES, _ELSEWHERE, _RELATED, _CHANGED, _MARK, _HINT)
_TABLES = ("apart", "stated", "filed", "issued", "reissued", "series", "elsewhere", "related", "changed")

_COUNTS = """
SELECT
    (SELECT count(superseded_by) FROM related),
    (SELECT count(duplicate_of) FROM related),
    (SELECT count(*) FROM changed WHERE is_hidden AND NOT was_hidden),
    (SELECT count(*) FROM changed WHERE was_hidden AND NOT is_hidden)
"""


class Relations(NamedTuple):
    """How many projects `current_projects` leaves out, since they were replaced or are copies of others.

    `newly_hidden` were not left out before the projects were last related, as `hidings` say; `shown_again` were.
    """

    superseded: int = 0
    duplicates: int = 0
    newly_hidden: int = 0
    shown_again: int = 0
    hidings: tuple[Hiding, ...] = ()

    @property
    def numbers(self) -> Mapping[str, int]:
        """The counts by their names."""
        return {name: value for name, value in self._asdict().items() if isinstance(value, int)}


def relate(connection: Connection) -> Relations:
    """Says of every project what replaces it or which one it is a copy of, and tells it in findings on both sides."""
    set_apart(connection)
    for step in _STEPS:
        connection.execute(step)
    tell(connection)
    relations = Relations(*connection.execute(_COUNTS).fetchall()[0])._replace(hidings=hidings(connection))
    for table in _TABLES:
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DROP MACRO folded")
    return relations
