-- flat_indicators: one unit and year
SELECT * FROM flat_indicators WHERE unit = '云南省教育局0' AND fiscal_year = 2024;
-- flat_indicators: a word in the name of the indicator
SELECT fiscal_year, count(*) FROM flat_indicators WHERE level3 LIKE '%检查%' GROUP BY ALL;
-- flat_projects: money by region and year
SELECT region, fiscal_year, sum(annual_funds) FROM flat_projects WHERE form_kind = 'declaration' GROUP BY ALL;
-- funding: one year by source
SELECT source, phase, sum(amount) FROM funding WHERE fiscal_year = 2024 GROUP BY ALL;
-- target_achievement: share achieved by department
SELECT department, avg(is_achieved::INT), median(excess_percent) FROM target_achievement GROUP BY ALL;
-- unit_costs: the dearest of a name
SELECT * FROM unit_costs WHERE level3 LIKE '%检查%' ORDER BY price DESC LIMIT 10;
-- indicator_quality: one unit
SELECT * FROM indicator_quality WHERE unit = '云南省教育局0';
-- superseded: one publisher
SELECT * FROM superseded WHERE publisher = '云南省教育局0';
-- indicator_history: one indicator of one unit
SELECT fiscal_year, target_raw FROM indicator_history WHERE unit = '云南省教育局0' AND level3 LIKE '%检查%' ORDER BY ALL;
-- unchanged_targets: the longest unchanged
SELECT * FROM unchanged_targets ORDER BY years DESC LIMIT 10;
-- year_over_year: one unit and year
SELECT change, count(*) FROM year_over_year WHERE unit = '云南省教育局0' AND later_year = 2024 GROUP BY ALL;
-- repeated_targets: those of one year
SELECT * FROM repeated_targets WHERE fiscal_year = 2024 ORDER BY projects DESC LIMIT 10;
