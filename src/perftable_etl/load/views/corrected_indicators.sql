-- One row per indicator, as persons corrected it; corrected_by and corrected_at say who did and when.
-- *: = indicators
-- corrected_by: Who corrected it last; NULL: it is as it was read
-- corrected_at: When it was corrected last (UTC)
SELECT indicators.*, NULL::VARCHAR AS corrected_by, NULL::TIMESTAMP AS corrected_at
FROM indicators ANTI JOIN indicator_overlays USING (indicator_id)
UNION ALL BY NAME
SELECT * EXCLUDE (is_removed)
FROM indicator_overlays
WHERE NOT is_removed
