"""Sources that went silent: told by what each of the last syncs was given by them."""

from __future__ import annotations

from typing import Literal

from perftable_etl.load.database import Connection
from perftable_etl.records import Record


class Silence(Record):
    """A source that has listed no file (`empty`), or no new or changed file (`idle`), for `nights` nights.

    A night is a day (UTC) on which the source was asked.
    """

    source: str
    kind: Literal["empty", "idle"]
    nights: int


# Only sources that the run asked: others are no longer in the config. The last visit has the limits of today.
_SILENCES = """
WITH last_run AS (SELECT coalesce($run_id, arg_max(run_id, visited_at)) AS run_id FROM visits),
recent AS (
    SELECT
        source, visited_at::DATE AS night,
        coalesce(bool_or(listed > 0) OVER later, false) AS lists_later,
        coalesce(bool_or(brought > 0) OVER later, false) AS brings_later,
        arg_max(silent_after, visited_at) OVER (PARTITION BY source) AS silent_after,
        arg_max(idle_after, visited_at) OVER (PARTITION BY source) AS idle_after
    FROM visits
    WHERE source IN (SELECT source FROM visits JOIN last_run USING (run_id))
    WINDOW later AS (PARTITION BY source ORDER BY visited_at ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
),
nights AS (
    SELECT
        source, any_value(silent_after) AS silent_after, any_value(idle_after) AS idle_after,
        count(DISTINCT night) FILTER (WHERE NOT lists_later) AS empty,
        count(DISTINCT night) FILTER (WHERE NOT brings_later) AS idle
    FROM recent
    GROUP BY source
)
SELECT
    source,
    CASE WHEN empty >= silent_after AND silent_after > 0 THEN 'empty' ELSE 'idle' END AS kind,
    CASE WHEN empty >= silent_after AND silent_after > 0 THEN empty ELSE idle END AS nights
FROM nights
WHERE (empty >= silent_after AND silent_after > 0) OR (idle >= idle_after AND idle_after > 0)
ORDER BY source
"""


def silences(connection: Connection, run_id: str | None) -> tuple[Silence, ...]:
    """The sources of a run, or else of the last sync, that have been silent for as long as their limits say."""
    rows = connection.execute(_SILENCES, {"run_id": run_id}).fetchall()
    return tuple(Silence(source=source, kind=kind, nights=nights) for source, kind, nights in rows)
