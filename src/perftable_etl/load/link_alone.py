"""Units of which one year is stored: nothing of theirs can be linked, and each member is a series by itself.

So are most units after a first load. To lay them out for the linking of years took longer than all else of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from perftable_etl.load.database import Connection
from perftable_etl.load.link_keys import series_id
from perftable_etl.load.link_members import MemberBlock, blocks
from perftable_etl.load.link_rows import SeriesRow

# Forms of one kind are linked with one another only.
LONE = """
CREATE OR REPLACE TEMP TABLE lone_blocks AS
WITH published AS (
    SELECT block, form_kind, count(DISTINCT fiscal_year) AS years
    FROM linkable JOIN unlinked_blocks USING (block)
    GROUP BY ALL
)
SELECT block FROM published GROUP BY block HAVING max(years) = 1
"""


def lone_series(connection: Connection) -> Iterator[Iterator[SeriesRow]]:
    """A row for each member of the units in `lone_blocks`, unit by unit."""
    return map(_series_of, blocks(connection, "lone_blocks"))


def _series_of(block: MemberBlock) -> Iterator[SeriesRow]:
    for project in block.projects:
        own = block.keys[project.project_id]
        yield SeriesRow("project", block.unit, series_id(own), project.year, project.project_id, None, None, None)
        for indicator in project.indicators:
            member = indicator.indicator_id
            key = series_id(block.keys[member])
            yield SeriesRow("indicator", block.unit, key, project.year, project.project_id, member, None, None)
