"""The order in which documents came, as SQL.

Parts come from machines that read side by side. What they read on one day has the order in which one machine would have
read it, that of the places.
"""

from __future__ import annotations

TURN = """ORDER BY
    CASE WHEN part_id IS NULL THEN coalesce(first_seen_at, ingested_at) ELSE date_trunc('day', first_seen_at) END,
    CASE WHEN part_id IS NOT NULL THEN string_split(url_decode(source_uri), '/') END,
    document_id
"""
"""To be used OVER the rows of `documents`."""
