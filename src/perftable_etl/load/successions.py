"""Units that took over the projects of others: renamed ones, and those that others became part of."""

from __future__ import annotations

from collections.abc import Iterator

from perftable_etl.load.database import Connection

# A unit that publishes no more is continued by one that has its projects in the next year that anybody published, and
# did not have them before. Names that a third unit has say nothing: all townships have 环卫保洁经费.
_SUCCESSIONS = """
WITH stated AS (
    SELECT DISTINCT unit, fiscal_year, regexp_replace(folded(name), '20[0-9]{2}年?度?', '', 'g') AS name
    FROM linkable
    WHERE name <> '' AND form_kind = 'declaration'
),
ended AS (
    SELECT unit, max(fiscal_year) AS last_year
    FROM stated
    GROUP BY unit
    HAVING max(fiscal_year) < (SELECT max(fiscal_year) FROM stated)
),
following AS (
    SELECT unit, last_year, (SELECT min(fiscal_year) FROM stated WHERE fiscal_year > last_year) AS next_year FROM ended
),
rare AS (
    SELECT name FROM stated GROUP BY name HAVING count(DISTINCT unit) = 2
),
first_stated AS (
    SELECT unit, name, min(fiscal_year) AS first_year FROM stated SEMI JOIN rare USING (name) GROUP BY ALL
),
shared AS (
    SELECT following.unit AS earlier, later.unit AS later, count(*) AS names
    FROM following
    JOIN stated AS before ON before.unit = following.unit AND before.fiscal_year = following.last_year
    JOIN first_stated AS later ON later.name = before.name AND later.first_year = following.next_year
    WHERE later.unit <> following.unit
    GROUP BY ALL
)
SELECT earlier, later
FROM shared
WHERE names >= 3 AND names >= 0.5 * (
    SELECT count(*) FROM stated JOIN following USING (unit)
    WHERE unit = earlier AND fiscal_year = last_year
)
ORDER BY ALL
"""


def successions(connection: Connection) -> Iterator[tuple[str, str]]:
    """Each unit that was continued by another, or continues one, and the unit whose name stands for all of them."""
    first: dict[str, str] = {}
    for earlier, later in connection.execute(_SUCCESSIONS).fetchall():
        one, other = sorted((first.get(earlier, earlier), first.get(later, later)))
        first |= {
            unit: one for unit, named in {**first, earlier: earlier, later: later}.items() if named in {one, other}
        }
    yield from first.items()
