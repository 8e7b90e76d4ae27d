"""Asks the demo database the first questions a reader would ask, and prints each with its answer."""

from __future__ import annotations

import shutil
import sys

import duckdb

SUMS = """
SELECT count(*), sum(projects), sum(indicators),
       (SELECT count(*) FROM current_projects), (SELECT count(*) FROM current_indicators)
FROM (
    SELECT (SELECT count(*) FROM projects WHERE document_id = documents.document_id) AS projects,
           (SELECT count(*) FROM indicators WHERE document_id = documents.document_id) AS indicators
    FROM documents
)
"""

TOTALS = """
These {} files hold {} projects and {} indicators, since most say the same:
a form is there as text, PDF, document, sheet and page. Counted once these are
{} projects and {} indicators (the views current_projects, current_indicators).
"""

QUESTIONS = (
    (
        "Why do files need review? One finding of each kind:",
        """
        SELECT code, count(*) AS findings, min(message) AS for_example
        FROM findings
        WHERE severity <> 'info'
        GROUP BY ALL
        ORDER BY findings DESC
        """,
    ),
    (
        "What does each project cost, and how many indicators does it promise?",
        """
        SELECT fiscal_year AS year, name, annual_funds AS yuan, count(*) AS indicators
        FROM current_projects JOIN current_indicators USING (document_id, project_id)
        GROUP BY ALL
        ORDER BY ALL
        """,
    ),
    (
        "Which unit prices are promised, in yuan?",
        """
        SELECT level3, target_raw, base_value::DECIMAL(18,2) AS yuan
        FROM current_projects JOIN current_indicators USING (document_id, project_id)
        WHERE base_unit LIKE '元/%'
        ORDER BY yuan DESC
        LIMIT 10
        """,
    ),
)

NEXT = """
Look at samples/cac-2025.writer.pdf, which is one of these files, and type

  # show what the program read in the file, then draw it over the pages
  .venv/bin/perftable-etl inspect samples/cac-2025.writer.pdf
  .venv/bin/perftable-etl inspect samples/cac-2025.writer.pdf --draw seen/

  # see what needs a person, and how it is decided
  .venv/bin/perftable-etl review --db demo.duckdb

  # load your own files, and show their status
  .venv/bin/perftable-etl ingest FOLDER --db mine.duckdb
  .venv/bin/perftable-etl status --db mine.duckdb

README.md describes the tables, and shows the source of each value.
"""


def main() -> None:
    width = shutil.get_terminal_size((120, 24)).columns
    with duckdb.connect(sys.argv[1], read_only=True) as connection:
        tell(TOTALS.format(*connection.execute(SUMS).fetchall()[0]))
        for question, query in QUESTIONS:
            lines = "\n".join(line.removeprefix(" " * 8) for line in query.strip("\n").rstrip().splitlines())
            tell(f"\n{question}\n\n{lines};\n\n")
            connection.sql(query).show(max_width=width)
    tell(NEXT)


def tell(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
