-- One row per indicator, as persons corrected it; corrected_by and corrected_at say who did and when.
-- *: = indicators
-- corrected_by: = indicator_overlays.corrected_by
-- corrected_at: = indicator_overlays.corrected_at
SELECT indicators.*, NULL::VARCHAR AS corrected_by, NULL::TIMESTAMP AS corrected_at
FROM indicators ANTI JOIN indicator_overlays USING (indicator_id)
UNION ALL BY NAME
SELECT * EXCLUDE (is_removed)
FROM indicator_overlays
WHERE NOT is_removed
