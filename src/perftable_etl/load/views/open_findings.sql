-- One row per finding that no person has decided yet.
-- *: = findings
SELECT *
FROM findings
ANTI JOIN settled_findings USING (finding_id)
